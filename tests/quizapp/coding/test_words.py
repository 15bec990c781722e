"""Whatever the engine can say has words in both languages."""

import re
from dataclasses import replace

import numpy as np
import pytest

from engine.grading_model import CaseResult, Failure, Form, Problem, Report
from engine.registry import exercise, exercise_ids
from engine.rules import Violation
from quizapp.coding.values import MOST_CHARACTERS, shown
from quizapp.coding.words import (
    LAWS,
    PROBLEMS,
    RULES,
    form_words,
    law_words,
    problem_words,
    rules_text,
    summary,
    violation_words,
)
from quizapp.text import EMPTY, Text

HANZI = re.compile(r"[\u4e00-\u9fff]")
PROBLEM = Problem("value", "grad", (0, 1), 0.5, 0.25, 0.25, 1.0)


def is_bilingual(words: Text) -> bool:
    return bool(HANZI.search(words.zh)) and not HANZI.search(words.en) and "{" not in words.en + words.zh


@pytest.mark.parametrize("name", exercise_ids())
def test_rules_and_laws_have_words(name: str) -> None:
    found = exercise(name)
    assert set(found.rules.slugs) <= set(RULES)
    assert {law.slug for law in found.laws} <= set(LAWS)
    assert is_bilingual(rules_text(found.rules))


@pytest.mark.parametrize("kind", PROBLEMS)
def test_problems_have_words(kind: str) -> None:
    assert is_bilingual(problem_words(replace(PROBLEM, kind=kind, detail="x")))
    assert is_bilingual(problem_words(replace(PROBLEM, kind=kind, part=None, index=None, line=7)))


@pytest.mark.parametrize("rule", RULES)
def test_violations_have_words(rule: str) -> None:
    words = violation_words(Violation(rule, 3, "for"))
    assert is_bilingual(words)
    assert "for" in words.en


@pytest.mark.parametrize("law", LAWS)
def test_laws_have_words(law: str) -> None:
    assert is_bilingual(law_words(Failure("c", {}, 1, 2, PROBLEM, laws=(law,))))


def test_a_difference_says_where_and_what() -> None:
    words = problem_words(PROBLEM)
    assert words.en == "`grad`[0, 1] is 0.5, expected 0.25."
    assert words.zh == "`grad`[0, 1]为0.5，应为0.25。"


@pytest.mark.parametrize(
    ("form", "en", "zh"),
    [
        (Form("ndarray", "float64", (2, 3)), "a float64 array of shape (2, 3)", "形状为(2, 3)的float64数组"),
        (Form("tuple", length=2), "a tuple of 2", "含2项的tuple"),
        (Form("NoneType"), "None", "None"),
        (Form("str"), "str", "str"),
        ("integer", "integer", "整数"),
        ((2, 3), "(2, 3)", "(2, 3)"),
    ],
)
def test_forms_in_words(form: object, en: str, zh: str) -> None:
    assert form_words(form) == Text(en, zh)


def test_a_smaller_input_is_called_one() -> None:
    failed = Report("failed", (CaseResult("b", "failed", 0.0, PROBLEM),), Failure("b", {}, 1, 2, PROBLEM, shrunk=True))
    assert "smallest input" in summary(failed).en


def test_summaries() -> None:
    good, bad = CaseResult("a", "passed", 0.0), CaseResult("b", "failed", 0.0, PROBLEM)
    failure = Failure("b", {}, 1, 2, PROBLEM, laws=("sums-to-one",))
    assert summary(Report("passed", (good, good))).en == "All 2 cases pass."
    failed = Report("failed", (good, bad), failure)
    assert summary(failed).en.startswith("1 of 2 cases fail. First in “b”. `grad`[0, 1]")
    assert summary(failed).en.endswith("add up to 1.")
    assert summary(failed, details=False).en == "1 of 2 cases fail."
    assert summary(failed, Text("You forgot.", "忘了。")).en.endswith("You forgot.")
    broken = Report("failed", (good,), violations=(Violation("numpy-only", 1, "torch"),))
    assert "torch" in summary(broken).en
    assert all(is_bilingual(summary(report)) for report in (Report("passed", (good,)), failed, broken))
    assert summary(failed, EMPTY) == summary(failed)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array([[1.0, -0.5]]), "np.array([[ 1. , -0.5]])"),
        (np.array([1, 2]), "np.array([1, 2])"),
        (np.array([np.nan, np.inf]), "np.array([np.nan, np.inf])"),
        (np.array([0.5], dtype=np.float32), "np.array([0.5], dtype=np.float32)"),
        (np.empty((0, 4)), "np.empty((0, 4))"),
        (np.float64(0.5), "0.5"),
        ((1, 2.5), "(1, 2.5)"),
        ((1,), "(1,)"),
        ([1, None, True], "[1, None, True]"),
        (float("inf"), "float('inf')"),
        ("\x1b[2J\u202e", "'\\x1b[2J\\u202e'"),
        ({"a": 1}, "{'a': 1}"),
    ],
)
def test_values_as_text(value: object, text: str) -> None:
    assert shown(value) == text


def test_long_values_are_cut_short() -> None:
    assert len(shown(np.arange(10_000.0).reshape(100, 100))) <= MOST_CHARACTERS
    assert len(shown(list(range(10_000)))) <= MOST_CHARACTERS
    assert len(shown("x" * 10_000)) <= MOST_CHARACTERS


def test_shown_inputs_can_be_pasted() -> None:
    array = np.array([[1.25, -3.0], [0.0, 1e-9]])
    assert np.array_equal(eval(shown(array), {"np": np}), array)  # noqa: S307 - text made two lines above
