"""Files appear whole or not at all."""

import os
from pathlib import Path

import pytest

from quizapp.errors import UsageProblem
from quizapp.exporting.writing import Unwritable, replace_file, target_of


def test_an_old_file_survives_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "cards.apkg"
    out.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unwritable, match="No space left"):
        replace_file(out, b"new")
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_link_is_followed_not_cut(tmp_path: Path) -> None:
    meant, link = tmp_path / "meant.csv", tmp_path / "link.csv"
    meant.write_bytes(b"old")
    link.symlink_to(meant)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert meant.read_bytes() == b"new"


def test_a_folder_that_refuses_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match="can't be written"):
        replace_file(tmp_path / "gone" / "x.csv", b"new")


@pytest.mark.parametrize("linked", [False, True])
def test_no_device_or_pipe_is_put_aside_for_a_file(tmp_path: Path, linked: bool) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    out = tmp_path / "link" if linked else pipe
    if linked:
        out.symlink_to(pipe)
    with pytest.raises(UsageProblem, match="no ordinary file"):
        target_of(out)
    with pytest.raises(Unwritable, match="no ordinary file"):
        replace_file(out, b"new")
    assert pipe.is_fifo()
    assert set(tmp_path.iterdir()) == {pipe, out}
