import csv
import json
import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine.registry import exercise
from quizapp.coding.sandbox import layers
from tests.quizapp.cli.running import Runner, process
from tests.quizapp.coding.batch.handed_in import EXITS, GOOD, NO_MAX, SYNTAX_ERROR, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cells = [{"cell_type": "code", "source": source} for source in ("%pylab inline", GOOD, "plot(1)")]
    return write(
        tmp_path / "class",
        {
            "ann.py": GOOD,
            "ben/softmax.py": NO_MAX,
            "cem.py": SYNTAX_ERROR,
            "dora.ipynb": json.dumps({"nbformat": 4, "cells": cells}),
            "emil.ipynb": "{",
            "finn.py": "x = 1",
            "gina.py": EXITS,
            "hans/nothing.txt": "",
        },
    )


def test_a_class_with_broken_files_is_graded_whole(folder: Path, run: Runner) -> None:
    ran = run("grade", str(folder), "--jobs", "2")
    assert ran.code == 0
    found = {one["learner"]: (one["exercise"], one["report"]["status"], one["report"]["mutant"]) for one in ran.json}
    assert found == {
        "ann": ("softmax", "passed", None),
        "ben": ("softmax", "failed", "no-max"),
        "cem": ("softmax", "error", None),
        "dora": ("softmax", "passed", None),
        "emil": (None, "error", None),
        "finn": (None, "error", None),
        "gina": ("softmax", "error", None),
        "hans": (None, "error", None),
    }
    assert "1 of 5 no-max" in ran.err


def test_with_the_exercise_named_every_file_counts_for_it(folder: Path, run: Runner) -> None:
    ran = run("grade", str(folder), "--exercise", "softmax", "--jobs", "1")
    assert {one["exercise"] for one in ran.json} == {"softmax"}
    assert len(ran.json) == 8
    assert "softmax" in next(one["report"]["message"]["en"] for one in ran.json if one["learner"] == "finn")


def test_each_format_is_written_to_its_file(folder: Path, run: Runner, tmp_path: Path) -> None:
    def written(form: str) -> str:
        out = tmp_path / f"results.{form}"
        ran = run("grade", str(folder / "ann.py"), str(folder / "ben"), "--format", form, "--out", str(out))
        assert (ran.code, ran.out) == (0, "")
        return out.read_text(encoding="utf-8")

    assert next(csv.DictReader(written("csv").splitlines()))["score"] == "1.0"
    cases = 2 * len(exercise("softmax").all_cases())
    assert ET.fromstring(written("junit")).get("tests") == str(cases)  # noqa: S314 - written above
    assert json.loads(written("gradescope"))["score"] > 1
    assert len(json.loads(written("json"))) == 2


def test_statistics_count_the_mistakes(folder: Path, run: Runner, tmp_path: Path) -> None:
    stats = tmp_path / "stats.json"
    run("grade", str(folder / "ann.py"), str(folder / "ben"), "--stats", str(stats))
    found = json.loads(stats.read_text(encoding="utf-8"))
    assert found["submissions"] == 2
    assert found["statuses"] == {"failed": 1, "passed": 1}
    softmax = found["exercises"]["softmax"]
    assert softmax["mutants"]["no-max"]["count"] == 1
    assert (softmax["passed"], softmax["submissions"]) == (1, 2)


def test_a_resumed_run_gives_the_same_result(folder: Path, run: Runner, tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    arguments = ("grade", str(folder / "ann.py"), str(folder / "ben"), "--out", str(out))
    run(*arguments)
    first = out.read_bytes()
    out.unlink()
    ran = run(*arguments, "--resume")
    assert ran.code == 0
    # The measured seconds are those of the first run: nothing was graded again.
    assert out.read_bytes() == first


@pytest.mark.parametrize(("limit", "code"), [("0", 0), ("0.05", 0), ("1", 1)])
def test_a_low_score_is_the_exit_code_only_if_asked(folder: Path, run: Runner, limit: str, code: int) -> None:
    assert run("grade", str(folder / "ann.py"), str(folder / "ben"), "--fail-under", limit).code == code


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["missing"], "missing"),
        (["."], "nothing to grade"),
        ([".", "--exercise", "softmx"], "softmax"),
        ([".", "--resume"], "--out"),
        ([".", "--out", "."], "folder"),
        ([".", "--out", "no/such/file"], "does not exist"),
        ([".", "--executor", "slurm"], "names no executor"),
        ([".", "--format", "pdf"], "junit"),
    ],
)
def test_a_call_that_makes_no_sense_says_what_to_do(
    tmp_path: Path, run: Runner, monkeypatch: pytest.MonkeyPatch, arguments: list[str], hint: str
) -> None:
    place = tmp_path / "place"
    write(place, {} if hint == "nothing to grade" else {"ann.py": GOOD})
    place.mkdir(exist_ok=True)
    monkeypatch.chdir(place)
    ran = run("grade", *arguments)
    assert ran.code == 2
    assert hint in ran.err
    assert ran.out == ""


def test_a_device_is_not_replaced_by_a_file(folder: Path, run: Runner, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    ran = run("grade", str(folder / "ann.py"), "--out", str(pipe))
    assert (ran.code, ran.out) == (2, "")
    assert pipe.is_fifo()


def test_without_the_isolation_required_nothing_is_graded(
    folder: Path, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layers, "missing", lambda held: ("landlock",))
    out = tmp_path / "results.json"
    ran = run("grade", str(folder / "ann.py"), "--require-isolation", "--out", str(out))
    assert ran.code == 3
    assert "landlock" in ran.err
    assert not out.exists()


def test_the_real_command_grades_with_worker_processes(folder: Path, run: Runner) -> None:
    ran = process(run.where, "grade", str(folder), "--exercise", "softmax", "--jobs", "2")
    assert ran.code == 0
    assert [one["report"]["score"] for one in ran.json].count(1.0) == 2
    assert "Traceback" not in ran.err
