"""The archive that ``quizapp export jsonl`` writes: decks, items and reviews come back as they were."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from quizapp.errors import QuizappError, UsageProblem
from quizapp.exporting.jsonl import VERSION, spec_data
from quizapp.importing.base import Archived, Importer, Incoming, IncomingDeck, IncomingItem, Past
from quizapp.importing.text_files import clean, require_file
from quizapp.scheduling.model import CardState, Phase, Rating
from quizapp.store.adopting import Adopted
from quizapp.store.records import Answer
from quizapp.text import Text

LARGEST = 1_000_000_000
LONGEST_LINE = 5_000_000
_LATEST = 32_503_680_000_000
_RANGES = {
    "stability": (0, 1e6),
    "difficulty": (0.5, 10.5),
    "due": (0, _LATEST),
    "due_day": (1, 1_000_000),
    "last_review": (0, _LATEST),
    "last_day": (1, 1_000_000),
    "interval": (0, 36_500),
}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BEFORE = ("new", "learning", "review", "relearning")


class Jsonl(Importer):
    """See the module."""

    name: ClassVar[str] = "jsonl"
    suffixes: ClassVar[tuple[str, ...]] = (".jsonl",)
    summary: ClassVar[str] = "The archive that quizapp writes: items, reviews, settings"

    def read(self, path: Path) -> Incoming:
        """Read an archive."""
        require_file(path, LARGEST)
        reader = _Reader(path)
        with path.open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), start=1):
                reader.take(number, line)
        return reader.finished()


class _Reader:
    """Puts the lines of an archive together again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._deck: IncomingDeck | None = None
        self._item: tuple[Mapping[str, Any], IncomingDeck] | None = None
        self._reviews: list[Adopted] = []
        self._items: list[IncomingItem] = []
        self._skipped: list[tuple[str, str]] = []
        self._settings: dict[str, str] = {}
        self._begun = False

    def take(self, number: int, line: bytes) -> None:
        """Take one line."""
        if not line.strip():
            return
        if len(line) > LONGEST_LINE:
            raise self._problem(number, "the line is too long")
        try:
            data = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise self._problem(number, "it is no JSON") from error
        if not isinstance(data, dict) or len(data) != 1:
            raise self._problem(number, "it is no object with one name")
        ((kind, content),) = data.items()
        if not isinstance(content, dict) or (not self._begun and kind != "archive"):
            raise self._problem(number, "it does not begin with an archive's head")
        self._begun = True
        try:
            self._dispatch(number, kind, content)
        except (KeyError, TypeError, ValueError) as error:
            raise self._problem(number, f"the {kind} is incomplete ({error})") from error

    def finished(self) -> Incoming:
        """Return all items."""
        if not self._begun:
            raise UsageProblem(f"{self._path} is empty.", "Name an archive that quizapp has written.")
        self._finish_item()  # what stands in its line was looked at when it was taken
        return Incoming(tuple(self._items), tuple(self._skipped), settings=self._settings)

    def _dispatch(self, number: int, kind: str, content: dict[str, Any]) -> None:
        if kind == "archive":
            if content.get("version") != VERSION:
                raise self._problem(number, f"archives of version {content.get('version')!r} are not known here")
            settings = content.get("settings") or {}
            if not isinstance(settings, dict):
                raise TypeError("its settings have no names")
            self._settings = {str(name): str(value) for name, value in settings.items()}
        elif kind == "deck":
            self._finish_item()
            title = Text(clean(str(content["title"]["en"])), clean(str(content["title"]["zh"])))
            area = content.get("area")
            if area is not None and not isinstance(area, str):
                raise TypeError("its area is no name")
            self._deck = IncomingDeck(str(content["id"]), title, str(content["id"]), area)
        elif kind == "item" and self._deck is not None:
            self._finish_item()
            if not isinstance(content["identity"], str) or not isinstance(content["spec"], dict):
                raise TypeError("its identity or its words are missing")
            self._item = content, self._deck
        elif kind == "review" and self._item is not None:
            self._reviews.append(_review(content))
        else:
            raise self._problem(number, f"a {kind} has no place here")

    def _finish_item(self) -> None:
        if self._item is None:
            return
        content, deck = self._item
        self._item, reviews = None, tuple(self._reviews)
        self._reviews = []
        identity = str(content["identity"])
        from quizapp.questions.registry import parse_spec

        try:
            spec = parse_spec(content["spec"])
        except (ValueError, QuizappError) as error:
            self._skipped.append((identity, f"It is no valid item: {str(error).splitlines()[0]}"))
            return
        data = spec_data(spec)
        if _has_control_characters(data):
            self._skipped.append((identity, "It has control characters in it, which no deck can hold."))
            return
        slug = data.pop("id")
        schedule = content.get("schedule")
        try:
            past = Past() if schedule is None else _past(schedule, reviews)
        except (KeyError, TypeError, ValueError) as error:
            self._skipped.append((identity, f"Its schedule can't be read: {error}."))
            return
        self._items.append(IncomingItem(f"quizapp:{identity}", deck, data, slug, slug=slug, past=past))

    def _problem(self, number: int, what: str) -> UsageProblem:
        return UsageProblem(
            f"{self._path}:{number}: {what}.", "Name an archive that `quizapp export jsonl` has written."
        )


def _has_control_characters(value: Any) -> bool:
    """Tell whether any text in the value could move the cursor or colour the screen, as no deck file may."""
    if isinstance(value, str):
        return _CONTROL.search(value) is not None
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return any(map(_has_control_characters, parts))


def _past(schedule: Mapping[str, Any], reviews: tuple[Adopted, ...]) -> Past:
    return Past(archived=Archived(reviews, _state(schedule["state"])), suspended=bool(schedule["suspended"]))


def _state(data: Mapping[str, Any]) -> CardState:
    values = {name: data[name] for name in CardState._fields}
    for name in CardState._fields:
        allowed = (int, float) if name in ("stability", "difficulty") else (str,) if name == "phase" else (int,)
        if not isinstance(values[name], allowed) or isinstance(values[name], bool):
            raise TypeError(f"{name} is {values[name]!r}")
        low, high = _RANGES.get(name, (0, 2**62))
        if name != "phase" and not low <= values[name] <= high:
            raise ValueError(f"{name} is {values[name]!r}")
    return CardState(**{**values, "phase": Phase(values["phase"])})


def _review(data: Mapping[str, Any]) -> Adopted:
    given = data["answer"]
    answer = Answer(**{**given, "rating": Rating(given["rating"])})
    for name in ("at", "day", "utc_offset", "hints", "tries", "milliseconds"):
        if type(getattr(answer, name)) is not int:
            raise TypeError(f"{name} is {getattr(answer, name)!r}")
    if not (0 <= answer.at <= _LATEST and 1 <= answer.day <= 1_000_000 and abs(answer.utc_offset) <= 86_400):
        raise ValueError(f"its time is {answer.at}")
    for name in ("raw", "read_as", "kind", "session", "language", "revision", "item"):
        if not isinstance(getattr(answer, name), str):
            raise TypeError(f"{name} is {getattr(answer, name)!r}")
    if answer.rated_by not in ("auto", "person") or answer.verdict not in ("correct", "wrong", "self"):
        raise ValueError(f"{answer.rated_by} {answer.verdict}")
    if data["phase_before"] not in _BEFORE:
        raise ValueError(f"phase_before is {data['phase_before']!r}")
    return Adopted(answer, _state(data["state"]), data["phase_before"])


IMPORTERS = (Jsonl(),)
