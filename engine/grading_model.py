"""What grading takes and gives: outcomes of calls, what is wrong with one, and the report on all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.exercise import Args, Case
from engine.rules import Violation


class Outcome(Protocol):
    """How one call ended, as whoever runs the learner's code tells it.

    ``status`` is ``"returned"`` or says why there is no value; ``inputs_after`` holds the arguments that were changed.
    """

    @property
    def status(self) -> str: ...  # noqa: D102 - told above
    @property
    def value(self) -> Any: ...  # noqa: D102
    @property
    def inputs_after(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def seconds(self) -> float: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def line(self) -> int | None: ...  # noqa: D102
    @property
    def warnings(self) -> tuple[str, ...]: ...  # noqa: D102


Run = Callable[[Sequence[Case]], Sequence[Outcome]]
"""Calls the learner's function for each case, in order; the grader may ask several times."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a value is, apart from its numbers.

    Parameters
    ----------
    type : str
        ``ndarray``, ``tuple``, ``NoneType`` …
    dtype : str
        Of an array.
    shape : tuple of int
        Of an array.
    length : int
        Of a tuple or list.
    """

    type: str
    dtype: str = ""
    shape: tuple[int, ...] = ()
    length: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one outcome.

    Parameters
    ----------
    kind : str
        ``value``, ``nan``, ``infinite``, ``shape``, ``dtype``, ``single-precision``, ``type``, ``nothing``, ``parts``,
        ``mutation``, ``warning``, or the status of a call that did not return.
    part : str or None
        Which part of a returned tuple.
    index : tuple of int or None
        The first differing entry.
    got, expected : object
        The numbers there; or the two shapes, dtypes, forms or numbers of parts.
    largest, largest_relative : float or None
        Largest absolute and relative error of the part.
    detail : str
        The changed argument, the warning, the exception.
    line : int or None
        The line of the source that raised.
    """

    kind: str
    part: str | None = None
    index: tuple[int, ...] | None = None
    got: Any = None
    expected: Any = None
    largest: float | None = None
    largest_relative: float | None = None
    detail: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case and what is wrong with it, if anything."""

    name: str
    status: str
    seconds: float
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """The first failing case, made as small as it still fails.

    Parameters
    ----------
    case : str
        Name of the case it comes from.
    args : mapping
        The smallest arguments found.
    got, expected : object
        Both results for these.
    problem : Problem
        What differs.
    shrunk : bool
        Whether the arguments are smaller than the case's.
    laws : tuple of str
        Slugs of the properties that the result lacks.
    """

    case: str
    args: Args
    got: Any
    expected: Any
    problem: Problem
    shrunk: bool = False
    laws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The judgement of one submission."""

    status: str
    cases: tuple[CaseResult, ...]
    first_failure: Failure | None = None
    mutant: str | None = None
    violations: tuple[Violation, ...] = field(default=())

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return self.status == "passed"

    @property
    def score(self) -> float:
        """Share of the cases that pass; each broken rule counts like a failing case."""
        if self.passed:
            return 1.0
        broken = len({violation.rule for violation in self.violations})
        right = sum(case.problem is None for case in self.cases)
        return right / max(1, len(self.cases) + broken)
