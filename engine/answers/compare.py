"""Decide whether two answers are the same: the shape first, then every number within the tolerance."""

from engine.answers.kinds import (
    EXACT_KINDS,
    AnswerKind,
    Number,
    Value,
    format_value,
    tolerance,
)
from engine.answers.parse import Parsed

# 0.0183 - 0.0182 is a hair more than 0.0001 in floats.
_SLACK = 1 + 1e-9
_ULP = 2.3e-16


def accepts(kind: AnswerKind, parsed: Parsed, truth: Value) -> bool:
    """Tell whether a typed answer is right."""
    return matches(kind, parsed.value, truth)


def matches(kind: AnswerKind, typed: Value, value: Value) -> bool:
    """Tell whether ``typed`` lies within the tolerance of ``value`` in every entry; other structure never matches.

    NaN matches nothing, infinity only itself. Integer, Shape and Choice are compared exactly.
    """
    if isinstance(kind, EXACT_KINDS):
        return typed == value
    if isinstance(typed, str) or isinstance(value, str):
        return False
    allowed = tolerance(kind)
    relative = kind.decimals is None
    if not isinstance(typed, tuple) or not isinstance(value, tuple):
        return not isinstance(typed, tuple) and not isinstance(value, tuple) and within(typed, value, allowed, relative)
    if len(typed) != len(value):
        return False
    for left, right in zip(typed, value, strict=True):
        if isinstance(left, tuple) or isinstance(right, tuple):
            if not isinstance(left, tuple) or not isinstance(right, tuple) or len(left) != len(right):
                return False
            if not all(within(a, b, allowed, relative) for a, b in zip(left, right, strict=True)):
                return False
        elif not within(left, right, allowed, relative):
            return False
    return True


def within(typed: Number, truth: Number, allowed: float, relative: bool) -> bool:
    """Tell whether one number lies within ``allowed`` of another, times max(1, truth) where ``relative``."""
    if typed == truth:
        return True
    if relative and isinstance(typed, int) and isinstance(truth, int):
        # Counts beyond 10^9 differ by one and still are different counts.
        return False
    size = abs(truth)
    distance = abs(typed - truth)
    if relative:
        return distance <= allowed * max(1.0, size) and distance != float("inf")
    return distance <= allowed * _SLACK + _ULP * size and distance != float("inf")


def same_typed_form(kind: AnswerKind, a: Value, b: Value) -> bool:
    """Tell whether two values are written the same way, so that nothing a learner types can tell them apart."""
    return format_value(kind, a) == format_value(kind, b)
