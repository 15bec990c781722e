"""The values that go into the store and come out of it. All of them are frozen."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from quizapp.errors import EnvironmentProblem
from quizapp.scheduling.model import CardState, Rating, Review

RatedBy = Literal["auto", "person"]
Verdict = Literal["correct", "wrong", "self"]
Reason = Literal["undo", "override", "regrade"]

Fold = Callable[[list[Review]], CardState | None]
"""Replays the log of one item, oldest first; the caller binds options and policy."""


class ConcurrentChange(EnvironmentProblem):
    """Another process reviewed (or undid) the same item meanwhile. Nothing was written: read again, apply, record.

    Parameters
    ----------
    item : str
    state : CardState or None
        What the store holds now.
    """

    def __init__(self, item: str, state: CardState | None) -> None:
        super().__init__(
            f"The item {item} was changed by another session in the meantime; this answer was not recorded yet.",
            "Answer it again, or close the other session.",
        )
        self.item = item
        self.state = state


class Answer(NamedTuple):
    """One rated answer as it goes into the log.

    Parameters
    ----------
    item : str
        ``deck/item``.
    at : int
        Milliseconds since 1970 UTC.
    day : int
        Study day, as the learner's calendar had it then.
    utc_offset : int
        Seconds east of UTC where the answer was given.
    rating : Rating
    rated_by : {"auto", "person"}
    verdict : {"correct", "wrong", "self"}
        ``"self"``: nothing was compared, the person judged.
    kind : str
        Item type.
    session, language, revision : str
        Session id; language shown; hash of the item's content, which only notices edits.
    skill, version, level, seed, params : optional
        Provenance of a computed question; ``params`` is what was really asked.
    raw, read_as : str
        What was typed and how it was understood.
    misconception, slip : str, optional
        Slugs of the diagnosis.
    hints, tries, milliseconds : int
        Hints taken, tries needed, time taken (capped by the caller).
    """

    item: str
    at: int
    day: int
    utc_offset: int
    rating: Rating
    rated_by: RatedBy
    verdict: Verdict
    kind: str
    session: str
    language: str
    revision: str = ""
    skill: str | None = None
    version: int | None = None
    level: int | None = None
    seed: int | None = None
    params: Mapping[str, object] | None = None
    raw: str = ""
    read_as: str = ""
    misconception: str | None = None
    slip: str | None = None
    hints: int = 0
    tries: int = 1
    milliseconds: int = 0


class LoggedReview(NamedTuple):
    """One row of the log.

    Parameters
    ----------
    id : int
    answer : Answer
        ``answer.item`` is the name under which it was recorded, even if the item has been renamed since.
    state : CardState
        As granted by this review.
    phase_before : str
        ``"new"`` or the phase it was in.
    replaces : int or None
        Id of the first review that this one corrects.
    annulled : {"undo", "override", "regrade"} or None
        Why it no longer counts.
    """

    id: int
    answer: Answer
    state: CardState
    phase_before: str
    replaces: int | None
    annulled: Reason | None


class UndoneReview(NamedTuple):
    """What was undone, and the state the item has again."""

    review: LoggedReview
    state: CardState | None


class Pending(NamedTuple):
    """The question on screen, so that the same one returns after a crash."""

    session: str
    item: str
    shown_at: int
    level: int | None = None
    seed: int | None = None
    params: Mapping[str, object] | None = None


class Session(NamedTuple):
    """One sitting. ``finished`` is ``None`` while it runs, or if it was interrupted."""

    id: str
    started: int
    finished: int | None
    details: Mapping[str, object]
