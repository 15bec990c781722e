"""What a report says of one wrong submission or another, told by an exercise made for these tests."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine.exercise import Case, Exercise
from engine.grading import grade
from engine.grading_model import Report
from engine.grading_shrink import axes, smaller
from engine.laws import gradient_of_own_loss, permutation_equivariant, sums_to_one, unchanged_by, within
from engine.rules import Rules
from tests.engine.exercises.running import Ended, graded, runner

SHARES = "import numpy as np\n\n\ndef shares(x, power=1):\n    y = np.abs(x) ** power\n    return y / y.sum()\n"


def _shares(x: np.ndarray, power: int = 1) -> np.ndarray:
    y: np.ndarray = np.abs(x) ** power
    return np.asarray(y / y.sum())


def _cases(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("two", {"x": np.array([1.0, 3.0])})
    yield Case("long", {"x": rng.normal(size=12), "power": 2})
    yield Case("negative", {"x": np.array([-1.0, 2.0, -5.0])})


EXERCISE = Exercise(
    id="shares",
    signature="def shares(x, power=1):",
    shapes="x (N,) -> (N,)",
    reference=_shares,
    cases=_cases,
    mutants={"not-normalised": lambda x, power=1: np.abs(x) ** power, "signed": lambda x, power=1: x**power / x.sum()},
    rules=Rules(loops=0, no_warnings=True),
    laws=(within(0.0, 1.0), sums_to_one(), permutation_equivariant({"x": 0}), unchanged_by("x", lambda x: 2 * x, "s")),
    dimensions={"x": "N"},
)


def report(body: str, exercise: Exercise = EXERCISE) -> Report:
    return graded(exercise, f"import numpy as np\ndef shares(x, power=1):\n    {body}\n")


def test_a_right_submission_passes() -> None:
    assert graded(EXERCISE, SHARES).passed


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("y = np.abs(x) ** power; x[0] += 1; return y / y.sum()", "mutation"),
        ("y = np.abs(x) ** power; np.log(np.zeros(1)); return y / y.sum()", "warning"),
        ("return x / 0", "infinite"),
        ("return x * np.nan", "nan"),
        ("return None", "nothing"),
        ("raise KeyError('k')", "error"),
        ("y = np.abs(x) ** power; return (y / y.sum())[:, None]", "shape"),
    ],
)
def test_each_problem_has_its_name(body: str, kind: str) -> None:
    failure = report(body).first_failure
    assert failure is not None
    assert failure.problem.kind == kind


def test_warnings_and_mutation_count_only_where_a_rule_says_so() -> None:
    lax = replace(EXERCISE, rules=Rules(no_mutation=False))
    body = "y = np.abs(x) ** power; np.log(np.zeros(1)); x[0] += 1; return y / y.sum()"
    assert report(body, lax).passed


def test_right_results_with_a_forbidden_loop_fail_by_the_rule_alone() -> None:
    broken = report("y = np.array([abs(v) ** power for v in x]); return y / y.sum()")
    assert (broken.status, broken.first_failure, broken.mutant) == ("failed", None, None)
    assert [violation.rule for violation in broken.violations] == ["no-loop-over-elements"]
    assert broken.score == 0.75


def test_the_failing_input_is_made_small_and_round() -> None:
    failure = report("y = np.abs(x) ** power; y = y / y.sum(); return np.where(x < -0.5, 0, y)").first_failure
    assert failure is not None
    assert failure.shrunk
    assert failure.args["x"].size == 1
    assert failure.args["x"][0] == round(failure.args["x"][0])


def test_without_rounds_the_case_itself_is_reported() -> None:
    source = "def shares(x, power=1):\n    return x * 0\n"
    failure = grade(EXERCISE, runner(lambda x, power=1: x * 0), source, rounds=0).first_failure
    assert failure is not None
    assert not failure.shrunk
    assert failure.args["x"].tolist() == [1.0, 3.0]


def test_laws_describe_a_wrong_result() -> None:
    failure = report("y = np.abs(x) ** power; return y").first_failure
    assert failure is not None
    assert set(failure.laws) == {"within-bounds", "sums-to-one", "s"}
    ordered = report("y = np.abs(x) ** power; y = y / y.sum(); return y + np.arange(len(y)) - len(y)").first_failure
    assert ordered is not None
    assert "sums-to-one" in ordered.laws


def test_a_mistake_is_named_although_another_case_raises() -> None:
    body = "assert len(x) < 12; return np.abs(x) ** power"
    assert report(body).mutant == "not-normalised"


def test_a_submission_that_only_raises_is_no_known_mistake() -> None:
    assert report("raise ValueError").mutant is None


def test_something_else_is_not_named() -> None:
    assert report("return np.abs(x) ** power * 2").mutant is None
    assert report("y = np.abs(x) ** power; return y if len(y) < 3 else y / y.sum()").mutant is None


@pytest.mark.parametrize(
    ("status", "expected"),
    [("timeout", "timeout"), ("memory", "memory"), ("refused", "refused"), ("crashed", "error"), ("error", "error")],
)
def test_statuses_of_calls_that_do_not_return(status: str, expected: str) -> None:
    judged = grade(EXERCISE, lambda cases: [Ended(status, message="why") for _ in cases], "")
    assert judged.status == expected
    assert judged.score == 0.0
    assert judged.first_failure is not None
    assert judged.first_failure.problem.kind == status


def test_gradient_law_tells_a_wrong_backward_from_a_wrong_forward() -> None:
    law = gradient_of_own_loss("x", loss=0, gradient=1)

    def holds(scale: float) -> bool:
        args = {"x": np.array([[1.0, -2.0]])}
        probed = tuple((float((probe["x"] ** 2).sum()), None) for probe in law.probes(args))
        return law.holds(args, (5.0, scale * args["x"]), probed)

    assert holds(2.0)
    assert not holds(1.0)


def test_axes_of_one_name_are_cut_together() -> None:
    exercise = replace(EXERCISE, dimensions={"x": "N D", "y": "N", "o": "T"})
    args: dict[str, Any] = {"x": np.arange(12.0).reshape(4, 3), "y": np.arange(4), "o": [1, 2]}
    assert {name: length for name, (length, _) in axes(exercise, args).items()} == {"N": 4, "D": 3, "T": 2}
    for candidate in smaller(exercise, args):
        assert len(candidate["x"]) == len(candidate["y"])
        assert len(candidate["o"]) in (1, 2)
