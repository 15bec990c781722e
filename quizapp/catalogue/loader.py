"""Files to models: every problem of every file becomes a finding, and what is sound is kept."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from quizapp.catalogue.explain import Problem, explain
from quizapp.catalogue.finding import Finding, Severity
from quizapp.catalogue.models import Area, DeckHead, Erratum, ExerciseWords, Syllabus, SyllabusDeck, Topic
from quizapp.catalogue.sources import Kind, Source
from quizapp.catalogue.yaml_places import FieldPath
from quizapp.catalogue.yaml_reader import Document, read_bytes, read_file
from quizapp.questions.base import ItemSpec
from quizapp.questions.words import SkillWords

M = TypeVar("M", bound=BaseModel)
SpecTypes = dict[str, type[ItemSpec]]


@dataclass(slots=True)
class LoadedItem:
    """A valid item: its spec, its YAML as data, and where it stands."""

    spec: ItemSpec
    data: dict[str, Any]
    path: FieldPath
    line: int
    sound: bool = True


@dataclass(slots=True)
class LoadedFile:
    """What one file says: a deck with its items, a skill's or an exercise's words, or the lists of a syllabus.

    ``rejected`` holds items that are not valid: the names they use can be checked all the same.
    """

    source: Source
    document: Document
    deck: DeckHead | None = None
    items: list[LoadedItem] = field(default_factory=list)
    rejected: list[tuple[dict[str, Any], FieldPath]] = field(default_factory=list)
    skill: SkillWords | None = None
    exercise: ExerciseWords | None = None
    syllabus: dict[str, list[tuple[BaseModel, FieldPath]]] = field(default_factory=dict)

    @property
    def findings(self) -> list[Finding]:
        """Everything found wrong in this file so far."""
        return self.document.findings

    def report(self, problem: Problem, severity: Severity = Severity.ERROR) -> None:
        """Add a problem, unless it only repeats what the reader has said of that very place."""
        place = self.document.place(problem.path, key=problem.at_key)
        if problem.rule in ("unknown-field", "wrong-type"):
            places = (place, self.document.place(problem.path, key=True))
            if any((found.line, found.column) in places for found in self.findings):
                return
        name = field_name(problem.path)
        message = f"{name}: {problem.message}" if name else problem.message
        self.findings.append(Finding(self.source.path, *place, severity, problem.rule, message, problem.hint))


def field_name(path: FieldPath) -> str:
    """Return a path as a person reads it: entries from 1, without the item's own number."""
    inside = path[2:] if path[:1] == ("items",) and len(path) > 1 else path
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in inside)


def load(source: Source, spec_types: SpecTypes, content: bytes | None = None) -> LoadedFile:
    """Read and validate one file.

    Parameters
    ----------
    source : Source
    spec_types : dict
        Item specs by type name, see :func:`spec_types`.
    content : bytes, optional
        The file's bytes if they are at hand.
    """
    document = read_file(Path(source.path)) if content is None else read_bytes(content, source.path)
    loaded = LoadedFile(source, document)
    if document.data is None:
        return loaded
    if not isinstance(document.data, dict):
        loaded.report(Problem((), "wrong-type", "the file must be a mapping of names to values", "begin with a name:"))
        return loaded
    match source.kind:
        case Kind.DECK:
            _load_deck(loaded, spec_types)
        case Kind.SKILL:
            loaded.skill = _validated(SkillWords, loaded, ())
        case Kind.EXERCISE:
            loaded.exercise = _validated(ExerciseWords, loaded, ())
        case Kind.SYLLABUS:
            _load_syllabus(loaded)
    _mark_unsound(loaded)
    return loaded


def spec_types() -> SpecTypes:
    """Return the spec model of every item type."""
    from quizapp.questions.registry import item_type, item_types

    return {name: item_type(name).spec_type for name in item_types()}


def _validated(model: type[M], loaded: LoadedFile, path: FieldPath, data: Any = None) -> M | None:
    try:
        return model.model_validate(loaded.document.data if data is None else data)
    except ValidationError as error:
        for problem in explain(error, model, loaded.document, path):
            loaded.report(problem)
        return None


