"""Every exercise: its stub fails, its reference passes, each of its mutants dies and is named."""

import ast
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.errors import UnknownIdError
from engine.exercise import Exercise
from engine.grading import MOST_PROBES, grade
from engine.grading_expected import expected, right, unchanged
from engine.registry import exercise, exercise_ids, exercise_modules
from engine.rules import defines, violations
from engine.solution import solution
from tests.engine.exercises.running import graded, loaded, runner

SEEDS = (0, 1, 2)
ALL = [exercise(name) for name in exercise_ids()]
MUTANTS = [
    pytest.param(found, slug, function, id=f"{found.id}-{slug}-{index}")
    for found in ALL
    for index, (slug, function) in enumerate(found.implementations())
]
every_exercise = pytest.mark.parametrize("found", ALL, ids=lambda found: str(found.id))


def test_the_sixteen_are_there() -> None:
    assert set(exercise_ids()) >= {
        *("softmax", "softmax-cross-entropy", "binary-cross-entropy", "adam", "batch-norm-train-eval", "layer-norm"),
        *("conv2d", "pooling-backward", "iou-matrix", "nms", "roc-curve-auc", "k-means", "bayes-update"),
        *("scaled-dot-product-attention", "vector-norms", "train-val-test-split"),
    }


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(UnknownIdError) as error:
        exercise("softmx")
    assert "softmax" in error.value.nearest


@every_exercise
def test_names_agree(found: Exercise) -> None:
    module = exercise_modules()[found.id]
    assert found.area.replace("-", "_") == module.split(".")[-2]
    assert exercise(found.id) is found
    assert found.parameters == tuple(inspect.signature(found.reference).parameters)
    assert found.reference.__module__.startswith("engine.ops.")
    for parameter in inspect.signature(found.reference).parameters.values():
        if parameter.default is not parameter.empty:
            assert found.defaults[parameter.name] == parameter.default
    assert set(found.dimensions) <= set(found.parameters)


@every_exercise
def test_every_default_is_left_out_and_given(found: Exercise) -> None:
    cases = found.all_cases()
    assert len({case.name for case in cases}) == len(cases) >= 6
    for name in found.defaults:
        assert any(name not in case.args for case in cases), name
        assert any(name in case.args for case in cases), name
    required = set(found.parameters) - set(found.defaults)
    assert all(required <= set(case.args) <= set(found.parameters) for case in cases)


@every_exercise
def test_cases_are_the_same_each_time_and_others_for_another_seed(found: Exercise) -> None:
    first, again, other = found.all_cases(0), found.all_cases(0), found.all_cases(1)
    assert [case.name for case in first] == [case.name for case in again]
    assert all(unchanged(one.args, two.args) for one, two in zip(first, again, strict=True))
    assert not all(unchanged(one.args, two.args) for one, two in zip(first, other, strict=True))


@every_exercise
def test_every_case_is_one_that_the_task_allows(found: Exercise) -> None:
    for case in found.all_cases():
        assert found.fit(case.args) is not None, case.name


@every_exercise
@pytest.mark.parametrize("seed", SEEDS)
def test_the_solution_passes_and_keeps_the_rules(found: Exercise, seed: int) -> None:
    source = solution(found)
    report = graded(found, source, seed=seed)
    assert (report.status, report.first_failure, report.violations) == ("passed", None, ())
    assert report.score == 1.0
    assert ast.get_docstring(ast.parse(source)) is None
    assert "engine" not in source


@every_exercise
def test_the_stub_loads_and_fails_every_case(found: Exercise) -> None:
    task = 'Line one, a "quoted" word and a \\backslash.\n\nMore """quotes""" at the end"'
    stub = found.stub(task)
    assert defines(stub, found.function)
    function = loaded(stub, found.function)
    assert "quoted" in (function.__doc__ or "")
    assert "\\backslash" in (function.__doc__ or "")
    report = graded(found, stub)
    assert (report.status, report.score, report.mutant) == ("error", 0.0, None)


@pytest.mark.parametrize(("found", "slug", "wrong"), MUTANTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_mutant_dies_and_is_named(found: Exercise, slug: str, wrong: Callable[..., Any], seed: int) -> None:
    report = grade(found, runner(wrong), seed=seed)
    assert report.status in ("failed", "error")
    assert report.mutant == slug
    assert report.score < 1.0
    assert report.first_failure is not None


@pytest.mark.parametrize(("found", "slug", "wrong"), MUTANTS)
def test_the_smallest_failing_input_still_fails(found: Exercise, slug: str, wrong: Callable[..., Any]) -> None:
    failure = grade(found, runner(wrong)).first_failure
    assert failure is not None
    case = next(case for case in found.all_cases() if case.name == failure.case)
    assert sum(np.size(value) for value in failure.args.values()) <= case.size
    assert found.fit(failure.args) is not None


@every_exercise
def test_expectations_are_worked_out_once(found: Exercise) -> None:
    assert expected(found, 0) is expected(found, 0)


@every_exercise
def test_expected_values_are_finite(found: Exercise) -> None:
    for case, value in zip(expected(found, 0).cases, expected(found, 0).values, strict=True):
        for part in value if isinstance(value, tuple) else (value,):
            assert np.isfinite(np.asarray(part, dtype=float)).all(), case.name


@every_exercise
def test_rules_name_a_loop_where_one_is_forbidden(found: Exercise) -> None:
    arguments = ", ".join(found.parameters)
    deep = "".join(f"{'    ' * (level + 1)}for i{level} in range(n):\n" for level in range(6)) + "    " * 7 + "pass\n"
    source = f"def {found.function}({arguments}):\n    n = len({found.parameters[0]})\n{deep}"
    broken = {violation.rule for violation in violations(source, found.function, found.rules)}
    assert bool(broken) == (found.rules.loops is not None)


@every_exercise
def test_every_law_holds_for_right_results(found: Exercise) -> None:
    wanted = expected(found, 0)
    for law in found.laws:
        for case, value in zip(wanted.cases, wanted.values, strict=True):
            probes = law.probes(case.args)
            # A gradient of logits in the thousands is exactly 0 or 1, and nothing is left to difference.
            if len(probes) <= MOST_PROBES and np.abs(np.asarray(case.args[found.parameters[0]])).max(initial=0) < 100:
                assert law.holds(case.args, value, tuple(right(found, probe) for probe in probes)), case.name
