"""Packages, judged by the real Anki: imported, rendered, exported again."""

import json
import os
import re
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest

from quizapp.exporting.apkg import Apkg
from quizapp.exporting.apkg_names import guid
from quizapp.exporting.apkg_notetypes import NOTE_TYPES, REVISED, NoteType, note_types_json
from quizapp.exporting.selection import select
from quizapp.library import Library
from quizapp.paths import Folders
from quizapp.text import Display
from tests.quizapp.exporting.anki_profile import Imported, Profile, words
from tests.quizapp.exporting.nasty import learn
from tests.quizapp.shelf import Hours, open_library


def package(
    library: Library, display: Display = "both", *, variants: int = 2, seed: int = 0, with_schedule: bool = False
) -> bytes:
    out = BytesIO()
    selection = select(library, display=display, variants=variants, seed=seed, with_schedule=with_schedule)
    Apkg().write(selection, out)
    return out.getvalue()


@pytest.mark.parametrize("display", ["en", "zh", "both"])
def test_anki_takes_every_note_and_renders_every_card(nasty: Library, anki: Profile, display: Display) -> None:
    assert anki.take(package(nasty, display)) == Imported(new=13, updated=0, same=0, conflicting=0)
    assert anki.sound()
    assert len(anki.cards()) == 13
    for card in anki.cards():
        question, answer = card.question(), card.answer()
        assert not re.search(r"\{\{[#^/]?(?:\w+:)?[A-Z]", question + answer)
        assert "template" not in words(question + answer).lower()
        assert words(question).strip()
        assert '<div class="en"' not in question or display != "zh"
        assert '<div class="zh"' not in question or display != "en"


def test_fields_hold_the_words_as_they_were_written(nasty: Library, anki: Profile) -> None:
    anki.take(package(nasty))
    notes = anki.notes()
    front = notes["nasty/formula-start"]
    assert words(front["PromptEn"]) == """=1+1 "double" 'single' & <b>tag</b> ]]> {{c1::x}} 😀"""
    assert words(front["PromptZh"]) == '=求和("甲") 与 <script>alert(1)</script> 𠮷'
    assert words(anki.card("nasty/formula-start").question()).count("{{c1::x}}") == 1
    assert words(notes["nasty/lines"]["BackEn"]) == r"\[\sum_{i<n} x_i \text{ if } a > b \& c\]"
    assert notes["nasty/lines"]["BackZh"] == ""
    assert "<pre><code>if a &lt; b &amp; c:\n    pass</code></pre>" in notes["nasty/lines"]["PromptEn"]
    assert notes["nasty/typed-words"]["Answer"] == '"=x" &amp; &lt;y&gt;'


def test_a_formula_or_code_with_braces_survives_inside_a_cloze(nasty: Library, anki: Profile) -> None:
    anki.take(package(nasty))
    card = anki.card("nasty/braces")
    question, answer = words(card.question()), words(card.answer())
    for text in (question, answer):
        assert r"\(\frac{a}{b_{2} }\)" in text
        assert "{{all}}" in text
        assert "x[[1]]" in text
    assert question.count("[...]") == 6
    assert "std::max" not in question
    assert "std::max" in answer
    assert "a}}b" in answer


def test_nothing_in_a_field_can_run_or_break_out(nasty: Library, anki: Profile) -> None:
    anki.take(package(nasty))
    for note in anki.notes().values():
        for name, content in note.items():
            assert "<script" not in content, name
            assert "[sound:" not in content, name
    assert r"\(不" not in anki.notes()["nasty/formula-start"]["HintsZh"]


def test_the_deck_tree_and_the_tags(nasty: Library, anki: Profile) -> None:
    anki.take(package(nasty))
    names = {deck.name for deck in anki.collection.decks.all_names_and_ids()}
    assert {"quizapp", "quizapp::Activations", "quizapp::Activations::Nasty 'deck'"} <= names
    assert anki.collection.decks.name(anki.card("nasty/wide").did) == "quizapp::Activations::Nasty 'deck'"
    note = anki.notes()["nasty/compute#1"]
    assert set(note.tags) == {
        *("area::activations", "deck::nasty", "topic::n000-softmax", "skill::softmax", "level::2", "seed::1"),
    }
    assert "spread-sheet" in anki.notes()["nasty/formula-start"].tags


def test_identity_is_the_name_not_the_words(nasty: Library, anki: Profile) -> None:
    anki.take(package(nasty))
    notes = anki.notes()
    assert notes["nasty/wide"].guid == guid("nasty", "wide")
    assert notes["nasty/compute#1"].guid == guid("nasty", "compute", "1")
    assert len({note.guid for note in notes.values()}) == 13


def test_exported_again_unchanged_nothing_happens(nasty: Library, anki: Profile) -> None:
    anki.take(package(nasty))
    assert anki.take(package(nasty)) == Imported(new=0, updated=0, same=13, conflicting=0)


