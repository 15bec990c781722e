from pathlib import Path

from quizapp.scheduling.model import Rating
from quizapp.store.records import Pending
from quizapp.store.store import Store
from tests.quizapp.store.samples import DAY_MS, Ticking, study

T = 20_000 * DAY_MS


def test_the_question_on_screen_returns_until_it_is_answered(path: Path, clock: Ticking) -> None:
    shown = Pending("s1", "d/a", T, level=2, seed=7, params={"z": [1, 2]})
    with Store.open(path, clock.clock) as store:
        store.show_pending(Pending("s1", "d/other", T - 1))
        store.show_pending(shown)
    with Store.open(path, clock.clock) as store:
        assert store.pending() == shown
        study(store, "d/b", Rating.GOOD, T + 1)
        assert store.pending() == shown
        study(store, "d/a", Rating.GOOD, T + 1)
        assert store.pending() is None


def test_an_unanswered_question_is_forgotten_when_asked_or_when_the_session_ends(store: Store) -> None:
    store.start_session("s1")
    store.show_pending(Pending("s1", "d/a", T))
    store.forget_pending("s1")
    assert store.pending() is None
    store.show_pending(Pending("s1", "d/a", T))
    store.finish_session("s1")
    assert store.pending() is None
