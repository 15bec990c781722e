"""Say what is behind a wrong answer: a named misconception, a generic slip, a near miss, or nothing that can be named.

Wrong feedback is worse than none, so a slip is named only when the numbers leave one explanation.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from engine.answers.compare import matches, same_typed_form
from engine.answers.kinds import AnswerKind, Choice, Named, Shape, Value, tolerance
from engine.answers.parse import Parsed
from engine.answers.slips import SLIPS, dimensions, find_slips, flat, flat_kind

__all__ = ["SLIPS", "Diagnosis", "Verdict", "diagnose"]

NEAR_TOLERANCES = 5
NEAR_RELATIVE = 0.005
LARGE_COUNT = 1000

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Verdict(StrEnum):
    """Whether the answer counts."""

    CORRECT = "correct"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a typed answer shows.

    Parameters
    ----------
    verdict : Verdict
        Right or wrong.
    slugs : tuple of str
        The misconceptions whose answer was typed; several where they coincide.
    slip : str or None
        One of ``SLIPS``; never together with ``slugs``.
    near : bool
        Whether a wrong answer without another explanation comes close.
    detail : mapping
        What a message may show: ``index`` of the first differing entry (a pair for a matrix) and its ``label``;
        ``expected_shape`` and ``got_shape``; ``power`` of ten; ``typed_decimals`` and ``asked_decimals``.
    """

    verdict: Verdict
    slugs: tuple[str, ...] = ()
    slip: str | None = None
    near: bool = False
    detail: Mapping[str, object] = field(default_factory=lambda: _NOTHING, hash=False)


_CORRECT = Diagnosis(Verdict.CORRECT)


def diagnose(
    kind: AnswerKind, parsed: Parsed, truth: Value, wrong: Sequence[tuple[tuple[str, ...], Value]]
) -> Diagnosis:
    """Compare a typed answer with the truth and with the answers of the misconceptions.

    Parameters
    ----------
    kind : AnswerKind
        What was asked.
    parsed : Parsed
        What was typed.
    truth : Value
        The right answer.
    wrong : sequence of (slugs, value)
        Wrong answers, each with the misconceptions that lead to it. One that is written like the truth is ignored.
    """
    typed = parsed.value
    if matches(kind, typed, truth):
        return _CORRECT
    found: dict[str, None] = {}
    for slugs, value in wrong:
        if matches(kind, typed, value) and not same_typed_form(kind, value, truth):
            found.update(dict.fromkeys(slugs))
    if isinstance(kind, Choice):
        return Diagnosis(Verdict.WRONG, tuple(found))
    detail = _difference(kind, typed, truth)
    if found:
        return Diagnosis(Verdict.WRONG, tuple(found), detail=detail)
    slips = find_slips(kind, parsed, truth)
    if len(slips) == 1:
        slip, more = next(iter(slips.items()))
        return Diagnosis(Verdict.WRONG, (), slip, detail=MappingProxyType({**detail, **more}))
    return Diagnosis(Verdict.WRONG, near=_is_near(kind, typed, truth), detail=detail)


def _difference(kind: AnswerKind, typed: Value, truth: Value) -> Mapping[str, object]:
    """Locate the first entry that is not accepted, or say which shapes were typed and expected."""
    got, expected = dimensions(typed), dimensions(truth)
    if got != expected:
        return MappingProxyType({"expected_shape": expected, "got_shape": got})
    if not expected:
        return _NOTHING
    unit = flat_kind(kind)
    pairs = enumerate(zip(flat(typed), flat(truth), strict=True))
    index = next(index for index, (a, b) in pairs if not matches(unit, (a,), (b,)))
    if len(expected) > 1:
        return MappingProxyType({"index": divmod(index, expected[1])})
    if isinstance(kind, Named):
        return MappingProxyType({"index": index, "label": kind.labels[index]})
    return MappingProxyType({"index": index})


def _is_near(kind: AnswerKind, typed: Value, truth: Value) -> bool:
    if isinstance(kind, Shape) or dimensions(typed) != dimensions(truth):
        return False
    for number, target in zip(flat(typed), flat(truth), strict=True):
        if number == target:
            continue
        if kind.decimals is not None:
            allowed = NEAR_TOLERANCES * tolerance(kind) * (1 + 1e-9)
        else:
            allowed = NEAR_RELATIVE * abs(target) if abs(target) >= LARGE_COUNT else 0.0
        if not abs(number - target) <= allowed < math.inf:
            return False
    return True
