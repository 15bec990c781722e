import sqlite3
from pathlib import Path

import pytest

from quizapp.errors import DatabaseProblem, UsageProblem
from quizapp.scheduling.model import CardState, Rating, Review
from quizapp.store.counts import DayCounts, DeckCounts
from quizapp.store.reading import Reader
from quizapp.store.records import ConcurrentChange
from quizapp.store.store import Store
from tests.quizapp.store.samples import DAY_MS, Ticking, answer, fold, step, study

T = 20_000 * DAY_MS


def test_an_answer_comes_back_as_it_was_given(store: Store) -> None:
    given = answer(
        "nlp/softmax", Rating.HARD, T, skill="softmax", version=2, level=3, seed=2**62, params={"z": [1.5, "x"]},
        raw="１／２ 和 ½", read_as="0.5", misconception="no-shift", slip="sign", hints=2, tries=3, milliseconds=4321,
        revision="abc", verdict="self", rated_by="person",
    )  # fmt: skip
    state = step(None, Review(given.item, given.rating, given.at, given.day))
    number = store.record(given, state, None)
    (logged,) = store.reviews("nlp/softmax")
    assert (logged.id, logged.answer, logged.state, logged.annulled) == (number, given, state, None)
    assert store.state("nlp/softmax") == state
    assert store.states(["nlp/softmax", "nlp/none"]) == {"nlp/softmax": state} == store.all_states()


def test_typed_bytes_that_are_no_text_are_kept_readably(store: Store) -> None:
    study(store, "d/a", Rating.AGAIN, T, raw="caf\udce9")
    assert store.reviews("d/a")[0].answer.raw == "caf\\udce9"


def test_a_number_too_large_is_refused_and_leaves_nothing(store: Store) -> None:
    with pytest.raises(UsageProblem, match="too large"):
        study(store, "d/a", Rating.GOOD, T, seed=2**70)
    assert store.reviews("d/a") == []
    study(store, "d/a", Rating.GOOD, T)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review SET rating = 4",
        "DELETE FROM review",
        "INSERT OR REPLACE INTO review SELECT * FROM review WHERE id = 1",
        "UPDATE annulment SET reason = 'regrade'",
        "DELETE FROM annulment",
        "INSERT OR REPLACE INTO annulment VALUES (1, 5, 'regrade')",
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_the_log_is_append_only_for_every_program(store: Store, statement: str, recursive: str) -> None:
    study(store, "d/a", Rating.GOOD, T)
    store.undo_last(None, fold)
    with sqlite3.connect(store.path) as other:
        other.execute(f"PRAGMA recursive_triggers = {recursive}")
        before = list(other.execute("SELECT * FROM review, annulment"))
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            other.execute(statement)
        assert list(other.execute("SELECT * FROM review, annulment")) == before
    other.close()


def test_undo_survives_a_restart_and_goes_back_one_at_a_time(path: Path, clock: Ticking) -> None:
    with Store.open(path, clock.clock) as store:
        study(store, "d/a", Rating.GOOD, T)
        first = store.state("d/a")
        study(store, "d/a", Rating.AGAIN, T + 5 * DAY_MS)
        study(store, "d/b", Rating.EASY, T + 5 * DAY_MS)
    with Store.open(path, clock.clock) as store:
        undone = store.undo_last(None, fold)
        assert undone is not None
        assert (undone.review.answer.item, undone.state, store.state("d/b")) == ("d/b", None, None)
    with Store.open(path, clock.clock) as store:
        undone = store.undo_last(None, fold)
        assert undone is not None
        assert undone.review.answer.rating is Rating.AGAIN
        assert undone.state == first == store.state("d/a")
        assert store.undo_last(None, fold) is not None
        assert store.undo_last(None, fold) is None
        assert store.all_states() == {}
        assert [one.annulled for one in store.reviews("d/a")] == ["undo", "undo"]


def test_undo_within_a_session_leaves_the_others_alone(store: Store) -> None:
    store.start_session("s1")
    study(store, "d/a", Rating.GOOD, T, session="s1")
    store.start_session("s2")
    study(store, "d/b", Rating.GOOD, T, session="s2")
    undone = store.undo_last("s1", fold)
    assert undone is not None
    assert undone.review.answer.item == "d/a"
    assert store.undo_last("s1", fold) is None
    assert store.state("d/b") is not None


