"""Where code is marked: item types lie below whatever runs code, so that hands itself in from above."""

from typing import TYPE_CHECKING, Any, Protocol

from quizapp.errors import EnvironmentProblem

if TYPE_CHECKING:
    from quizapp.questions.words import ExerciseWords


class Checker(Protocol):
    """Runs and grades a submission; returns the report that ``quizapp exercise check --json`` prints."""

    def __call__(self, exercise: str, source: str, words: "ExerciseWords") -> dict[str, Any]:
        """Check one submission."""
        ...


_checkers: list[Checker] = []


def use_checker(checker: Checker) -> None:
    """Have all code marked by this checker from now on."""
    _checkers[:] = [checker]


def checker() -> Checker:
    """Return the checker in use.

    Raises
    ------
    EnvironmentProblem
        If nothing here runs code.
    """
    if not _checkers:
        raise EnvironmentProblem("Code can't be run here.", "Use `quizapp exercise check` instead.")
    return _checkers[0]
