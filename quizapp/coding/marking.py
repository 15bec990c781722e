"""Marks the code items of a study session in this process's sandbox."""

from typing import TYPE_CHECKING, Any

from quizapp.questions.checking import use_checker

if TYPE_CHECKING:
    from quizapp.questions.words import ExerciseWords

_latest: dict[tuple[str, str], dict[str, Any]] = {}


def install() -> None:
    """Have code items marked here. Costs nothing until one is."""
    use_checker(mark)


def mark(exercise: str, source: str, words: "ExerciseWords") -> dict[str, Any]:
    """Check a submission; the same source asked about twice in a row is run once.

    Parameters
    ----------
    exercise : str
    source : str
    words : ExerciseWords
    """
    if (exercise, source) not in _latest:
        # NumPy, the exercise and the sandbox are loaded with the first submission.
        from quizapp.coding.runner import check, shared_sandbox

        report = check(exercise, source, words, shared_sandbox())
        _latest.clear()
        if report["status"] not in ("passed", "failed"):
            return report  # a slow moment of the machine deserves another try
        _latest[exercise, source] = report
    return _latest[exercise, source]
