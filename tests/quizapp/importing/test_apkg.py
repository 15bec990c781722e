"""Packages made by the real Anki, with reviews; and what comes back from our own packages."""

import json
import warnings
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from quizapp.errors import UsageProblem
from quizapp.exporting.registry import exporter
from quizapp.exporting.selection import select
from quizapp.importing.apkg import Apkg
from quizapp.importing.intake import KEPT_EDITS, NOT_HERE
from quizapp.library import Library
from quizapp.questions.registry import item_type
from quizapp.scheduling.memory import memory_from_sm2
from quizapp.scheduling.model import Phase
from quizapp.study.start import start
from tests.quizapp.exporting.nasty import NASTY, learn
from tests.quizapp.importing.conftest import Taker, with_own_decks
from tests.quizapp.shelf import SHANGHAI, Hours, make_folders, open_library

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from anki.collection import Collection, ExportAnkiPackageOptions


class Anki:
    """Somebody's Anki, which makes notes, answers them and exports."""

    def __init__(self, folder: Path, *, fsrs: bool = True) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        # Its annotations admit failures that a test would only see as its own.
        self.collection: Any = Collection(str(folder / "collection.anki2"))
        self.collection.set_config("fsrs", fsrs)

    def add(self, model: str, deck: str, *fields: str, tags: Sequence[str] = ()) -> Any:
        note = self.collection.new_note(self.collection.models.by_name(model))
        for place, words in enumerate(fields):
            note.fields[place] = words
        note.tags = list(tags)
        self.collection.add_note(note, self.collection.decks.id(deck))
        return note

    def answer(self, deck: str, *ratings: int) -> None:
        self.collection.decks.select(self.collection.decks.id(deck))
        for rating in ratings:
            card = self.collection.sched.getCard()
            card.start_timer()
            self.collection.sched.answerCard(card, rating)

    def export(self, *, legacy: bool = True) -> Path:
        path = self.folder / f"all-{legacy}.apkg"
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=False, with_media=True, legacy=legacy
        )
        self.collection.export_anki_package(out_path=str(path), options=options, limit=None)
        return path


@pytest.fixture
def anki(tmp_path: Path) -> Any:
    opened = Anki(tmp_path / "anki")
    yield opened
    opened.collection.close()


def words(path: Path) -> list[dict[str, Any]]:
    return [dict(item.data) for item in Apkg(SHANGHAI).read(path).items]


def card(front: str, back: str, **more: object) -> dict[str, object]:
    return {"type": "flashcard", "front": front, "back": back, **more}


def test_note_types_are_read_through_their_templates(anki: Anki) -> None:
    anki.add("Basic", "ML", "What is \\(e^{x}\\)?", "An <b>exponential</b><br>line", tags=["ml::basic", "中文"])
    anki.add("Basic (and reversed card)", "ML", "there", "back")
    anki.add("Basic (type in the answer)", "ML", "type it", "typed")
    anki.add("Cloze", "ML", "The {{c1::sum::hint}} of {{c2::\\(x\\)}}, {{c1::max {{c3::all}}}}", "extra")
    anki.add("Basic", "ML", "look <img src='x.png'>", "<script>alert(1)</script>seen")
    assert words(anki.export()) == [
        card("What is $e^{x}$?", "An **exponential**\\\nline", tags=["ml-basic"]),
        card("there", "back"),
        card("back", "there"),
        card("type it", "typed"),
        {"type": "cloze", "text": "The [[sum]] of $x$, [[max all]]", "note": "extra"},
        card("The sum of ____, max all", "The sum of $x$, max all\n\nextra"),
        {"type": "cloze", "text": "The sum of $x$, max [[all]]", "note": "extra"},
        card("look (image: x.png)", "seen"),
    ]


def test_the_newer_form_says_how_to_export_the_older_one(anki: Anki) -> None:
    anki.add("Basic", "ML", "a", "b")
    with pytest.raises(UsageProblem) as refused:
        Apkg(SHANGHAI).read(anki.export(legacy=False))
    assert "Support older Anki versions" in refused.value.hint


