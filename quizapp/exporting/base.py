"""What every exporter gets: content and progress as frozen values that no format has shaped.

A ``Selection`` holds decks, a deck items, an item one question, or several where its numbers are drawn anew. Every text
is a ``Text``: Markdown with LaTeX, of which ``Selection.languages`` says what is wanted.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from engine.answers.kinds import AnswerKind, Value, tolerance
from engine.figure import Figure
from quizapp.scheduling.model import CardState
from quizapp.text import EMPTY, LANGUAGES, Display, Language, Text

if TYPE_CHECKING:
    from quizapp.questions.base import ItemSpec
    from quizapp.store.records import LoggedReview

FIRST_GAP = 0xE000
"""Private characters stand for gaps: no text contains them and every renderer leaves them alone."""


def gap_character(gap: int) -> str:
    """Return the character that stands for a gap, counted from 0, in ``Gaps.marked``."""
    return chr(FIRST_GAP + gap)


@dataclass(frozen=True, slots=True)
class Recall:
    """A flashcard: the back is recalled and rated by the learner."""

    back: Text


@dataclass(frozen=True, slots=True)
class Option:
    """One option. ``why``: its own feedback. ``slugs``: the misconceptions of a computed wrong answer."""

    text: Text
    correct: bool
    why: Text = EMPTY
    slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """Options to choose from; ``single``: exactly one is right. ``shuffle``: their order means nothing."""

    options: tuple[Option, ...]
    single: bool
    shuffle: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """What is accepted in one gap, the preferred answer first; either language's answers are right in both."""

    en: tuple[str, ...]
    zh: tuple[str, ...]

    def accepted(self, language: Language) -> tuple[str, ...]:
        """Return the answers written in one language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Gaps:
    """A text with gaps: ``marked`` has ``gap_character(i)`` where gap ``i`` is, ``solved`` has them filled."""

    marked: Text
    gaps: tuple[Gap, ...]
    solved: Text


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be typed: all that are accepted, and the preferred ones."""

    accepted: tuple[str, ...]
    answer: Text


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A recognised wrong answer: its misconceptions' slugs, value, typed form, and what to say about it."""

    slugs: tuple[str, ...]
    value: Value
    text: str
    words: Text


@dataclass(frozen=True, slots=True)
class Quantity:
    """Numbers (or one of some labels) to be typed: kind and precision, the answer as value and as typed."""

    kind: AnswerKind
    value: Value
    text: str
    wrong: tuple[WrongAnswer, ...] = ()

    @property
    def tolerance(self) -> float:
        """How far a typed number may lie from the answer."""
        return tolerance(self.kind)


@dataclass(frozen=True, slots=True)
class Ordering:
    """Entries in their right order."""

    entries: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs, and right-hand entries that belong to nothing."""

    pairs: tuple[tuple[Text, Text], ...]
    extras: tuple[Text, ...] = ()


Body = Recall | Options | Gaps | Words | Quantity | Ordering | Matching
"""The closed set of ways to ask; an exporter matches it exhaustively."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where the numbers of a computed question come from."""

    skill: str
    version: int
    level: int
    seed: int
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ExportQuestion:
    """One concrete question.

    Parameters
    ----------
    prompt : Text
        For ``Quantity`` it ends with the asked form and precision; empty for ``Gaps``, whose text is the question.
    body : Body
    answer : Text
        The solution in words, as the application reveals it.
    steps, hints : tuple of Text
    note : Text
    figure : Figure or None
    drawn : Drawn or None
        For computed questions.
    """

    prompt: Text
    body: Body
    answer: Text
    steps: tuple[Text, ...] = ()
    hints: tuple[Text, ...] = ()
    note: Text = EMPTY
    figure: Figure | None = None
    drawn: Drawn | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is remembered of an item: its state, and the reviews that count, oldest first."""

    state: CardState
    reviews: "tuple[LoggedReview, ...]" = ()
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class ExportItem:
    """One item.

    Parameters
    ----------
    identity : str
        ``deck/item``, for ever.
    type : str
        Name of the item type.
    title : Text
    topics, errata, tags : tuple of str
    revision : str
        Changes whenever the words do.
    modified : int
        Seconds since 1970 UTC at which its words last changed.
    spec : ItemSpec
        What its YAML says.
    questions : tuple of ExportQuestion
        One; for a computed item one for each variant.
    schedule : Schedule or None
        If asked for, and the item has been reviewed.
    """

    identity: str
    type: str
    title: Text
    topics: tuple[str, ...]
    errata: tuple[str, ...]
    tags: tuple[str, ...]
    revision: str
    modified: int
    spec: "ItemSpec"
    questions: tuple[ExportQuestion, ...]
    schedule: Schedule | None = None

    @property
    def deck(self) -> str:
        """The deck in ``deck/item``."""
        return self.identity.rpartition("/")[0]

    @property
    def slug(self) -> str:
        """The item in ``deck/item``."""
        return self.identity.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class ExportDeck:
    """A deck with its selected items in learning order."""

    id: str
    title: Text
    area: str
    area_title: Text
    items: tuple[ExportItem, ...]


@dataclass(frozen=True, slots=True)
class Scheduling:
    """How the schedules were made: study days, FSRS, and all settings as a person would type them."""

    rollover_hour: int
    zone: tzinfo
    desired_retention: float
    decay: float
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported.

    Parameters
    ----------
    title : str
    display : {"en", "zh", "both"}
    decks : tuple of ExportDeck
        Without empty ones, in learning order.
    scheduling : Scheduling or None
        Given if schedules were asked for.
    left_out : tuple of (str, str)
        Items that can't leave the application, each with the reason.
    """

    title: str
    display: Display
    decks: tuple[ExportDeck, ...]
    scheduling: Scheduling | None = None
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that are wanted."""
        return LANGUAGES if self.display == "both" else (self.display,)

    @property
    def items(self) -> tuple[ExportItem, ...]:
        """All items."""
        return tuple(item for deck in self.decks for item in deck.items)


class Exporter(ABC):
    """One format. It writes bytes, the same for the same selection; it opens no file, queries and prints nothing."""

    name: ClassVar[str]
    suffix: ClassVar[str]
    summary: ClassVar[str]

    @abstractmethod
    def write(self, selection: Selection, out: BinaryIO) -> None:
        """Write the selection."""

    def refused(self, selection: Selection) -> tuple[tuple[str, str], ...]:
        """Return the items that this format has no place for, each with the reason; ``write`` leaves them out."""
        return ()

    def advice(self, selection: Selection) -> tuple[str, ...]:
        """Return what a person should know before they open the file in the other program."""
        return ()
