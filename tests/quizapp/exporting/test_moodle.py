import base64
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from quizapp.exporting.base import (
    ExportQuestion,
    Gaps,
    Matching,
    Options,
    Ordering,
    Quantity,
    Recall,
    Selection,
    Words,
)
from quizapp.exporting.html import html
from quizapp.exporting.moodle_numbers import entries
from quizapp.exporting.moodle_xml import percent
from quizapp.exporting.registry import exporter
from quizapp.exporting.selection import select
from quizapp.library import Library
from quizapp.text import Display
from tests.quizapp.exporting.moodle_reader import (
    LEGAL,
    Question,
    datasets,
    fields,
    mark_number,
    mark_words,
    read,
    substituted,
    words,
)
from tests.quizapp.exporting.skilled import make_skilled
from tests.quizapp.shelf import Hours, open_library


@pytest.fixture
def skilled(tmp_path: Path, hours: Hours) -> Iterator[Library]:
    with open_library(make_skilled(tmp_path / "skilled"), hours) as opened:
        yield opened


def exported(selection: Selection) -> bytes:
    out = BytesIO()
    exporter("moodle").write(selection, out)
    return out.getvalue()


def pairs(selection: Selection) -> list[tuple[ExportQuestion, Question]]:
    """Return every question with its element, and no calculated ones."""
    asked = [question for item in selection.items for question in item.questions]
    found = [question for question in read(exported(selection)) if question.kind != "calculated"]
    return list(zip(asked, found, strict=True))


def replay(asked: ExportQuestion, found: Question) -> str:
    """Give right and wrong answers; return what kind of question it was."""
    body = asked.body
    match body:
        case Recall():
            assert found.kind == "essay"
            assert {html(body.back.en), html(body.back.zh)} & set(
                languages(words(found.element.find("graderinfo/text")))
            )
        case Options():
            replay_options(body, found)
        case Words():
            assert all(mark_words(found.answers, given) == 1 for given in body.accepted)
            assert mark_words(found.answers, "nothing of it") == 0
        case Gaps():
            embedded = fields(found.text)
            assert [kind for kind, _ in embedded] == ["SHORTANSWER"] * len(body.gaps)
            for gap, (_, answers) in zip(body.gaps, embedded, strict=True):
                assert all(mark_words(answers, given) == 1 for given in (*gap.en, *gap.zh))
                assert mark_words(answers, "nothing of it") == 0
        case Ordering():
            assert [words(one.find("text")) for one in found.element.iterfind("answer")] != []
            places = [float(one.get("fraction", "0")) for one in found.element.iterfind("answer")]
            assert places == list(range(1, len(body.entries) + 1))
        case Matching():
            rows = [
                (words(one.find("text")), words(one.find("answer/text"))) for one in found.element.iter("subquestion")
            ]
            assert len(rows) == len(body.pairs) + len(body.extras)
            assert all(right for _, right in rows)
            assert len({right for _, right in rows}) == len(rows)
            assert [left == "" for left, _ in rows] == [False] * len(body.pairs) + [True] * len(body.extras)
        case Quantity():
            replay_quantity(body, found)
    return found.kind


def languages(text: str) -> list[str]:
    """Return what a text says in each language that it has."""
    return re.findall(r'<div lang="[\w-]+">(.*?)</div>', text, re.DOTALL) or [text]


def replay_options(body: Options, found: Question) -> None:
    right = {place for place, option in enumerate(body.options) if option.correct}
    if found.kind == "truefalse":
        given = {one.text: one.fraction for one in found.answers}
        assert sorted(given.values()) == [0, 1]
        return
    total = sum(found.answers[place].fraction for place in right)
    assert total == pytest.approx(1, abs=1e-4)
    everything = sum(one.fraction for one in found.answers)
    assert all(found.answers[place].fraction <= 0 for place in range(len(body.options)) if place not in right)
    assert words(found.element.find("single")) == ("true" if body.single else "false")
    if not body.single:
        assert everything <= 1e-4


def replay_quantity(body: Quantity, found: Question) -> None:
    right = entries(body.value)
    if isinstance(body.value, str):
        assert found.kind == "multichoice"
        assert {one.text for one in found.answers if one.fraction == 1} == {html(body.value)}
        return
    rows = [found.answers] if found.kind == "numerical" else [answers for _, answers in fields(found.text)]
    assert len(rows) == len(right)
    for place, (value, answers) in enumerate(zip(right, rows, strict=True)):
        assert mark_number(answers, value).fraction == 1
        assert mark_number(answers, value + 0.9 * body.tolerance).fraction == 1
        away = mark_number(answers, value + 1_000_003)
        assert (away.fraction, away.text) == (0, "*")
        assert away.feedback
        assert answers[-1].text == "*"
        for wrong in body.wrong:
            values = entries(wrong.value)
            if len(values) == len(right) and abs(values[place] - value) > body.tolerance:
                marked = mark_number(answers, values[place])
                assert marked.fraction == 0
                both = f'<div lang="en">{html(wrong.words.en)}</div><div lang="zh-Hans">{html(wrong.words.zh)}</div>'
                assert len(right) > 1 or marked.feedback in (html(wrong.words.en), html(wrong.words.zh), both)


