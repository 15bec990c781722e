from pathlib import Path
from typing import Any

import pytest

from quizapp.coding.batch import Task, grade_all
from quizapp.coding.executors import Workers, in_process
from quizapp.coding.journal import Journal, journal_path
from quizapp.errors import EnvironmentProblem
from tests.quizapp.coding.batch.handed_in import GOOD, NO_MAX
from tests.quizapp.coding.batch.test_batch import handed_in

REPORT: dict[str, Any] = {"status": "passed", "score": 1.0}
TASK = Task("softmax", 1, GOOD)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return journal_path(tmp_path / "results.csv")


def keep(path: Path, *tasks: Task) -> None:
    with Journal(path, resume=True) as journal:
        for task in tasks:
            journal.add(task, REPORT)


@pytest.mark.parametrize(
    "other",
    [
        Task("softmax", 1, NO_MAX),
        Task("softmax", 2, GOOD),
        Task("adam", 1, GOOD),
        Task("softmax", 1, GOOD, reveal="verdict"),
        Task("softmax", 1, GOOD, require_isolation=True),
    ],
)
def test_only_the_same_content_is_known(path: Path, other: Task) -> None:
    keep(path, TASK)
    with Journal(path, resume=True) as journal:
        assert journal.report(TASK) == REPORT
        assert journal.report(other) is None


def test_without_resume_it_begins_anew(path: Path) -> None:
    keep(path, TASK)
    with Journal(path) as journal:
        assert journal.report(TASK) is None
    assert path.read_text() == ""


@pytest.mark.parametrize("rest", ['{"content": "x", "rep', "[]\nnull\n5\n", '{"content": 1, "report": {}}', "\0\xff"])
def test_a_half_line_is_passed_over_and_not_built_upon(path: Path, rest: str) -> None:
    keep(path, TASK)
    with path.open("a", encoding="latin-1") as file:
        file.write(rest)
    other = Task("softmax", 1, NO_MAX)
    keep(path, other)
    with Journal(path, resume=True) as journal:
        assert journal.report(TASK) == journal.report(other) == REPORT


def test_an_interrupted_run_goes_on_where_it_stopped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    submissions = handed_in(GOOD, NO_MAX, GOOD + "# another\n", NO_MAX + "# another\n")

    def run(*, resume: bool, stop_after: int | None = None) -> tuple[list[str], int]:
        handed_out = 0
        original = Workers.submit

        def counted(self: Workers, *args: Any, **kwargs: Any) -> Any:
            nonlocal handed_out
            handed_out += 1
            return original(self, *args, **kwargs)

        found: dict[int, str] = {}
        with monkeypatch.context() as patch, Journal(path, resume=resume) as journal, in_process() as workers:
            patch.setattr(Workers, "submit", counted)
            for one in grade_all(submissions, workers, lambda name: None, journal=journal):
                found[one.position] = one.report["status"]
                if len(found) == stop_after:
                    break
        return [found[position] for position in sorted(found)], handed_out

    assert run(resume=False, stop_after=2) == (["passed", "failed"], 2)
    assert run(resume=True) == (["passed", "failed", "passed", "failed"], 2)
    assert run(resume=True) == (["passed", "failed", "passed", "failed"], 0)


def test_a_folder_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem), Journal(tmp_path / "missing" / "x.journal"):
        pass
