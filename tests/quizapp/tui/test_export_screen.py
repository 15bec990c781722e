"""The export screen as a person uses it, and its lines as values.

One file, because every test opens the same form and reads the same lines.
"""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.worker import WorkerCancelled, WorkerFailed

from quizapp.exporting.registry import exporters
from quizapp.exporting.selection import Progress, select
from quizapp.i18n import export_screen as say
from quizapp.library import Library
from quizapp.text import Language, Text, same
from quizapp.tui.present import export as present
from quizapp.tui.present.export import Card, Format, Outcome, Plan, Row
from quizapp.tui.present.line import Line, text_of, width_of
from quizapp.tui.screens import export_work
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.screens.export import ExportScreen
from quizapp.tui.screens.export_boxes import DecksScreen, FormatScreen
from quizapp.tui.screens.export_file import named_file
from quizapp.tui.screens.home import HomeScreen
from tests.quizapp.tui.conftest import app_of
from tests.quizapp.tui.driving import press, rows, screen_text, type_text

SIZE = (80, 24)
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


async def settled(pilot: Pilot[int]) -> None:
    """Wait until the threads of the screen have brought what they make."""
    for worker in list(pilot.app.workers):
        # What went wrong in a thread is the screen's to tell.
        with suppress(WorkerFailed, WorkerCancelled):
            await worker.wait()
    await pilot.pause()


async def opened(pilot: Pilot[int]) -> ExportScreen:
    await press(pilot, "e")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, ExportScreen)
    return screen


async def named(pilot: Pilot[int], screen: ExportScreen, name: str) -> None:
    """Put another name into the file's row, by hand."""
    screen.action_point(Row.FILE)
    await pilot.pause()
    await press(pilot, "end", "ctrl+u")
    await type_text(pilot, name)
    assert screen.file.value == name


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("display", LANGUAGES)
async def test_everything_is_offered_and_the_first_cards_are_seen(
    library: Library, here: Path, display: Language, size: tuple[int, int]
) -> None:
    app = app_of(library, display)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot)
        shown = rows(app)
        text = "\n".join(shown)
        assert len(shown) == size[1]
        for label in (say.FORMAT, say.DECKS, say.DUE, say.LANGUAGES, say.VARIANTS, say.SCHEDULE, say.FILE, say.WRITE):
            assert label.in_language(display) in text
        assert "quizapp.apkg" in text
        assert library.catalogue.items()[0].id in text
        answers = [row for row in screen.preview.lines if "→" in text_of(row)]
        assert len(answers) == len(screen.entries[:4])
        # All of it can be read, even where there is no room for it at once.
        await press(pilot, *["pagedown"] * len(screen.preview.lines))
        assert text_of(screen.preview.lines[-1]).strip() in screen_text(app)


async def test_two_keys_write_all_decks_for_anki_and_say_what_comes_next(library: Library, here: Path) -> None:
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "w")
        await settled(pilot)
        text = screen_text(app)
    assert zipfile.is_zipfile(here / "quizapp.apkg")
    assert [path.name for path in here.iterdir()] == ["quizapp.apkg"]
    assert "✓" in text
    assert "8 items as 10 questions from 2 decks" in text
    assert "Import it in Anki: File → Import." in text


async def test_format_decks_language_and_variants_are_what_is_written(library: Library, here: Path) -> None:
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, FormatScreen)
        await press(pilot, "down", "down", "enter")
        assert screen.plan.format == "csv-plain"
        assert screen.file.value.endswith("quizapp.csv")
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, DecksScreen)
        await press(pilot, "space", "enter")
        assert screen.plan.decks is not None
        await press(pilot, "down", "down", "right", "right", "down", "5")
        assert (screen.plan.display, screen.plan.variants) == ("zh", 5)
        await press(pilot, "w")
        await settled(pilot)
    written = (here / "quizapp.csv").read_text(encoding="utf-8")
    for deck in library.catalogue.decks():
        assert (f"{deck.id}/" in written) == (deck.id in screen.plan.decks)


async def test_no_deck_ticked_is_nothing_and_not_everything(library: Library, here: Path) -> None:
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "down", "enter", "a", "enter", "w")
        await settled(pilot)
        assert "Nothing fits" in screen_text(app)
    assert list(here.iterdir()) == []


async def test_only_due_with_nothing_due_says_so(library: Library, here: Path) -> None:
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "down", "down", "space", "w")
        assert "Nothing here is due today" in screen_text(app)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(("answer", "kept"), [("n", True), ("y", False)])