@pytest.mark.parametrize("display", ["en", "zh", "both"])
def test_right_and_wrong_answers_are_marked_as_here(nasty: Library, display: Display) -> None:
    selection = select(nasty, display=display)
    kinds = {replay(asked, found) for asked, found in pairs(selection)}
    assert kinds == {"essay", "multichoice", "cloze", "shortanswer", "ordering", "matching"}


def test_every_answer_kind_is_marked_as_here(skilled: Library) -> None:
    kinds = [replay(asked, found) for asked, found in pairs(select(skilled))]
    assert {kinds.count(kind) for kind in ("truefalse", "shortanswer")} == {1}
    assert kinds.count("numerical") == 10  # 3 variants of each of 3 skills, and one static number
    assert kinds.count("cloze") == 13  # vector, matrix, shape, named, and one gap


def test_the_typical_mistakes_are_rows_of_their_own(skilled: Library) -> None:
    found = [
        question for question in read(exported(select(skilled))) if question.name.startswith("softmax/ask-entropy#")
    ]
    numerical = [question for question in found if question.kind == "numerical"]
    assert all(len(question.answers) > 2 for question in numerical)
    assert all(one.feedback for question in numerical for one in question.answers if one.fraction == 0)


def test_fractions_are_those_that_moodle_knows(nasty: Library, skilled: Library) -> None:
    for library in (nasty, skilled):
        for question in read(exported(select(library))):
            if question.kind != "ordering":
                assert {round(one.fraction * 100, 5) for one in question.answers} <= LEGAL


@pytest.mark.parametrize("count", range(1, 7))
def test_the_share_of_each_right_option_is_legal(count: int) -> None:
    assert float(percent(1 / count)) in LEGAL
    assert float(percent(-1 / count)) in LEGAL
    assert float(percent(1 / count)) * count == pytest.approx(100, abs=1e-4)


def test_one_calculated_question_stands_for_all_variants(skilled: Library) -> None:
    selection = select(skilled, variants=6)
    calculated = {question.name: question for question in read(exported(selection)) if question.kind == "calculated"}
    assert set(calculated) == {"softmax/ask-entropy#calculated", "softmax/ask-receptive-field#calculated"}
    for name, question in calculated.items():
        (item,) = [one for one in selection.items if name.startswith(one.identity + "#")]
        prompts = {expected(variant): variant for variant in item.questions}
        rows = datasets(question)
        assert len(rows) >= 2
        for values in rows:
            shown = substituted(question.text, values).replace("&#123;", "{")
            body = prompts[shown].body
            assert isinstance(body, Quantity)
            (right,) = entries(body.value)
            assert mark_number(question.answers, right, values).fraction == 1
            assert mark_number(question.answers, right + 1_000_003, values).text == "*"
            assert "{" not in substituted(question.general, values)
            for wrong in question.answers[1:-1]:
                value = float(substituted(wrong.text, values))
                assert any(entries(one.value)[0] == pytest.approx(value) for one in body.wrong)
                assert mark_number(question.answers, value, values).fraction == 0


def expected(question: ExportQuestion) -> str:
    return "".join(
        f'<div lang="{code}">{html(text)}</div>'
        for code, text in (("en", question.prompt.en), ("zh-Hans", question.prompt.zh))
    )


def test_figures_come_along(skilled: Library) -> None:
    found = [question for question in read(exported(select(skilled))) if question.name.startswith("softmax/ask-iou#")]
    assert len(found) == 3
    for question in found:
        (file,) = question.element.iter("file")
        assert f"@@PLUGINFILE@@/{file.get('name')}" in question.text
        assert base64.b64decode(file.text or "").startswith(b"<svg")


def test_categories_follow_the_decks_and_ids_are_unique(nasty: Library) -> None:
    found = read(exported(select(nasty)))
    assert {question.category for question in found} == {'$course$/top/quizapp/Activations/Nasty :: "deck"'}
    numbers = [question.element.findtext("idnumber") for question in found]
    assert len(set(numbers)) == len(numbers)


def test_nasty_text_arrives_unchanged(nasty: Library) -> None:
    selection = select(nasty, display="en")
    found = {question.name: question for question in read(exported(selection))}
    first = selection.items[0]
    assert found["nasty/formula-start"].text == html(first.questions[0].prompt.en)
    assert "]]&gt;" in found["nasty/formula-start"].text
    orders = [question for question in found.values() if question.kind == "ordering"]
    entries_found = [one.text for one in orders[0].answers]

    assert entries_found == [html(text) for text in ("=1", "<2>", "three\nlines", "-4")]


def test_nothing_but_the_gaps_is_embedded(skilled: Library) -> None:
    (found,) = [question for question in read(exported(select(skilled))) if question.name == "softmax/one-gap"]
    assert len(fields(found.text)) == 1
    assert "&#123;1:x}" in found.text


def test_the_same_call_writes_the_same_bytes(nasty: Library) -> None:
    assert exported(select(nasty)) == exported(select(nasty))
