"""Inputs and results as text that a person can read and paste."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

MOST_ENTRIES = 60
MOST_CHARACTERS = 1200


def number(value: Any) -> str:
    """Return one number, a shape or a name, as short as it can be without losing what matters."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, float | np.floating):
        return f"{float(value):.10g}"
    return str(value)


def shown(value: Any) -> str:
    """Return a value as Python source where that is possible, cut short where it is long."""
    if isinstance(value, np.ndarray):
        return _clipped(_array(value))
    if isinstance(value, np.generic):
        return number(value.item())
    if isinstance(value, tuple):
        inner = _joined(shown(part) for part in value)
        return _clipped(f"({inner},)" if len(value) == 1 else f"({inner})")
    if isinstance(value, list):
        return _clipped("[" + _joined(shown(part) for part in value[:MOST_ENTRIES]) + "]")
    if isinstance(value, Mapping):
        return _clipped("{" + _joined(f"{name!a}: {shown(part)}" for name, part in value.items()) + "}")
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else f"float({str(value)!r})"
    # A learner's text may hold anything; only printable ASCII reaches the terminal.
    return _clipped(ascii(value))


def _joined(parts: Iterable[str]) -> str:
    """Join what can be shown and look at no more: a learner may return a hundred thousand arrays."""
    taken: list[str] = []
    length = 0
    for part in parts:
        taken.append(part)
        length += len(part)
        if length > MOST_CHARACTERS:
            break
    return ", ".join(taken)


def _array(array: np.ndarray) -> str:
    body = np.array2string(
        array, separator=", ", threshold=MOST_ENTRIES, max_line_width=100, prefix="np.array(", floatmode="maxprec",
        precision=8, suppress_small=False,
    )  # fmt: skip
    if array.dtype.kind == "U":
        body = ascii(array.tolist())
    if array.size == 0:
        return f"np.empty({array.shape})"
    kind = "" if array.dtype.kind in "ibU" or array.dtype == np.float64 else f", dtype=np.{array.dtype}"
    return f"np.array({body}{kind})".replace("nan", "np.nan").replace("inf", "np.inf")


def _clipped(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def finite(value: float | None) -> float | None:
    """Return a number that JSON can carry."""
    return value if value is not None and math.isfinite(value) else None
