import sqlite3

import pytest

from quizapp.scheduling.model import CardState, Rating, Review
from quizapp.store.adopting import Adopted, AdoptedHistory, adopt
from quizapp.store.store import Store
from tests.quizapp.store.samples import DAY_MS, answer, fold, step


def history(item: str, count: int = 2, *, suspended: bool = False) -> AdoptedHistory:
    reviews: list[Adopted] = []
    state: CardState | None = None
    for place in range(count):
        given = answer(item, Rating.GOOD, (20_000 + place) * DAY_MS)
        before = "new" if state is None else state.phase.value
        state = step(state, Review(item, given.rating, given.at, given.day))
        reviews.append(Adopted(given, state, before))
    return AdoptedHistory(item, reviews, reviews[-1].state, suspended)


def test_a_history_is_kept_whole(store: Store) -> None:
    assert adopt(store, [history("own/a"), history("own/b", 3, suspended=True)]) == 2
    assert [review.phase_before for review in store.reviews("own/b")] == ["new", "review", "review"]
    assert store.state("own/b") == history("own/b", 3).state
    assert store.suspended() == {"own/b"}
    assert store.due_counts(0, 0)["own"].seen == 2


def test_it_can_be_folded_again(store: Store) -> None:
    adopt(store, [history("own/a", 4)])
    before = store.all_states()
    store.refold_all(fold)
    assert store.all_states() == before


def test_an_item_with_a_log_is_left_alone(store: Store) -> None:
    adopt(store, [history("own/a", 1)])
    assert adopt(store, [history("own/a", 5)]) == 0
    assert len(store.reviews("own/a")) == 1


def test_it_is_all_or_nothing(store: Store) -> None:
    broken = history("own/b")
    wrong = broken._replace(reviews=[broken.reviews[0]._replace(phase_before="no phase")])
    with pytest.raises(sqlite3.IntegrityError):
        adopt(store, [history("own/a"), wrong])
    assert store.all_states() == {}