def test_edited_and_exported_again_notes_are_updated_and_progress_is_kept(
    shelf: Folders, hours: Hours, anki: Profile
) -> None:
    with open_library(shelf, hours) as library:
        anki.take(package(library, variants=1))
    card = anki.card("softmax/sum")
    card.type, card.queue, card.ivl, card.due, card.reps = 2, 2, 17, 40, 5  # type: ignore[assignment]  # ints, as kept
    anki.collection.update_card(card)
    deck = shelf.content[0] / "decks/activations/softmax.yaml"
    deck.write_text(deck.read_text(encoding="utf-8").replace("They are shares.", "All of them are shares."), "utf-8")
    os.utime(deck, (1_900_000_000, 1_900_000_000))
    with open_library(shelf, hours) as library:
        again = anki.take(package(library, variants=1))
    assert again == Imported(new=0, updated=8, same=0, conflicting=0)
    assert "All of them are shares." in anki.notes()["softmax/sum"]["ReasonsEn"]
    card = anki.card("softmax/sum")
    assert (card.ivl, card.due, card.reps) == (17, 40, 5)
    assert len(anki.cards()) == 8


def test_more_variants_add_notes_and_keep_the_others(library: Library, anki: Profile) -> None:
    anki.take(package(library, variants=2))
    assert anki.take(package(library, variants=4)) == Imported(new=2, updated=0, same=9, conflicting=0)


def test_the_same_call_writes_the_same_bytes(nasty: Library, hours: Hours) -> None:
    learn(nasty, hours, days=2)
    first = package(nasty, with_schedule=True)
    hours.pass_by(days=3)
    assert package(nasty, with_schedule=True) == first


def test_the_package_is_the_legacy_form_with_nothing_but_its_own_files(nasty: Library) -> None:
    with ZipFile(BytesIO(package(nasty))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["collection.anki2", "media"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("media") == b"{}"


def test_choices_say_which_is_right_and_why(library: Library, anki: Profile) -> None:
    anki.take(package(library))
    note = anki.notes()["softmax/sum"]
    assert (note["Right"], note["Several"], note["Shuffle"]) == ("1", "", "yes")
    assert note["OptionsEn"] == r"<ol><li>1</li><li>0</li><li>\(K\)</li></ol>"
    assert note["OptionsZh"] == ""
    assert note["ReasonsZh"].startswith("<ol><li>各输出是份额。</li>")
    several = anki.notes()["softmax/properties"]
    assert (several["Right"], several["Several"], several["ReasonsEn"]) == ("1 2", "yes", "")


def test_order_and_match_never_show_the_solution_on_the_front(library: Library, anki: Profile) -> None:
    anki.take(package(library))
    order, match = anki.notes()["softmax/steps"], anki.notes()["softmax/symbols"]
    shown = re.findall(r"<li>(.*?)</li>", order["EntriesEn"])
    right = [shown[int(place) - 1] for place in order["Right"].split()]
    assert right == ["Subtract the maximum", "Exponentiate", "Divide by the sum"]
    assert shown != right
    others = re.findall(r"<li>(.*?)</li>", match["OthersEn"])
    assert [others[int(place) - 1] for place in match["Right"].split()] == ["logit", "probability"]
    assert others != ["logit", "probability"]


def test_computed_notes_carry_answer_steps_and_mistakes(library: Library, anki: Profile) -> None:
    anki.take(package(library, variants=1))
    note = anki.notes()["softmax/compute#0"]
    assert re.fullmatch(r"\[[\d., -]+\]", note["Answer"])
    assert float(note["Tolerance"]) == 0.0001
    assert note["StepsEn"].count("<li>") >= 2
    assert note["MistakesEn"].count("<tr>") == note["MistakesZh"].count("<tr>") >= 2
    card = anki.card("softmax/compute#0")
    assert "[[type:Answer]]" in card.question()
    assert "[[type:Answer]]" in card.answer()


@pytest.mark.parametrize("kind", NOTE_TYPES.values(), ids=lambda kind: str(kind.name))
def test_every_field_is_shown_or_steers_the_script(kind: NoteType) -> None:
    templates = kind.template("front", kind.front) + kind.template("back", kind.back)
    named = set(re.findall(r"\{\{[#^/]?(?:cloze:|type:)?(\w+)\}\}", templates))
    assert named == set(kind.fields)


def test_fields_and_ids_never_change() -> None:
    """Anki would take a note type with other fields for another one and refuse to update its notes."""
    shape = json.dumps([[kind.id, kind.name, kind.fields, kind.cloze] for kind in NOTE_TYPES.values()])
    assert sha256(shape.encode()).hexdigest()[:16] == "548417dd0ec25f58"


def test_changed_looks_have_a_new_date() -> None:
    """Anki takes templates over only if they are newer: whoever changes them raises REVISED, and both here."""
    looks = note_types_json("both").replace(str(REVISED), "")
    assert (REVISED, sha256(looks.encode()).hexdigest()[:16]) == (1_795_190_400, "a607acbf11d4266d")
