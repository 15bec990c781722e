"""Every reason for which an answer is invalid, and every slip, has words in both languages."""

import re
from pathlib import Path
from string import Formatter

import pytest

import quizapp.questions
from engine.answers.kinds import AnswerKind, Choice, Integer, Matrix, Named, Real, Shape, Vector
from engine.answers.parse import FORMAT_ERRORS, parse
from engine.answers.slips import SLIPS
from engine.errors import AnswerFormatError
from quizapp.i18n.answers import FORMAT_WORDS, SLIP_WORDS, format_error_words, slip_words
from quizapp.i18n.asked import asked
from quizapp.i18n.marking import either
from quizapp.text import Text, same

RAISED = re.compile(r'AnswerFormatError\(\s*"([a-z-]+)"')


def own_slugs() -> set[str]:
    files = [file for folder in quizapp.questions.__path__ for file in Path(folder).glob("*.py")]
    return {slug for file in files for slug in RAISED.findall(file.read_text(encoding="utf-8"))}


def test_every_format_error_of_the_engine_and_of_the_item_types_has_words_and_no_others_do() -> None:
    assert set(FORMAT_WORDS) == {slug for slug, _ in FORMAT_ERRORS} | own_slugs()


def test_every_slip_has_words_and_no_others_do() -> None:
    assert set(SLIP_WORDS) == set(SLIPS)


@pytest.mark.parametrize("words", [*FORMAT_WORDS.values(), *SLIP_WORDS.values()], ids=lambda words: words.en)
def test_both_languages_show_the_same_details(words: Text) -> None:
    english, chinese = ({name for _, name, _, _ in Formatter().parse(text)} - {None} for text in (words.en, words.zh))
    assert english == chinese
    assert re.search("[一-鿿]", words.zh)
    assert not re.search("[一-鿿]", words.en)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Real(2), "1; 2"),
        (Real(2), "log(2)"),
        (Real(2), "foo"),
        (Real(2), "1 §"),
        (Real(2), "x" * 501),
        (Real(2), "(" * 60 + "1" + ")" * 60),
        (Named(("m", "v"), 2), "1 2 3"),
        (Named(("m", "v"), 2), "m=1 2"),
        (Named(("m", "v"), 2), "m=1 q=2"),
        (Named(("m", "v"), 2), "m=1 m=2"),
        (Named(("m", "v"), 2), "m= v=2"),
        (Named(("mean", "median"), 2), "me=1 mean=2"),
        (Choice(("0", "1")), "7"),
        (Matrix(2), "1 2; 3"),
    ],
)
def test_the_engines_details_fill_the_words(kind: AnswerKind, raw: str) -> None:
    with pytest.raises(AnswerFormatError) as error:
        parse(kind, raw)
    template = FORMAT_WORDS[error.value.slug]
    named = {name for _, name, _, _ in Formatter().parse(template.en) if name}
    assert named <= set(error.value.details)
    words = format_error_words(error.value)
    assert all(
        str(error.value.details[name]) in words.en for name in named if isinstance(error.value.details[name], str)
    )


def test_details_are_shown() -> None:
    error = AnswerFormatError("expected-n-values", "1 2", expected=3, got=2)
    assert format_error_words(error) == Text("3 numbers are asked, this is 2.", "这里要 3 个数，输入了 2 个。")
    assert "2 × 3 expected, 3 × 2" in slip_words("wrong-shape", {"expected_shape": (2, 3), "got_shape": (3, 2)}).en
    assert "4 decimals" in slip_words("too-few-digits", {"asked_decimals": 4}).en


@pytest.mark.parametrize(
    ("kind", "en", "zh"),
    [
        (Integer(), "Answer with a whole number.", "答案为整数。"),
        (
            Real(4),
            "Answer with 4 decimals (accepted within ±0.0001).",
            "答案保留 4 位小数（误差 ±0.0001 以内均可）。",
        ),
        (Real(1), "Answer with 1 decimal (accepted within ±0.1).", "答案保留 1 位小数（误差 ±0.1 以内均可）。"),
        (Real(0), "Answer with no decimals (accepted within ±1).", "答案取整数（误差 ±1 以内均可）。"),
        (Shape(), "Answer with the shape as `(a, b, …)`.", "答案按 `(a, b, …)` 的形式写出形状。"),
        (Choice(("0", "1")), "Answer with one of `0`, `1`.", "从`0`、`1`中选一个作答。"),
        (
            Vector(2),
            "Answer as `[a, b, …]` with 2 decimals (accepted within ±0.01).",
            "答案按 `[a, b, …]` 的形式写出，保留 2 位小数（误差 ±0.01 以内均可）。",
        ),
        (
            Named(("m", "v"), 2),
            "Answer with `m`, `v` in this order, 2 decimals (accepted within ±0.01).",
            "依次写出`m`、`v`，保留 2 位小数（误差 ±0.01 以内均可）。",
        ),
    ],
)
def test_the_asked_form_and_precision(kind: AnswerKind, en: str, zh: str) -> None:
    assert asked(kind) == Text(en, zh)


def test_exact_answers_say_so() -> None:
    for kind in (Real(None), Vector(None), Matrix(None), Named(("m", "v"), None)):
        assert "exact" in asked(kind).en
        assert "精确" in asked(kind).zh


def test_mistakes_that_coincide_are_named_together() -> None:
    assert either([same("A.")]) == same("A.")
    assert either([same("A."), same("B.")]).en == "More than one mistake leads here. Either: A. Or: B."
    assert either([same("甲。"), same("乙。")]).zh == "不止一种错误会得到这个结果。（1）甲。（2）乙。"