async def test_an_existing_file_is_replaced_only_after_a_yes(
    library: Library, here: Path, answer: str, kept: bool
) -> None:
    file = here / "quizapp.apkg"
    file.write_bytes(b"old")
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "w")
        assert isinstance(app.screen, ConfirmScreen)
        await press(pilot, answer)
        await settled(pilot)
    assert (file.read_bytes() == b"old") == kept


async def test_the_name_may_begin_at_home_and_lack_its_suffix(library: Library, here: Path) -> None:
    home = Path.home()
    home.mkdir()
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await named(pilot, screen, "~/deck")
        await press(pilot, "enter")
        await settled(pilot)
        assert "~/deck.apkg" in screen_text(app)
    assert zipfile.is_zipfile(home / "deck.apkg")


async def test_a_wrong_name_is_answered_where_it_stands(library: Library, here: Path) -> None:
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await named(pilot, screen, "gone/x.apkg")
        await press(pilot, "enter")
        assert "There is no folder" in screen_text(app)
        assert screen.file.value == "gone/x.apkg"
    assert list(here.iterdir()) == []


@pytest.fixture
def halted(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Event, Event]]:
    """Hold the writing at its first question: it says when it is there, and goes on when it is let."""
    there, go_on = Event(), Event()

    def halting(*args: object, progress: Progress, **options: object) -> object:
        def told(done: int, total: int) -> None:
            progress(done, total)
            there.set()
            go_on.wait(10)

        return select(*args, progress=told, **options)  # type: ignore[arg-type]  # passed on as they come

    monkeypatch.setattr(export_work, "select", halting)
    yield there, go_on
    go_on.set()


async def test_the_screen_lives_while_writing_and_cancelling_leaves_no_file(
    library: Library, here: Path, halted: tuple[Event, Event]
) -> None:
    there, go_on = halted
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "w")
        assert there.wait(10)
        screen.preview.redraw()
        await press(pilot, "l")
        text = screen_text(app)
        assert "正在生成题目" in text
        assert "12 %" in text
        await press(pilot, "l", "escape")
        go_on.set()
        await settled(pilot)
        assert "Cancelled. No file was written." in screen_text(app)
        assert app.screen is screen
    assert list(here.iterdir()) == []


async def test_quitting_while_writing_leaves_no_file(library: Library, here: Path, halted: tuple[Event, Event]) -> None:
    there, go_on = halted
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "w")
        assert there.wait(10)
        doing = screen.doing
        assert doing is not None
        await press(pilot, "ctrl+c")
    assert doing.stop.is_set()
    go_on.set()
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "words"), [(28, "The disk is full"), (13, "Writing there is not allowed"), (5, "The system says: ")]
)
async def test_a_disk_that_refuses_is_told_calmly(
    library: Library, here: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "w")
        await settled(pilot)
        text = screen_text(app)
        assert "The file was not written." in text
        assert words in text
        assert "What was there before is untouched." in text
    assert list(here.iterdir()) == []


async def test_the_mouse_does_what_the_keys_do(library: Library, here: Path) -> None:
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)

        async def click(words: str) -> None:
            y, row = next((y, row) for y, row in enumerate(rows(app)) if words in row)
            await pilot.click(offset=(row.index(words) + 1, y))
            await pilot.pause()

        await click("due or not")
        assert screen.plan.due
        await click("only what is due")
        await click("apkg   Anki")
        assert isinstance(app.screen, FormatScreen)
        await click("jsonl")
        assert screen.plan.format == "jsonl"
        await click("write the file")
        await settled(pilot)
    assert (here / "quizapp.jsonl").read_bytes().startswith(b"{")


async def test_what_a_search_finds_is_exported_from_there(library: Library, here: Path) -> None:
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "b")
        await type_text(pilot, "softmax")
        found = {item.id for item in library.catalogue.search("softmax")}
        await press(pilot, "f6")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, ExportScreen)
        assert {entry.id for entry in screen.entries} == found
        assert "found with “softmax”" in screen_text(app)


async def test_escape_goes_back(library: Library, here: Path) -> None:
    app = app_of(library)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_the_first_card_is_the_one_that_is_written(library: Library, here: Path) -> None:
    entries = library.catalogue.items()
    cards = export_work.first_cards(library.folders, library.clock, entries)
    assert [card.identity for card in cards] == [entry.id for entry in entries]
    choice = next(card for card, entry in zip(cards, entries, strict=True) if entry.type == "choice")
    right = next(row for row in choice.back.en.splitlines() if "✓" in row)
    assert right.split(" — ")[0].replace("✓ ", "").strip() in choice.front.en


