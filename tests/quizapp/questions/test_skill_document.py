"""The engine seen from outside, as the command line's contract fixes it."""

import json
from typing import Any

import pytest

from engine.registry import skill_ids
from quizapp.errors import UnknownName, UsageProblem
from quizapp.questions.skill_document import check_answer, skill_document, skill_list_entry
from tests.quizapp.questions.samples import BOOK


def show(name: str, seed: int | None = 0, level: int = 1, params: Any = None) -> dict[str, Any]:
    document = skill_document(name, seed, level, params, BOOK.skill_words(name))
    back: dict[str, Any] = json.loads(json.dumps(document, allow_nan=False))
    return back


def check(name: str, answer: str, **fixed: Any) -> dict[str, Any]:
    seed, level, params = fixed.get("seed", 0), fixed.get("level", 1), fixed.get("params")
    return check_answer(name, answer, seed, level, params, BOOK.skill_words(name))


@pytest.mark.parametrize("name", skill_ids())
def test_the_list_entry_has_the_fixed_shape(name: str) -> None:
    entry = skill_list_entry(name, BOOK.skill_words(name))
    assert set(entry) == {"id", "area", "tier", "version", "title", "levels", "answer", "misconceptions"}
    assert entry["id"] == name
    assert entry["levels"] == [1, 2, 3]
    assert set(entry["answer"]) == {"kind", "decimals"}
    assert json.loads(json.dumps(entry)) == entry


@pytest.mark.parametrize("name", skill_ids())
@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_document_has_the_fixed_shape_and_its_own_params_bring_it_back(name: str, level: int) -> None:
    document = show(name, 3, level)
    assert list(document) == [
        "skill",
        "version",
        "level",
        "seed",
        "params",
        "prompt",
        "answer",
        "steps",
        "misconceptions",
    ]
    assert set(document["prompt"]) == {"en", "zh"}
    assert set(document["answer"]) == {"kind", "value", "text", "decimals", "tolerance"}
    assert all(set(step) == {"slug", "values", "en", "zh"} for step in document["steps"])
    assert all(set(wrong) == {"slug", "value", "text", "en", "zh"} for wrong in document["misconceptions"])
    assert document == show(name, 3, level, document["params"])
    assert {**document, "seed": None} == show(name, None, level, json.dumps(document["params"]))


@pytest.mark.parametrize("name", skill_ids())
def test_answers_are_checked_as_the_document_says(name: str) -> None:
    document = show(name, 5, 2)
    right = check(name, document["answer"]["text"], seed=5, level=2)
    assert set(right) == {"verdict", "read_as", "misconception", "slip", "message"}
    assert (right["verdict"], right["misconception"], right["slip"]) == ("correct", None, None)
    for wrong in document["misconceptions"]:
        found = check(name, wrong["text"], seed=5, level=2)
        assert (found["verdict"], found["misconception"]) == ("wrong", wrong["slug"])
        assert found["message"] == {"en": wrong["en"], "zh": wrong["zh"]}


def test_values_have_full_precision_and_text_the_asked_one() -> None:
    answer = show("softmax", params={"logits": [1, 2, 4]})["answer"]
    assert answer["text"] == "[0.0420, 0.1142, 0.8438]"
    assert sum(answer["value"]) == pytest.approx(1, abs=1e-15)
    assert (answer["kind"], answer["decimals"], answer["tolerance"]) == ("vector", 4, pytest.approx(1e-4))


def test_what_can_not_be_read_is_invalid_with_words() -> None:
    found = check("softmax", "dunno")
    assert (found["verdict"], found["read_as"], found["misconception"], found["slip"]) == ("invalid", None, None, None)
    assert "dunno" in found["message"]["en"]
    assert "dunno" in found["message"]["zh"]


def test_a_slip_is_reported() -> None:
    assert check("softmax", "1 2", params={"logits": [1, 2, 4]})["slip"] == "wrong-shape"


def test_an_unknown_skill_comes_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as error:
        show_unknown()
    assert "softmax" in error.value.hint


def show_unknown() -> None:
    skill_document("sofmax", 0, 1, None, BOOK.skill_words("softmax"))


@pytest.mark.parametrize(
    ("seed", "level", "params", "says"),
    [
        (0, 4, None, "level must be one of 1, 2, 3"),
        (-1, 1, None, "seed"),
        (2**63, 1, None, "seed"),
        (0, 1, {"logits": [1]}, "logits"),
        (0, 1, {"logit": [1, 2]}, "logit"),
        (0, 1, "[1, 2", "softmax"),
        (0, 1, '{"logits": [NaN, 1]}', "logits"),
    ],
)
def test_calls_that_make_no_sense_are_refused_in_words(seed: int, level: int, params: Any, says: str) -> None:
    with pytest.raises(UsageProblem, match=says):
        show("softmax", seed, level, params)
