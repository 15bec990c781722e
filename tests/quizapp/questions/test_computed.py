"""Computed items: levels, choices from misconceptions, messages that keep the answer to themselves."""

import math
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from engine.answers.kinds import AnswerKind, Integer, Real, Vector
from engine.answers.parse import parse
from engine.errors import ParamsError, UnknownIdError
from engine.skill import Misconception
from quizapp.questions.base import Grade, Question, Verdict
from quizapp.questions.computed import ComputedSpec
from quizapp.questions.numbers import full_value, right_message
from quizapp.questions.registry import item_type
from quizapp.questions.responses import ChoiceResponse, LineResponse
from tests.quizapp.questions.samples import BOOK, ask, spec

KIND = item_type("computed")
LOGITS = {"logits": [1.0, 2.0, 4.0]}


def softmax(**fields: Any) -> ComputedSpec:
    given = spec("computed", skill="softmax", **fields)
    assert isinstance(given, ComputedSpec)
    return given


def fixed() -> Question:
    return ask(softmax(), params=LOGITS)


def answer(question: Question, raw: str) -> Grade:
    return KIND.grade(question, KIND.parse(question, raw))


@pytest.mark.parametrize(
    ("levels", "wanted", "given"), [((1, 2, 3), 2, 2), ((1, 3), 2, 1), ((2, 3), 1, 2), ((1,), 3, 1)]
)
def test_the_level_is_the_hardest_allowed_one_not_above_the_wanted(
    levels: tuple[int, ...], wanted: int, given: int
) -> None:
    question = ask(softmax(levels=levels), level=wanted)
    assert question.draw.level == given


def test_given_parameters_are_asked_and_kept() -> None:
    question = fixed()
    assert question.draw.params == LOGITS
    assert "1,\\,2,\\,4" in question.prompt.en
    assert question.data.variant.answer == pytest.approx((0.0420101, 0.1141952, 0.8437947))
    assert (question.skill, question.version) == ("softmax", 1)


def test_a_right_answer_shows_more_digits() -> None:
    grade = answer(fixed(), "0.0421，0.1142，0.8438")
    assert grade.verdict is Verdict.CORRECT
    assert grade.read_as == "[0.0421, 0.1142, 0.8438]"
    total = math.e + math.e**2 + math.e**4
    full = ", ".join(f"{math.e**logit / total:.10g}" for logit in (1, 2, 4))
    assert grade.message.en == f"Right. In full: [{full}]"


def test_every_misconception_is_answered_in_its_own_words() -> None:
    question = fixed()
    words = BOOK.skill_words("softmax")
    for wrong in question.data.variant.misconceptions:
        grade = answer(question, wrong.text)
        assert grade.misconception == "+".join(wrong.slugs)
        assert grade.slip is None
        assert all(words.misconceptions[slug].en.split(".")[0] in grade.message.en for slug in wrong.slugs)
        assert question.data.variant.text not in grade.message.en


def test_misconceptions_that_coincide_are_named_together() -> None:
    question = fixed()
    variant = question.data.variant
    merged = Misconception(("no-exponential", "base-two"), (0.2, 0.3, 0.5), "[0.2, 0.3, 0.5]")
    data = replace(question.data, variant=replace(variant, misconceptions=(merged,)))
    grade = answer(replace(question, data=data), "0.2 0.3 0.5")
    assert grade.misconception == "no-exponential+base-two"
    assert grade.message.en.startswith("More than one mistake leads here. Either: You divided the logits")
    assert " Or: You raised 2" in grade.message.en


@pytest.mark.parametrize(
    ("raw", "slip"),
    [("0.8438 0.1142 0.0420", "order-reversed"), ("0.04 0.11 0.84", "too-few-digits"), ("0.5 0.5", "wrong-shape")],
)
def test_generic_slips_are_named_without_the_answer(raw: str, slip: str) -> None:
    grade = answer(fixed(), raw)
    assert (grade.verdict, grade.slip, grade.misconception) == (Verdict.WRONG, slip, None)
    assert "0.8438" not in grade.message.en


def test_a_near_miss_and_a_plain_wrong_answer() -> None:
    assert answer(fixed(), "0.0423 0.1142 0.8438").message.en == "Close, but not within ±0.0001."
    assert answer(fixed(), "0.0420 0.3000 0.6580").message.en == "Not right: entry 2 is the first that differs."


def test_reveal_shows_the_answer_and_every_step_with_these_numbers() -> None:
    question = fixed()
    reveal = KIND.reveal(question)
    assert reveal.answer.en == "[0.0420, 0.1142, 0.8438]"
    assert len(reveal.steps) == len(question.data.skill.steps(question.data.variant.params))
    assert "[-3, -2, 0]" in reveal.steps[0].en
    assert "0.8438" in reveal.steps[-1].zh


def test_the_precision_is_in_the_prompt_and_in_the_response() -> None:
    question = fixed()
    assert isinstance(question.response, LineResponse)
    assert question.response.numeric
    assert question.response.asked.en in question.prompt.en
    assert "±0.0001" in question.prompt.zh


def test_as_a_choice_the_distractors_are_typical_wrong_answers() -> None:
    shown = set()
    for seed in range(20):
        question = ask(softmax(**{"as": "choice"}), seed)
        variant = question.data.variant
        assert isinstance(question.response, ChoiceResponse)
        texts = [text.en for text in question.response.options]
        assert texts.count(variant.text) == 1
        assert len(texts) == min(3, len(variant.misconceptions)) + 1
        assert set(texts) - {variant.text} <= {wrong.text for wrong in variant.misconceptions}
        shown.add(texts.index(variant.text))
        for position, text in enumerate(texts, start=1):
            grade = answer(question, str(position))
            assert grade.verdict is (Verdict.CORRECT if text == variant.text else Verdict.WRONG)
            wrong = next((wrong for wrong in variant.misconceptions if wrong.text == text), None)
            assert grade.misconception == ("+".join(wrong.slugs) if wrong else None)
            assert grade.message.zh
    assert len(shown) > 2


def test_own_hints_replace_those_of_the_skill() -> None:
    assert [hint.en for hint in ask(softmax(hints=["own"])).hints] == ["own"]
    assert len(ask(softmax()).hints) == len(BOOK.skill_words("softmax").hints)


@pytest.mark.parametrize(
    "fields", [{"levels": []}, {"levels": [2, 1]}, {"levels": [1, 1]}, {"levels": [4]}, {"as": "essay"}, {"skill": ""}]
)
def test_impossible_specs_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        spec("computed", **{"skill": "softmax", **fields})


def test_an_unknown_skill_and_impossible_parameters_are_reported() -> None:
    with pytest.raises(UnknownIdError):
        ask(spec("computed", skill="sofmax"))
    with pytest.raises(ParamsError):
        ask(softmax(), params={"logits": [1.0]})


@pytest.mark.parametrize(
    ("kind", "value", "full", "message"),
    [
        (Integer(), 34944, "34944", "Right."),
        (Real(4), 0.25, "0.25", "Right."),
        (Real(2), 1 / 3, "0.3333333333", "Right. In full: 0.3333333333"),
        (Real(None), 1 / 3, "0.3333333333", "Right."),
        (Vector(1), (0.5, 0.125), "[0.5, 0.125]", "Right. In full: [0.5, 0.125]"),
    ],
)
def test_full_precision_is_shown_where_there_is_more_of_it(
    kind: AnswerKind, value: Any, full: str, message: str
) -> None:
    assert full_value(kind, value) == full
    assert right_message(kind, value).en == message
    assert parse(kind, full).value == pytest.approx(value)
