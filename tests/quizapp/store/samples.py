"""A clock that is moved by hand, a tiny scheduling policy and answers to record."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from quizapp.clock import Clock
from quizapp.scheduling.model import CardState, Phase, Rating, Review
from quizapp.store.records import Answer
from quizapp.store.store import Store

DAY_MS = 86_400_000
START = datetime(2026, 3, 1, 9, tzinfo=UTC)


@dataclass
class Ticking:
    moment: datetime = START
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = Clock(now=lambda: self.moment, elapsed=lambda: self.moment.timestamp())

    def advance(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


def step(state: CardState | None, review: Review) -> CardState:
    """A policy whose results depend on everything before, so that a wrong fold shows."""
    again = review.rating is Rating.AGAIN
    stability = min((1.0 if state is None else state.stability * 1.1) + int(review.rating), 1000.0)
    interval = 0 if again else int(stability)
    return CardState(
        phase=Phase.LEARNING
        if again and (state is None or state.phase is Phase.LEARNING)
        else Phase.RELEARNING
        if again
        else Phase.REVIEW,
        step=0,
        stability=stability,
        difficulty=5.0,
        due=review.at + (60_000 if again else interval * DAY_MS),
        due_day=review.day + interval,
        last_review=review.at,
        last_day=review.day,
        interval=interval,
        reps=1 if state is None else state.reps + 1,
        lapses=(0 if state is None else state.lapses) + again,
    )


def fold(reviews: list[Review]) -> CardState | None:
    state = None
    for review in reviews:
        state = step(state, review)
    return state


def answer(item: str, rating: Rating, at: int, **other: Any) -> Answer:
    values: dict[str, Any] = {
        "item": item, "at": at, "day": at // DAY_MS, "utc_offset": 3600, "rating": rating, "rated_by": "auto",
        "verdict": "wrong" if rating is Rating.AGAIN else "correct", "kind": "computed", "session": "s1",
        "language": "en",
    }  # fmt: skip
    return Answer(**values | other)


def study(store: Store, item: str, rating: Rating, at: int, **other: Any) -> int:
    """Answer an item the way a session does: read its state, apply the policy, record."""
    given = answer(item, rating, at, **other)
    was = store.state(item)
    return store.record(given, step(was, Review(item, rating, given.at, given.day)), was)


def filled(path: Path, clock: Ticking, count: int = 3) -> None:
    """Make a database with a few answers."""
    with Store.open(path, clock.clock) as store:
        for number in range(count):
            study(store, f"d/{number}", Rating.GOOD, 20_000 * DAY_MS, raw="x" * 500)
