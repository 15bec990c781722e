from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.scheduling.days import day_start, moment_of, study_day
from quizapp.scheduling.model import CardState, Options, Phase, Rating
from quizapp.scheduling.policy import Delay, apply, hard_delay, is_leech_now, outcomes

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2025, 3, 10, 20, tzinfo=SHANGHAI)
TODAY = study_day(NOW, 4)
PLAIN = Options(fuzz=False)
MINUTE = 60_000


def in_review(**changes: object) -> CardState:
    state = CardState(
        phase=Phase.REVIEW,
        step=0,
        stability=10.0,
        difficulty=5.0,
        due=day_start(TODAY, 4, SHANGHAI),
        due_day=TODAY,
        last_review=day_start(TODAY - 10, 4, SHANGHAI),
        last_day=TODAY - 10,
        interval=10,
        reps=5,
        lapses=1,
    )
    return state._replace(**changes)  # type: ignore[arg-type]  # the field types are those of the callers' literals


def due_in_minutes(state: CardState) -> float:
    return (state.due - state.last_review) / MINUTE


def test_a_new_item_goes_through_the_learning_steps() -> None:
    shown = outcomes(None, "deck/item", NOW, PLAIN)
    assert [shown[rating].phase for rating in Rating] == [Phase.LEARNING] * 3 + [Phase.REVIEW]
    assert [due_in_minutes(shown[rating]) for rating in (Rating.AGAIN, Rating.HARD, Rating.GOOD)] == [1, 5.5, 10]
    assert [shown[rating].step for rating in Rating] == [0, 0, 1, 0]
    assert shown.easy.interval == 8
    assert [shown[rating].reps for rating in Rating] == [1] * 4


def test_labels_of_the_buttons() -> None:
    shown = outcomes(None, "deck/item", NOW, PLAIN)
    assert [shown.delay(rating) for rating in Rating] == [
        Delay("minutes", 0),
        Delay("minutes", 6),
        Delay("minutes", 10),
        Delay("days", 8),
    ]


def test_good_on_the_last_step_graduates() -> None:
    first = apply(None, Rating.GOOD, "deck/item", NOW, PLAIN)
    shown = outcomes(first, "deck/item", NOW + timedelta(minutes=10), PLAIN)
    assert shown.good.phase is Phase.REVIEW
    assert (shown.good.interval, shown.good.due_day) == (2, TODAY + 2)
    assert shown.good.due == day_start(TODAY + 2, 4, SHANGHAI)
    assert due_in_minutes(shown.again) == 1
    assert (due_in_minutes(shown.hard), shown.hard.step) == (10, 1)


@pytest.mark.parametrize(
    ("steps", "step", "seconds"),
    [
        ((600,), 0, 900),
        ((60, 600), 0, 330),
        ((60, 600), 1, 600),
        ((60, 600, 6000), 0, 330),
        ((60, 600, 6000), 2, 6000),
        ((3 * 86_400,), 0, 4 * 86_400),
    ],
)
def test_hard_in_the_steps(steps: tuple[int, ...], step: int, seconds: int) -> None:
    assert hard_delay(steps, step) == seconds


def test_forgetting_in_the_review_phase_is_a_lapse_and_relearned() -> None:
    again = outcomes(in_review(), "deck/item", NOW, PLAIN).again
    assert (again.phase, again.step, again.interval, again.lapses) == (Phase.RELEARNING, 0, 0, 2)
    assert due_in_minutes(again) == 10
    assert again.stability < 10
    relearned = outcomes(again, "deck/item", NOW + timedelta(minutes=10), PLAIN)
    assert relearned.again.lapses == 2
    assert relearned.good.phase is Phase.REVIEW
    assert due_in_minutes(relearned.hard) == 15