def test_decks_become_files_and_words_stay_editable(anki: Anki, take: Taker) -> None:
    anki.add("Basic", "ML::Losses", "one", "1")
    anki.add("Basic", "ML", "two", "2")
    anki.add("Basic", "机器学习", "三", "3")
    outcome = take(Apkg(SHANGHAI).read(anki.export()))
    assert [identity.rpartition("/")[0] for identity in outcome.added[:2]] == ["ml-losses", "ml"]
    with open_library(take.where, take.hours) as library:
        assert [found for found in library.catalogue.findings() if str(take.where.decks) in found.file] == []
        titles = {deck.title.en for deck in library.catalogue.decks() if deck.area == "own"}
        assert titles == {"ML › Losses", "ML", "机器学习"}
        assert {item.id for item in library.catalogue.items()} >= set(outcome.added)


def test_importing_again_updates_and_keeps_what_was_edited(anki: Anki, take: Taker) -> None:
    notes = [anki.add("Basic", "ML", f"front {number}", f"back {number}") for number in range(4)]
    first = take(Apkg(SHANGHAI).read(anki.export()))
    file = take.where.decks / "ml.yaml"
    file.write_text(
        file.read_text(encoding="utf-8")
        .replace("back: back 1", "back: my own words  # mine")
        .replace("back: back 2", "back: my other words")
        .replace("items:\n", "items:\n  # a comment of mine\n"),
        encoding="utf-8",
    )
    for number in (0, 1):
        notes[number].fields[1] = f"changed {number}"
        anki.collection.update_note(notes[number])
    anki.add("Basic", "ML", "new", "card")
    second = take(Apkg(SHANGHAI).read(anki.export()))
    assert (second.added, second.updated) == (["ml/new"], ["ml/front-0"])
    assert second.unchanged == ["ml/front-2", "ml/front-3"]
    assert second.skipped == [("ml/front-1", KEPT_EDITS)]
    text = file.read_text(encoding="utf-8")
    assert all(
        words in text for words in ("my own words  # mine", "my other words", "# a comment of mine", "changed 0")
    )
    third = take(Apkg(SHANGHAI).read(anki.export()), replace=True)
    assert third.updated == ["ml/front-1", "ml/front-2"]
    assert "my own words" not in file.read_text(encoding="utf-8")
    assert take(Apkg(SHANGHAI).read(anki.export())).files == {}
    assert len(first.added) == 4


def test_fsrs_schedules_are_taken_over(anki: Anki, take: Taker) -> None:
    for number in range(4):
        anki.add("Basic", "ML", f"front {number}", "back")
    anki.answer("ML", 4, 4, 3, 1)
    rows = anki.collection.db.all("SELECT ivl, reps, lapses, type, data FROM cards ORDER BY id")
    log = anki.collection.db.scalar("SELECT count() FROM revlog")
    take.hours.moment = take.hours.moment.now(SHANGHAI) + timedelta(minutes=1)
    outcome = take(Apkg(SHANGHAI).read(anki.export()))
    assert sum(len(history.reviews) for history in outcome.histories) == log == 4
    with open_library(take.where, take.hours) as library:
        states = library.store.all_states()
        assert len(states) == 4
        day = library.day(take.hours.moment)
        for place, (interval, reps, lapses, kind, data) in enumerate(rows):
            state = states[f"ml/front-{place}"]
            memory = json.loads(data)
            assert state.stability == pytest.approx(memory["s"], abs=1e-4)
            assert state.difficulty == pytest.approx(memory["d"], abs=1e-3)
            assert (state.reps, state.lapses) == (reps, lapses)
            assert state.phase is (Phase.REVIEW if kind == 2 else Phase.LEARNING)
            if kind == 2:
                assert (state.interval, state.due_day - day) == (interval, interval)
        assert library.today().due + library.today().learning <= 4


def test_without_fsrs_the_ease_becomes_a_memory(tmp_path: Path, take: Taker) -> None:
    anki = Anki(tmp_path / "sm2", fsrs=False)
    note = anki.add("Basic", "ML", "front", "back")
    (number,) = note.card_ids()
    anki.collection.db.execute(
        "UPDATE cards SET type = 2, queue = 2, ivl = 30, factor = 2100, reps = 9, lapses = 1, due = ? WHERE id = ?",
        anki.collection.sched.today + 12,
        number,
    )
    take.hours.moment = take.hours.moment.now(SHANGHAI)
    (history,) = take(Apkg(SHANGHAI).read(anki.export())).histories
    expected = memory_from_sm2(2.1, 30)
    assert (history.state.stability, history.state.difficulty) == expected
    assert (history.state.interval, history.state.reps, history.state.lapses) == (30, 9, 1)
    anki.collection.close()


