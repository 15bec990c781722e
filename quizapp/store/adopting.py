"""Histories from elsewhere: the log of items that have none yet, all in one transaction."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quizapp.scheduling.model import CardState
from quizapp.store.records import Answer
from quizapp.store.rows import INSERT_REVIEW, INSERT_STATE, deck_of, review_values, state_values
from quizapp.store.store import Store


class Adopted(NamedTuple):
    """One review of another program's log: the answer, the state it led to, and the phase before it."""

    answer: Answer
    state: CardState
    phase_before: str


class AdoptedHistory(NamedTuple):
    """The reviews of one item, oldest first, and where it stands now."""

    item: str
    reviews: Sequence[Adopted]
    state: CardState
    suspended: bool = False


def adopt(store: Store, histories: Iterable[AdoptedHistory]) -> int:
    """Append the histories of items that were never reviewed here; return for how many.

    Parameters
    ----------
    store : Store
    histories : iterable of AdoptedHistory
        One whose item has been reviewed meanwhile is left out: two logs of one memory can't be told apart later.
    """
    taken = 0
    with store._change() as connection:
        for history in histories:
            if connection.execute("SELECT 1 FROM review WHERE item = ? LIMIT 1", (history.item,)).fetchone():
                continue
            rows = [review_values(one.answer, one.state, one.phase_before, None) for one in history.reviews]
            connection.executemany(INSERT_REVIEW, rows)
            connection.execute(INSERT_STATE, (history.item, deck_of(history.item), *state_values(history.state)))
            if history.suspended:
                at = history.state.last_review
                connection.execute("INSERT OR IGNORE INTO suspension VALUES (?, ?)", (history.item, at))
            taken += 1
    return taken
