"""Wiring of home, of what works everywhere, and of the way in and out."""

from pathlib import Path

import pytest

from quizapp.i18n import screens as say
from quizapp.library import Library
from quizapp.paths import folders
from quizapp.questions.registry import item_types
from quizapp.scheduling.model import Rating
from quizapp.text import Display
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.study import StudyScreen
from tests.quizapp.tui.conftest import Ticking, app_of
from tests.quizapp.tui.driving import press, right_answer, rows, screen_text, study_screen, type_text


async def test_the_first_start_says_what_this_is_and_offers_one_key(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        text = screen_text(app)
        assert "Machine learning, learned for good" in text
        assert "▸ ⏎  begin with 8 new ones" in text
        assert "8 items in 2 areas" in text
        await press(pilot, "enter")
        assert isinstance(app.screen, StudyScreen)


async def test_home_fits_eighty_columns_and_lines_its_numbers_up(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)):
        shown = rows(app)
        assert len(shown) == 24
        assert max(map(len, shown)) <= 80
        areas = [row for row in shown if "new" in row and "%" in row]
        assert len({row.index("%") for row in areas}) == 1


async def test_an_area_opens_into_its_decks_and_a_deck_is_studied_alone(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down", "d")
        assert "Every kind of question" in screen_text(app)
        await press(pilot, "down", "enter")
        session = study_screen(app).session
        assert session.current is not None
        assert session.current.deck_id == "every-kind"
        await press(pilot, "q", "left")
        assert "Every kind of question" not in screen_text(app)


async def test_an_area_is_studied_alone(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "enter")
        assert study_screen(app).session.progress.total == 1


async def test_the_mouse_points_and_a_second_click_studies(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        y = next(number for number, row in enumerate(rows(app)) if "Activation functions" in row)
        await pilot.click(offset=(8, y))
        await pilot.pause()
        assert "▸ Activation functions" in screen_text(app)
        await pilot.click(offset=(8, y))
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)


async def test_when_nothing_is_due_home_says_until_when_and_offers_new_ones(library: Library, ticking: Ticking) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        for _ in range(60):
            if not isinstance(app.screen, StudyScreen):
                break
            session = app.screen.session
            if session.question.type == "flashcard":
                session.reveal()
                session.rate(Rating.EASY)
            else:
                session.answer(right_answer(app.screen))
            ticking.pass_by(minutes=11)
            await app.screen.action_next()
            await pilot.pause()
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert "Nothing is due until 2026-03-0" in screen_text(app)
        assert "n  learn new ones" in screen_text(app)
        await press(pilot, "n")
        assert "nothing new to learn" in screen_text(app)


@pytest.mark.parametrize(("keys", "kept"), [("l", "zh"), ("L", "both"), ("ll", "en"), ("lL", "both"), ("lLL", "zh")])
async def test_languages_flip_and_are_kept(library: Library, keys: str, kept: Display) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        assert library.settings.language == kept
        assert ("激活函数" in screen_text(app)) == (app.language == "zh")


async def test_the_theme_switches_and_is_kept(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        dark = app.screen.styles.background
        await press(pilot, "t")
        assert library.settings.theme == app.theme == "light"
        assert app.screen.styles.background.brightness > 0.9 > dark.brightness


async def test_the_palette_offers_what_can_be_done_now_and_does_it(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        offered = {command.title.split("  ·")[0] for command in app.get_system_commands(app.screen)}
        assert {"study", "new ones", "language", "quit"} <= offered
        assert "decks" not in offered
        await press(pilot, "colon")
        await type_text(pilot, "light")
        await app.workers.wait_for_complete()
        await press(pilot, "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.theme == "light"


async def test_the_palette_finds_by_explanation_and_says_in_chinese_when_nothing_fits(library: Library) -> None:
    app = app_of(library, "zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "colon")
        await type_text(pilot, "切换中英文")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "语言  ·  l" in screen_text(app)
        await type_text(pilot, "无此命令")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "此处没有" in screen_text(app)
        assert "No matches" not in screen_text(app)


async def test_a_page_key_moves_the_cursor_on_home_as_its_scroll_hint_promises(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "pagedown")
        assert app.home.cursor == len(app.home.rows) - 1
        await press(pilot, "pageup")
        assert app.home.cursor == 0


async def test_browse_searches_and_studies_the_deck_found(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "b")
        assert "8 items" in screen_text(app)
        await type_text(pilot, "match")
        assert "1 item" in screen_text(app)
        await press(pilot, "enter")
        session = study_screen(app).session
        assert session.current is not None
        assert session.current.deck_id == "every-kind"


async def test_browse_names_decks_and_types_in_the_language_of_the_screen(library: Library) -> None:
    app = app_of(library, "zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "b")
        shown = screen_text(app)
        titles = [deck.title.zh for deck in library.catalogue.decks()]
        assert all(title in shown for title in titles)
        assert all(words.zh in shown for kind, words in say.TYPES.items() if kind != "code")
        assert "flashcard" not in shown
        assert set(say.TYPES) == set(item_types())


async def test_browse_shows_what_is_suspended_and_brings_it_back(library: Library) -> None:
    library.store.suspend("every-kind/word")
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "b")
        assert "bring back" not in screen_text(app)
        await type_text(pilot, "letter")
        assert "suspended · " in screen_text(app)
        assert "F5 bring back" in screen_text(app)
        await press(pilot, "f5")
        assert library.store.suspended() == set()
        assert "suspended · " not in screen_text(app)
        assert "Brought back." in screen_text(app)


@pytest.mark.parametrize("display", ["en", "zh"])
async def test_without_content_home_says_what_to_do_and_offers_no_key_for_it(
    tmp_path: Path, ticking: Ticking, display: Display
) -> None:
    (tmp_path / "content").mkdir()
    where = folders(tmp_path / "data", (tmp_path / "content",), {})
    with Library.open(where, ticking.clock, care=False) as empty:
        app = app_of(empty, display)
        async with app.run_test(size=(80, 24)):
            (said,) = (row for row in rows(app) if "--content" in row)
            assert "quizapp content check" in said
            assert "⏎" not in said


async def test_a_problem_with_the_database_is_a_calm_sentence(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quizapp.errors import DatabaseProblem

    def broken() -> None:
        raise DatabaseProblem("The progress database can't be written.", "Make room on the disk.")

    monkeypatch.setattr(library.store, "care", broken)
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "The progress database can't be written. Make room on the disk." in screen_text(app)


async def test_a_long_problem_gets_a_box_in_which_nothing_is_cut(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quizapp.errors import DatabaseProblem

    def broken() -> None:
        raise DatabaseProblem("The progress database is damaged. " * 4, "The newest snapshot is from yesterday.")

    monkeypatch.setattr(library.store, "care", broken)
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "from yesterday." in " ".join(screen_text(app).split())
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)


async def test_q_quits_from_home(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "q")
        assert app.return_code == 0


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("display", ["en", "zh", "both"])
async def test_home_looks_as_it_was_last_looked_at(library: Library, size: tuple[int, int], display: Display) -> None:
    app = app_of(library, display)
    async with app.run_test(size=size):
        looks = screen_text(app).rstrip()
        kept = Path(__file__).parent / "looks" / f"home-{display}-{size[0]}x{size[1]}.txt"
        assert looks == kept.read_text(encoding="utf-8").rstrip()
