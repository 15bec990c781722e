from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.intervals import Granting, Target, draw, fuzz_range, least, rounded, seed_of, target
from quizapp.scheduling.model import Options

EXAM = date(2025, 6, 1)
ANY = Target(0.9, 36_500)


@pytest.mark.parametrize(
    ("interval", "minimum", "maximum", "expected"),
    [
        (1.0, 1, 1000, (1, 1)),
        (2.49, 1, 1000, (2, 2)),
        (2.5, 1, 1000, (2, 4)),
        (7.0, 1, 1000, (5, 9)),
        (10.0, 1, 1000, (8, 12)),
        (17.0, 1, 1000, (14, 20)),
        (20.0, 1, 1000, (17, 23)),
        (37.0, 1, 1000, (33, 41)),
        (100.0, 101, 1000, (101, 108)),
        (100.0, 1, 99, (92, 99)),
        (100.0, 97, 103, (97, 103)),
        (2.0, 3, 1000, (3, 4)),
        (2.0, 3, 3, (3, 3)),
        (5.0, 9, 4, (4, 4)),
    ],
)
def test_fuzz_ranges(interval: float, minimum: int, maximum: int, expected: tuple[int, int]) -> None:
    assert fuzz_range(interval, minimum, maximum) == expected


def test_ten_days_are_spread_flat_over_8_to_12() -> None:
    n = 20_000
    counts = Counter(Granting(ANY, 0, 0, draw(seed_of(f"deck/{i}"), 3)).days(10.0, 1) for i in range(n))
    assert sorted(counts) == [8, 9, 10, 11, 12]
    # Five standard deviations of a share of 1/5.
    assert all(abs(count - n / 5) < 5 * (n * 0.16) ** 0.5 for count in counts.values())


def test_the_random_number_is_splitmix64() -> None:
    # First outputs of SplitMix64 seeded with 0, as its authors publish them.
    published = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert [draw(0, reps) for reps in range(3)] == [(value >> 11) / 2**53 for value in published]


@given(item=st.text(min_size=1), reps=st.integers(0, 10_000))
def test_the_random_number_is_a_function_of_item_and_repetition(item: str, reps: int) -> None:
    u = draw(seed_of(item), reps)
    assert 0 <= u < 1
    assert u == draw(seed_of(item), reps)
    assert u != draw(seed_of(item), reps + 1)


@pytest.mark.parametrize(("days", "expected"), [(0.4, 0), (0.5, 1), (2.5, 3), (3.5, 4), (3.49, 3)])
def test_halves_are_rounded_up(days: float, expected: int) -> None:
    assert rounded(days) == expected


@pytest.mark.parametrize(
    ("interval", "last", "expected"), [(20, 10, 11), (10, 10, 10), (9, 10, 10), (9, 30, 0), (1, 0, 1)]
)
def test_fuzz_takes_no_step_back_without_need(interval: float, last: int, expected: int) -> None:
    assert least(interval, last, 1000) == expected


@given(
    interval=st.floats(0.01, 50_000),
    last=st.integers(0, 2000),
    u=st.floats(0, 1, exclude_max=True),
    maximum=st.integers(1, 36_500),
    minimum=st.integers(1, 500),
)
def test_days_stay_within_the_limits(interval: float, last: int, u: float, maximum: int, minimum: int) -> None:
    days = Granting(Target(0.9, maximum), 0, last, u).days(interval, minimum)
    assert min(minimum, maximum) <= days <= maximum
    if rounded(interval) > last:
        assert days >= min(last + 1, maximum)


def test_without_fuzz_the_interval_is_rounded() -> None:
    assert Granting(ANY, 0, last=12, u=None).days(11.5, 1) == 12
    assert Granting(ANY, 0, last=12, u=None).days(11.4, 1) == 11


@given(u=st.floats(0, 1, exclude_max=True))
def test_balancing_prefers_the_only_empty_day(u: float) -> None:
    load = {1000 + days: 40 for days in range(8, 13) if days != 11}
    days = Granting(ANY, 1000, 0, u, load).days(10.0, 1)
    assert 8 <= days <= 12
    # The other four days weigh 4·40^-2.15·8^-3 at most, about 3e-6 of the whole.
    if 1e-4 < u < 1 - 1e-4:
        assert days == 11


def test_balancing_takes_fuller_days_less_often() -> None:
    load = {1008: 10, 1009: 10, 1010: 1, 1011: 10, 1012: 10}
    counts = Counter(Granting(ANY, 1000, 0, i / 1000, load).days(10.0, 1) for i in range(1000))
    assert counts[10] > 900
    assert set(counts) <= {8, 9, 10, 11, 12}


def test_long_intervals_are_not_balanced() -> None:
    load = {1000 + days: 50 for days in range(80, 121) if days != 101}
    counts = Counter(Granting(ANY, 1000, 0, i / 100, load).days(100.0, 1) for i in range(100))
    assert len(counts) > 10


@pytest.mark.parametrize(
    ("left", "retention", "maximum", "spread"),
    [
        (365, 0.9, 364, 14),
        (30, 0.9, 29, 7),
        (15, 0.935, 14, 3),
        (3, 0.963, 2, 0),
        (1, 0.9 + 0.07 * 29 / 30, 1, 0),
        (0, 0.9, 36_500, 0),
        (-5, 0.9, 36_500, 0),
    ],
)
def test_the_target_before_and_after_an_exam(left: int, retention: float, maximum: int, spread: int) -> None:
    aim = target(Options(exam_date=EXAM), EXAM.toordinal() - left)
    assert aim.retention == pytest.approx(retention)
    assert (aim.maximum, aim.spread) == (maximum, spread)


def test_an_exam_never_lowers_the_target() -> None:
    assert target(Options(desired_retention=0.98, exam_date=EXAM), EXAM.toordinal() - 2).retention == 0.98


def test_no_exam_no_change() -> None:
    assert target(Options(desired_retention=0.85, maximum_interval=90), 1) == Target(0.85, 90)


@given(interval=st.floats(41, 5000), u=st.floats(0, 1, exclude_max=True))
def test_long_intervals_are_spread_before_the_exam(interval: float, u: float) -> None:
    aim = target(Options(exam_date=EXAM), EXAM.toordinal() - 40)
    assert 29 <= Granting(aim, EXAM.toordinal() - 40, 5, u).days(interval, 1) <= 39


def test_the_eve_of_the_exam_does_not_collect_everything() -> None:
    day = EXAM.toordinal() - 40
    aim = target(Options(exam_date=EXAM), day)
    counts = Counter(Granting(aim, day, 5, draw(seed_of(f"deck/{i}"), 4)).days(300.0, 1) for i in range(1000))
    assert len(counts) == 11
    assert max(counts.values()) < 150
