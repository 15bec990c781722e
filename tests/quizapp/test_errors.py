"""The sentences of errors, in the language of whoever meets them."""

import re
import sqlite3
import sys
from pathlib import Path

import pytest

from quizapp.cli import diagnostics
from quizapp.errors import DatabaseProblem, QuizappError, UnknownName
from quizapp.store.problems import damaged, explain
from quizapp.text import Text

HANZI = re.compile(r"[\u4e00-\u9fff]")
CODES = ("BUSY", "LOCKED", "READONLY", "FULL", "IOERR", "CANTOPEN", "PERM", "CORRUPT", "NOTADB")


def failing(name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("detail")
    error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{name}")
    return error


def test_words_in_one_language_serve_for_both() -> None:
    error = QuizappError("It is wrong.", "Mend it.")
    assert (str(error), error.message, error.hint) == ("It is wrong.", "It is wrong.", "Mend it.")
    assert error.sentence == Text("It is wrong. Mend it.", "It is wrong. Mend it.")


def test_chinese_sentences_follow_each_other_without_a_space() -> None:
    error = QuizappError(Text("It is wrong.", "有误。"), Text("Mend it.", "请改正。"))
    assert str(error) == error.message == "It is wrong."
    assert error.sentence == Text("It is wrong. Mend it.", "有误。请改正。")


def test_a_name_that_does_not_exist_is_told_with_the_nearest_ones() -> None:
    error = UnknownName("deck", "relo", ["relu", "softmax"])
    assert error.sentence.en == "There is no deck named 'relo'. Did you mean relu?"
    assert error.sentence.zh == "没有名为'relo'的牌组。是否指relu？"


@pytest.mark.parametrize("name", CODES)
def test_every_trouble_with_the_database_is_told_in_both_languages(name: str, tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    problem = explain(failing(name), path)
    assert isinstance(problem, DatabaseProblem)
    for words in (problem.sentence.en, problem.sentence.zh):
        assert str(path) in words
        assert "{" not in words
    assert HANZI.search(problem.sentence.zh)
    assert not HANZI.search(problem.sentence.en)
    without_names = problem.sentence.zh.replace(str(path), "")
    assert not re.search(r"\b(the|was|is|can't|try)\b", without_names)


def test_a_damaged_file_without_snapshots_says_what_is_safe(tmp_path: Path) -> None:
    assert "没有作任何改动" in damaged(tmp_path / "progress.db", "torn").sentence.zh


@pytest.mark.parametrize(
    ("arguments", "locale", "said"),
    [
        ([], "C.UTF-8", "quizapp: Wrong.\n  Mend it.\n"),
        ([], "zh_CN.UTF-8", "quizapp: 有误。\n  请改正。\n"),
        (["due", "--lang", "zh"], "C.UTF-8", "quizapp: 有误。\n  请改正。\n"),
        (["--lang=en", "due"], "zh_CN.UTF-8", "quizapp: Wrong.\n  Mend it.\n"),
        (["--lang", "both", "due"], "C.UTF-8", "quizapp: Wrong. 有误。\n  Mend it. 请改正。\n"),
        (["--lang"], "C.UTF-8", "quizapp: Wrong.\n  Mend it.\n"),
    ],
)
def test_the_command_line_tells_trouble_in_the_language_asked_for(
    arguments: list[str],
    locale: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["quizapp", *arguments])
    monkeypatch.setenv("LC_ALL", locale)
    assert diagnostics.report(QuizappError(Text("Wrong.", "有误。"), Text("Mend it.", "请改正。"))) == 2
    assert capsys.readouterr().err == said
