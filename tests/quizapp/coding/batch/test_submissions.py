import json
import os
from pathlib import Path

import pytest

from engine.registry import exercise
from quizapp.coding import submissions
from quizapp.coding.submissions import Submission, collect
from quizapp.errors import UsageProblem
from tests.quizapp.coding.batch.handed_in import GOOD, SYNTAX_ERROR, write


def adam_source() -> str:
    return f"def {exercise('adam').function}(w):\n    return w\n"


def told(found: list[Submission]) -> list[tuple[str, str | None]]:
    return [(one.learner, one.exercise) for one in found]


def test_one_file_or_sub_folder_per_learner(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "ann.py": GOOD,
            "ben_softmax.py": GOOD,
            "Softmax-cem.py": GOOD,
            "dora/work/softmax.py": GOOD,
            "dora/plot.py": "x = 1",
            "emil/both.py": GOOD + adam_source(),
            "notes.txt": "",
            ".hidden/softmax.py": GOOD,
            "ann/__pycache__/softmax.py": GOOD,
        },
    )
    assert told(collect([tmp_path])) == [
        ("cem", "softmax"),
        ("ann", None),
        ("ann", "softmax"),
        ("ben", "softmax"),
        ("dora", "softmax"),
        ("emil", "softmax"),
        ("emil", "adam"),
    ]
    assert collect([tmp_path])[1].problem == submissions.NOTHING


def test_a_file_named_after_its_exercise_belongs_to_its_folder(tmp_path: Path) -> None:
    write(tmp_path, {"ann/softmax.py": GOOD, "ben/adam.py": adam_source()})
    files = [tmp_path / "ann" / "softmax.py", tmp_path / "ben" / "adam.py"]
    assert told(collect(files)) == [("ann", "softmax"), ("ben", "adam")]
    assert told(collect([tmp_path / "ann"])) == [("ann", "softmax")]


def test_what_a_file_defines_outweighs_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"adam.py": GOOD, "softmax.py": GOOD + adam_source(), "softmax_x.py": "x = 1"})
    assert told(collect([tmp_path])) == [("adam", "softmax"), (tmp_path.name, "softmax"), ("x", "softmax")]


def test_a_named_exercise_is_that_of_all(tmp_path: Path) -> None:
    write(tmp_path, {"ann.py": "x = 1", "ben.py": SYNTAX_ERROR, "cem/a.py": "x = 1", "cem/b.py": GOOD, "cem/c.py": ""})
    assert told(collect([tmp_path], "softmax")) == [("ann", "softmax"), ("ben", "softmax"), ("cem", "softmax")]
    assert collect([tmp_path], "softmax")[2].source == GOOD


def test_a_learner_without_the_function_is_not_lost(tmp_path: Path) -> None:
    write(tmp_path, {"ann/a.py": "x = 1", "ann/b.py": "x = 2"})
    (one,) = collect([tmp_path], "softmax")
    assert one.problem is not None
    assert "softmax" in one.problem.en
    (other,) = collect([tmp_path])
    assert (other.learner, other.problem) == ("ann", submissions.UNKNOWN)


def test_a_notebook_is_taken_apart(tmp_path: Path) -> None:
    cells = [{"cell_type": "code", "source": source} for source in ("%pylab", GOOD, adam_source(), "1 / 0")]
    write(tmp_path, {"ann.ipynb": json.dumps({"nbformat": 4, "cells": cells}), "ben.ipynb": "no JSON"})
    first, second, broken = collect([tmp_path])
    assert told([first, second]) == [("ann", "softmax"), ("ann", "adam")]
    assert first.source == GOOD
    assert second.source == adam_source()
    assert broken.problem is not None


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xff\xfe\x00d", submissions.ENCODING),
        (b"# coding: punycode\ndef softmax(): pass", submissions.ENCODING),
        (b"# coding: no-such\n", submissions.ENCODING),
        (b"#" * ((1 << 20) + 1), submissions.TOO_LARGE),
        ("# coding: gbk\ndef softmax(): return '均值'".encode("gbk"), None),
        (b"\xef\xbb\xbfdef softmax():\r\n  return 1\r\n", None),
    ],
)
def test_only_text_is_read(tmp_path: Path, data: bytes, problem: object) -> None:
    (tmp_path / "softmax.py").write_bytes(data)
    (one,) = collect([tmp_path])
    assert one.problem == problem
    if problem is None:
        assert "def softmax():" in one.source
        assert "\r" not in one.source


def test_links_and_pipes_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("def softmax(): pass")
    folder = write(tmp_path / "class", {"ann/note.txt": ""})
    (folder / "ann" / "softmax.py").symlink_to(tmp_path / "secret.txt")
    (folder / "ben.py").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.py")
    assert [one.problem for one in collect([folder], "softmax")] == [
        submissions.LINK,
        submissions.LINK,
        submissions.NOT_PLAIN,
    ]


def test_a_name_of_any_bytes_can_be_written(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.py"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib has no such names
        file.write(GOOD)
    (one,) = collect([tmp_path])
    assert one.learner.encode("utf-8")
    assert one.source == GOOD


@pytest.mark.parametrize("name", ["missing", "notes.txt", "empty"])
def test_a_path_that_makes_no_sense_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageProblem):
        collect([tmp_path / name])
