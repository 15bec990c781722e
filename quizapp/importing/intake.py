"""Compares what a file brings with what is there: what is added, updated, unchanged and skipped, and why.

Nothing is written here. A person's edits win: where both sides have changed, the item is skipped and named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from quizapp.catalogue.deck_writer import compact
from quizapp.catalogue.names import IMPORTED_TOPIC
from quizapp.errors import QuizappError, UsageProblem
from quizapp.exporting.jsonl import spec_data
from quizapp.importing.base import LONGEST_TEXT, TOO_LONG, Incoming, IncomingDeck, IncomingItem, Past
from quizapp.importing.histories import history
from quizapp.importing.shelf import Shelf, fingerprint, key_of, mark
from quizapp.importing.tags import slug
from quizapp.library import Library
from quizapp.questions.registry import parse_spec
from quizapp.store.adopting import AdoptedHistory
from quizapp.text import same

KEPT_EDITS = "You have edited it, and it has changed in the file: your words are kept (--replace takes the file's)."
DIFFERS = "It stands here with other words: those are kept (--replace takes the file's)."
NOT_YOURS = "It belongs to a deck that is not yours to change, and says something else there."
NOT_HERE = "quizapp has exported it, but it is not here any more; an archive (jsonl) brings it back."
NOTHING = "No card was found in the file."
TWICE = "The file has it twice; the first one counts."


@dataclass(slots=True)
class Outcome:
    """What an import does (or would do).

    Parameters
    ----------
    added, updated, unchanged : list of str
        Identities ``deck/item``.
    skipped : list of (str, str)
        With the reason.
    files : dict of Path to bytes
        New contents.
    histories : list of AdoptedHistory
        For items that were never reviewed here.
    notes : list of str
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    files: dict[Path, bytes] = field(default_factory=dict)
    histories: list[AdoptedHistory] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def intake(library: Library, incoming: Incoming, *, into: str | None = None, replace: bool = False) -> Outcome:
    """Return what an import of a file does.

    Parameters
    ----------
    library : Library
        Read only.
    incoming : Incoming
    into : str, optional
        One deck for everything, instead of a deck for each of the file's.
    replace : bool
        Whether the file's words win over edits.

    Raises
    ------
    UsageProblem
        For a deck that can't be imported into; ContentProblem if an own deck has errors.
    """
    return _Intake(library, into, replace=replace).take(incoming)


