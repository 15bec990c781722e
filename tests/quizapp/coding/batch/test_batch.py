from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quizapp.coding import batch
from quizapp.coding.batch import Graded, Task, grade_all, perform
from quizapp.coding.executors import Workers, dask, in_process, processes
from quizapp.coding.runner import check
from quizapp.coding.submissions import Submission
from quizapp.errors import EnvironmentProblem, UsageProblem
from quizapp.text import Text
from tests.quizapp.coding.batch.handed_in import EXITS, GOOD, KILLS, KILLS_ONCE, NO_MAX, SYNTAX_ERROR, Mortal


def handed_in(*sources: str) -> list[Submission]:
    return [Submission(f"{index}.py", str(index), "softmax", source) for index, source in enumerate(sources)]


def grade(submissions: list[Submission], workers: Workers) -> list[Graded]:
    with workers:
        found = list(grade_all(submissions, workers, lambda name: None))
    assert sorted(one.position for one in found) == list(range(len(submissions)))
    return sorted(found, key=lambda one: one.position)


def statuses(graded: list[Graded]) -> list[str]:
    return [one.report["status"] for one in graded]


@pytest.mark.parametrize("make", [in_process, lambda: processes(2)], ids=["in-process", "processes"])
def test_each_submission_is_reported_by_itself(make: Callable[[], Workers]) -> None:
    unreadable = Submission("x.py", "x", None, problem=Text("Unreadable.", "无法读取。"))
    graded = grade([*handed_in(GOOD, NO_MAX, SYNTAX_ERROR, EXITS, "", GOOD), unreadable], make())
    assert statuses(graded) == ["passed", "failed", "error", "error", "error", "passed", "error"]
    assert [one.report["mutant"] for one in graded][:2] == [None, "no-max"]
    assert graded[-1].report["message"] == {"en": "Unreadable.", "zh": "无法读取。"}
    assert all(one.graded for one in graded)
    shapes = {frozenset(one.report) - {"printed"} for one in graded}
    assert len(shapes) == 1


def test_a_submission_that_kills_its_grader_harms_no_other(tmp_path: Path) -> None:
    once = f"{GOOD}{KILLS_ONCE}{tmp_path / 'killed'}"
    graded = grade(handed_in(GOOD, GOOD + KILLS, NO_MAX, once, GOOD, GOOD + KILLS, GOOD), Mortal(processes(2)))
    assert statuses(graded) == ["passed", "error", "failed", "passed", "passed", "error", "passed"]
    assert [one.graded for one in graded] == [True, False, True, True, True, False, True]
    assert (tmp_path / "killed").exists()


def test_an_accident_in_grading_is_one_submission_s(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(exercise: str, source: str, *rest: Any, **options: Any) -> dict[str, Any]:
        if source == NO_MAX:
            raise RuntimeError("a bug")
        return check(exercise, source, *rest, **options)

    monkeypatch.setattr(batch, "check", failing)
    graded = grade(handed_in(NO_MAX, GOOD), in_process())
    assert statuses(graded) == ["error", "passed"]
    assert "a bug" in graded[0].report["message"]["zh"]
    assert [one.graded for one in graded] == [False, True]


def test_what_the_machine_lacks_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_: Any, **__: Any) -> dict[str, Any]:
        raise EnvironmentProblem("No isolation.", "Use Linux.")

    monkeypatch.setattr(batch, "check", lacking)
    with pytest.raises(EnvironmentProblem) as caught:
        grade(handed_in(GOOD), in_process())
    assert (caught.value.message, caught.value.hint) == ("No isolation.", "Use Linux.")


def test_a_worker_of_another_release_does_not_grade() -> None:
    answer = perform(Task("softmax", 10_000, GOOD))
    assert answer.report is None
    assert answer.lacking is not None
    assert "10000" in answer.lacking[0]


@pytest.mark.parametrize("address", ["dask", "dask://", "dask://host", "tcp://host:1", "dask://host:x", "dask://[:1"])
def test_an_executor_that_can_not_be_is_refused(address: str) -> None:
    with pytest.raises(UsageProblem):
        dask(address)
