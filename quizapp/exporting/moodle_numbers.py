"""Numbers as Moodle reads them, and the numeric answers of a question in a row."""

import math
from collections.abc import Iterator
from decimal import Decimal

from engine.answers.kinds import Integer, Number, Real
from quizapp.exporting.base import Quantity
from quizapp.text import Text

UNRECOGNISED = Text(
    "Not right. Compare your calculation with the worked solution.", "不正确。请对照解题步骤检查自己的计算。"
)


def number(value: Number) -> str:
    """Return a number in full precision, without an exponent: dataset values and old Moodles know none."""
    return str(value) if isinstance(value, int) else f"{Decimal(repr(value)):f}"


def allowed(body: Quantity, value: Number) -> float:
    """Return how far a typed number may lie from a value."""
    exact = body.kind.decimals is None and not isinstance(body.kind, Integer)
    return body.tolerance * max(1.0, abs(value)) if exact else body.tolerance


def entries(value: object) -> tuple[Number, ...]:
    """Return the numbers of a value, row by row."""
    if isinstance(value, tuple):
        return tuple(entry for part in value for entry in entries(part))
    return (value,) if isinstance(value, int | float) else ()


def is_scalar(body: object) -> bool:
    """Tell whether one number is asked."""
    return isinstance(body, Quantity) and isinstance(body.kind, Integer | Real)


def wrong_entries(body: Quantity, place: int) -> Iterator[tuple[Number, Text]]:
    """Yield the recognised wrong numbers for one entry, each once, with what to say about it.

    A wrong answer of another form, or one that is right in this place, says nothing here.
    """
    right = entries(body.value)
    seen = [right[place]]
    for wrong in body.wrong:
        values = entries(wrong.value)
        if len(values) != len(right) or not math.isfinite(values[place]):
            continue
        if any(abs(values[place] - one) <= allowed(body, one) for one in seen):
            continue
        seen.append(values[place])
        yield values[place], wrong.words
