"""Grades a submission: outcomes against the reference, the known mistakes, the laws and the rules about its source.

Nothing here runs a learner's code. Whoever does hands in a callback; the grader calls it once with all cases and, when
one fails, a few times more with smaller inputs.
"""

import warnings
from collections.abc import Sequence

import numpy as np

from engine.exercise import Case, Exercise
from engine.grading_compare import compare
from engine.grading_expected import Expected, Result, expected, right, tolerance
from engine.grading_model import CaseResult, Failure, Outcome, Problem, Report, Run
from engine.grading_shrink import smaller
from engine.laws import Law
from engine.rules import violations

ROUNDS = 6
CANDIDATES = 24
MOST_PROBES = 60


def grade(exercise: Exercise, run: Run, source: str = "", *, seed: int = 0, rounds: int = ROUNDS) -> Report:
    """Judge one submission.

    Parameters
    ----------
    exercise : Exercise
    run : callable
        Calls the learner's function for each case and returns the outcomes in order.
    source : str
        The submission, for the rules about it.
    seed : int
        Which cases.
    rounds : int
        How often smaller inputs may be tried; 0 to report the failing case as it is.
    """
    wanted = expected(exercise, seed)
    outcomes = run(wanted.cases)
    results = tuple(
        _judged(exercise, case, outcome, value)
        for case, outcome, value in zip(wanted.cases, outcomes, wanted.values, strict=True)
    )
    broken = violations(source, exercise.function, exercise.rules)
    first = next((index for index, result in enumerate(results) if result.problem is not None), None)
    if first is None:
        return Report("failed" if broken else "passed", results, violations=broken)
    failure = _failure(exercise, wanted.cases[first], outcomes[first], results[first], wanted.values[first])
    mutant = recognise(exercise, wanted, results, outcomes)
    if rounds and failure.problem.kind not in ("timeout", "memory", "refused", "crashed"):
        failure = _shrink(exercise, run, failure, rounds, wanted.cases[first].atol)
    failure = _with_laws(exercise, run, failure)
    return Report(results[first].status, results, failure, mutant, broken)


def problem_of(exercise: Exercise, case: Case, outcome: Outcome, value: object) -> Problem | None:
    """Return what is wrong with one outcome, the value that was expected given."""
    if outcome.status != "returned":
        return Problem(outcome.status, detail=outcome.message, line=outcome.line)
    problem = compare(value, outcome.value, tolerance(exercise, case), exercise.outputs)
    if problem is not None:
        return problem
    if exercise.rules.no_mutation and outcome.inputs_after:
        return Problem("mutation", detail=next(iter(outcome.inputs_after)))
    if exercise.rules.no_warnings:
        raised = [text for text in outcome.warnings if text.startswith("RuntimeWarning")]
        if raised:
            return Problem("warning", detail=raised[0].removeprefix("RuntimeWarning: "))
    return None


def _judged(exercise: Exercise, case: Case, outcome: Outcome, value: object) -> CaseResult:
    problem = problem_of(exercise, case, outcome, value)
    if problem is None:
        return CaseResult(case.name, "passed", outcome.seconds)
    status = outcome.status if outcome.status in ("error", "timeout", "memory", "refused") else "failed"
    return CaseResult(case.name, "error" if outcome.status == "crashed" else status, outcome.seconds, problem)


def recognise(
    exercise: Exercise, wanted: Expected, results: Sequence[CaseResult], outcomes: Sequence[Outcome]
) -> str | None:
    """Return the known mistake that returns exactly what the submission does, wherever that returned anything.

    A case that ended without a value speaks neither for nor against a mistake.
    """
    for slug, made in wanted.mutants:
        evidence = 0
        for case, result, outcome, mistake in zip(wanted.cases, results, outcomes, made, strict=True):
            if outcome.status != "returned":
                continue
            if _same(exercise, case, outcome, mistake):
                evidence += result.problem is not None and result.problem.kind != "warning"
            else:
                break
        else:
            if evidence:
                return slug
    return None


def _same(exercise: Exercise, case: Case, outcome: Outcome, mistake: Result) -> bool:
    return (
        mistake.returned
        and frozenset(outcome.inputs_after) == mistake.changed
        and _has_form(mistake.value)
        and compare(mistake.value, outcome.value, tolerance(exercise, case)) is None
    )


def _has_form(value: object) -> bool:
    """Tell whether a mistake's value is of a form that can be compared."""
    return all(part is not None for part in value) if isinstance(value, tuple) else value is not None


def _failure(exercise: Exercise, case: Case, outcome: Outcome, result: CaseResult, value: object) -> Failure:
    if result.problem is None:
        raise ValueError(f"{case.name} does not fail")
    return Failure(case.name, case.args, outcome.value, value, result.problem)


def _shrink(exercise: Exercise, run: Run, failure: Failure, rounds: int, atol: float) -> Failure:
    """Try smaller inputs that fail in the same way, the most drastic cut first, until none does."""
    for _ in range(rounds):
        tried: list[tuple[Case, object]] = []
        for args in smaller(exercise, failure.args):
            try:
                tried.append((Case(failure.case, args, atol), right(exercise, args)))
            except (ValueError, IndexError, ZeroDivisionError, FloatingPointError):
                continue  # not an input that the task allows
            if len(tried) == CANDIDATES:
                break
        outcomes = run([case for case, _ in tried]) if tried else ()
        for (case, value), outcome in zip(tried, outcomes, strict=True):
            problem = problem_of(exercise, case, outcome, value)
            if problem is not None and problem.kind == failure.problem.kind:
                failure = Failure(failure.case, case.args, outcome.value, value, problem, shrunk=True)
                break
        else:
            break
    return failure


def _with_laws(exercise: Exercise, run: Run, failure: Failure) -> Failure:
    """Add the properties that the wrong result lacks."""
    if failure.problem.kind not in ("value", "nan", "infinite"):
        return failure
    lacking = []
    for law in exercise.laws:
        try:
            probes = [Case(f"probe {index}", args) for index, args in enumerate(law.probes(failure.args))]
        except (ValueError, TypeError, IndexError, KeyError):
            continue  # not arguments of which the law speaks
        if len(probes) > MOST_PROBES:
            continue
        outcomes = run(probes) if probes else ()
        if all(outcome.status == "returned" for outcome in outcomes) and _lacks(law, failure, outcomes):
            lacking.append(law.slug)
    return Failure(
        failure.case, failure.args, failure.got, failure.expected, failure.problem, failure.shrunk, tuple(lacking)
    )


def _lacks(law: Law, failure: Failure, outcomes: Sequence[Outcome]) -> bool:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # a wrong result may be NaN or infinite
        try:
            return not law.holds(failure.args, failure.got, tuple(outcome.value for outcome in outcomes))
        except Exception:  # noqa: BLE001 - a learner's results may have any form; of this one the law says nothing
            return False
