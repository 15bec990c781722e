"""Every item type, over the registry: its own examples must come out of parse and grade as they claim."""

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import AnswerFormatError
from engine.registry import skill_ids
from quizapp.i18n.answers import FORMAT_WORDS, SLIP_WORDS, format_error_words
from quizapp.questions.base import Question, Verdict
from quizapp.questions.registry import item_type, item_types, parse_spec
from quizapp.questions.responses import (
    ChoiceResponse,
    CodeResponse,
    LineResponse,
    MatchResponse,
    MultiChoiceResponse,
    OrderResponse,
    RevealResponse,
)
from tests.quizapp.questions.samples import BOOK, ITEM, STATIC, ask, data

COMPUTED = [data("computed", skill=name) for name in skill_ids()] + [
    data("computed", skill="softmax", **{"as": "choice"}, levels=[2], hints=["own hint"]),
]
SPECS = STATIC + COMPUTED
NAMES = [f"{index}-{entry['type']}-{entry.get('skill', '')}".strip("-") for index, entry in enumerate(SPECS)]
RESPONSES: dict[str, tuple[type, ...]] = {
    "flashcard": (RevealResponse,),
    "choice": (ChoiceResponse,),
    "multi": (MultiChoiceResponse,),
    "cloze": (LineResponse,),
    "typed": (LineResponse,),
    "order": (OrderResponse,),
    "match": (MatchResponse,),
    "computed": (LineResponse, ChoiceResponse),
    "code": (CodeResponse,),
}

every_spec = pytest.mark.parametrize("entry", SPECS, ids=NAMES)
seeds = pytest.mark.parametrize("seed", [0, 1, 7])


def realised(entry: dict[str, Any], seed: int) -> Question:
    return ask(parse_spec(entry), seed, level=seed % 3 + 1)


def test_every_type_has_samples() -> None:
    assert {entry["type"] for entry in SPECS} == set(item_types()) == set(RESPONSES)


@every_spec
@seeds
def test_examples_come_out_as_they_claim(entry: dict[str, Any], seed: int) -> None:
    question = realised(entry, seed)
    kind = item_type(question.type)
    examples = kind.examples(question)
    right = Verdict.SELF if isinstance(question.response, RevealResponse) else Verdict.CORRECT
    assert examples.correct
    assert examples.invalid
    assert examples.incorrect or right is Verdict.SELF
    for raw in examples.correct:
        assert kind.grade(question, kind.parse(question, raw)).verdict is right, raw
    for raw in examples.incorrect:
        grade = kind.grade(question, kind.parse(question, raw))
        assert grade.verdict is Verdict.WRONG, raw
        assert grade.message.en, raw
        assert grade.message.zh, raw
    for raw in examples.invalid:
        with pytest.raises(AnswerFormatError) as error:
            kind.parse(question, raw)
        words = format_error_words(error.value)
        assert words.en
        assert words.zh
        start, end = error.value.span
        assert 0 <= start <= end <= len(raw)


@every_spec
@seeds
def test_a_draw_always_makes_the_same_question(entry: dict[str, Any], seed: int) -> None:
    one, again = realised(entry, seed), realised(entry, seed)
    assert (one.prompt, one.response, one.draw, one.hints) == (again.prompt, again.response, again.draw, again.hints)
    kind = item_type(one.type)
    assert kind.reveal(one) == kind.reveal(again)
    assert kind.examples(one) == kind.examples(again)
    assert one.item == ITEM
    assert isinstance(one.response, RESPONSES[one.type])


@every_spec
def test_logged_parameters_bring_the_very_question_back(entry: dict[str, Any]) -> None:
    given = parse_spec(entry)
    first = ask(given, 5, level=2)
    stored = json.loads(json.dumps(first.draw.params))
    back = ask(given, 5, level=first.draw.level, params=stored)
    assert (back.prompt, back.response, back.draw) == (first.prompt, first.response, first.draw)
    assert item_type(back.type).reveal(back) == item_type(first.type).reveal(first)


@every_spec
def test_specs_survive_json(entry: dict[str, Any]) -> None:
    given = parse_spec(entry)
    assert type(given).model_validate_json(given.model_dump_json()) == given
    assert parse_spec(given.model_dump(mode="json")) == given


@every_spec
@seeds
def test_everything_shown_is_in_both_languages(entry: dict[str, Any], seed: int) -> None:
    question = realised(entry, seed)
    reveal = item_type(question.type).reveal(question)
    shown = [question.prompt, reveal.answer, *question.hints, *reveal.steps]
    assert all(words.en and words.zh for words in shown)
    assert not any("<<" in text for words in shown for text in (words.en, words.zh))


@every_spec
@seeds
def test_parts_are_as_many_as_are_shown(entry: dict[str, Any], seed: int) -> None:
    question = realised(entry, seed)
    kind = item_type(question.type)
    for raw in (*kind.examples(question).correct, *kind.examples(question).incorrect):
        grade = kind.grade(question, kind.parse(question, raw))
        if grade.verdict is Verdict.CORRECT:
            assert all(right for right, _ in grade.parts)
        match question.response:
            case ChoiceResponse(options=shown) | MultiChoiceResponse(options=shown) | OrderResponse(entries=shown):
                assert len(grade.parts) == len(shown)
            case MatchResponse(left=shown):
                assert len(grade.parts) == len(shown)
            case LineResponse(fields=fields):
                assert len(grade.parts) in (0, fields)
            case _:
                assert grade.parts == ()
        assert grade.slip is None or grade.slip in SLIP_WORDS


QUESTIONS = [realised(entry, 1) for entry in [*STATIC, COMPUTED[-1], data("computed", skill="softmax")]]


@given(st.sampled_from(QUESTIONS), st.text() | st.text("1234567890abcdefg ,;-=[](){}->、；，１ａ\n\t"))
def test_no_text_raises_anything_but_a_format_error(question: Question, raw: str) -> None:
    kind = item_type(question.type)
    try:
        response = kind.parse(question, raw)
    except AnswerFormatError as error:
        assert error.slug in FORMAT_WORDS  # noqa: PT017 - any other exception fails the test by itself
        start, end = error.span
        assert 0 <= start <= end <= len(raw)
    else:
        assert kind.grade(question, response).verdict in Verdict


def test_a_question_is_the_same_in_another_process() -> None:
    script = (
        "from quizapp.questions.shuffling import deranged, shuffled;"
        "print(shuffled(6, 'deck/item', 3), deranged(5, 'deck/item', 2**62))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in (1, 2)
    }
    assert len(outputs) == 1


def test_looking_types_up_does_not_import_numpy() -> None:
    script = (
        "import sys; from quizapp.questions.registry import item_type, spec_adapter;"
        "item_type('flashcard'); assert 'quizapp.questions.computed' not in sys.modules;"
        "item_type('computed'); spec_adapter(); assert 'numpy' not in sys.modules"
    )
    environment = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_book_is_a_word_book() -> None:
    assert BOOK.skill_words("softmax").skill == "softmax"
