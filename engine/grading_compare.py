"""Compares what came back with what was expected: form first, then dtype, then values.

Values decide, not the style: a NumPy scalar passes for a float, a list for an array, integers for whole floats.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.grading_model import Form, Problem

ZERO = 1e-12
"""Absolute error allowed where everything expected is zero."""
SINGLE_RTOL, SINGLE_ATOL = 5e-4, 5e-5
_NUMBERS = (bool, int, float, complex, np.generic)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a result may be off: see ``Exercise``; ``extra`` is the case's own absolute error."""

    rtol: float = 1e-7
    atol: float = 1e-10
    extra: float = 0.0
    single: bool = False


def compare(expected: Any, got: Any, tolerance: Tolerance, names: Sequence[str] = ()) -> Problem | None:
    """Return the first thing in which a result differs from the expected one.

    Parameters
    ----------
    expected : object
        An array, a number, a list of integers or a tuple of these; its form is the form asked.
    got : object
        Whatever the learner's function returned.
    tolerance : Tolerance
    names : sequence of str
        Names of the parts of a tuple.
    """
    if not isinstance(expected, tuple):
        return _part(expected, got, tolerance, None)
    if not isinstance(got, tuple | list):
        return Problem(_missing(got), got=describe(got), expected=describe(expected))
    if len(got) != len(expected):
        return Problem("parts", got=len(got), expected=len(expected))
    for index, (wanted, given) in enumerate(zip(expected, got, strict=True)):
        problem = _part(wanted, given, tolerance, names[index] if index < len(names) else str(index))
        if problem is not None:
            return problem
    return None


def describe(value: Any) -> Form:
    """Return the form of a value."""
    if isinstance(value, np.ndarray):
        return Form("ndarray", str(value.dtype), value.shape)
    return Form(type(value).__name__, length=len(value) if isinstance(value, tuple | list) else 0)


def _missing(got: Any) -> str:
    return "nothing" if got is None else "type"


def _part(expected: Any, got: Any, tolerance: Tolerance, part: str | None) -> Problem | None:
    wanted = np.asarray(expected, dtype=int) if isinstance(expected, list) else np.asarray(expected)
    given = _as_array(got)
    if given is None or given.dtype.kind not in "biufc":
        return Problem(_missing(got), part, got=describe(got), expected=describe(expected))
    if given.shape != wanted.shape:
        return Problem("shape", part, got=given.shape, expected=wanted.shape)
    if wanted.size and given.dtype.kind not in {"f": "iuf", "i": "iu", "b": "b"}[wanted.dtype.kind]:
        kinds = {"f": "float", "i": "integer", "b": "boolean"}
        return Problem("dtype", part, got=str(given.dtype), expected=kinds[wanted.dtype.kind])
    return _values(wanted, given, tolerance, part)


def _as_array(got: Any) -> np.ndarray | None:
    if isinstance(got, np.ndarray):
        return got
    if isinstance(got, (list, tuple, *_NUMBERS)):
        try:
            return np.asarray(got)
        except (ValueError, OverflowError):
            return None  # rows of different length, or an integer beyond every dtype
    return None


def _values(wanted: np.ndarray, given: np.ndarray, tolerance: Tolerance, part: str | None) -> Problem | None:
    if not wanted.size:
        return None
    with np.errstate(all="ignore"):  # extended precision may hold more than fits
        e, g = wanted.astype(float), given.astype(float)
    if wanted.dtype.kind in "ib":
        differs = wanted != given
        return _located("value", part, differs, e, g, wanted, given) if differs.any() else None
    differs = _beyond(e, g, tolerance.rtol, tolerance.atol, tolerance.extra)
    if not differs.any():
        return None
    is_single = given.dtype.kind == "f" and given.dtype.itemsize == 4
    if is_single and not _beyond(e, g, SINGLE_RTOL, SINGLE_ATOL, tolerance.extra).any():
        return None if tolerance.single else Problem("single-precision", part, got=str(given.dtype), expected="float64")
    if (lost := np.isnan(g) & ~np.isnan(e)).any():
        return _located("nan", part, lost, e, g, wanted, given)
    if (endless := np.isinf(g) & ~np.isinf(e)).any():
        return _located("infinite", part, endless, e, g, wanted, given)
    return _located("value", part, differs, e, g, wanted, given)


def _beyond(e: np.ndarray, g: np.ndarray, rtol: float, atol: float, extra: float) -> np.ndarray:
    """Mark the entries that are too far off; NaN is only ever expected of a mutant."""
    finite = np.abs(e[np.isfinite(e)])
    scale = float(finite.max(initial=0.0))
    allowed = rtol * np.abs(np.where(np.isfinite(e), e, 0.0)) + (atol * scale if scale else ZERO) + extra
    with np.errstate(all="ignore"):
        close = np.abs(e - g) <= allowed
    return np.asarray(~(close | (e == g) | (np.isnan(e) & np.isnan(g))))


def _located(
    kind: str,
    part: str | None,
    differs: np.ndarray,
    e: np.ndarray,
    g: np.ndarray,
    wanted: np.ndarray,
    given: np.ndarray,
) -> Problem:
    index = tuple(int(each) for each in np.argwhere(differs)[0]) if e.ndim else ()
    with np.errstate(all="ignore"):
        error = np.abs(e - g)
        relative = error / np.abs(e)
    error, relative = error[np.isfinite(error)], relative[np.isfinite(relative)]
    return Problem(
        kind,
        part,
        index=index,
        got=given[index].item(),
        expected=wanted[index].item(),
        largest=float(error.max()) if error.size else None,
        largest_relative=float(relative.max()) if relative.size else None,
    )
