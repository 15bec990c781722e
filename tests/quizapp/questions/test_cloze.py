import pytest
from pydantic import ValidationError

from engine.errors import AnswerFormatError
from quizapp.questions.base import Grade, Verdict
from quizapp.questions.cloze import gaps
from quizapp.questions.registry import item_type
from tests.quizapp.questions.samples import asked, spec

KIND = item_type("cloze")
TWO = {"en": "The [[encoder]] feeds the [[decoder|generator]].", "zh": "[[编码器]]的输出送入[[解码器]]。"}
LONG = {"en": "[[normalisation]] and [[standardisation]]", "zh": "[[归一化]]与[[标准化]]"}


def fill_in(text: dict[str, str], raw: str) -> Grade:
    question = asked("cloze", text=text)
    return KIND.grade(question, KIND.parse(question, raw))


def test_gaps_are_numbered_only_if_there_are_several() -> None:
    assert asked("cloze", text=TWO).prompt.en == "The __1__ feeds the __2__."
    assert asked("cloze", text=TWO).prompt.zh == "__1__的输出送入__2__。"
    assert asked("cloze", text="One [[gap]]").prompt.en == "One ____"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$[[1, 2], [3, 4]]$ [[a]]", (("a",),)),
        ("$$x_{[[1]]}$$ and `m[[0]]` [[ a | b ]]", (("a", "b"),)),
        ("costs \\$5, [[a]], \\$6", (("a",),)),
        ("costs $5, [[a]], $6", (("a",),)),
        ("[[a]][[b]]", (("a",), ("b",))),
        ("none", ()),
    ],
)
def test_formulas_and_code_have_no_gaps(text: str, found: tuple[tuple[str, ...], ...]) -> None:
    assert gaps(text) == found


@pytest.mark.parametrize(
    "raw", ["encoder; decoder", "Encoder；Decoder", "编码器；解码器", "encoder;解码器", " the encoder ; a generator "]
)
def test_either_language_fills_a_gap(raw: str) -> None:
    grade = fill_in(TWO, raw)
    assert grade.verdict is Verdict.CORRECT
    assert [right for right, _ in grade.parts] == [True, True]


def test_each_gap_has_its_part() -> None:
    grade = fill_in(TWO, "encoder; ?")
    assert grade.verdict is Verdict.WRONG
    assert [right for right, _ in grade.parts] == [True, False]
    assert grade.message.en == "1 of 2 gaps right."
    assert "decoder" not in grade.message.en


def test_words_in_each_others_gaps_are_recognised() -> None:
    assert fill_in(TWO, "decoder; encoder").slip == "order-swapped"
    assert fill_in(TWO, "decoder; decoder").slip is None


def test_a_misspelt_word_is_right_and_shown_as_written() -> None:
    grade = fill_in(LONG, "normalisatoin; standardisation")
    assert grade.verdict is Verdict.CORRECT
    assert grade.message.en == "Right. Spelling: normalisation"
    assert [bool(words) for _, words in grade.parts] == [True, False]


@pytest.mark.parametrize(
    ("raw", "slug"),
    [
        ("", "empty"),
        (" ； ", "empty"),
        ("encoder", "expected-n-fields"),
        ("a;b;c", "expected-n-fields"),
        ("encoder;", "empty-field"),
        ("x" * 501, "too-long"),
    ],
)
def test_unfilled_gaps_are_invalid(raw: str, slug: str) -> None:
    with pytest.raises(AnswerFormatError) as error:
        fill_in(TWO, raw)
    assert error.value.slug == slug


def test_reveal_shows_the_whole_sentence() -> None:
    assert KIND.reveal(asked("cloze", text=TWO)).answer.en == "The **encoder** feeds the **decoder**."
    assert KIND.reveal(asked("cloze", text="**[[a]]** [[A*]]")).answer.en == "**a** A*"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("no gap", "gap-count"),
        ("$[[x]]$", "gap-count"),
        (" ".join(f"[[{index}]]" for index in range(7)), "gap-count"),
        ({"en": "[[a]] [[b]]", "zh": "[[甲]]"}, "gap-counts"),
        ("[[a|]]", "empty-gap"),
        ("[[]]", "empty-gap"),
        ("[[a; b]]", "gap-separator"),
        ("[[a；b]]", "gap-separator"),
        ("[[$x$]]", "gap-formula"),
    ],
)
def test_gaps_that_can_not_be_filled_are_refused(text: object, rule: str) -> None:
    with pytest.raises(ValidationError) as error:
        spec("cloze", text=text)
    assert [problem["type"] for problem in error.value.errors()] == [rule]
