"""An answer committed, and due counts over a large collection, against raw sqlite3 with the same pragmas."""

import sqlite3
import tempfile
from pathlib import Path

from quizapp.clock import Clock
from quizapp.scheduling.model import CardState, Phase, Rating
from quizapp.store.records import Answer
from quizapp.store.rows import INSERT_REVIEW, UPDATE_STATE_IF, review_values, state_values
from quizapp.store.store import Store
from tests.benchmarks.measuring import Ratio, paired

CARDS = 100_000
DECKS = 40


def measure() -> list[Ratio]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "progress.db")
        with Store.open(path, Clock()) as store:
            fill(store)
            return [answering(store, path), counting(store, path)]


def state(number: int) -> CardState:
    return CardState(Phase.REVIEW, 0, 10.0, 5.0, 1_790_000_000_000, 739_000 + number % 400, 0, 738_000, 10, 5, 0)


def fill(store: Store) -> None:
    store.rebuild(lambda _: ((f"deck-{number % DECKS}/item-{number}", state(number)) for number in range(CARDS)))


def answering(store: Store, path: Path) -> Ratio:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous = FULL")
    numbers = iter(range(10**9))

    def answer(item: str) -> Answer:
        return Answer(item, 1_790_000_000_000, 739_000, 0, Rating.GOOD, "auto", "correct", "choice", "s", "en")

    def ours() -> object:
        item = f"deck-0/item-{next(numbers) * DECKS % CARDS}"
        was = store.state(item)
        return store.record(answer(item), state(0), was)

    def theirs() -> object:
        item = f"deck-0/item-{next(numbers) * DECKS % CARDS}"
        found = raw.execute("SELECT reps, last_review FROM state WHERE item = ?", (item,)).fetchone()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(INSERT_REVIEW, review_values(answer(item), state(0), "review", None))
        raw.execute(UPDATE_STATE_IF, (*state_values(state(0)), item, *found))
        return raw.execute("COMMIT")

    try:
        return paired("an answer committed (FULL) / raw sqlite3", ours, theirs, "≤ 1.3", rounds=300)
    finally:
        raw.close()


def counting(store: Store, path: Path) -> Ratio:
    raw = sqlite3.connect(path, isolation_level=None)
    query = "SELECT deck, count(*) FROM state WHERE phase = 'review' AND due_day <= ? GROUP BY deck"
    try:
        return paired(
            "due counts per deck, 100,000 states / one indexed query",
            lambda: store.due_counts(1_790_000_000_000, 739_010),
            lambda: raw.execute(query, (739_010,)).fetchall(),
            "≤ 1.2",
            rounds=100,
        )
    finally:
        raw.close()
