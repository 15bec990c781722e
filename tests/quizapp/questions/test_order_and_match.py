"""Order and match: every spelling of a permutation or pairing, and nothing that gives the solution away."""

from typing import Any

import pytest
from pydantic import ValidationError

from engine.errors import AnswerFormatError
from quizapp.questions.base import Grade, Question, Verdict
from quizapp.questions.registry import item_type
from tests.quizapp.questions.samples import asked, spec

PAIRS = [{"left": c, "right": c.upper()} for c in "xyz"]


def answer(question: Question, raw: str) -> Grade:
    kind = item_type(question.type)
    return kind.grade(question, kind.parse(question, raw))


def order_question(count: int = 3, seed: int = 0) -> Question:
    return asked("order", seed, prompt="p", entries=[f"entry {index}" for index in range(count)])


@pytest.mark.parametrize("count", [3, 7])
def test_entries_are_never_shown_in_their_right_order(count: int) -> None:
    for seed in range(200):
        question = order_question(count, seed)
        assert question.data.right != tuple(range(1, count + 1))
        assert [question.data.shown[i - 1].en for i in question.data.right] == [f"entry {i}" for i in range(count)]


def test_the_shown_entries_answer_in_the_answered_order() -> None:
    question = order_question()
    right = " ".join(map(str, question.data.right))
    assert answer(question, right).verdict is Verdict.CORRECT
    first, second, third = question.data.right
    swapped = answer(question, f"{second} {first} {third}")
    assert swapped.verdict is Verdict.WRONG
    assert swapped.message.en == "1 of 3 entries in the right place."
    assert [placed for placed, _ in swapped.parts] == [position == third for position in (1, 2, 3)]
    backwards = answer(question, f"{third}{second}{first}")
    assert backwards.slip == "order-reversed"


@pytest.mark.parametrize(
    ("raw", "slug"),
    [
        ("", "empty"),
        ("12", "not-every-entry-once"),
        ("1 1 2", "not-every-entry-once"),
        ("1231", "not-every-entry-once"),
        ("1 2 4", "no-such-option"),
        ("124", "no-such-option"),
        ("first second third", "no-such-option"),
    ],
)
def test_what_is_no_permutation_is_invalid(raw: str, slug: str) -> None:
    question = order_question()
    with pytest.raises(AnswerFormatError) as error:
        item_type("order").parse(question, raw)
    assert error.value.slug == slug


def test_reveal_lists_the_entries_in_order() -> None:
    assert item_type("order").reveal(order_question()).answer.zh == "1. entry 0\n2. entry 1\n3. entry 2"


def match_question(seed: int = 0, **more: Any) -> Question:
    return asked("match", seed, prompt="p", pairs=PAIRS, **more)


def test_partners_never_all_stand_side_by_side_and_belong_together() -> None:
    for seed in range(200):
        question = match_question(seed, extras=["E"])
        assert question.data.partners != (1, 2, 3)
        for left, partner in zip(question.data.left, question.data.partners, strict=True):
            assert question.data.right[partner - 1].en == left.en.upper()


@pytest.mark.parametrize(
    "raw",
    [
        "1b 2a 3c",
        "1B2A3C",
        "2a,3c,1b",
        "1-b 2-a 3-c",
        "1=b；2=a；3=c",
        "1→b 2→a 3→c",
        "1：b 2：a 3：c",
        "b a c",
        "bac",
        "b1 a2 c3",
        "１ｂ、２ａ、３ｃ",
    ],
)
def test_a_pairing_in_many_spellings(raw: str) -> None:
    question = match_question()
    assert item_type("match").parse(question, raw) == (2, 1, 3)
    assert answer(question, raw).read_as == "1b 2a 3c"


@pytest.mark.parametrize(
    ("raw", "slug"),
    [
        ("", "empty"),
        ("1b 2a", "unpaired"),
        ("ba", "unpaired"),
        ("1b 1a 2c 3a", "paired-twice"),
        ("1b 2a 4c", "no-such-pair"),
        ("1b 2a 3d", "no-such-pair"),
        ("bacd", "no-such-pair"),
        ("1 2 3", "not-pairs"),
        ("1b 2a 3", "not-pairs"),
        ("1? b", "not-pairs"),
    ],
)
def test_what_is_no_pairing_is_invalid(raw: str, slug: str) -> None:
    with pytest.raises(AnswerFormatError) as error:
        item_type("match").parse(match_question(), raw)
    assert error.value.slug == slug


def test_each_left_entry_has_its_part() -> None:
    question = match_question()
    first, second, third = (chr(ord("a") + partner - 1) for partner in question.data.partners)
    grade = answer(question, f"1{first} 2{third} 3{second}")
    assert (grade.verdict, grade.message.zh) == (Verdict.WRONG, "3 对中有 1 对正确。")
    assert [right for right, _ in grade.parts] == [True, False, False]


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"pairs": [*PAIRS, {"left": "x", "right": "?"}]}, "duplicate-text"),
        ({"pairs": [*PAIRS, {"left": "?", "right": "X"}]}, "duplicate-text"),
        ({"pairs": PAIRS, "extras": ["X"]}, "duplicate-text"),
        ({"pairs": PAIRS[:1]}, "too_short"),
    ],
)
def test_pairs_that_can_be_matched_in_two_ways_are_refused(fields: dict[str, Any], rule: str) -> None:
    with pytest.raises(ValidationError) as error:
        spec("match", prompt="p", **fields)
    assert [problem["type"] for problem in error.value.errors()] == [rule]


@pytest.mark.parametrize(("entries", "rule"), [(["a", "b"], "too_short"), (["a", "b", "a"], "duplicate-text")])
def test_entries_that_have_no_order_are_refused(entries: list[str], rule: str) -> None:
    with pytest.raises(ValidationError) as error:
        spec("order", prompt="p", entries=entries)
    assert [problem["type"] for problem in error.value.errors()] == [rule]