def _load_deck(loaded: LoadedFile, known: SpecTypes) -> None:
    data = loaded.document.data
    # A mistake in the head must not cost the items.
    loaded.deck = _validated(DeckHead, loaded, ()) or _least_head(loaded)
    entries = data.get("items")
    if not isinstance(entries, list):
        return
    if not entries:
        loaded.report(Problem(("items",), "empty-deck", "has no items", "add one or delete the file"), Severity.WARNING)
    first_lines: dict[str, int] = {}
    for index, entry in enumerate(entries):
        path: FieldPath = ("items", index)
        if entry is None and loaded.document.blanked:
            continue
        item = _load_item(loaded, entry, path, known)
        if isinstance(entry, dict):
            is_first = _claim_id(loaded, entry.get("id"), path, first_lines)
            if item is None:
                loaded.rejected.append((entry, path))
            elif is_first:
                loaded.items.append(item)


def _claim_id(loaded: LoadedFile, name: Any, path: FieldPath, first_lines: dict[str, int]) -> bool:
    if not isinstance(name, str):
        return True
    line = loaded.document.place((*path, "id"))[0]
    if first_lines.setdefault(name, line) == line:
        return True
    message = f"{name} is already the id of the item on line {first_lines[name]}"
    loaded.report(Problem((*path, "id"), "duplicate-item", message, "give this item another id"))
    return False


def _least_head(loaded: LoadedFile) -> DeckHead | None:
    for name in (loaded.document.data.get("deck"), loaded.source.stem):
        with suppress(ValidationError):
            return DeckHead(deck=name, items=())
    return None


def _load_item(loaded: LoadedFile, entry: Any, path: FieldPath, known: SpecTypes) -> LoadedItem | None:
    if not isinstance(entry, dict):
        loaded.report(Problem(path, "wrong-type", "an item must be a mapping of names to values", "write - id: …"))
        return None
    kind = entry.get("type")
    if not isinstance(kind, str) or kind not in known:
        if "type" not in entry:
            misspelt = get_close_matches("type", list(entry), n=1, cutoff=0.7)
            hint = f"did you mean type instead of {misspelt[0]}?" if misspelt else f"add type: {' | '.join(known)}"
            loaded.report(Problem(path, "missing-field", "type is missing", hint))
        else:
            nearest = get_close_matches(str(kind), known, n=1, cutoff=0.5)
            hint = f"did you mean {nearest[0]}?" if nearest else f"known are {', '.join(known)}"
            loaded.report(Problem((*path, "type"), "unknown-type", f"there is no item type {kind!r}", hint))
        _check_common(loaded, entry, path)
        return None
    spec = _validated(known[kind], loaded, path, entry)
    return None if spec is None else LoadedItem(spec, entry, path, loaded.document.place(path)[0])


def _check_common(loaded: LoadedFile, entry: dict[str, Any], path: FieldPath) -> None:
    """Check what all types share, so that an unknown type does not hide an item's other errors."""
    common = {name: value for name, value in entry.items() if name in ItemSpec.model_fields}
    _validated(ItemSpec, loaded, path, common)


SYLLABUS_LISTS: dict[str, type[BaseModel]] = {"areas": Area, "decks": SyllabusDeck, "topics": Topic, "errata": Erratum}


def _load_syllabus(loaded: LoadedFile) -> None:
    data = loaded.document.data
    shell = {name: [] if isinstance(value, list) else value for name, value in data.items()}
    _validated(Syllabus, loaded, (), shell)
    for name, model in SYLLABUS_LISTS.items():
        entries = data.get(name)
        found: list[tuple[BaseModel, FieldPath]] = []
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if entry is None and loaded.document.blanked:
                continue
            valid = _validated(model, loaded, (name, index), entry) if entry is not None else None
            if valid is not None:
                found.append((valid, (name, index)))
        loaded.syllabus[name] = found


def _mark_unsound(loaded: LoadedFile) -> None:
    """Leave out the items inside which an error was found, by whomever."""
    broken = [found.line for found in loaded.findings if found.severity is Severity.ERROR]
    if not broken or not loaded.items:
        return
    starts = sorted(loaded.document.place(("items", index))[0] for index in range(len(loaded.document.data["items"])))
    for item in loaded.items:
        end = next((start for start in starts if start > item.line), None)
        if any(item.line <= line and (end is None or line < end) for line in broken):
            item.sound = False


def item_json(item: LoadedItem) -> str:
    """Return an item's YAML as JSON, as the index keeps it."""
    return json.dumps(item.data, ensure_ascii=False)
