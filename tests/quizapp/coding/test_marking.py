"""Code items in a study session: marked by the sandbox, rated by themselves, in the queue like any other."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine.registry import exercise
from engine.solution import solution
from quizapp.coding import marking
from quizapp.errors import EnvironmentProblem
from quizapp.library import Library
from quizapp.paths import Folders
from quizapp.questions import checking
from quizapp.questions.base import Verdict
from quizapp.scheduling.model import Rating
from quizapp.study.model import Marked, Unreadable
from quizapp.study.start import start
from tests.quizapp.coding.shipped import words
from tests.quizapp.shelf import Hours, make_folders, open_library

DECK = """
deck: softmax
title: {en: Softmax, zh: Softmax函数}
items:
  - id: write
    type: code
    topics: [n000-softmax]
    exercise: softmax
"""
BAD = "import numpy as np\ndef softmax(x, axis=-1):\n    return np.exp(x) / np.exp(x).sum(axis, keepdims=True)\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Folders:
    found = make_folders(tmp_path, DECK)
    (folder,) = found.content
    file = folder / "exercises" / "activations" / "softmax.yaml"
    file.parent.mkdir(parents=True)
    source = Path(__file__).parents[3] / "content" / "exercises" / "activations" / "softmax.yaml"
    file.write_bytes(source.read_bytes())
    return found


def test_a_code_item_is_asked_marked_and_rated(shelf: Folders, hours: Hours) -> None:
    with open_library(shelf, hours) as library:
        wrong, right = answered(library, BAD), answered(library, solution(exercise("softmax")))
    assert (wrong.grade.verdict, wrong.grade.misconception) == (Verdict.WRONG, "no-max")
    assert "maximum" in wrong.grade.message.en
    assert right.grade.verdict is Verdict.CORRECT
    assert right.rating is Rating.GOOD


def answered(library: Library, source: str) -> Marked:
    session = start(library, deck="softmax")
    assert isinstance(session.answer("def"), Unreadable)
    assert isinstance(session.answer("def other(): pass"), Unreadable)
    marked = session.answer(source)
    assert isinstance(marked, Marked)
    session.undo()
    return marked


def test_the_same_source_is_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []

    def check(name: str, source: str, *rest: object) -> dict[str, str]:
        runs.append(source)
        return {"status": "timeout" if source == "slow" else "failed"}

    monkeypatch.setattr("quizapp.coding.runner.check", check)
    monkeypatch.setattr(marking, "_latest", {})
    for source in ("a", "a", "b", "a", "slow", "slow"):
        marking.mark("softmax", source, words("softmax"))
    assert runs == ["a", "b", "a", "slow", "slow"]


def test_without_a_checker_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_checkers", [])
    with pytest.raises(EnvironmentProblem):
        checking.checker()


def test_installing_it_loads_neither_numpy_nor_pydantic() -> None:
    script = (
        "import sys; from quizapp.coding import marking; marking.install();"
        "loaded = {'numpy', 'pydantic', 'yaml', 'quizapp.coding.sandbox'} & set(sys.modules);"
        "assert not loaded, loaded"
    )
    environment = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
