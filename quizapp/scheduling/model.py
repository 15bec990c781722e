"""The values that scheduling works on. All of them are frozen; every function returns new ones."""

from collections.abc import Sequence
from enum import IntEnum, StrEnum
from typing import NamedTuple

from quizapp.settings import Options as Options


class Rating(IntEnum):
    """How well an item was remembered, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(StrEnum):
    """Where an item is: in its first steps, on long intervals, or in the steps after a lapse."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


class CardState(NamedTuple):
    """All that is known of one item's memory after its last review. A new item has no state (``None``).

    Parameters
    ----------
    phase : Phase
    step : int
        Index of the learning or relearning step it stands on; 0 in the review phase.
    stability : float
        FSRS stability in days.
    difficulty : float
        FSRS difficulty, 1 to 10.
    due : int
        Milliseconds since 1970 UTC at which it is due. In the review phase: the start of its due day.
    due_day : int
        Study day (proleptic ordinal of the local date after rollover) on which it is due.
    last_review : int
        Milliseconds since 1970 UTC of the last review.
    last_day : int
        Study day of the last review.
    interval : int
        Days granted at the last review; 0 while in steps.
    reps : int
        Number of reviews so far.
    lapses : int
        Number of times it was forgotten in the review phase.
    """

    phase: Phase
    step: int
    stability: float
    difficulty: float
    due: int
    due_day: int
    last_review: int
    last_day: int
    interval: int
    reps: int
    lapses: int


class Review(NamedTuple):
    """One rating in the log, as far as scheduling needs it: the fold of these is the item's state.

    Parameters
    ----------
    item : str
    rating : Rating
    at : int
        Milliseconds since 1970 UTC.
    day : int
        Study day as it was for the person then and there.
    granted : int
        Days granted then (``CardState.interval``). The fold keeps that promise, which load balancing and
        since changed options could not give again. 0 (in steps, or not known) lets the fold grant afresh.
    """

    item: str
    rating: Rating
    at: int
    day: int
    granted: int = 0


class Log(NamedTuple):
    """The reviews of all items as columns of one length, in the order of the log.

    Parameters
    ----------
    item : sequence of str
    rating, at, day : sequence of int
        As in ``Review``.
    granted : sequence of int, optional
        As in ``Review``; without it every interval is granted afresh.
    """

    item: Sequence[str]
    rating: Sequence[int]
    at: Sequence[int]
    day: Sequence[int]
    granted: Sequence[int] | None = None
