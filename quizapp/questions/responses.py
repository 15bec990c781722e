"""The closed set of ways to answer. Item types are open; a screen matches these exhaustively.

Whatever the way, an answer travels as one line of text (``raw``): what was typed, or positions counted from 1. So the
screen, the line mode, the log and the tests all speak the same form.
"""

from dataclasses import dataclass
from typing import ClassVar

from quizapp.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class LineResponse:
    """Typed text; one field for each gap of a cloze. ``raw``: the fields, separated by `` ; `` if several."""

    fields: int = 1
    asked: Text = EMPTY
    numeric: bool = False
    name: ClassVar[str] = "line"


@dataclass(frozen=True, slots=True)
class ChoiceResponse:
    """One option. ``raw``: its position from 1, as shown."""

    options: tuple[Text, ...]
    name: ClassVar[str] = "choice"


@dataclass(frozen=True, slots=True)
class MultiChoiceResponse:
    """Any number of options. ``raw``: positions from 1, separated by spaces; ``0`` for none."""

    options: tuple[Text, ...]
    name: ClassVar[str] = "multi-choice"


@dataclass(frozen=True, slots=True)
class RevealResponse:
    """Nothing is typed: the person looks at the back and rates. ``raw``: ``1`` to ``4`` or again/hard/good/easy."""

    name: ClassVar[str] = "reveal"


@dataclass(frozen=True, slots=True)
class OrderResponse:
    """Entries to be put in order. ``raw``: shown positions from 1 in the answered order, e.g. ``3 1 2``."""

    entries: tuple[Text, ...]
    name: ClassVar[str] = "order"


@dataclass(frozen=True, slots=True)
class MatchResponse:
    """Pairs to be found. ``raw``: a left digit with a right letter each, e.g. ``1b 2a 3c``."""

    left: tuple[Text, ...]
    right: tuple[Text, ...]
    name: ClassVar[str] = "match"


@dataclass(frozen=True, slots=True)
class CodeResponse:
    """A function written in an editor. ``raw``: the whole source text."""

    exercise: str
    name: ClassVar[str] = "code"


Response = (
    LineResponse | ChoiceResponse | MultiChoiceResponse | RevealResponse | OrderResponse | MatchResponse | CodeResponse
)
