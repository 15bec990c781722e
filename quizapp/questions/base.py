"""What every item type shares: the common part of its YAML and the five phases from spec to verdict.

``realise`` makes a concrete question, ``parse`` reads what was typed, ``grade`` marks it, ``reveal`` shows the
solution and ``examples`` produces raw answers that must be right, wrong and invalid: the contract test pushes them
through.
Between the phases travel frozen values only.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from engine.figure import Figure
from quizapp.questions.responses import Response
from quizapp.questions.words import Bilingual, WordBook
from quizapp.text import EMPTY, Text

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
TopicId = Annotated[str, Field(pattern=r"^[A-Za-z0-9]+([-.][A-Za-z0-9]+)*$", max_length=120)]


class ItemSpec(BaseModel):
    """What every item may say about itself, whatever its type."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug = Field(description="Unique within the deck and never changed: deck/id is the item's identity for ever.")
    topics: tuple[TopicId, ...] = Field(min_length=1, description="Ids from syllabus.yaml that this item asks about.")
    errata: tuple[TopicId, ...] = Field(default=(), description="Errata of the notes that this item puts right.")
    tags: tuple[Slug, ...] = Field(default=(), description="Free labels for selection.")
    aliases: tuple[str, ...] = Field(default=(), description="Former identities (deck/id) whose progress belongs here.")
    hints: tuple[Bilingual, ...] = Field(default=(), max_length=3, description="Up to three hints, weakest first.")
    note: Bilingual | None = Field(default=None, description="An explanation shown after answering.")


class Verdict(StrEnum):
    """How an answer was marked. ``SELF``: the person rates a flashcard."""

    CORRECT = "correct"
    WRONG = "wrong"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Draw:
    """What fixes a concrete question: the seed, the level and, for a question that comes back, its very parameters."""

    seed: int
    level: int = 1
    params: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A concrete question, ready to be shown.

    Parameters
    ----------
    item : str
        ``deck/id``.
    type : str
        Name of the item type.
    prompt : Text
        Markdown with formulas. For a cloze a gap is shown as ``____``, several as ``__1__``, ``__2__`` …
    response : Response
        How it is answered.
    draw : Draw
        Seed, level and parameters as asked; what the log stores.
    data : Any
        The item type's own frozen data.
    hints : tuple of Text
    figure : Figure or None
    skill, version : str or None, int or None
        For computed questions.
    """

    item: str
    type: str
    prompt: Text
    response: Response
    draw: Draw
    data: Any
    hints: tuple[Text, ...] = ()
    figure: Figure | None = None
    skill: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """The mark of one answer.

    Parameters
    ----------
    verdict : Verdict
    read_as : str
        How the answer was understood, as echoed to the person.
    message : Text
        One or two sentences: what is right or wrong and why.
    misconception, slip : str or None
        Slug of the recognised mistake (several coinciding ones joined by ``+``) or of a generic slip.
    parts : tuple of (bool, Text)
        For each option, gap, entry or pair as shown: whether it was answered rightly, and its own feedback.
    """

    verdict: Verdict
    read_as: str
    message: Text = EMPTY
    misconception: str | None = None
    slip: str | None = None
    parts: tuple[tuple[bool, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Reveal:
    """The solution: the right answer, the worked steps and the explanation."""

    answer: Text
    steps: tuple[Text, ...] = ()
    note: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Examples:
    """Raw answers by which the contract test proves a type: each must parse and grade as its name says."""

    correct: tuple[str, ...]
    incorrect: tuple[str, ...]
    invalid: tuple[str, ...] = field(default=())


S = TypeVar("S", bound=ItemSpec)


class ItemType(ABC, Generic[S]):
    """One item type. ``spec_type`` is the pydantic model of its YAML, with ``type: Literal["<name>"]``."""

    name: ClassVar[str]
    spec_type: type[S]

    @abstractmethod
    def realise(self, item: str, spec: S, draw: Draw, words: WordBook) -> Question:
        """Make the concrete question of a draw: deterministic in its arguments."""

    @abstractmethod
    def parse(self, question: Question, raw: str) -> Any:
        """Read a raw answer.

        Raises
        ------
        engine.errors.AnswerFormatError
            If it can't be read; this costs the learner nothing.
        """

    @abstractmethod
    def grade(self, question: Question, response: Any) -> Grade:
        """Mark what ``parse`` returned."""

    @abstractmethod
    def reveal(self, question: Question) -> Reveal:
        """Return the solution."""

    @abstractmethod
    def examples(self, question: Question) -> Examples:
        """Return raw answers that are right, wrong and invalid."""
