from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from quizapp.exporting.base import ExportQuestion, Gaps, Matching, Options, Ordering, Quantity, Recall, Selection, Words
from quizapp.exporting.gift import GAP, escaped
from quizapp.exporting.html import html
from quizapp.exporting.moodle_numbers import entries
from quizapp.exporting.registry import exporter
from quizapp.exporting.selection import select
from quizapp.library import Library
from tests.quizapp.exporting.gift_reader import Question, Row, read
from tests.quizapp.exporting.moodle_reader import LEGAL
from tests.quizapp.exporting.skilled import make_skilled
from tests.quizapp.shelf import Hours, open_library


@pytest.fixture
def skilled(tmp_path: Path, hours: Hours) -> Iterator[Library]:
    with open_library(make_skilled(tmp_path / "skilled"), hours) as opened:
        yield opened


def exported(selection: Selection) -> str:
    out = BytesIO()
    exporter("gift").write(selection, out)
    return out.getvalue().decode()


def mark_number(rows: list[Row], typed: float) -> Row:
    for row in rows:
        value, _, tolerance = row.text.partition(":")
        if not value or abs(typed - float(value)) <= float(tolerance or 0) + 1e-12:
            return row
    raise AssertionError(f"{typed} is not marked at all")


def replay(asked: ExportQuestion, found: Question) -> None:
    body = asked.body
    right = [row.text for row in found.rows if row.fraction > 0]
    match body:
        case Recall():
            assert found.kind == "essay"
        case Options() if found.kind == "truefalse":
            assert {row.fraction for row in found.rows} == {0, 1}
        case Options():
            assert right == [html(option.text.en) for option in body.options if option.correct]
            assert [row.text for row in found.rows] == [html(option.text.en) for option in body.options]
            assert [row.feedback for row in found.rows] == [html(option.why.en) for option in body.options]
            assert sum(row.fraction for row in found.rows if row.fraction > 0) == pytest.approx(1, abs=1e-4)
        case Words():
            assert right == [words.replace("*", "\\*") for words in body.accepted]
        case Gaps():
            assert GAP in found.text
            assert right == list(dict.fromkeys((*body.gaps[0].en, *body.gaps[0].zh)))
        case Matching():
            assert found.kind == "matching"
            assert [row.text.partition(" -> ")[0] for row in found.rows] == [
                *(html(left.en) for left, _ in body.pairs),
                *[""] * len(body.extras),
            ]
        case Ordering():
            raise AssertionError("an order was written")
        case Quantity() if isinstance(body.value, str):
            assert right == [html(body.value)]
        case Quantity():
            (value,) = entries(body.value)
            assert mark_number(found.rows, value).fraction == 1
            assert mark_number(found.rows, value + 1_000_003).fraction == 0
            for wrong in body.wrong:
                (typed,) = entries(wrong.value)
                marked = mark_number(found.rows, typed)
                assert (marked.fraction, marked.feedback) == (0, html(wrong.words.en))


@pytest.mark.parametrize("name", ["nasty", "skilled"])
def test_right_and_wrong_answers_are_marked_as_here(name: str, request: pytest.FixtureRequest) -> None:
    selection = select(request.getfixturevalue(name), display="en")
    refused = dict(exporter("gift").refused(selection))
    kept = [question for item in selection.items if item.identity not in refused for question in item.questions]
    found = read(exported(selection))
    for asked, question in zip(kept, found, strict=True):
        replay(asked, question)
        if not isinstance(asked.body, Gaps):
            assert question.text.startswith(html(asked.prompt.en))
        assert {round(row.fraction * 100, 5) for row in question.rows} <= LEGAL


def test_what_gift_has_no_type_for_is_named(nasty: Library) -> None:
    selection = select(nasty)
    refused = dict(exporter("gift").refused(selection))
    assert set(refused) == {"nasty/braces", "nasty/typed-number", "nasty/entries", "nasty/compute"}
    text = exported(selection)
    assert all(f"// Left out: {item}: {reason}\n" in text for item, reason in refused.items())


def test_categories_and_the_same_bytes(skilled: Library) -> None:
    text = exported(select(skilled))
    assert {question.category for question in read(text)} == {"$course$/top/quizapp/Activations/Softmax"}
    assert text == exported(select(skilled))


def test_an_empty_line_never_ends_a_question() -> None:
    assert escaped("a\n\nb\r\n{c} = ~d: #e \\n") == "a\\n\\nb\\n\\{c\\} \\= \\~d\\: \\#e \\\\n"
