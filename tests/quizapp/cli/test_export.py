"""``quizapp export`` as scripts call it."""

from pathlib import Path

import pytest

from quizapp.paths import Folders
from tests.quizapp.cli.running import Runner, process


def test_the_list_names_every_format_with_suffix_and_summary(run: Runner) -> None:
    formats = {entry["name"]: entry for entry in run("export", "--list", "--json").json}
    assert {"apkg", "csv", "csv-plain"} <= set(formats)
    assert all(entry["suffix"].startswith(".") and entry["summary"] for entry in formats.values())
    assert "apkg" in run("export", "--list").out


def test_a_file_is_written_and_what_it_holds_is_said(run: Runner, tmp_path: Path) -> None:
    out = tmp_path / "cards.apkg"
    ran = run("export", "apkg", "--out", str(out), "--deck", "softmax", "--variants", "2", "--json")
    assert ran.code == 0
    assert {name: ran.json[name] for name in ("format", "decks", "items", "questions", "scheduled")} == {
        "format": "apkg",
        "decks": 1,
        "items": 8,
        "questions": 9,
        "scheduled": 0,
    }
    assert out.read_bytes()[:2] == b"PK"
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_the_same_call_writes_the_same_bytes_to_a_file_and_to_stdout(shelf: Folders, tmp_path: Path) -> None:
    out = tmp_path / "cards.csv"
    first = process(shelf, "export", "csv", "--out", str(out), "--lang", "zh")
    second = process(shelf, "export", "csv", "--out", "-", "--lang", "zh")
    assert (first.code, second.code) == (0, 0)
    assert out.read_text(encoding="utf-8") == second.out
    assert "8 items" in first.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Name a format"),
        (["apgk", "--out", "x"], "Did you mean apkg"),
        (["apkg"], "--out quizapp.apkg"),
        (["apkg", "--out", "nowhere/x.apkg"], "does not exist"),
        (["apkg", "--out", "."], "is a folder"),
        (["apkg", "--out", "-", "--deck", "sofmax"], "Did you mean softmax"),
        (["apkg", "--out", "-", "--topic", "n000-sofmax"], "Did you mean n000-softmax"),
        (["apkg", "--out", "-", "--tag", "none"], "no tag"),
        (["apkg", "--out", "-", "--search", "zzzz"], "No item fits"),
        (["apkg", "--out", "-", "--due"], "No item fits"),
        (["apkg", "--out", "-", "--variants", "0"], "--variants"),
    ],
)
def test_a_wrong_call_is_answered_by_a_sentence(run: Runner, arguments: list[str], words: str) -> None:
    ran = run("export", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(("length", "code"), [(250, 0), (300, 3)])
def test_a_name_may_be_as_long_as_the_system_lets_it_be(run: Runner, tmp_path: Path, length: int, code: int) -> None:
    ran = run("export", "csv", "--out", str(tmp_path / ("x" * length)))
    assert ran.code == code
    assert ("too long" in ran.err) == (code == 3)
