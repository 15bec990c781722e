"""What a study session shows and says. All values are frozen; a screen only draws them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from quizapp.questions.base import Grade, Question, Reveal
from quizapp.scheduling.model import CardState, Rating
from quizapp.scheduling.policy import Delay
from quizapp.text import Text

Stage = Literal["asking", "revealed", "marked", "waiting", "finished"]
"""Where a session stands: a question is open; its solution is shown and waits for a rating; it is marked; nothing can
be asked before a known time; everything is done."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a session has come: answers given, those right, and what remains in its queue."""

    answered: int
    correct: int
    remaining: int

    @property
    def total(self) -> int:
        """Answers given and still to come."""
        return self.answered + self.remaining


@dataclass(frozen=True, slots=True)
class Presented:
    """A question on screen.

    Parameters
    ----------
    question : Question
    deck, area : Text
        Titles.
    state : CardState or None
        The item's memory before this answer; ``None`` if it is new.
    delays : mapping of Rating to Delay
        When each rating would bring it back: exactly what will be granted.
    repeated : bool
        The same numbers as the wrong answer before, brought back once.
    deck_id : str
    """

    question: Question
    deck: Text
    area: Text
    state: CardState | None
    delays: Mapping[Rating, Delay]
    repeated: bool = False
    deck_id: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The live echo of what is being typed: how it is read, or why it can't be."""

    ok: bool
    text: Text


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An answer that can't be read: it costs nothing. ``span`` marks the offending characters."""

    message: Text
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer that counts, safe in the store.

    Parameters
    ----------
    review : int
        Id in the log.
    grade : Grade
    rating : Rating
    back : Delay
        When the item returns.
    can_retry : bool
        A second try is open: right then counts as Hard. It closes when the solution is shown.
    leech : bool
        It has been forgotten so often that the item deserves another look.
    """

    review: int
    grade: Grade
    rating: Rating
    back: Delay
    can_retry: bool = False
    leech: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """How a session went.

    Parameters
    ----------
    answered, correct, new : int
        Answers given, right ones among them, items met for the first time.
    seconds : float
        Time spent on answers.
    mistakes : tuple of (Text, int)
        Named misconceptions in words, and how often; most frequent first.
    next_due : int or None
        When the next item is due, in milliseconds since 1970 UTC.
    remaining : int
        What is still due now.
    """

    answered: int
    correct: int
    new: int
    seconds: float
    mistakes: tuple[tuple[Text, int], ...] = field(default=())
    next_due: int | None = None
    remaining: int = 0


__all__ = ["Grade", "Marked", "Presented", "Progress", "Reading", "Reveal", "Stage", "Summary", "Unreadable"]
