"""Runs functions here as the sandbox runs a learner's: on copies, noting changed inputs, warnings and exceptions."""

import copy
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.exercise import Case, Exercise
from engine.grading import grade
from engine.grading_expected import unchanged
from engine.grading_model import Outcome, Report, Run


@dataclass(frozen=True, slots=True)
class Ended:
    """How one call ended."""

    status: str = "returned"
    value: Any = None
    inputs_after: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    message: str = ""
    line: int | None = None
    warnings: tuple[str, ...] = ()


def runner(function: Callable[..., Any]) -> Run:
    def run(cases: Sequence[Case]) -> Sequence[Outcome]:
        return [_ended(function, case) for case in cases]

    return run


def _ended(function: Callable[..., Any], case: Case) -> Ended:
    args = copy.deepcopy(dict(case.args))
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        try:
            value = function(**args)
        except Exception as error:  # noqa: BLE001 - a submission may raise anything
            return Ended("error", message=f"{type(error).__name__}: {error}")
    changed = {name: args[name] for name in args if not unchanged(case.args[name], args[name])}
    told = tuple(f"{warning.category.__name__}: {warning.message}" for warning in caught)
    return Ended(value=value, inputs_after=changed, warnings=told)


def loaded(source: str, name: str) -> Callable[..., Any]:
    """Return the function that a source defines."""
    module: dict[str, Any] = {}
    exec(compile(source, "<submission>", "exec"), module)  # noqa: S102 - a source written in these tests
    function: Callable[..., Any] = module[name]
    return function


def graded(exercise: Exercise, source: str, *, seed: int = 0) -> Report:
    """Grade a source as the application does, without a sandbox around it."""
    return grade(exercise, runner(loaded(source, exercise.function)), source, seed=seed)
