"""Choice and multi: positions, letters, feedback for each option, and specs that make no sense."""

from typing import Any

import pytest
from pydantic import ValidationError

from engine.errors import AnswerFormatError
from quizapp.markup.plain import plain
from quizapp.questions.base import Grade, Verdict
from quizapp.questions.registry import item_type
from quizapp.text import Text
from tests.quizapp.questions.samples import asked, option, spec

OPTIONS = [option("a", True, why="it is"), option("b", why={"en": "no", "zh": "否"}), option("c"), option("d")]
MULTI = [option("a", True, why="it is"), option("b", why="no"), option("c", True), option("d")]


def choose(raw: str, **more: Any) -> Grade:
    question = asked("choice", prompt="p", options=OPTIONS, shuffle=False, **more)
    kind = item_type("choice")
    return kind.grade(question, kind.parse(question, raw))


def tick(raw: str) -> Grade:
    question = asked("multi", prompt="p", options=MULTI, shuffle=False)
    kind = item_type("multi")
    return kind.grade(question, kind.parse(question, raw))


@pytest.mark.parametrize("raw", ["1", "a", "A", "１", "Ａ", " 1. ", "(a)", "1)", "[1]", "a、", "1 1"])
def test_one_option_in_many_spellings(raw: str) -> None:
    grade = choose(raw)
    assert grade == Grade(
        Verdict.CORRECT,
        "1",
        Text("Right. it is", "正确。it is"),
        parts=((True, Text("it is", "it is")), (True, Text("no", "否")), (True, Text("", "")), (True, Text("", ""))),
    )


def test_a_wrong_option_says_why_and_marks_both_states() -> None:
    grade = choose("b")
    assert grade.verdict is Verdict.WRONG
    assert grade.message == Text("Not this one. no", "不是这一项。否")
    assert [right for right, _ in grade.parts] == [False, False, True, True]


@pytest.mark.parametrize(
    ("raw", "slug"),
    [
        ("", "empty"),
        ("　", "empty"),
        ("0", "no-such-option"),
        ("5", "no-such-option"),
        ("e", "no-such-option"),
        ("12", "no-such-option"),
        ("ab", "no-such-option"),
        ("-", "no-such-option"),
        ("two", "no-such-option"),
        ("1 2", "choose-one"),
        ("9" * 400, "no-such-option"),
        ("1 " * 400, "too-long"),
    ],
)
def test_what_is_no_option_is_invalid(raw: str, slug: str) -> None:
    with pytest.raises(AnswerFormatError) as error:
        choose(raw)
    assert error.value.slug == slug


def test_the_range_and_the_place_of_a_wrong_position_are_known() -> None:
    with pytest.raises(AnswerFormatError) as error:
        tick("1 3 7")
    assert (error.value.slug, error.value.span, error.value.details) == (
        "no-such-options",
        (4, 5),
        {"expected": 4, "got": "7"},
    )


@pytest.mark.parametrize("raw", ["1 3", "13", "31", "a c", "ca", "１、３", "1,3,1", "[1, 3]", "1 & 3", "A；C"])
def test_several_options_in_many_spellings(raw: str) -> None:
    grade = tick(raw)
    assert (grade.verdict, grade.read_as) == (Verdict.CORRECT, "1 3")
    assert all(right for right, _ in grade.parts)


@pytest.mark.parametrize(
    ("raw", "read_as", "states"),
    [
        ("0", "0", [False, True, False, True]),
        ("无", "0", [False, True, False, True]),
        ("1", "1", [True, True, False, True]),
        ("1 2 3", "1 2 3", [True, False, True, True]),
        ("2 4", "2 4", [False, False, False, False]),
    ],
)
def test_every_option_has_to_be_judged_rightly(raw: str, read_as: str, states: list[bool]) -> None:
    grade = tick(raw)
    assert grade.verdict is Verdict.WRONG
    assert grade.read_as == read_as
    assert [right for right, _ in grade.parts] == states
    assert grade.message.en == f"{sum(states)} of 4 options judged rightly."


def test_reveal_names_the_right_options_and_why() -> None:
    question = asked("multi", prompt="p", options=MULTI, shuffle=False, note="n")
    reveal = item_type("multi").reveal(question)
    assert reveal.answer.en == "1. a\n3. c"
    assert [step.en for step in reveal.steps] == ["1. it is"]
    assert reveal.note.en == "n"


def test_shuffling_depends_on_the_seed_and_keeps_each_option_with_its_words() -> None:
    orders = set()
    for seed in range(30):
        question = asked("choice", seed, prompt="p", options=OPTIONS)
        orders.add(tuple(shown.text.en for shown in question.data.options))
        assert {(shown.text.en, shown.why.en) for shown in question.data.options} == {
            ("a", "it is"),
            ("b", "no"),
            ("c", ""),
            ("d", ""),
        }
    assert len(orders) > 8


@pytest.mark.parametrize(
    ("kind", "options", "rule"),
    [
        ("choice", [option("a"), option("b")], "one-correct"),
        ("choice", [option("a", True), option("b", True)], "one-correct"),
        ("choice", [option("a", True), option("a")], "duplicate-text"),
        ("choice", [option({"en": "a", "zh": "甲"}, True), option({"en": "b", "zh": "甲"})], "duplicate-text"),
        ("choice", [option("a", True)], "too_short"),
        ("choice", [option("a", True), *(option(c) for c in "bcdefg")], "too_long"),
        ("choice", [option("a", True), option("c"), {"text": "b", "correct": "no"}], "bool_type"),
        ("multi", [option("a", True), option("b", True)], "some-correct"),
        ("multi", [option("a"), option("b")], "some-correct"),
    ],
)
def test_options_that_make_no_question_are_refused(kind: str, options: list[dict[str, Any]], rule: str) -> None:
    with pytest.raises(ValidationError) as error:
        spec(kind, prompt="p", options=options)
    assert [problem["type"] for problem in error.value.errors()] == [rule]


def test_the_right_options_keep_their_numbers_when_they_are_read_as_a_list() -> None:
    options = [option("a"), option("b", True), option("c", True), option("d"), option("e", True)]
    reveal = item_type("multi").reveal(asked("multi", prompt="p", options=options, shuffle=False))
    assert plain(reveal.answer.en) == "2. b\n3. c\n5. e"
