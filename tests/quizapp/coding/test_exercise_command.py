"""``quizapp exercise`` as a learner and a script use it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.registry import exercise, exercise_ids
from engine.solution import solution
from quizapp.cli.exercise import rechecks
from quizapp.coding.passed import passed as passed_in
from quizapp.paths import Folders, folders
from tests.quizapp.cli.running import Ran, Runner, environment

BAD = "import numpy as np\n\n\ndef softmax(x, axis=-1):\n    return np.exp(x) / np.exp(x).sum(axis, keepdims=True)\n"


@pytest.fixture
def where(tmp_path: Path) -> Folders:
    return folders(tmp_path / "data", (), {})


@pytest.fixture
def run(where: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    return Runner(where, capsys, monkeypatch)


def good(name: str) -> str:
    return solution(exercise(name))


def test_list(run: Callable[..., Ran]) -> None:
    entries = run("exercise", "list", "--json").json
    assert [entry["id"] for entry in entries] == list(exercise_ids())
    first = next(entry for entry in entries if entry["id"] == "softmax")
    assert first["function"] == "softmax"
    assert first["title"]["zh"]
    assert (first["started"], first["area"]) == (False, "activations")
    assert "softmax" in run("exercise", "list").out


def test_start_check_pass(run: Callable[..., Ran], where: Folders) -> None:
    started = run("exercise", "start", "softmax")
    path = Path(started.out.strip())
    assert started.code == 0
    assert path == where.workspace / "softmax.py"
    assert run("exercise", "check", "softmax", "--json").json["status"] == "error"
    path.write_text(BAD, encoding="utf-8")
    again = run("exercise", "start", "softmax")
    assert (again.code, path.read_text(encoding="utf-8")) == (2, BAD)
    failed = run("exercise", "check", "softmax", "--json")
    assert (failed.code, failed.json["mutant"]) == (1, "no-max")
    assert passed_in(where.workspace) == {}
    path.write_text(good("softmax"), encoding="utf-8")
    passed = run("exercise", "check", "softmax", "--json")
    assert (passed.code, passed.json["status"], passed.json["score"]) == (0, "passed", 1.0)
    assert set(passed_in(where.workspace)) == {"softmax"}
    assert run("exercise", "start", "softmax", "--reset").code == 0
    assert "NotImplementedError" in path.read_text(encoding="utf-8")


def test_check_a_file_anywhere_in_words(run: Callable[..., Ran], tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(BAD, encoding="utf-8")
    told = run("exercise", "check", "softmax", str(file), "--lang", "zh")
    assert told.code == 1
    assert "最大值" in told.out
    assert "x = np.array(" in told.out
    assert "应为" in told.out
    quiet = run("exercise", "check", "softmax", str(file), "--reveal", "verdict")
    assert "np.array(" not in quiet.out


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("check", "sofmax"), "softmax"),
        (("check", "softmax"), "exercise start softmax"),
        (("check", "softmax", "/no/such/file.py"), "start"),
        (("start", "adma"), "adam"),
        (("watch", "adam"), "exercise start adam"),
        (("hint", "nmss"), "nms"),
        (("solution", "softmax"), "start"),
    ],
)
def test_a_wrong_call_is_explained(arguments: tuple[str, ...], hint: str, run: Callable[..., Ran]) -> None:
    ended = run("exercise", *arguments)
    assert ended.code == 2
    assert hint in ended.err
    assert "Traceback" not in ended.err


def test_a_file_that_is_no_text(run: Callable[..., Ran], tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_bytes(b"\xff\xfe\xfa")
    assert run("exercise", "check", "softmax", str(file), "--json").code == 2
    assert run("exercise", "check", "softmax", str(tmp_path), "--json").code == 2


def test_hints_get_stronger(run: Callable[..., Ran]) -> None:
    hints = [run("exercise", "hint", "adam", "--level", str(level)).out for level in (1, 2, 3)]
    assert len(set(hints)) == 3
    assert "循环" in run("exercise", "hint", "adam", "--level", "3", "--lang", "zh").out


def test_the_solution_is_for_those_who_pass_or_give_up(run: Callable[..., Ran], where: Folders) -> None:
    path = Path(run("exercise", "start", "softmax").out.strip())
    refused = run("exercise", "solution", "softmax")
    assert (refused.code, refused.out) == (2, "")
    given_up = run("exercise", "solution", "softmax", "--give-up")
    assert "def softmax" in given_up.out
    path.write_text(given_up.out, encoding="utf-8")
    assert run("exercise", "solution", "softmax").out == given_up.out


def test_each_save_is_checked_again(where: Folders, tmp_path: Path) -> None:
    file = tmp_path / "softmax.py"
    file.write_text(BAD, encoding="utf-8")
    checked: list[str] = []
    waits: list[float] = []
    sources = iter([good("softmax"), None, BAD])

    def wait(seconds: float) -> None:
        waits.append(seconds)
        source = next(sources, "end")
        if source == "end":
            raise KeyboardInterrupt
        if source is not None:
            file.write_text(source, encoding="utf-8")

    rechecks(lambda: [file], lambda path: checked.append(path.read_text(encoding="utf-8")), wait)
    assert checked == [BAD, good("softmax"), BAD]
    assert len(waits) == 4


def test_watching_ends_quietly_with_ctrl_c(where: Folders) -> None:
    (where.workspace).mkdir(parents=True)
    (where.workspace / "softmax.py").write_text(good("softmax"), encoding="utf-8")
    watching = subprocess.Popen(
        [sys.executable, "-c", "from quizapp.cli.main import main; main()", "exercise", "watch", "softmax"],
        env={name: value for name, value in environment(where).items() if name != "QUIZAPP_CONTENT"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert watching.stdout is not None
        lines = iter(watching.stdout.readline, "")
        assert any("passed" in line for line in lines)
        watching.send_signal(2)
        _, err = watching.communicate(timeout=20)
    finally:
        watching.kill()
        watching.wait()
    assert watching.returncode == 0
    assert "Traceback" not in err


def test_standard_input_is_a_submission(where: Folders) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from quizapp.cli.main import main; main()", "exercise", "check", "nms", "-", "--json"],
        env={name: value for name, value in environment(where).items() if name != "QUIZAPP_CONTENT"},
        input=good("nms"),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, json.loads(done.stdout)["status"]) == (0, "passed")
