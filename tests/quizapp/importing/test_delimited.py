from io import BytesIO
from pathlib import Path

import pytest

from quizapp.errors import UsageProblem
from quizapp.exporting.registry import exporter
from quizapp.exporting.selection import select
from quizapp.importing.delimited import Delimited
from quizapp.library import Library
from tests.quizapp.importing.conftest import Taker


def read(tmp_path: Path, text: str | bytes, name: str = "x.csv") -> list[dict[str, object]]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [dict(item.data) for item in Delimited().read(path).items]


def card(front: str, back: str, **more: object) -> dict[str, object]:
    return {"type": "flashcard", "front": front, "back": back, **more}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\nc,d\n", [card("a", "b"), card("c", "d")]),
        ('a;"b;\nsecond"\n', [card("a", "b;\nsecond")]),
        ("a\tb,c\n", [card("a", "b,c")]),
        ("a|b\n", [card("a", "b")]),
        ("\ufeffa,b\n", [card("a", "b")]),
        ("#separator:Semicolon\n#comment\na;b\n", [card("a", "b")]),
        ("#separator:|\n#html:true\n<b>x</b>|\\(y\\)\n", [card("**x**", "$y$")]),
        ("#html:true\n&#61;1+1,&lt;b&gt;\n", [card("=1+1", "<b>")]),
        ("\\(x\\)1,2\\(y\\) 3\n", [card("$x$ 1", "2$y$ 3")]),
        ('a,"b ""q"""\nc,d"e\n', [card("a", 'b "q"'), card("c", 'd"e')]),
        ("$x^2$,*y* \\(z\\)\n", [card("$x^2$", "*y* $z$")]),
        ('"#1",b\n# comment, none\n', [card("#1", "b")]),
        ("a,b,c\n", [card("a", "b\n\nc")]),
        ("#tags:one ml::Two\n#tags column:3\na,b,three\n", [card("a", "b", tags=["one", "ml-two", "three"])]),
        (
            "#notetype:Cloze\nThe {{c1::sum}} and {{c2::max::hint}}\n",
            [
                {"type": "cloze", "text": "The [[sum]] and max"},
                {"type": "cloze", "text": "The sum and [[max]]"},
            ],
        ),
        ("\ufeffa\tb".encode("utf-16-le"), [card("a", "b")]),
    ],
)
def test_rows_become_items(tmp_path: Path, text: str | bytes, expected: list[dict[str, object]]) -> None:
    assert read(tmp_path, text) == expected


def test_a_row_with_one_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\nalone\n,only back\n", encoding="utf-8")
    assert [name for name, _ in Delimited().read(path).skipped] == ["row 2", "row 3"]


def test_columns_say_where_a_row_belongs(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("#guid column:1\n#deck column:2\nid1\tML::A\tfront\tback\n", encoding="utf-8")
    (item,) = Delimited().read(path).items
    assert (item.source, item.deck.name, item.deck.title.en) == ("anki:id1", "ML::A", "ML › A")


def test_a_strange_separator_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="separator"):
        read(tmp_path, "#separator:nothing\na,b\n")


def test_changed_words_update_the_item_of_the_same_guid(tmp_path: Path, take: Taker) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("#guid column:1\nid1\tfront\tback\n", encoding="utf-8")
    added = take(Delimited().read(path)).added
    path.write_text("#guid column:1\nid1\tnew front\tback\n", encoding="utf-8")
    assert take(Delimited().read(path)).updated == added == ["x/front"]


def test_our_own_table_comes_back(nasty: Library, take: Taker, tmp_path: Path) -> None:
    out = BytesIO()
    selection = select(nasty, display="en")
    exporter("csv").write(selection, out)
    path = tmp_path / "ours.csv"
    path.write_bytes(out.getvalue())
    incoming = Delimited().read(path)
    refused = exporter("csv").refused(selection)
    assert incoming.skipped == ()
    assert len(incoming.items) == sum(len(item.questions) for item in selection.items) - len(refused)
    assert incoming.items[0].data["front"].startswith("=1+1 \"double\" 'single' & <b>tag</b> ]]>")
    outcome = take(incoming)
    assert (len(outcome.added), outcome.skipped) == (len(incoming.items), [])