class _Intake:
    def __init__(self, library: Library, into: str | None, *, replace: bool) -> None:
        self._library = library
        self._into = into
        self._replace = replace
        self._shelf = Shelf.open(library.folders.decks)
        catalogue = library.catalogue
        own = {deck.path.resolve() for deck in self._shelf.decks.values()}
        self._foreign = {deck.id for deck in catalogue.decks() if Path(deck.file).resolve() not in own}
        self._areas = {area.id for area in catalogue.areas()}
        self._topics = {topic.id for topic in catalogue.topics()} | {IMPORTED_TOPIC}
        self._errata = {erratum.id for erratum in catalogue.errata()}
        self._seen = library.store.seen() if library.has_progress else set()
        self._met: set[str] = set()
        self._outcome = Outcome()
        if into is not None:
            self._require_own(into)

    def take(self, incoming: Incoming) -> Outcome:
        """Decide about every item."""
        outcome = self._outcome
        outcome.skipped += incoming.skipped
        outcome.notes += incoming.notes
        for item in incoming.items:
            if item.source in self._met:
                outcome.skipped.append((item.name, TWICE))
                continue
            self._met.add(item.source)
            try:
                identity = self._with_own_id(item) if item.slug is not None else self._from_elsewhere(item)
            except (ValidationError, QuizappError) as error:
                outcome.skipped.append((item.name, _reason(error)))
                continue
            if identity is not None:
                self._remember(identity, str(item.data.get("type", "")), item.past)
        outcome.files = self._shelf.files()
        if not (incoming.items or incoming.skipped or incoming.settings):
            outcome.notes.append(NOTHING)
        return outcome

    def _require_own(self, deck: str) -> None:
        if not deck or slug(deck) != deck:
            raise UsageProblem(
                f"{deck!r} is no deck id.", f"Use lower-case words joined by hyphens: {slug(deck) or 'my-deck'}."
            )
        if deck in self._foreign:
            raise UsageProblem(f"The deck {deck} is not yours to change.", "Choose another id for --into.")

    def _remember(self, identity: str, kind: str, past: Past) -> None:
        if not past or identity in self._seen:
            return
        # Several variants of one item have one memory: the first that brings one is taken.
        self._seen.add(identity)
        library = self._library
        if not kind:
            entry = library.known(identity)
            kind = "" if entry is None else entry.type
        found = history(identity, kind, past, library.settings, library.clock.now())
        if found is not None:
            self._outcome.histories.append(found)

    def _from_elsewhere(self, item: IncomingItem) -> str | None:
        """Place an item of another program; return its identity if it is there now."""
        if any(isinstance(words, str) and len(words) > LONGEST_TEXT for words in item.data.values()):
            raise UsageProblem(TOO_LONG)
        key = key_of(item.source)
        data = compact({"topics": [IMPORTED_TOPIC], **item.data})
        held = self._shelf.held.get(key)
        if held is None:
            return self._add(item, data, key)
        identity = f"{held.deck}/{held.slug}"
        present = self._shelf.item(held.deck, held.slug) or {}
        edited = fingerprint(present) != held.imported
        if fingerprint(data) == held.imported and not (edited and self._replace):
            self._outcome.unchanged.append(identity)
        elif edited and not self._replace:
            self._outcome.skipped.append((identity, KEPT_EDITS))
        else:
            others = [tag for tag in present.get("tags", ()) if not tag.startswith(f"imported-{key}-")]
            kept = {name: value for name, value in present.items() if name in ("topics", "errata", "aliases")}
            tags = [*dict.fromkeys([*others, *data.get("tags", ())]), mark(item.source, data)]
            self._put(held.deck, held.slug, {**data, **kept, "tags": tags})
            self._outcome.updated.append(identity)
        return identity

    def _add(self, item: IncomingItem, data: dict[str, Any], key: str) -> str:
        deck = self._deck(item.deck)
        name = self._shelf.free_slug(deck, item.name, key)
        self._put(deck, name, {**data, "tags": [*data.get("tags", ()), mark(item.source, data)]})
        self._outcome.added.append(f"{deck}/{name}")
        return f"{deck}/{name}"

    def _with_own_id(self, item: IncomingItem) -> str | None:
        """Place an item of an archive, which has its identity in it."""
        name = item.slug or ""
        wanted = self._into or item.deck.id or ""
        identity = f"{wanted}/{name}"
        if not item.data:
            known = self._library.known(f"{item.deck.id}/{name}")
            if known is None:
                self._outcome.skipped.append((f"{item.deck.id}/{name}", NOT_HERE))
                return None
            self._outcome.unchanged.append(known.id)
            return known.id
        data = self._fitting(item)
        if wanted in self._foreign:
            known = self._library.known(identity)
            given = {**spec_data(parse_spec({"id": name, **data}))}
            if known is None or spec_data(self._library.catalogue.spec(identity)) != given:
                self._outcome.skipped.append((identity, NOT_YOURS))
                return None
            self._outcome.unchanged.append(identity)
            return identity
        present = self._shelf.item(wanted, name)
        if present is not None:
            if spec_data(parse_spec(present)) == spec_data(parse_spec({"id": name, **data})):
                self._outcome.unchanged.append(identity)
                return identity
            if not self._replace:
                self._outcome.skipped.append((identity, DIFFERS))
                return None
            self._put(wanted, name, data)
            self._outcome.updated.append(identity)
            return identity
        parse_spec({"id": name, **data})
        deck = self._deck(item.deck)
        self._put(deck, name, data)
        self._outcome.added.append(f"{deck}/{name}")
        return f"{deck}/{name}"

    def _fitting(self, item: IncomingItem) -> dict[str, Any]:
        """Return an archived item without the names that this content does not know."""
        data: dict[str, Any] = compact(dict(item.data))
        topics = [topic for topic in data.get("topics", ()) if topic in self._topics]
        data["topics"] = topics or [IMPORTED_TOPIC]
        errata = [erratum for erratum in data.get("errata", ()) if erratum in self._errata]
        data = {**data, "errata": errata}
        if not errata:
            del data["errata"]
        skill = data.get("skill")
        if skill is not None:
            from engine.registry import skill_ids

            if skill not in skill_ids():
                raise UsageProblem(f"There is no skill {skill} here.")
        return data

    def _put(self, deck: str, name: str, data: Mapping[str, Any]) -> None:
        parse_spec({"id": name, **data})
        self._shelf.put(deck, name, data)

    def _deck(self, deck: IncomingDeck) -> str:
        if self._into is not None:
            return self._shelf.deck(self._into, same(self._into))
        name = deck.id or slug(deck.name.replace("::", "-"), 60)
        if not name:
            name = f"deck-{sha256(deck.name.encode('utf-8', 'backslashreplace')).hexdigest()[:6]}"
        if name in self._foreign:
            name += "-imported"
        return self._shelf.deck(name, deck.title, deck.area if deck.area in self._areas - {"own"} else None)


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"It makes no valid item: {place + ': ' if place else ''}{first['msg']}."
    return str(error)
