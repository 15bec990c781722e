import math

import pytest
from fsrs_rs_python import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.memory import (
    BOUNDS,
    Memory,
    curve,
    filled,
    interval_for,
    memory_from_sm2,
    model,
    prospects,
    retrievability,
)

RATINGS = {"A": 1, "H": 2, "G": 3, "E": 4}

# (rating and days since the last review) -> (stability, difficulty), computed independently of fsrs-rs
GOLDEN = [
    (
        "G0 G2 G11 G46",
        [(2.3065, 2.1181), (10.9643, 2.1112), (46.2803, 2.1043), (162.8623, 2.0975)],
    ),
    ("G0 A2 G1 G5", [(2.3065, 2.1181), (0.6076, 7.3945), (2.4004, 7.3823), (8.9252, 7.3702)]),
    (
        "A0 G0 G1 G2 E10",
        [(0.2120, 6.4133), (0.2467, 6.4021), (2.0215, 6.3909), (6.4518, 6.3798), (36.1228, 5.1553)],
    ),
    (
        "E0 H8 G15 A60 G3",
        [(8.2956, 1.0), (26.7042, 4.0106), (64.2307, 4.0018), (3.1876, 8.0137), (7.2349, 8.0009)],
    ),
    ("H0 H0 A0 G1", [(1.2931, 5.1122), (1.2931, 6.7405), (0.4514, 8.9138), (1.4203, 8.9002)]),
]


@pytest.mark.parametrize(("history", "states"), GOLDEN)
def test_memory_follows_the_golden_histories(history: str, states: list[tuple[float, float]]) -> None:
    memory: Memory | None = None
    for review, expected in zip(history.split(), states, strict=True):
        memory = prospects(memory, int(review[1:]), 0.9)[RATINGS[review[0]] - 1].memory
        # Single precision: half a unit of the fourth decimal, and the seventh digit of large values.
        assert memory == pytest.approx(expected, abs=6e-5, rel=2e-6)


@pytest.mark.parametrize(
    ("retention", "days"), [(0.70, 92.9), (0.80, 33.2), (0.85, 19.1), (0.90, 10.0), (0.95, 4.0), (0.97, 2.2)]
)
def test_interval_for_golden(retention: float, days: float) -> None:
    assert interval_for(10, retention) == pytest.approx(days, abs=0.05)


@pytest.mark.parametrize(("days", "recall"), [(1, 0.9857), (7, 0.9226), (10, 0.9), (30, 0.8094), (365, 0.5736)])
def test_retrievability_golden(days: float, recall: float) -> None:
    assert retrievability(10, days) == pytest.approx(recall, abs=5e-5)


def test_first_intervals_without_steps() -> None:
    assert [max(1, round(prospect.interval)) for prospect in prospects(None, 0, 0.9)] == [1, 1, 2, 8]


def test_curve_of_the_defaults() -> None:
    assert curve()[0] == pytest.approx(-0.1542)
    assert curve()[1] == pytest.approx(0.98034649, abs=1e-6)


def test_retrievability_before_the_last_review_is_certain() -> None:
    assert retrievability(10, -3) == 1.0


@given(
    stability=st.floats(0.01, 20_000),
    retention=st.floats(0.5, 0.99),
    w20=st.floats(0.1, 0.8),
)
def test_the_interval_is_where_recall_meets_the_target(stability: float, retention: float, w20: float) -> None:
    parameters = (*DEFAULT_PARAMETERS[:20], w20)
    assert retrievability(stability, interval_for(stability, retention, parameters), parameters) == pytest.approx(
        retention
    )


@given(stability=st.floats(0.01, 20_000), retention=st.floats(0.5, 0.99), elapsed=st.integers(0, 1000))
def test_prospects_carry_the_interval_of_their_stability(stability: float, retention: float, elapsed: int) -> None:
    for prospect in prospects(Memory(stability, 5.0), elapsed, retention):
        assert prospect.interval == pytest.approx(interval_for(prospect.memory.stability, retention), rel=1e-4)


def test_memory_from_sm2() -> None:
    memory = memory_from_sm2(2.5, 10, 0.9)
    assert memory == pytest.approx((10, 6.914), abs=1e-3)


@pytest.mark.parametrize("retention", [0.0, 1.0, -0.5, 1.5, math.nan])
def test_a_retention_beyond_0_and_1_is_refused(retention: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        interval_for(10, retention)
    with pytest.raises(ValueError, match="between 0 and 1"):
        prospects(None, 0, retention)
    with pytest.raises(ValueError, match="between 0 and 1"):
        memory_from_sm2(2.5, 10, retention)


def test_no_parameters_are_the_defaults() -> None:
    assert filled() == tuple(DEFAULT_PARAMETERS)


def test_older_parameter_lists_are_carried_over() -> None:
    nineteen = tuple(DEFAULT_PARAMETERS[:19])
    assert filled(nineteen) == pytest.approx((*nineteen, 0.0, 0.5))
    fsrs45 = (0.4, 0.6, 2.4, 5.8, 4.93, 0.94, 0.86, 0.01, 1.49, 0.14, 0.94, 2.18, 0.05, 0.34, 1.26, 0.29, 2.61)
    assert len(filled(fsrs45)) == 21
    assert filled(fsrs45)[:4] == pytest.approx(fsrs45[:4])
    assert filled(fsrs45)[17:] == pytest.approx((0.0, 0.0, 0.0, 0.5))


@pytest.mark.parametrize("length", [1, 16, 18, 20, 22])
def test_a_wrong_number_of_parameters_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=f"not {length}"):
        filled((0.5,) * length)


def test_all_parameters_out_of_range_are_named() -> None:
    wrong = list(DEFAULT_PARAMETERS)
    wrong[4], wrong[20] = 11.0, 0.05
    with pytest.raises(ValueError, match=r"w4 = 11 \(allowed 1 to 10\), w20 = 0.05 \(allowed 0.1 to 0.8\)"):
        filled(tuple(wrong))


def test_parameters_that_are_no_numbers_are_named() -> None:
    wrong = list(DEFAULT_PARAMETERS)
    wrong[2], wrong[9] = math.nan, math.inf
    with pytest.raises(ValueError, match=r"w2 = nan, w9 = inf"):
        filled(tuple(wrong))


def test_bounds_themselves_are_allowed_in_single_precision() -> None:
    for i in range(2):
        assert filled(tuple(bound[i] for bound in BOUNDS))
    assert filled((*DEFAULT_PARAMETERS[:20], 0.800000011920929))[20] == pytest.approx(0.8)


def test_one_model_object_serves_equal_parameters() -> None:
    first, second = (tuple(map(float, DEFAULT_PARAMETERS)) for _ in range(2))
    assert first is not second
    assert model(first) is model(second)
