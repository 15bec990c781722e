"""Names across files: who declares which id, who refers to which, and what does not fit together.

Works on small records instead of models, so that the index can check all files after one of them has changed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from quizapp.catalogue.finding import Finding, Severity
from quizapp.catalogue.loader import LoadedFile
from quizapp.catalogue.models import SyllabusDeck
from quizapp.catalogue.yaml_places import FieldPath

MOST_SUGGESTIONS: Final = 200
# What a reference names → how a person calls it, and where such things are declared.
CALLED: Final = {
    "topic": ("topic", "syllabus.yaml"),
    "erratum": ("erratum", "syllabus.yaml"),
    "area": ("area", "syllabus.yaml"),
    "deck": ("deck", "syllabus.yaml or a deck file"),
    "skill": ("skill", "the engine"),
    "exercise": ("exercise", "the engine"),
}
ITEM_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
IMPORTED_TOPIC: Final = "imported"
"""The topic of items that come from elsewhere: no syllabus needs to declare it."""
DECLARED_ONCE: Final = ("deck-file", "deck", "topic", "erratum", "area", "skill-words", "exercise-words")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A place that makes an id known."""

    kind: str
    name: str
    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that uses an id; ``user`` is the item (``deck/id``) or the deck that does."""

    kind: str
    name: str
    file: str
    line: int
    column: int
    user: str


@dataclass(frozen=True, slots=True)
class DeckFile:
    """The head of a deck file, as far as other files matter to it."""

    deck: str
    file: str
    folder: str
    line: int
    column: int
    titled: bool


@dataclass(slots=True)
class Names:
    """All names of all files."""

    declarations: list[Declaration] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    decks: list[DeckFile] = field(default_factory=list)
    engine: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, loaded: LoadedFile) -> None:
        """Take in the names of one file."""
        self.declarations.extend(_declarations(loaded))
        self.references.extend(_references(loaded))
        if loaded.deck is not None:
            head = loaded.deck
            place = loaded.document.place(("deck",))
            titled = head.title is not None
            self.decks.append(DeckFile(head.deck, loaded.source.path, loaded.source.folder, *place, titled))


def engine_names() -> dict[str, frozenset[str]]:
    """Return the ids of all skills and exercises that the engine has, without importing any of them."""
    from pkgutil import iter_modules

    import engine.exercises
    import engine.skills

    return {
        kind: frozenset(
            leaf.name.replace("_", "-")
            for area in iter_modules(package.__path__)
            if area.ispkg
            for leaf in iter_modules([f"{folder}/{area.name}" for folder in package.__path__])
        )
        for kind, package in (("skill", engine.skills), ("exercise", engine.exercises))
    }


def resolve(names: Names) -> list[tuple[Finding, str]]:
    """Return what does not fit together, each with the item that it leaves out (or an empty string)."""
    return [found for rule in RULES for found in rule(names)]


def _declarations(loaded: LoadedFile) -> Iterator[Declaration]:
    file, place = loaded.source.path, loaded.document.place
    if loaded.deck is not None:
        yield Declaration("deck-file", loaded.deck.deck, file, *place(("deck",)))
        for item in loaded.items:
            yield Declaration("item", f"{loaded.deck.deck}/{item.spec.id}", file, *place((*item.path, "id")))
    if loaded.skill is not None:
        yield Declaration("skill-words", loaded.skill.skill, file, *place(("skill",)))
    if loaded.exercise is not None:
        yield Declaration("exercise-words", loaded.exercise.exercise, file, *place(("exercise",)))
    for name, kind in (("areas", "area"), ("decks", "deck"), ("topics", "topic"), ("errata", "erratum")):
        for entry, path in loaded.syllabus.get(name, ()):
            yield Declaration(kind, str(getattr(entry, "id", "")), file, *place((*path, "id")))


def _references(loaded: LoadedFile) -> Iterator[Reference]:
    file, place = loaded.source.path, loaded.document.place
    if loaded.deck is not None:
        head = loaded.deck
        if head.area is not None:
            yield Reference("area", head.area, file, *place(("area",)), head.deck)
        for index, required in enumerate(head.requires):
            yield Reference("deck", required, file, *place(("requires", index)), head.deck)
        for item in loaded.items:
            yield from _item_references(loaded, item.data, item.path, f"{head.deck}/{item.spec.id}")
        for data, path in loaded.rejected:
            yield from _item_references(loaded, data, path, f"{head.deck}/")
    if loaded.skill is not None:
        yield Reference("skill", loaded.skill.skill, file, *place(("skill",)), "")
    if loaded.exercise is not None:
        yield Reference("exercise", loaded.exercise.exercise, file, *place(("exercise",)), "")
    for entry, path in loaded.syllabus.get("decks", ()):
        if isinstance(entry, SyllabusDeck):
            yield Reference("area", entry.area, file, *place((*path, "area")), entry.id)
            for index, required in enumerate(entry.requires):
                yield Reference("deck", required, file, *place((*path, "requires", index)), entry.id)
            for index, topic in enumerate(entry.topics):
                yield Reference("deck-topic", topic, file, *place((*path, "topics", index)), entry.id)


def _item_references(loaded: LoadedFile, data: dict[str, Any], path: FieldPath, user: str) -> Iterator[Reference]:
    """Read the names from the YAML itself: an item that is otherwise wrong should still say all that is wrong."""
    file, place = loaded.source.path, loaded.document.place
    for kind, field_name in (("topic", "topics"), ("erratum", "errata"), ("alias", "aliases")):
        values = data.get(field_name)
        for index, value in enumerate(values if isinstance(values, list) else ()):
            if isinstance(value, str):
                yield Reference(kind, value, file, *place((*path, field_name, index)), user)
    for kind in ("skill", "exercise"):
        value = data.get(kind)
        if isinstance(value, str):
            yield Reference(kind, value, file, *place((*path, kind)), user)


def _finding(
    at: Declaration | Reference | DeckFile, rule: str, message: str, hint: str = "", *, warning: bool = False
) -> Finding:
    return Finding(at.file, at.line, at.column, Severity.WARNING if warning else Severity.ERROR, rule, message, hint)


Found = Iterator[tuple[Finding, str]]


def _declared(names: Names) -> dict[str, set[str]]:
    declared: dict[str, set[str]] = defaultdict(set)
    for each in names.declarations:
        declared[each.kind].add(each.name)
    declared["deck"] |= declared["deck-file"]
    declared["topic"].add(IMPORTED_TOPIC)
    return declared


def unknown_names(names: Names) -> Found:
    """Report references to what nothing declares."""
    declared = _declared(names)
    suggestions: dict[tuple[str, str], str] = {}
    for use in names.references:
        kind = "topic" if use.kind == "deck-topic" else use.kind
        if kind not in CALLED:
            continue
        known = names.engine[kind] if kind in names.engine else declared[kind]
        if use.name in known:
            continue
        key = (kind, use.name)
        if key not in suggestions:
            nearest = get_close_matches(use.name, known, n=1, cutoff=0.6) if len(suggestions) < MOST_SUGGESTIONS else []
            suggestions[key] = f"did you mean {nearest[0]}?" if nearest else f"it must be known to {CALLED[kind][1]}"
        called = CALLED[kind][0]
        item = use.user if "/" in use.user else ""
        yield _finding(use, f"unknown-{kind}", f"there is no {called} {use.name}", suggestions[key]), item


def declared_twice(names: Names) -> Found:
    """Report ids that two places declare."""
    first: dict[tuple[str, str], Declaration] = {}
    for each in names.declarations:
        earlier = first.setdefault((each.kind, each.name), each)
        if each.kind in DECLARED_ONCE and earlier is not each:
            place = f"line {earlier.line}" if earlier.file == each.file else f"{earlier.file}:{earlier.line}"
            message = f"the {each.kind.replace('-', ' ')} {each.name} is already given in {place}"
            yield _finding(each, "duplicate-id", message, "choose another id"), ""


def skills_without_words(names: Names) -> Found:
    """Report items that ask a skill (or exercise) for which no words exist."""
    declared = _declared(names)
    for use in names.references:
        if use.kind in ("skill", "exercise") and "/" in use.user and use.name not in declared[f"{use.kind}-words"]:
            if use.name not in names.engine[use.kind]:
                continue
            message = f"the {use.kind} {use.name} has no words"
            hint = f"write {use.kind}s/<area>/{use.name}.yaml"
            yield _finding(use, f"{use.kind}-without-words", message, hint), use.user


def alias_collisions(names: Names) -> Found:
    """Report former identities that are in use, or claimed twice."""
    live = {each.name for each in names.declarations if each.kind == "item"}
    claimed: dict[str, Reference] = {}
    for use in names.references:
        if use.kind != "alias":
            continue
        if not ITEM_ID.fullmatch(use.name):
            message = f"{use.name!r} is no former id of an item"
            yield _finding(use, "bad-alias", message, "write deck/id"), use.user
        elif use.name in live:
            yield _finding(use, "alias-in-use", f"{use.name} is the id of a living item", "remove the alias"), use.user
        elif claimed.setdefault(use.name, use) is not use:
            message = f"{use.name} is already an alias of {claimed[use.name].user}"
            yield _finding(use, "alias-in-use", message, "remove one of the two"), use.user


def foreign_topics(names: Names) -> Found:
    """Warn of items that name no topic of their own deck."""
    of_deck: dict[str, set[str]] = defaultdict(set)
    for use in names.references:
        if use.kind == "deck-topic":
            of_deck[use.user].add(use.name)
    own: dict[str, Reference] = {}
    fits: set[str] = set()
    for use in names.references:
        deck = use.user.partition("/")[0]
        if use.kind == "topic" and deck in of_deck and not use.user.endswith("/"):
            own.setdefault(use.user, use)
            if use.name in of_deck[deck]:
                fits.add(use.user)
    for item, use in own.items():
        if item not in fits:
            deck = item.partition("/")[0]
            message = f"topics: none of them belongs to the deck {deck}"
            yield (
                _finding(use, "foreign-topic", message, "move the item or name a topic of the deck", warning=True),
                item,
            )


def misplaced_decks(names: Names) -> Found:
    """Report deck files whose name, folder or head does not fit the syllabus."""
    planned = {each.name for each in names.declarations if each.kind == "deck"}
    area_of = {each.user: each.name for each in names.references if each.kind == "area" and each.user in planned}
    for deck in names.decks:
        if deck.deck not in planned:
            if not deck.titled:
                nearest = get_close_matches(deck.deck, planned, n=1, cutoff=0.7)
                hint = f"did you mean {nearest[0]}?" if nearest else "a deck of your own needs title: {en: …, zh: …}"
                yield _finding(deck, "unknown-deck", f"deck: {deck.deck} is not in syllabus.yaml", hint), ""
            continue
        if deck.titled:
            message = f"title: the title of {deck.deck} stands in syllabus.yaml"
            yield _finding(deck, "deck-head", message, "remove it here", warning=True), ""
        if deck.folder != area_of.get(deck.deck, deck.folder):
            message = f"deck: {deck.deck} belongs to the area {area_of[deck.deck]}"
            yield _finding(deck, "wrong-folder", message, f"move the file to decks/{area_of[deck.deck]}/"), ""


RULES: Final[tuple[Callable[[Names], Iterable[tuple[Finding, str]]], ...]] = (
    unknown_names,
    declared_twice,
    skills_without_words,
    alias_collisions,
    foreign_topics,
    misplaced_decks,
)