def test_an_override_takes_the_place_of_the_review_in_time(store: Store) -> None:
    first = study(store, "d/a", Rating.GOOD, T)
    second = study(store, "d/a", Rating.GOOD, T + 3 * DAY_MS)
    corrected = store.override(first, Rating.AGAIN, fold, verdict="wrong", reason="regrade")
    expected = fold(
        [Review("d/a", Rating.AGAIN, T, T // DAY_MS), Review("d/a", Rating.GOOD, T + 3 * DAY_MS, T // DAY_MS + 3)]
    )
    assert store.state("d/a") == expected
    assert [(one.id, one.annulled) for one in store.reviews("d/a")] == [
        (first, "regrade"),
        (corrected.id, None),
        (second, None),
    ]
    assert (corrected.answer.verdict, corrected.answer.rated_by, corrected.answer.at) == ("wrong", "person", T)
    again = store.override(corrected.id, Rating.EASY, fold)
    assert [one.id for one in store.reviews("d/a")] == [first, corrected.id, again.id, second]
    assert store.refold_all(fold) == 1
    assert store.state("d/a") == fold(store.history("d/a"))


def test_undo_of_a_corrected_review_undoes_the_answer_itself(store: Store) -> None:
    number = study(store, "d/a", Rating.GOOD, T)
    store.override(number, Rating.HARD, fold)
    store.undo_last(None, fold)
    assert store.state("d/a") is None
    assert store.undo_last(None, fold) is None


@pytest.mark.parametrize("number", [99, 1])
def test_only_a_review_that_counts_can_be_overridden(store: Store, number: int) -> None:
    study(store, "d/a", Rating.GOOD, T)
    store.undo_last(None, fold)
    with pytest.raises(UsageProblem, match="no review"):
        store.override(number, Rating.HARD, fold)


def test_a_refold_that_fails_changes_nothing(store: Store) -> None:
    study(store, "d/a", Rating.GOOD, T)
    state = store.state("d/a")

    def broken(reviews: list[Review]) -> None:
        raise RuntimeError("policy")

    with pytest.raises(RuntimeError, match="policy"):
        store.undo_last(None, broken)
    with pytest.raises(RuntimeError, match="policy"):
        store.refold_all(broken)
    assert store.state("d/a") == state
    assert store.reviews("d/a")[0].annulled is None


def test_a_state_changed_elsewhere_is_noticed_and_nothing_is_lost(store: Store, clock: Ticking) -> None:
    with Store.open(store.path, clock.clock) as other:
        was = other.state("d/a")
        study(store, "d/a", Rating.GOOD, T)
        given = answer("d/a", Rating.AGAIN, T + 1)
        with pytest.raises(ConcurrentChange) as caught:
            other.record(given, step(was, Review("d/a", Rating.AGAIN, T + 1, given.day)), was)
        assert caught.value.state == store.state("d/a")
        assert len(store.reviews("d/a")) == 1
        was = other.state("d/a")
        store.undo_last(None, fold)
        with pytest.raises(ConcurrentChange) as caught:
            other.record(given, step(was, Review("d/a", Rating.AGAIN, T + 1, given.day)), was)
        assert caught.value.state is None
        study(other, "d/a", Rating.AGAIN, T + 2)
    assert store.state("d/a") == fold(store.history("d/a"))


def test_counts_follow_reviews_undo_suspension_and_override(store: Store) -> None:
    day = T // DAY_MS
    study(store, "d/a", Rating.AGAIN, T)
    study(store, "d/b", Rating.GOOD, T)
    study(store, "e/c", Rating.GOOD, T)
    study(store, "d/a", Rating.GOOD, T + 60_000)
    assert store.day_counts(day) == DayCounts(new=3, learning=1, review=0)
    later = day + 3
    assert store.due_counts(T, day) == {"d": DeckCounts(2, 0, 0), "e": DeckCounts(1, 0, 0)}
    assert store.due_counts(T + 3 * DAY_MS, day + 4) == {"d": DeckCounts(2, 1, 0), "e": DeckCounts(1, 1, 0)}
    store.suspend("e/c", "e/unseen")
    assert store.due_counts(T + 3 * DAY_MS, day + 4)["e"] == DeckCounts(1, 0, 0)
    assert store.suspended() == {"e/c", "e/unseen"}
    store.unsuspend("e/c")
    assert store.due_counts(T + 3 * DAY_MS, day + 4)["e"] == DeckCounts(1, 1, 0)
    study(store, "d/b", Rating.AGAIN, later * DAY_MS)
    assert store.reviews_today(later) == 1
    assert store.due_counts(later * DAY_MS, later)["d"].learning == 0
    assert store.due_counts(later * DAY_MS + 60_000, later)["d"].learning == 1
    number = store.reviews("d/b")[-1].id
    store.override(number, Rating.HARD, fold)
    assert store.day_counts(later) == DayCounts(0, 0, 1)
    store.undo_last(None, fold)
    assert store.day_counts(later) == DayCounts(0, 0, 0)
    assert store.new_today(day) == 3
    for _ in range(4):
        store.undo_last(None, fold)
    assert store.day_counts(day) == DayCounts(0, 0, 0)
    assert store.due_counts(T, day) == {}
    assert store.seen() == set()


def test_due_items_come_in_order_and_without_the_suspended(store: Store) -> None:
    day = T // DAY_MS
    for number, (item, rating) in enumerate(
        [("d/late", Rating.EASY), ("d/soon", Rating.HARD), ("e/step", Rating.AGAIN), ("d/step", Rating.AGAIN)]
    ):
        study(store, item, rating, T + number)
    horizon = T + DAY_MS
    assert [item for item, _ in store.due_items(horizon, day + 9)] == ["e/step", "d/step", "d/soon", "d/late"]
    assert [item for item, _ in store.due_items(horizon, day + 9, limit=3)] == ["e/step", "d/step", "d/soon"]
    assert [item for item, _ in store.due_items(horizon, day + 9, deck="d")] == ["d/step", "d/soon", "d/late"]
    assert [item for item, _ in store.due_items(T, day)] == []
    assert store.next_due(T, day) == T + 2 + 60_000
    store.suspend("d/soon", "e/step", "d/step")
    assert store.due_items(horizon, day + 9) == [("d/late", store.state("d/late"))]
    assert store.next_due(T, day) == T + 5 * DAY_MS
    assert store.due_per_day(day, day + 9) == {day + 3: 1, day + 5: 1}
    assert store.seen("d") == {"d/late", "d/soon", "d/step"}


def test_a_renamed_item_takes_its_log_along_untouched(store: Store) -> None:
    study(store, "d/old", Rating.GOOD, T)
    store.flag("d/old", "leech")
    store.suspend("d/old")
    state = store.state("d/old")
    assert store.rename("d/old", "e/new", fold) == state
    assert (store.state("d/old"), store.state("e/new")) == (None, state)
    assert store.due_counts(T, 0) == {"e": DeckCounts(1, 0, 0)}
    assert store.reviews("d/old") == []
    assert [one.answer.item for one in store.reviews("e/new")] == ["d/old"]
    assert (store.flags(), store.suspended()) == ({"e/new": {"leech"}}, {"e/new"})
    study(store, "e/new", Rating.GOOD, T + DAY_MS)
    assert store.rename("e/new", "f/newest", fold) == store.state("f/newest")
    assert store.aliases() == {"d/old": "f/newest", "e/new": "f/newest"}
    assert list(store.log("item", "rating")) == [("f/newest", 3), ("f/newest", 3)]
    assert store.refold_all(fold) == 1
    undone = store.undo_last(None, fold)
    assert undone is not None
    assert store.all_states() == {"f/newest": undone.state}


def test_renaming_onto_an_item_with_progress_joins_the_logs(store: Store) -> None:
    study(store, "d/old", Rating.GOOD, T)
    study(store, "d/new", Rating.HARD, T + DAY_MS)
    joined = store.rename("d/old", "d/new", fold)
    assert joined is not None
    assert joined.reps == 2
    assert store.all_states() == {"d/new": joined}
    assert store.due_counts(T, 0)["d"].seen == 1
    with pytest.raises(UsageProblem, match="itself"):
        store.rename("d/new", "d/new", fold)


def test_renaming_back_ends_where_it_began(store: Store) -> None:
    study(store, "d/a", Rating.GOOD, T)
    state = store.state("d/a")
    store.rename("d/a", "d/b", fold)
    store.rename("d/b", "d/a", fold)
    assert store.aliases() == {"d/b": "d/a"}
    assert store.all_states() == {"d/a": state}
    assert len(store.reviews("d/a")) == 1
    assert store.refold_all(fold) == 1
    assert store.all_states() == {"d/a": state}


def test_the_log_gives_columns_and_refuses_unknown_ones(store: Store) -> None:
    study(store, "d/b", Rating.GOOD, T, params={"n": 1})
    study(store, "d/a", Rating.HARD, T + 1)
    study(store, "d/b", Rating.EASY, T + 2)
    study(store, "d/a", Rating.AGAIN, T + 3)
    store.undo_last(None, fold)
    assert list(store.log("item", "rating", "params")) == [("d/a", 2, None), ("d/b", 3, '{"n":1}'), ("d/b", 4, None)]
    with pytest.raises(ValueError, match="secret"):
        list(store.log("secret"))


def test_states_are_rebuilt_from_the_log_alone(store: Store) -> None:
    for number in range(6):
        study(store, f"d/{number % 2}", Rating(1 + number % 4), T + number * DAY_MS)
    states = store.all_states()
    with sqlite3.connect(store.path) as other:
        other.execute("UPDATE state SET stability = 99")
        other.execute("INSERT INTO state SELECT 'x/ghost', 'x', phase, step, stability, difficulty, due, due_day,"
                      " last_review, last_day, interval, reps, lapses FROM state LIMIT 1")  # fmt: skip
    other.close()
    assert store.refold_all(fold) == 2
    assert store.all_states() == states
    assert store.due_counts(0, 0) == {"d": DeckCounts(2, 0, 0)}


def test_a_rebuild_reads_the_log_as_columns_and_drops_items_without_a_state(store: Store) -> None:
    study(store, "d/a", Rating.GOOD, T)
    study(store, "d/b", Rating.GOOD, T)
    state = store.state("d/a")

    def batch(log: Reader) -> list[tuple[str, CardState | None]]:
        return [(item, state if item == "d/a" else None) for (item,) in log.log("item")]

    assert store.rebuild(batch) == 1
    assert store.all_states() == {"d/a": state}


def test_no_answer_slips_in_while_states_are_rebuilt(store: Store, clock: Ticking) -> None:
    study(store, "d/a", Rating.GOOD, T)
    with Store.open(store.path, clock.clock) as other:
        other._connection.execute("PRAGMA busy_timeout = 0")

        def intruded(reviews: list[Review]) -> CardState | None:
            with pytest.raises(DatabaseProblem, match="locked"):
                study(other, "d/a", Rating.AGAIN, T + 1)
            return fold(reviews)

        assert store.refold_all(intruded) == 1
        study(other, "d/a", Rating.AGAIN, T + 1)
    assert store.all_states() == {"d/a": fold(store.history("d/a"))}


def test_settings_flags_and_sessions_are_kept(path: Path, clock: Ticking) -> None:
    with Store.open(path, clock.clock) as store:
        store.set_setting("language", "zh")
        store.set_setting("parameters", [0.1, 2])
        store.set_setting("language", "both")
        store.flag("d/a", "leech")
        store.flag("d/a", "leech")
        store.flag("d/a", "hard")
        store.unflag("d/a", "hard")
        store.start_session("s1", {"deck": "d"})
        clock.advance(minutes=3)
        store.finish_session("s1")
        store.start_session("s2")
    with Store.open(path, clock.clock) as store:
        assert store.settings() == {"language": "both", "parameters": [0.1, 2]}
        assert (store.setting("language"), store.setting("none", 7)) == ("both", 7)
        assert store.flags() == {"d/a": {"leech"}}
        second, first = store.sessions()
        assert (first.id, first.details) == ("s1", {"deck": "d"})
        assert first.finished == first.started + 180_000
        assert (second.id, second.finished) == ("s2", None)
        assert store.sessions(limit=1) == [second]


def test_an_answer_keeps_working_after_the_item_was_replaced_in_memory(store: Store) -> None:
    study(store, "d/a", Rating.GOOD, T)
    state = store.state("d/a")
    assert state is not None
    stale = state._replace(reps=5)
    with pytest.raises(ConcurrentChange):
        store.record(answer("d/a", Rating.GOOD, T + 1), state, stale)
    study(store, "d/a", Rating.GOOD, T + 1)
    assert len(store.reviews("d/a")) == 2
