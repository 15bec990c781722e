"""A person's work is never lost: not by starting again, not by a reset."""

import os
from pathlib import Path

import pytest

from engine.registry import exercise, exercise_ids
from quizapp.coding.watching import Watcher
from quizapp.coding.workspace import exercise_of, file_name, read_source, start, stub
from quizapp.errors import UsageProblem
from tests.quizapp.coding.shipped import words

SOFTMAX = exercise("softmax")


@pytest.mark.parametrize("name", exercise_ids())
def test_file_names_lead_back(name: str) -> None:
    assert exercise_of(Path("folder") / file_name(name)) == name
    assert Path(file_name(name)).stem.isidentifier()


def test_a_stub_holds_the_task_the_rules_and_both_languages() -> None:
    text = stub(SOFTMAX, words("softmax"), "both")
    assert "def softmax(x, axis=-1):" in text
    assert "along one axis" in text
    assert "沿指定的轴" in text
    assert "No NumPy warnings." in text
    assert "沿指定的轴" not in stub(SOFTMAX, words("softmax"), "en")
    assert max(len(line) for line in text.splitlines()) <= 120


def test_start_writes_once_and_leaves_work_alone(tmp_path: Path) -> None:
    path = start(tmp_path / "new", SOFTMAX, words("softmax"), "en")
    assert path == tmp_path / "new" / "softmax.py"
    assert start(tmp_path / "new", SOFTMAX, words("softmax"), "en") == path
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageProblem, match="already holds your work"):
        start(tmp_path / "new", SOFTMAX, words("softmax"), "en")
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_reset_keeps_what_was_written(tmp_path: Path) -> None:
    path = start(tmp_path, SOFTMAX, words("softmax"), "en")
    for number in (1, 2):
        path.write_text(f"mine {number}", encoding="utf-8")
        start(tmp_path, SOFTMAX, words("softmax"), "en", reset=True)
        assert path.read_text(encoding="utf-8") == stub(SOFTMAX, words("softmax"), "en")
    assert (tmp_path / "softmax.old1").read_text(encoding="utf-8") == "mine 1"
    assert (tmp_path / "softmax.old2").read_text(encoding="utf-8") == "mine 2"


@pytest.mark.parametrize(
    ("data", "message"), [(None, "no file"), (b"\xff\xfe\x00", "not UTF-8"), (b"#" * (1 << 21), "larger")]
)
def test_what_can_not_be_read_is_said(data: bytes | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "softmax.py"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UsageProblem, match=message):
        read_source(path)
    with pytest.raises(UsageProblem, match="folder"):
        read_source(tmp_path)


def test_a_byte_order_mark_is_no_part_of_the_source(tmp_path: Path) -> None:
    path = tmp_path / "softmax.py"
    path.write_bytes(b"\xef\xbb\xbfx = 1\n")
    assert read_source(path) == "x = 1\n"


def test_a_watcher_sees_each_save_once(tmp_path: Path) -> None:
    first, second = tmp_path / "a.py", tmp_path / "b.py"
    first.write_text("1", encoding="utf-8")
    watcher = Watcher(lambda: [first, second])
    assert watcher.saved() == [first]
    assert watcher.saved() == []
    second.write_text("1", encoding="utf-8")
    assert watcher.saved() == [second]
    first.write_text("22", encoding="utf-8")
    assert watcher.saved() == [first]
    os.utime(first, ns=(1, 1))
    assert watcher.saved() == [first]
    first.unlink()
    assert watcher.saved() == []
    first.write_text("333", encoding="utf-8")
    assert watcher.saved() == [first]


def test_a_watcher_may_begin_with_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("1", encoding="utf-8")
    assert Watcher(lambda: [file], seen=True).saved() == []


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_what_never_ends_is_not_read_to_its_end() -> None:
    with pytest.raises(UsageProblem, match="larger"):
        read_source(Path("/dev/zero"))