@pytest.mark.parametrize("state", [None, in_review()], ids=["new", "review"])
def test_without_steps_everything_is_a_matter_of_days(state: CardState | None) -> None:
    shown = outcomes(state, "deck/item", NOW, replace(PLAIN, learning_steps=(), relearning_steps=()))
    assert all(shown[rating].phase is Phase.REVIEW and shown[rating].interval >= 1 for rating in Rating)
    assert shown.again.interval <= shown.hard.interval < shown.good.interval < shown.easy.interval
    assert all(shown.delay(rating).kind == "days" for rating in Rating)


def test_a_step_of_a_day_is_due_on_a_day() -> None:
    options = replace(PLAIN, learning_steps=(60, 86_400))
    good = outcomes(None, "deck/item", NOW, options).good
    assert (good.phase, good.due_day, good.due) == (Phase.LEARNING, TODAY + 1, day_start(TODAY + 1, 4, SHANGHAI))
    assert outcomes(None, "deck/item", NOW, options).delay(Rating.GOOD) == Delay("days", 1)


def test_a_step_over_the_rollover_is_due_on_the_next_study_day() -> None:
    late = datetime(2025, 3, 11, 3, 55, tzinfo=SHANGHAI)
    good = outcomes(None, "deck/item", late, PLAIN).good
    assert (good.last_day, good.due_day, due_in_minutes(good)) == (TODAY, TODAY + 1, 10)


def test_steps_that_were_shortened_or_removed_since_do_no_harm() -> None:
    third = in_review(phase=Phase.LEARNING, step=2, interval=0, lapses=0)
    assert outcomes(third, "deck/item", NOW, replace(PLAIN, learning_steps=(60,))).good.phase is Phase.REVIEW
    assert outcomes(third, "deck/item", NOW, replace(PLAIN, learning_steps=())).again.phase is Phase.REVIEW


def test_a_clock_set_back_counts_as_the_same_day() -> None:
    ahead = in_review(last_day=TODAY + 30)
    same = in_review(last_day=TODAY)
    for rating in Rating:
        assert (
            outcomes(ahead, "deck/item", NOW, PLAIN)[rating].stability
            == outcomes(same, "deck/item", NOW, PLAIN)[rating].stability
        )


def test_overdue_items_earn_longer_intervals() -> None:
    assert (
        outcomes(in_review(last_day=TODAY - 60), "deck/item", NOW, PLAIN).good.interval
        > outcomes(in_review(), "deck/item", NOW, PLAIN).good.interval
    )


states = st.none() | st.builds(
    in_review,
    phase=st.sampled_from(Phase),
    step=st.integers(0, 3),
    stability=st.floats(0.01, 5000),
    difficulty=st.floats(1, 10),
    last_day=st.integers(TODAY - 500, TODAY + 2),
    interval=st.integers(0, 1000),
    reps=st.integers(1, 200),
    lapses=st.integers(0, 20),
)
settings_of_a_person = st.builds(
    Options,
    desired_retention=st.sampled_from([0.7, 0.9, 0.97]),
    learning_steps=st.sampled_from([(), (60, 600), (600,), (60, 86_400)]),
    relearning_steps=st.sampled_from([(), (600,), (60, 600)]),
    maximum_interval=st.sampled_from([1, 30, 36_500]),
    fuzz=st.booleans(),
    load_balance=st.booleans(),
    exam_date=st.sampled_from([None, date(2025, 3, 11), date(2025, 4, 1), date(2026, 1, 1), date(2024, 1, 1)]),
)
loads = st.none() | st.dictionaries(st.integers(TODAY, TODAY + 100), st.integers(0, 50))


@given(state=states, options=settings_of_a_person, item=st.text(min_size=1, max_size=20), load=loads)
def test_what_the_button_shows_is_granted(
    state: CardState | None, options: Options, item: str, load: dict[int, int] | None
) -> None:
    shown = outcomes(state, item, NOW, options, load)
    for rating in Rating:
        granted = apply(state, rating, item, NOW, options, load)
        assert granted == shown[rating]
        delay = shown.delay(rating)
        if granted.phase is Phase.REVIEW:
            assert delay == Delay("days", granted.interval)
            assert granted.due_day == TODAY + granted.interval
            assert granted.due == day_start(granted.due_day, 4, SHANGHAI)
        else:
            assert granted.interval == 0
            assert granted.due > granted.last_review


