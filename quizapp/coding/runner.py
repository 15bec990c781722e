"""Checks one submission: runs it in the sandbox, has it graded, and says what is wrong as the command line promises."""

import atexit
import time
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Literal

from engine.exercise import Case, Exercise
from engine.grading import ROUNDS, grade
from engine.grading_model import CaseResult, Failure, Problem, Report
from engine.registry import exercise as engine_exercise
from engine.registry import exercise_ids
from engine.rules import Violation
from engine.solution import solution
from quizapp.coding.sandbox import Call, Limits, Outcome, Run, Sandbox
from quizapp.coding.values import finite, number, shown
from quizapp.coding.words import problem_words, summary, violation_words
from quizapp.errors import UnknownName
from quizapp.questions.words import ExerciseWords
from quizapp.text import EMPTY, Text

Reveal = Literal["verdict", "property", "difference", "solution"]
REVEALS: tuple[Reveal, ...] = ("verdict", "property", "difference", "solution")
"""How much is told: pass or fail; what kind of mistake; the input and the difference; the solution as well."""

LIMITS = Limits(wall_seconds_per_case=2.0, wall_seconds=6.0, result_bytes=24 << 20)
SECONDS_TO_EXPLAIN = 2.0
"""After so long no smaller failing input is looked for: the verdict stands, and others wait."""


def find_exercise(exercise_id: str) -> Exercise:
    """Return an exercise.

    Raises
    ------
    UnknownName
        With the nearest ids.
    """
    if exercise_id not in exercise_ids():
        raise UnknownName("exercise", exercise_id, exercise_ids())
    return engine_exercise(exercise_id)


@cache
def shared_sandbox() -> Sandbox:
    """Return the sandbox of this process, whose warm process ends with it."""
    sandbox = Sandbox()
    atexit.register(sandbox.close)
    return sandbox


def check(
    exercise_id: str,
    source: str,
    words: ExerciseWords | None,
    sandbox: Sandbox,
    *,
    reveal: Reveal = "difference",
    limits: Limits = LIMITS,
    rounds: int = ROUNDS,
) -> dict[str, Any]:
    """Check a submission.

    Parameters
    ----------
    exercise_id : str
    source : str
        The learner's module.
    words : ExerciseWords or None
        The exercise's words, for the recognised mistake; without, its slug stands alone.
    sandbox : Sandbox
    reveal : {"verdict", "property", "difference", "solution"}
        How much is told.
    limits : Limits
    rounds : int
        How often smaller failing inputs are looked for.

    Returns
    -------
    dict
        The report that ``quizapp exercise check --json`` prints.
    """
    exercise = find_exercise(exercise_id)
    runs: list[Run] = []
    report = grade(exercise, _runner(exercise, source, sandbox, limits, runs), source, rounds=rounds)
    return document(exercise, report, words, runs[0], reveal)


def _runner(
    exercise: Exercise, source: str, sandbox: Sandbox, limits: Limits, runs: list[Run]
) -> Callable[[Sequence[Case]], Sequence[Outcome]]:
    started = time.monotonic()

    def run(cases: Sequence[Case]) -> Sequence[Outcome]:
        if runs and (runs[0].load_error is not None or time.monotonic() - started > SECONDS_TO_EXPLAIN):
            return [Outcome(case.name, "timeout", message="Not run.") for case in cases]
        calls = [Call(case.name, case.args) for case in cases]
        done = sandbox.run(source, exercise.function, calls, limits)
        runs.append(done)
        return done.outcomes

    return run


def document(
    exercise: Exercise, report: Report, words: ExerciseWords | None, run: Run, reveal: Reveal
) -> dict[str, Any]:
    """Return a report as plain data, with as much in it as may be revealed."""
    tells = REVEALS.index(reveal)
    mistake = EMPTY
    if report.mutant is not None and words is not None and report.mutant in words.mutants:
        mistake = words.mutants[report.mutant].text
    result: dict[str, Any] = {
        "exercise": exercise.id,
        "status": report.status,
        "score": round(report.score, 4),
        "cases": [_case(case, tells) for case in report.cases],
        "first_failure": None,
        "mutant": report.mutant if tells >= REVEALS.index("property") else None,
        "rules": [_rule(violation) for violation in report.violations],
        "isolation": list(run.isolation),
        "message": _both(summary(report, mistake, details=tells >= REVEALS.index("property"))),
    }
    if report.first_failure is not None and tells >= REVEALS.index("property"):
        result["first_failure"] = _failure(report.first_failure, tells)
    if tells >= REVEALS.index("solution"):
        result["solution"] = solution(exercise)
    printed = run.output + "".join(outcome.output for outcome in run.outcomes)
    if printed:
        result["printed"] = printed[:MOST_PRINTED]
    return result


MOST_PRINTED = 4000


def _case(case: CaseResult, tells: int) -> dict[str, Any]:
    message = problem_words(case.problem).en if case.problem is not None and tells else ""
    if case.problem is not None and tells == 1 and case.problem.kind in ("value", "nan", "infinite"):
        message = case.problem.kind
    return {"name": case.name, "status": case.status, "seconds": round(case.seconds, 6), "message": message}


def _failure(failure: Failure, tells: int) -> dict[str, Any]:
    """Return the first failing case; its numbers only where the difference may be told."""
    problem = failure.problem
    told: dict[str, Any] = {
        "case": failure.case,
        "input": None,
        "got": None,
        "expected": None,
        "difference": None,
        "problem": problem.kind,
        "laws": list(failure.laws),
    }
    if tells < REVEALS.index("difference"):
        return told
    words = problem_words(problem)
    returned = problem.kind not in ("error", "timeout", "memory", "refused", "crashed")
    told |= {
        "input": {name: shown(value) for name, value in failure.args.items()},
        "got": shown(failure.got) if returned else None,
        "expected": shown(failure.expected),
        "difference": words.en,
        "difference_zh": words.zh,
        "smallest": failure.shrunk,
        "location": _location(problem),
    }
    return told


def _location(problem: Problem) -> dict[str, Any] | None:
    if problem.index is None:
        return None
    return {
        "part": problem.part,
        "index": list(problem.index),
        "got": number(problem.got),
        "expected": number(problem.expected),
        "max_abs_error": finite(problem.largest),
        "max_rel_error": finite(problem.largest_relative),
    }


def _rule(violation: Violation) -> dict[str, Any]:
    words = violation_words(violation)
    return {"rule": violation.rule, "line": violation.line, "message": words.en, "message_zh": words.zh}


def _both(words: Text) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}
