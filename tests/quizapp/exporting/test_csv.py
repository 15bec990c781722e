"""CSV, read by Python's reader, by a spreadsheet's rule for formulas, and by the real Anki."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.exporting.csv import COLUMNS, HEADER, STARTS_FORMULA, Csv, PlainCsv, safe_html, safe_plain
from quizapp.exporting.selection import select
from quizapp.library import Library
from quizapp.text import Display
from tests.quizapp.exporting.anki_profile import Profile, words
from tests.quizapp.exporting.nasty import learn
from tests.quizapp.shelf import Hours


def written(
    library: Library, exporter: Csv | PlainCsv, display: Display = "both", *, with_schedule: bool = False
) -> str:
    out = BytesIO()
    exporter.write(select(library, display=display, variants=2, with_schedule=with_schedule), out)
    return out.getvalue().decode("utf-8-sig")


def cards(library: Library, display: Display = "both") -> dict[str, list[str]]:
    lines = written(library, Csv(), display).splitlines(keepends=True)
    assert [line.rstrip("\n") for line in lines[: len(HEADER)]] == list(HEADER)
    return {row[0]: row for row in csv.reader(StringIO("".join(lines[len(HEADER) :]), newline=""))}


def rows(library: Library, *, with_schedule: bool = False) -> dict[str, dict[str, str]]:
    text = StringIO(written(library, PlainCsv(), with_schedule=with_schedule), newline="")
    return {row["id"]: row for row in csv.DictReader(text)}


def test_the_header_names_the_columns_that_follow(nasty: Library) -> None:
    names = HEADER[-1].removeprefix("#columns:").split(",")
    assert (names.index("guid"), names.index("deck"), names.index("tags")) == (0, 1, 4)
    assert all(len(row) == len(names) for row in cards(nasty).values())


def test_no_cell_of_any_form_can_become_a_formula(nasty: Library) -> None:
    for row in cards(nasty).values():
        assert not any(cell[:1] and cell[0] in STARTS_FORMULA for cell in row)
    for plain in rows(nasty).values():
        assert not any(cell[:1] and cell[0] in STARTS_FORMULA for cell in plain.values())


def test_a_leading_sign_still_shows(nasty: Library) -> None:
    front = cards(nasty)["nasty/formula-start"][2]
    assert front.startswith("&#61;1+1 ")
    assert words(front).startswith('=1+1 "double"')
    assert rows(nasty)["nasty/formula-start"]["prompt_en"].startswith("'=1+1")


@given(st.text(alphabet="'=+-@＝ab\t", max_size=6))
def test_the_apostrophe_of_the_plain_form_can_be_taken_back(content: str) -> None:
    safe = safe_plain(content)
    assert not safe or safe[0] not in STARTS_FORMULA
    bare = safe.lstrip("'")
    assert (safe[1:] if safe.startswith("'") and bare and bare[0] in STARTS_FORMULA else safe) == content


@given(st.text(alphabet="=+-@＝ab'", max_size=6))
def test_html_shows_the_same(content: str) -> None:
    assert words(safe_html(content)) == content


def test_anki_imports_it_and_updates_by_the_first_column(nasty: Library, anki: Profile, tmp_path: Path) -> None:
    file = tmp_path / "cards.csv"
    file.write_text(written(nasty, Csv()), encoding="utf-8-sig")

    def take() -> tuple[int, int]:
        collection = anki.collection
        metadata = collection.get_csv_metadata(path=str(file), delimiter=None)
        from anki.collection import ImportCsvRequest

        log = collection.import_csv(ImportCsvRequest(path=str(file), metadata=metadata)).log
        return len(log.new), len(log.updated)

    assert take() == (13, 0)
    by_guid = {note.guid: note for note in (anki.collection.get_note(n) for n in anki.collection.find_notes(""))}
    assert set(by_guid) == set(cards(nasty))
    assert words(by_guid["nasty/formula-start"]["Front"]).startswith("=1+1 \"double\" 'single' & <b>tag</b>")
    assert "spread-sheet" in by_guid["nasty/formula-start"].tags
    assert anki.collection.decks.name(by_guid["nasty/wide"].cards()[0].did) == "quizapp::Activations::Nasty 'deck'"
    text = file.read_text(encoding="utf-8-sig").replace("Because @x", "Because of @x")
    file.write_text(text, encoding="utf-8-sig")
    new, _ = take()
    assert new == 0
    assert "Because of @x" in anki.collection.get_note(by_guid["nasty/wide"].id)["Back"]


@pytest.mark.parametrize(("display", "shown", "hidden"), [("en", "Half?", "一半？"), ("zh", "一半？", "Half?")])
def test_one_language_alone(nasty: Library, display: Display, shown: str, hidden: str) -> None:
    front = cards(nasty, display)["nasty/typed-number"][2]
    assert shown in front
    assert hidden not in front


def test_the_plain_form_has_one_row_for_each_question_and_the_schedule_if_asked(nasty: Library, hours: Hours) -> None:
    learn(nasty, hours)
    plain, scheduled = rows(nasty), rows(nasty, with_schedule=True)
    assert list(plain["nasty/wide"]) == list(COLUMNS)
    assert plain["nasty/wide"]["due"] == ""
    state = nasty.store.state("nasty/wide")
    assert state is not None
    row = scheduled["nasty/wide"]
    assert float(row["stability"]) == pytest.approx(state.stability, abs=1e-4)
    assert int(row["reviews"]) == state.reps
    assert plain["nasty/compute#1"]["seed"] == "1"
    assert "$\\frac{a}{b_{2}}$" in plain["nasty/braces"]["prompt_en"]


def test_answers_say_what_is_right(nasty: Library) -> None:
    plain = rows(nasty)
    assert plain["nasty/wide"]["answer_en"].startswith("A. ✓ =A1 — Because @x")
    assert plain["nasty/typed-number"]["answer_en"] == "`[0.50, -1.25]`"
    assert plain["nasty/entries"]["answer_en"].startswith("1. =1\n2. <2>\n3. three")
    assert "std::max" in plain["nasty/braces"]["answer_en"]
    assert "std::max" not in plain["nasty/braces"]["prompt_en"]
    assert "Step by step" in plain["nasty/compute#0"]["answer_en"]
