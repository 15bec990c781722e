"""Values decide, not style; each way of being wrong has its own name."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from engine.grading_compare import Tolerance, compare

EXACT = Tolerance()
ROWS = np.array([[0.25, 0.75], [0.5, 0.5]])


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (ROWS, ROWS.tolist()),
        (ROWS, ROWS * (1 + 1e-9)),
        (ROWS, np.asfortranarray(ROWS)),
        (ROWS, ROWS.astype(np.longdouble)),
        (np.array([1.0, 2.0]), np.array([1, 2])),
        (np.array([1.0, 2.0]), (1.0, 2.0)),
        (0.5, np.float64(0.5)),
        (0.5, np.array(0.5)),
        (2.0, 2),
        (np.array([0, 2]), [0, 2]),
        (np.array([0, 2]), np.array([0, 2], dtype=np.uint8)),
        ([0, 2], np.array([0, 2])),
        ([], []),
        ([], np.array([])),
        (np.empty((0, 3)), np.zeros((0, 3))),
        ((ROWS, 1.5), [ROWS, 1.5]),
        (np.array([1.0, np.inf]), np.array([1.0, np.inf])),
        (np.zeros(2), np.array([1e-17, 0.0])),
        (np.array([1.0, 0.0]), np.array([1.0, 1e-16])),
        (np.array([1e-200, 3e-200]), np.array([1e-200, 3e-200 * (1 + 1e-9)])),
    ],
)
def test_accepted(expected: Any, got: Any) -> None:
    assert compare(expected, got, EXACT) is None


@pytest.mark.parametrize(
    ("expected", "got", "kind"),
    [
        (ROWS, None, "nothing"),
        (ROWS, "text", "type"),
        (ROWS, {"a": 1}, "type"),
        (ROWS, [[1.0], [2.0, 3.0]], "type"),
        (ROWS, ROWS[0], "shape"),
        (0.5, np.array([0.5]), "shape"),
        (ROWS, ROWS > 0.3, "dtype"),
        (ROWS, ROWS + 0j, "dtype"),
        (np.array([0, 2]), np.array([0.0, 2.0]), "dtype"),
        ([0, 2], [0, 1], "value"),
        ([0, 2], [2, 0], "value"),
        ([0, 2], [0], "shape"),
        (ROWS, ROWS * (1 + 1e-6), "value"),
        (ROWS, np.where(ROWS > 0.6, np.nan, ROWS), "nan"),
        (ROWS, np.where(ROWS > 0.6, np.inf, ROWS), "infinite"),
        (np.array([1.0, np.inf]), np.array([1.0, -np.inf]), "value"),
        (ROWS, ROWS.astype(np.float32) * np.float32(1.00001), "single-precision"),
        ((ROWS, 1.5), ROWS, "type"),
        ((ROWS, 1.5), None, "nothing"),
        ((ROWS, 1.5), (ROWS, 1.5, 2), "parts"),
        ((ROWS, 1.5), (ROWS, None), "nothing"),
        (np.array([1e-200]), np.array([0.0]), "value"),
        (0.5, 10**400, "type"),
    ],
)
def test_refused(expected: Any, got: Any, kind: str) -> None:
    problem = compare(expected, got, EXACT)
    assert problem is not None
    assert problem.kind == kind


def test_the_first_difference_and_the_largest_errors_are_located() -> None:
    got = ROWS.copy()
    got[0, 1], got[1, 0] = 0.8, 0.25
    problem = compare((1.0, ROWS), (1.0, got), EXACT, ("loss", "grad"))
    assert problem is not None
    assert (problem.part, problem.index, problem.got, problem.expected) == ("grad", (0, 1), 0.8, 0.75)
    assert (problem.largest, problem.largest_relative) == (0.25, 0.5)


def test_single_precision_passes_where_it_is_allowed() -> None:
    got = (ROWS / 3).astype(np.float32)
    assert compare(ROWS / 3, got, Tolerance(single=True)) is None
    assert compare(ROWS / 3, got + np.float32(0.01), Tolerance(single=True)) is not None


def test_a_cases_own_absolute_error_is_added() -> None:
    assert compare(ROWS, ROWS + 1e-7, EXACT) is not None
    assert compare(ROWS, ROWS + 1e-7, Tolerance(extra=1e-6)) is None


FLOATS = st.floats(-1e6, 1e6)


@given(arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=FLOATS))
def test_anything_equals_itself_and_not_itself_moved(array: np.ndarray) -> None:
    assert compare(array, array.copy(), EXACT) is None
    moved = array.copy()
    moved.flat[-1] += 1.0 + 1e-3 * np.abs(array).max()
    problem = compare(array, moved, EXACT)
    assert problem is not None
    assert problem.kind == "value"
    assert problem.index == tuple(side - 1 for side in array.shape)