@given(state=states, options=settings_of_a_person, item=st.text(min_size=1, max_size=20), load=loads)
def test_better_ratings_come_back_later(
    state: CardState | None, options: Options, item: str, load: dict[int, int] | None
) -> None:
    shown = outcomes(state, item, NOW, options, load)
    ordered = [shown[rating].interval for rating in Rating if shown[rating].phase is Phase.REVIEW]
    limit = options.maximum_interval
    if options.exam_date is not None and (left := options.exam_date.toordinal() - TODAY) > 0:
        limit = min(limit, max(1, left - 1))
    assert all(1 <= days <= limit for days in ordered)
    passing = [shown[rating].interval for rating in (Rating.HARD, Rating.GOOD, Rating.EASY) if shown[rating].interval]
    assert all(a < b or a == b == limit for a, b in pairwise(passing))


@given(state=states, item=st.text(min_size=1, max_size=20), left=st.integers(2, 400))
def test_every_item_comes_back_before_the_exam(state: CardState | None, item: str, left: int) -> None:
    options = Options(exam_date=date.fromordinal(TODAY + left))
    shown = outcomes(state, item, NOW, options)
    assert all(shown[rating].due_day < TODAY + left for rating in Rating)


def test_no_interval_is_longer_than_a_hundred_years() -> None:
    options = replace(PLAIN, desired_retention=0.3, maximum_interval=10**9)
    shown = outcomes(in_review(stability=36_500.0), "deck/item", NOW, options)
    assert {shown[rating].interval for rating in (Rating.GOOD, Rating.EASY)} == {36_500}


def test_the_load_is_looked_at_only_when_asked_for() -> None:
    # The fuzz range of this item's Good is crowded except for one day.
    busy = {TODAY + days: 50 for days in range(1, 200)}
    state = in_review()
    free = next(
        days
        for days in range(20, 60)
        if outcomes(state, "deck/item", NOW, Options(load_balance=True), busy | {TODAY + days: 0}).good.interval == days
    )
    load = busy | {TODAY + free: 0}
    results = {
        balanced: [
            outcomes(state, f"deck/{i}", NOW, Options(load_balance=balanced), load).good.interval for i in range(40)
        ]
        for balanced in (False, True)
    }
    assert set(results[True]) == {free}
    assert len(set(results[False])) > 1


@pytest.mark.parametrize(
    ("threshold", "lapses"),
    [(8, {8, 12, 16, 20}), (3, {3, 5, 7, 9, 11, 13, 15, 17, 19}), (1, set(range(1, 21))), (0, set())],
)
def test_leeches(threshold: int, lapses: set[int]) -> None:
    options = Options(leech_threshold=threshold)
    assert {n for n in range(21) if is_leech_now(in_review(lapses=n), options)} == lapses


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        outcomes(None, "deck/item", datetime(2025, 1, 1), PLAIN)  # noqa: DTZ001 - being naive is the point


@settings(max_examples=30)
@given(day=st.integers(TODAY - 200, TODAY + 200), rating=st.sampled_from(Rating))
def test_due_days_begin_at_the_rollover_in_every_season(day: int, rating: Rating) -> None:
    new_york = ZoneInfo("America/New_York")
    noon = moment_of(day_start(day, 12, new_york), new_york)
    state = apply(None, rating, "deck/item", noon, replace(PLAIN, learning_steps=()))
    due = moment_of(state.due, new_york)
    assert (due.hour, due.minute, study_day(due, 4)) == (4, 0, day + state.interval)


def test_the_zone_of_the_moment_decides_the_day() -> None:
    moment = datetime(2025, 3, 10, 21, tzinfo=UTC)
    assert apply(None, Rating.EASY, "deck/item", moment, PLAIN).last_day == TODAY
    assert apply(None, Rating.EASY, "deck/item", moment.astimezone(SHANGHAI), PLAIN).last_day == TODAY + 1