def test_a_history_is_never_added_to_another(anki: Anki, take: Taker) -> None:
    anki.add("Basic", "ML", "front", "back")
    anki.answer("ML", 3)
    take.hours.moment = take.hours.moment.now(SHANGHAI) + timedelta(minutes=1)
    assert len(take(Apkg(SHANGHAI).read(anki.export())).histories) == 1
    anki.answer("ML", 3)
    take.hours.pass_by(minutes=1)
    assert take(Apkg(SHANGHAI).read(anki.export())).histories == []


def test_our_own_package_brings_its_schedule_back(library: Library, hours: Hours, tmp_path: Path) -> None:
    learn(library, hours, days=4)
    path = tmp_path / "ours.apkg"
    out = BytesIO()
    exporter("apkg").write(select(library, with_schedule=True), out)
    path.write_bytes(out.getvalue())
    take = Taker(with_own_decks(make_folders(tmp_path / "other")), hours)
    outcome = take(Apkg(SHANGHAI).read(path))
    assert (outcome.added, outcome.skipped, outcome.files) == ([], [], {})
    states = library.store.all_states()
    found = {history.item: history.state for history in outcome.histories}
    assert set(found) == set(states)
    for item, state in states.items():
        assert found[item].stability == pytest.approx(state.stability, abs=1e-4)
        assert found[item].difficulty == pytest.approx(state.difficulty, abs=1e-3)
        assert (found[item].phase, found[item].interval) == (state.phase, state.interval)
        if state.phase is Phase.REVIEW:
            assert found[item].due_day == state.due_day


def test_our_own_cards_of_decks_that_are_gone_are_named(nasty: Library, take: Taker, tmp_path: Path) -> None:
    path = tmp_path / "ours.apkg"
    out = BytesIO()
    exporter("apkg").write(select(nasty), out)
    path.write_bytes(out.getvalue())
    outcome = take(Apkg(SHANGHAI).read(path))
    assert outcome.added == []
    assert {reason for _, reason in outcome.skipped} == {NOT_HERE}


@pytest.mark.parametrize("zone", [SHANGHAI, ZoneInfo("America/New_York")], ids=str)
def test_a_package_of_our_own_brings_every_phase_back(tmp_path: Path, zone: ZoneInfo) -> None:
    # The evening's steps fall due after midnight, which is still the same study day.
    hours = Hours(datetime(2027, 3, 1, 23, 50, tzinfo=zone))
    with open_library(with_own_decks(make_folders(tmp_path / "from", NASTY)), hours) as library:
        learn(library, hours, days=2)
        rate_wrong(library, hours, answers=6)
        states = library.store.all_states()
        out = BytesIO()
        exporter("apkg").write(select(library, variants=1, with_schedule=True), out)
    assert {state.phase for state in states.values()} >= {Phase.REVIEW, Phase.RELEARNING}
    path = tmp_path / "own.apkg"
    path.write_bytes(out.getvalue())
    there = with_own_decks(make_folders(tmp_path / "to", NASTY))
    # Read on another continent: the collection says where its days began.
    elsewhere = ZoneInfo("Pacific/Auckland")
    due = {item.slug: item.past.standing.due_day for item in Apkg(elsewhere).read(path).items if item.past.standing}
    for item, state in states.items():
        if state.phase is Phase.REVIEW:
            assert due[item.rpartition("/")[2]] == state.due_day
    Taker(there, hours)(Apkg(zone).read(path))
    with open_library(there, hours) as library:
        found = library.store.all_states()
    for item, state in states.items():
        assert found[item]._replace(stability=0, difficulty=0, due=0) == state._replace(
            stability=0, difficulty=0, due=0
        )
        assert found[item].stability == pytest.approx(state.stability, abs=1e-4)
        assert abs(found[item].due - state.due) < 1000


def rate_wrong(library: Library, hours: Hours, answers: int) -> None:
    session = start(library, seed=1)
    for _ in range(answers):
        if session.current is None:
            raise AssertionError("nothing is left to be answered")
        examples = item_type(session.question.type).examples(session.question)
        session.answer((*examples.incorrect, *examples.correct)[0])
        hours.pass_by(minutes=1)
        session.advance()
