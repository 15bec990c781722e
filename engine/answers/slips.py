"""Generic slips: ways of being wrong that have nothing to do with the skill.

Each function answers for one slip, given flat numbers of equal count; ``find_slips`` collects all that fit.
"""

import math
from collections.abc import Mapping
from itertools import pairwise

from engine.answers.compare import matches
from engine.answers.kinds import (
    EXACT_KINDS,
    AnswerKind,
    Integer,
    Matrix,
    Named,
    Number,
    Shape,
    Value,
    Vector,
    tolerance,
)
from engine.answers.parse import Parsed

SLIPS: tuple[str, ...] = (
    "sign",
    "percent-for-fraction",
    "fraction-for-percent",
    "power-of-ten",
    "order-reversed",
    "order-swapped",
    "transposed",
    "wrong-shape",
    "too-few-digits",
    "off-by-one",
)
"""Every slip that ``diagnose`` may name."""

MAX_POWER = 6
# A factor of ten is only believed if the digits agree; a tolerance alone would let 123.4 pass for 0.0001.
_SAME_DIGITS = 0.005

_SHAPE = Shape()

Flat = tuple[Number, ...]
Detail = Mapping[str, object]


def flat(value: Value) -> Flat:
    """List the numbers of a value, rows one after another."""
    if isinstance(value, str):
        return ()
    if not isinstance(value, tuple):
        return (value,)
    numbers: list[Number] = []
    for entry in value:
        if isinstance(entry, tuple):
            numbers.extend(entry)
        else:
            numbers.append(entry)
    return tuple(numbers)


def dimensions(value: Value) -> tuple[int, ...]:
    """Give the shape of a value: empty for a scalar."""
    if not isinstance(value, tuple):
        return ()
    if value and isinstance(value[0], tuple):
        return len(value), len(value[0])
    return (len(value),)


def flat_kind(kind: AnswerKind) -> Vector | Shape:
    """Give the kind that compares the flat numbers as ``kind`` compares its entries."""
    return _SHAPE if isinstance(kind, EXACT_KINDS) else Vector(kind.decimals)


def find_slips(kind: AnswerKind, parsed: Parsed, truth: Value) -> dict[str, Detail]:
    """Collect the slips that lead from the truth to a typed answer that is not accepted, each with its details."""
    if dimensions(parsed.value) != dimensions(truth):
        return {"transposed": {}} if _is_transposed(kind, parsed.value, truth) else {"wrong-shape": {}}
    typed, right = flat(parsed.value), flat(truth)
    slips: dict[str, Detail] = {}
    if _is_transposed(kind, parsed.value, truth):
        slips["transposed"] = {}
    if not isinstance(kind, Shape):
        if matches(flat_kind(kind), tuple(-number for number in typed), right):
            slips["sign"] = {}
        power = _power_of_ten(kind, typed, right, percent=parsed.percent)
        if power:
            slips[_power_slip(kind, power, typed, right)] = {"power": power}
    if isinstance(kind, Vector | Named | Shape) and (order := _order(kind, typed, right)):
        slips[order] = {}
    if isinstance(kind, Integer) and abs(typed[0] - right[0]) == 1:
        slips["off-by-one"] = {}
    if detail := _too_few_digits(kind, parsed, right):
        slips["too-few-digits"] = detail
    return slips


def _is_transposed(kind: AnswerKind, typed: Value, truth: Value) -> bool:
    if not isinstance(kind, Matrix) or not isinstance(typed, tuple):
        return False
    rows = [row for row in typed if isinstance(row, tuple)]
    return matches(kind, tuple(zip(*rows, strict=True)), truth)


def _power_of_ten(kind: AnswerKind, typed: Flat, right: Flat, *, percent: bool) -> int:
    """Give the one k with typed = truth · 10^k, or 0."""
    if not all(map(math.isfinite, typed + right)):
        return 0
    lead = max(range(len(right)), key=lambda index: abs(right[index]), default=-1)
    if lead < 0 or not right[lead] or not typed[lead] or (typed[lead] > 0) != (right[lead] > 0):
        return 0
    # A single 3 typed for 30 may come from anywhere: one digit is no evidence. A percent sign is.
    if not percent and len(right) == 1 and right[0] == int(right[0]) and len(str(abs(int(right[0]))).rstrip("0")) < 2:
        return 0
    power = round(math.log10(abs(typed[lead])) - math.log10(abs(right[lead])))
    if not 1 <= abs(power) <= MAX_POWER:
        return 0
    unit = flat_kind(kind)
    for number, target in zip(typed, right, strict=True):
        scaled = number * 10**-power if power < 0 else number / 10**power
        if not matches(unit, (scaled,), (target,)):
            return 0
        is_zero = not number and abs(target) <= tolerance(kind)
        if not is_zero and abs(scaled - target) > _SAME_DIGITS * abs(target):
            return 0
    return power


def _power_slip(kind: AnswerKind, power: int, typed: Flat, right: Flat) -> str:
    if not isinstance(kind, Integer):
        if power == 2 and all(abs(number) <= 1 for number in right):
            return "percent-for-fraction"
        if power == -2 and all(abs(number) <= 1 for number in typed):
            return "fraction-for-percent"
    return "power-of-ten"


def _order(kind: AnswerKind, typed: Flat, right: Flat) -> str | None:
    ordered = sorted(right)
    unit = flat_kind(kind)
    if len(right) < 2 or not matches(unit, tuple(sorted(typed)), tuple(ordered)):
        return None
    # Equal entries make a permutation likely by chance (one-hot vectors); sizes in a shape often repeat.
    if not isinstance(kind, Shape):
        gap = 2 * tolerance(kind)
        if any(high - low <= gap for low, high in pairwise(ordered)):
            return None
    if len(right) > 2 and matches(unit, typed, right[::-1]):
        return "order-reversed"
    # Any wrong ranking is a permutation of the right one.
    is_ranking = isinstance(kind, Vector) and ordered in (list(range(len(right))), list(range(1, len(right) + 1)))
    return None if is_ranking and len(right) > 2 else "order-swapped"


def _too_few_digits(kind: AnswerKind, parsed: Parsed, right: Flat) -> Detail | None:
    if kind.decimals is None or parsed.decimals is None:
        return None
    fewest = kind.decimals
    unit = flat_kind(kind)
    for number, target, decimals in zip(flat(parsed.value), right, parsed.decimals, strict=True):
        if matches(unit, (number,), (target,)):
            continue
        if decimals is None or decimals >= kind.decimals or not _shows_digits(number, decimals):
            return None
        if not abs(number - target) <= 0.5 * 10.0**-decimals * (1 + 1e-9):
            return None
        fewest = min(fewest, decimals)
    return {"typed_decimals": fewest, "asked_decimals": kind.decimals} if fewest < kind.decimals else None


def _shows_digits(number: Number, decimals: int) -> bool:
    """Tell whether a rounded number says something: 0 and 0.00 never do, nor does 1 for 0.9."""
    return bool(number) and (decimals > 0 or abs(number) >= 10)