# --- values


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("  ", "needs a name"),
        (".", "is a folder"),
        ("nowhere/x.csv", "There is no folder"),
        ("progress.db", "holds your progress"),
        ("a\0b", "The system says"),
        ("~nobody-known-here/x.csv", "The system says"),
    ],
)
def test_a_name_that_can_not_be_is_explained(here: Path, name: str, words: str) -> None:
    target, wrong = named_file(name, ".csv", here / "progress.db")
    assert target is None
    assert wrong is not None
    assert words in wrong.en


@pytest.mark.parametrize(
    ("name", "expected"), [("deck", "deck.gift.txt"), ("deck.txt", "deck.txt"), (" deck.v1 ", "deck.v1")]
)
def test_a_suffix_is_added_only_where_there_is_none(here: Path, name: str, expected: str) -> None:
    assert named_file(name, ".gift.txt", here / "progress.db") == (here / expected, None)


def test_a_name_follows_the_format_unless_a_person_chose_its_suffix() -> None:
    assert present.with_suffix("~/ml.gift.txt", ".gift.txt", ".xml") == "~/ml.xml"
    assert present.with_suffix("~/ml.text", ".gift.txt", ".xml") == "~/ml.text"


@pytest.mark.parametrize(
    ("variants", "steps", "expected"), [(3, 1, 4), (3, -1, 2), (1, -1, 1), (100, 1, 100), (7, 1, 8), (7, -1, 6)]
)
def test_variants_go_up_and_down_in_steps(variants: int, steps: int, expected: int) -> None:
    assert Plan(variants=variants).turned(Row.VARIANTS, steps, ["apkg"]).variants == expected


def test_every_format_has_its_words_in_both_languages() -> None:
    assert set(say.SUMMARIES_ZH) == set(exporters()) == set(say.NEXT_STEPS)


def drawings(language: Language, width: int) -> Iterator[list[Line]]:
    formats = [Format("apkg", ".apkg", Text("words " * 30, "很长的说明" * 20))]
    card = Card("deck/item", Text("What is $x^2$? " * 9, "什么是 $x^2$？" * 9), same("$$\\frac{a}{b}$$"))
    outcome = Outcome(Path("/somewhere") / ("long" * 30), 2_345_678, 9, 12, 2, ("a/b",) * 9)
    for row in Row:
        yield present.form(Plan(search="words " * 9), row, formats, 30, language, width)
        yield present.about(row, formats[0], language, width)
    yield present.progress(3, 8, "name" * 40, language, width)
    yield present.result(outcome, Plan(schedule=True), language, width)
    yield present.failure(say.FAILED, [say.unwritable("long " * 30)], language, width)
    yield present.format_lines(formats, 0, language, width)
    yield present.preview(Plan(), [], (), language, width)
    yield [row for row in present._card(card, "both", language, width) if "f" not in text_of(row)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 57, 80])
def test_nothing_is_wider_than_its_place(language: Language, width: int) -> None:
    for lines in drawings(language, width):
        assert max(map(width_of, lines), default=0) <= width


def told(draw: Callable[[], list[Line]]) -> str:
    return "\n".join(text_of(row) for row in draw())


def test_progress_is_full_only_when_all_is_made() -> None:
    assert "0 %" in told(lambda: present.progress(0, 0, "x", "en", 80))
    almost = told(lambda: present.progress(999, 1000, "x", "en", 80))
    assert "99 %" in almost
    assert "╌" in almost
    assert "Writing the file" in told(lambda: present.progress(8, 8, "x", "en", 80))


def test_what_was_left_out_is_counted_and_named() -> None:
    outcome = Outcome(Path("/x.gift.txt"), 10, 1, 1, 1, ("a/one", "a/two"))
    text = told(lambda: present.result(outcome, Plan(format="gift"), "en", 80))
    assert "in this format: 2 (a/one, a/two)" in text


def test_opening_the_application_does_not_load_the_export_screen() -> None:
    look = "import sys, quizapp.tui.app; print([name for name in sys.modules if name.startswith('quizapp')])"
    ran = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert "quizapp.tui.app" in ran.stdout
    assert "export" not in ran.stdout
