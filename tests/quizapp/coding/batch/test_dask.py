"""Grading on a real cluster of two worker processes."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from quizapp.coding import executors
from quizapp.coding.batch import grade_all
from quizapp.coding.executors import dask
from quizapp.errors import EnvironmentProblem
from tests.quizapp.cli.running import Runner
from tests.quizapp.coding.batch.handed_in import GOOD, KILLS_ONCE, NO_MAX, SYNTAX_ERROR, Mortal, write
from tests.quizapp.coding.batch.test_batch import handed_in, statuses

pytest.importorskip("distributed")
# What a cluster's own threads and sockets leave to the garbage collector is not ours to mend.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    distributed: Any = import_module("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        with distributed.Client(cluster, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
            assert len({os.getpid(), *client.run(os.getpid).values()}) == 3
        yield cluster.scheduler_address.replace("tcp://", "dask://")


def test_a_killed_worker_loses_nothing_and_counts_nothing_twice(address: str, tmp_path: Path) -> None:
    killing = [f"{GOOD}{KILLS_ONCE}{tmp_path / f'killed{index}'}" for index in range(2)]
    submissions = handed_in(*[GOOD, NO_MAX, SYNTAX_ERROR] * 4, *killing, *[GOOD, NO_MAX] * 4)
    with Mortal(dask(address)) as workers:
        graded = list(grade_all(submissions, workers, lambda name: None))
    assert sorted(one.position for one in graded) == list(range(len(submissions)))
    graded.sort(key=lambda one: one.position)
    expected = ["passed", "failed", "error"] * 4 + ["passed"] * 2 + ["passed", "failed"] * 4
    assert statuses(graded) == expected
    assert all(one.graded for one in graded)
    assert {path.name for path in tmp_path.iterdir()} == {"killed0", "killed1"}


def test_the_command_grades_there_too(address: str, tmp_path: Path, run: Runner) -> None:
    folder = write(tmp_path / "class", {"ann.py": GOOD, "ben.py": NO_MAX})
    ran = run("grade", str(folder), "--executor", address)
    assert ran.code == 0
    assert [(one["learner"], one["report"]["status"]) for one in ran.json] == [("ann", "passed"), ("ben", "failed")]


def test_without_a_scheduler_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "SECONDS_TO_CONNECT", 0.2)
    with pytest.raises(EnvironmentProblem, match="No scheduler answers"):
        dask("dask://127.0.0.1:9")
