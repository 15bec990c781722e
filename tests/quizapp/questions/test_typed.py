from typing import Any

import pytest
from pydantic import ValidationError

from engine.answers.kinds import Integer, Matrix, Real, Vector
from engine.errors import AnswerFormatError
from quizapp.questions.base import Grade, Verdict
from quizapp.questions.registry import item_type
from quizapp.questions.responses import LineResponse
from quizapp.text import Text
from tests.quizapp.questions.samples import asked, spec

KIND = item_type("typed")
WORDS = {"en": ["rectified linear unit", "ReLU"], "zh": ["修正线性单元", "ReLU"]}


def words(raw: str) -> Grade:
    question = asked("typed", prompt="p", accept=WORDS)
    return KIND.grade(question, KIND.parse(question, raw))


def number(answer: dict[str, Any], raw: str) -> Grade:
    question = asked("typed", prompt="p", answer=answer)
    return KIND.grade(question, KIND.parse(question, raw))


@pytest.mark.parametrize("raw", ["relu", "修正线性单元", "  Rectified Linear-Unit. "])
def test_any_accepted_word_of_either_language_is_right(raw: str) -> None:
    assert words(raw).verdict is Verdict.CORRECT


def test_a_misspelling_is_right_and_corrected() -> None:
    grade = words("rectified liner unit")
    assert grade == Grade(
        Verdict.CORRECT,
        "rectified liner unit",
        Text("Right. Spelling: rectified linear unit", "正确。拼写应为：rectified linear unit"),
    )


def test_a_wrong_word_is_wrong_without_the_answer() -> None:
    assert words("sigmoid") == Grade(Verdict.WRONG, "sigmoid", Text("Not right.", "不正确。"))


def test_reveal_shows_the_first_word_of_each_language() -> None:
    assert KIND.reveal(asked("typed", prompt="p", accept=WORDS)).answer == Text("rectified linear unit", "修正线性单元")


@pytest.mark.parametrize(
    ("answer", "raw", "verdict", "slip"),
    [
        ({"value": 0.25, "decimals": 2}, "1/4", "correct", None),
        ({"value": 0.25, "decimals": 2}, "25 %", "correct", None),
        ({"value": 0.25, "decimals": 2}, "0.26", "correct", None),
        ({"value": 0.25, "decimals": 2}, "25", "wrong", "percent-for-fraction"),
        ({"value": 0.25, "decimals": 2}, "-0.25", "wrong", "sign"),
        ({"value": 34944}, "34,944", "correct", None),
        ({"value": 34944}, "３４９４４", "correct", None),
        ({"value": 34944}, "34848 + 96", "correct", None),
        ({"value": 34944}, "34945", "wrong", "off-by-one"),
        ({"value": [3, 5]}, "3 5", "correct", None),
        ({"value": [3, 5, 8]}, "[8, 5, 3]", "wrong", "order-reversed"),
        ({"value": [3, 5]}, "3", "wrong", "wrong-shape"),
        ({"value": [[1, 2], [3, 4]]}, "1 2; 3 4", "correct", None),
        ({"value": [[1, 2], [3, 4]]}, "1 3; 2 4", "wrong", "transposed"),
    ],
)
def test_static_numbers_are_marked_like_computed_ones(
    answer: dict[str, Any], raw: str, verdict: str, slip: str | None
) -> None:
    grade = number(answer, raw)
    assert (grade.verdict, grade.slip) == (verdict, slip)


def test_where_a_list_begins_to_be_wrong_is_said() -> None:
    assert number({"value": [3, 5, 8]}, "3 5 9").message.en == "Not right: entry 3 is the first that differs."
    assert number({"value": [[1, 2], [3, 4]]}, "1 2; 3 9").message.zh == "不正确：第 2 行第 2 列是第一个不同之处。"


def test_the_shape_is_said_when_it_does_not_fit() -> None:
    assert (
        number({"value": [3, 5]}, "3 5 8").message.en == "The shape does not fit: 2 numbers expected, 3 numbers given."
    )
    assert number({"value": [[1, 2], [3, 4]]}, "1 2").message.en.endswith(" 2 × 2 expected, 1 × 2 given.")


def test_the_precision_is_in_the_prompt() -> None:
    question = asked("typed", prompt="p", answer={"value": 0.25, "decimals": 2})
    assert question.prompt.en == "p\n\nAnswer with 2 decimals (accepted within ±0.01)."
    assert question.prompt.zh == "p\n\n答案保留 2 位小数（误差 ±0.01 以内均可）。"
    assert isinstance(question.response, LineResponse)
    assert question.response.numeric


@pytest.mark.parametrize(
    ("value", "decimals", "kind"),
    [
        (3, None, Integer(count=True)),
        (3, 1, Real(1)),
        (0.5, None, Real(None)),
        ([1, 2], 2, Vector(2)),
        ([[1.5]], None, Matrix(None)),
    ],
)
def test_the_kind_follows_from_the_value(value: Any, decimals: int | None, kind: object) -> None:
    assert asked("typed", prompt="p", answer={"value": value, "decimals": decimals}).data.kind == kind


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"accept": ["a"], "answer": {"value": 1}},
        {"accept": []},
        {"accept": [""]},
        {"accept": ["  "]},
        {"accept": [True]},
        {"accept": {"en": ["a"]}},
        {"accept": "a"},
        {"answer": {"value": "1"}},
        {"answer": {"value": True}},
        {"answer": {"value": float("nan")}},
        {"answer": {"value": []}},
        {"answer": {"value": [[]]}},
        {"answer": {"value": [[1, 2], [3]]}},
        {"answer": {"value": [1, [2]]}},
        {"answer": {"value": 1, "decimals": -1}},
        {"answer": {"value": 1, "tolerance": 1}},
    ],
)
def test_answers_that_nobody_can_give_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        spec("typed", prompt="p", **fields)


def test_format_errors_of_numbers_come_through() -> None:
    with pytest.raises(AnswerFormatError) as error:
        number({"value": 3}, "3.5")
    assert error.value.slug == "not-whole"
