"""What the reference and every known mistake return for an exercise's cases: worked out once in each process."""

import copy
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise, Function
from engine.grading_compare import Tolerance


@dataclass(frozen=True, slots=True)
class Result:
    """What a function of ours did with one case; it raised where ``returned`` is false."""

    returned: bool
    value: Any = None
    changed: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Expected:
    """The cases of an exercise, the right results and those of each known mistake."""

    cases: tuple[Case, ...]
    values: tuple[Any, ...]
    mutants: tuple[tuple[str, tuple[Result, ...]], ...]


def tolerance(exercise: Exercise, case: Case) -> Tolerance:
    """Return how far a result of this case may be off."""
    return Tolerance(exercise.rtol, exercise.atol, case.atol, exercise.single)


@lru_cache(maxsize=256)
def expected(exercise: Exercise, seed: int) -> Expected:
    """Return the expectations of one exercise."""
    cases = exercise.all_cases(seed)
    return Expected(
        cases,
        tuple(right(exercise, case.args) for case in cases),
        tuple(
            (slug, tuple(call(function, case.args) for case in cases)) for slug, function in exercise.implementations()
        ),
    )


def right(exercise: Exercise, args: Args) -> Any:
    """Return what the reference returns."""
    return exercise.reference(**copy.deepcopy(dict(args)))


def call(function: Function, args: Args) -> Result:
    """Call a function that may be wrong in any way, on a copy of the arguments."""
    given = copy.deepcopy(dict(args))
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            value = function(**given)
        except Exception:  # noqa: BLE001 - a wrong function may raise anything; that it does is what counts
            return Result(returned=False)
    return Result(True, value, frozenset(name for name in args if not unchanged(args[name], given[name])))


def unchanged(before: Any, after: Any) -> bool:
    """Tell whether an argument still is what it was."""
    if isinstance(before, np.ndarray):
        return bool(np.array_equal(before, after, equal_nan=before.dtype.kind == "f"))
    if isinstance(before, Mapping):
        return before.keys() == after.keys() and all(unchanged(before[name], after[name]) for name in before)
    return bool(before == after)
