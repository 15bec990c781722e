"""Wiring of the study screen: every way of answering, and every second thought.

One file, because most tests run through all seven ways of answering with the same few steps.
"""

import sqlite3
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
import textual.widgets
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from quizapp.library import Library
from quizapp.markup.width import cell_width
from quizapp.store.problems import explain
from quizapp.text import Display
from quizapp.tui import widgets
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.screens.summary import SummaryScreen
from quizapp.tui.widgets.order import OrderList
from tests.quizapp.tui.conftest import app_of
from tests.quizapp.tui.driving import (
    go_to,
    press,
    reviews,
    right_answer,
    rows,
    screen_text,
    study_screen,
    type_text,
    wrong_answer,
)

KINDS = ("computed", "choice", "multi", "cloze", "typed", "order", "match")


def keys_for(screen: StudyScreen, raw: str) -> list[str]:
    """Return the keys that give an answer on the screen, the last of which submits it."""
    question = screen.session.question
    match question.type:
        case "choice":
            return [raw]
        case "multi":
            return [*raw.split(), "enter"] if raw != "0" else ["enter"]
        case "match":
            return [*raw.replace(" ", ""), "enter"]
        case "order":
            wanted = [int(digit) - 1 for digit in raw.split()]
            present = list(range(len(wanted)))
            keys: list[str] = []
            for place, index in enumerate(wanted):
                at = present.index(index)
                keys += ["up"] * len(wanted) + ["down"] * at + ["K"] * (at - place)
                present.insert(place, present.pop(at))
            return [*keys, "enter"]
        case "cloze":
            fields = [field.strip() for field in raw.split(";")]
            return [key for field in fields for key in (*(" ".join(field).split() or []), "enter")]
        case _:
            return [*("space" if character == " " else character for character in raw), "enter"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_right_answer_is_marked_saved_and_followed_by_the_next_question(library: Library, kind: str) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, kind)
        item = screen.session.question.item
        await press(pilot, *keys_for(screen, right_answer(screen)))
        assert "✓" in screen_text(app)
        assert reviews(library, item) == [("correct", 3, "auto")]
        await press(pilot, "enter")
        assert isinstance(app.screen, SummaryScreen) or screen.session.question.item != item


@pytest.mark.parametrize("kind", KINDS)
async def test_a_wrong_answer_shows_its_solution_before_the_next_question(library: Library, kind: str) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, kind)
        item = screen.session.question.item
        await press(pilot, *keys_for(screen, wrong_answer(screen)))
        assert "✗" in screen_text(app)
        assert "Answer" not in [row.strip() for row in rows(app)]
        assert reviews(library, item) == [("wrong", 1, "auto")]
        await press(pilot, "enter")
        # Options carry the solution as marks.
        solved = "✓" in screen_text(app) if kind in ("choice", "multi") else "Answer" in map(str.strip, rows(app))
        assert solved
        assert screen.session.question.item == item


@pytest.mark.parametrize("kind", KINDS)
async def test_a_right_second_try_counts_as_hard(library: Library, kind: str) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, kind)
        item, right = screen.session.question.item, right_answer(screen)
        await press(pilot, *keys_for(screen, wrong_answer(screen)), "r")
        if isinstance(screen.focused, Input):
            for field in screen.query(Input):
                field.value = ""
        if isinstance(screen.focused, OrderList):
            # The entries stand as they were answered: begin from the order first shown.
            screen.focused._reset()
        await press(pilot, *keys_for(screen, right))
        assert reviews(library, item)[-1] == ("correct", 2, "auto")
        assert screen.trail == [True]


async def test_the_marks_do_not_give_a_choice_away_while_a_second_try_is_open(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "choice")
        await press(pilot, "1")
        assert "✗ 1" in screen_text(app)
        assert "✓" not in screen_text(app)
        await press(pilot, "enter")
        assert "✓ 2" in screen_text(app)


async def test_nothing_above_the_feedback_moves_when_it_arrives(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "order")
        before = rows(app)
        await press(pilot, "enter")
        after = rows(app)
        end = screen.answer.region.y
        assert after[1:end] == before[1:end]
        assert [row[8:] for row in after[end : end + 4]] == [row[8:].replace("≡", " ") for row in before[end : end + 4]]


async def test_an_unreadable_answer_costs_nothing_and_its_characters_are_selected(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "computed")
        await type_text(pilot, "[1, &, 2]")
        await press(pilot, "enter")
        field = screen.query_one(Input)
        assert field.value == "[1, &, 2]"
        assert field.selected_text == "&"
        assert "&" in screen_text(app).split("[1, &, 2]")[1]
        assert reviews(library, screen.session.question.item) == []
        await press(pilot, "0")
        assert field.value == "[1, 0, 2]"


async def test_the_echo_says_how_an_answer_is_read(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "computed")
        await type_text(pilot, "1/4 1/4 50%")
        assert "read as [0.25, 0.25, 0.5]" in screen_text(app)


async def test_chinese_is_typed_into_gaps_and_the_card_flips_without_losing_it(library: Library) -> None:
    app = app_of(library, "zh")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "cloze")
        await type_text(pilot, "均值")
        await press(pilot, "f4")
        assert "Adam keeps a running 均值 and a running __2__." in screen_text(app)
        assert screen.query(Input).first().value == "均值"
        assert library.settings.language == "en"
        await press(pilot, "enter")
        await type_text(pilot, "二阶矩")
        await press(pilot, "enter")
        assert reviews(library, screen.session.question.item) == [("correct", 3, "auto")]


async def test_a_flashcard_is_turned_and_rated(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "flashcard")
        item = screen.session.question.item
        assert "no exponential overflows" not in screen_text(app)
        await press(pilot, "space")
        assert "no exponential overflows" in screen_text(app)
        assert "1 again <1 min" in screen_text(app)
        await press(pilot, "4")
        assert reviews(library, item) == [("self", 4, "person")]
        assert screen.session.question.item != item


async def test_the_footer_names_the_keys_of_the_moment(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "computed")
        assert rows(app)[-1] == " ⏎ answer  F2 hint  F3 show  F5 skip  ^Z undo  Esc letter keys  F1 help"
        await press(pilot, "escape")
        assert rows(app)[-1] == " ⏎ answer  h hint  v show  k skip  u undo  ⇥ back to typing  q home  ? help"
        await press(pilot, "tab", *keys_for(screen, wrong_answer(screen)))
        assert rows(app)[-1] == " ⏎ solution  r try again  u undo  q home  l language  ? help"
        await press(pilot, "r")
        assert rows(app)[-1] == " ⏎ answer  F2 hint  F3 show  ^Z undo  Esc letter keys  F4 language  F1 help"


async def test_a_closed_answer_line_takes_no_keys(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "computed")
        await press(pilot, *keys_for(screen, wrong_answer(screen)))
        typed = screen.query_one("#field-1", Input).value
        await press(pilot, "x", "backspace", "ctrl+u", "delete")
        assert screen.query_one("#field-1", Input).value == typed


async def test_a_hint_lowers_the_rating(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "computed")
        item = screen.session.question.item
        await press(pilot, "f2")
        assert "Hint 1 of" in screen_text(app)
        await press(pilot, *keys_for(screen, right_answer(screen)))
        assert reviews(library, item) == [("correct", 2, "auto")]


async def test_a_rating_is_overridden_and_stays_on_screen(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "choice")
        item = screen.session.question.item
        await press(pilot, "2", "1")
        assert reviews(library, item)[-1][1:] == (1, "person")
        assert "▸1 again" in screen_text(app)
        assert screen.session.question.item == item


async def test_undo_brings_the_very_question_back(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "computed")
        question = screen.session.question
        await press(pilot, *keys_for(screen, wrong_answer(screen)), "enter", "enter", "f5", "ctrl+z")
        assert screen.session.question.draw.params == question.draw.params
        assert reviews(library, question.item) == []
        assert screen.trail == []


async def test_giving_up_counts_as_again_and_can_be_overridden(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "computed")
        item = screen.session.question.item
        await press(pilot, "f3")
        assert "Not answered." in screen_text(app)
        assert "Answer" in [row.strip() for row in rows(app)]
        assert reviews(library, item) == [("wrong", 1, "auto")]
        await press(pilot, "3")
        assert reviews(library, item)[-1][1] == 3


async def test_suspending_asks_first(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "choice")
        item = screen.session.question.item
        await press(pilot, "s", "escape")
        assert item not in library.store.suspended()
        await press(pilot, "s", "enter")
        assert item in library.store.suspended()
        assert screen.session.question.item != item


async def test_letters_are_commands_once_the_answer_line_is_left(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "typed")
        item = screen.session.question.item
        await type_text(pilot, "h")
        assert screen.query_one("#field-1", Input).value == "h"
        await press(pilot, "escape", "tab")
        assert isinstance(screen.focused, Input)
        await press(pilot, "escape", "k")
        assert screen.session.question.item != item


@pytest.mark.parametrize(("key", "character"), [("question_mark", "?"), ("fullwidth_question_mark", "？")])
async def test_a_question_mark_in_an_empty_line_is_help_and_later_a_character(
    library: Library, key: str, character: str
) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "typed")
        app.post_message(Key(key, character))
        await pilot.pause()
        assert app.screen is not screen
        assert "Give the answer" in screen_text(app)
        await press(pilot, "escape")
        await type_text(pilot, "a")
        app.post_message(Key(key, character))
        await pilot.pause()
        assert app.screen is screen
        assert screen.query_one("#field-1", Input).value == "a" + character


async def test_leaving_shows_a_summary_and_then_home_with_true_counts(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "choice")
        await press(pilot, "2", "q")
        assert isinstance(app.screen, SummaryScreen)
        assert "1  answered" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert "1 in steps" in screen_text(app)


async def test_leaving_without_an_answer_goes_straight_home(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "choice")
        await press(pilot, "q")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q"])
async def test_quitting_in_the_middle_of_typing_keeps_everything(library: Library, key: str) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "choice")
        item = screen.session.question.item
        await press(pilot, "2", "enter", key)
        assert app.return_code == 0
    assert reviews(library, item) == [("correct", 3, "auto")]


async def test_a_resize_keeps_the_answer_and_lays_out_anew(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "computed")
        await type_text(pilot, "[0.1, 0.2")
        for size in ((120, 40), (40, 12), (20, 6), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert screen.query_one("#field-1", Input).value == "[0.1, 0.2"
            assert max(map(cell_width, rows(app))) <= size[0]
        assert "[0.1, 0.2" in screen_text(app)
        assert rows(app)[0].endswith("‹EN› 中")


async def test_a_prompt_longer_than_its_place_says_so_and_scrolls(library: Library) -> None:
    app = app_of(library, "both")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "computed")
        assert "more · PgDn" in screen_text(app)
        while "more · PgDn" in screen_text(app):
            await press(pilot, "pagedown")
        assert "more · PgUp" in screen_text(app)
        assert screen.prompt.turn(1) is False


async def test_the_mouse_answers_ticks_and_rates(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "choice")
        item = screen.session.question.item
        await click(pilot.click, rows(app), "against the gradient")
        await pilot.pause()
        assert reviews(library, item) == [("correct", 3, "auto")]
        await click(pilot.click, rows(app), "easy")
        await pilot.pause()
        assert reviews(library, item)[-1][1] == 4
        await click(pilot.click, rows(app), "next")
        await pilot.pause()
        assert study_screen(app).session.question.item != item


async def click(clicking: Callable[..., object], shown: list[str], words: str) -> None:
    """Click on the first place where some words stand."""
    y = next(number for number, row in enumerate(shown) if words in row)
    await clicking(offset=(shown[y].index(words) + 1, y))  # type: ignore[misc]  # the pilot's click is awaitable


async def test_an_entry_is_dragged_to_its_place(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "order")
        top = screen.answer.region.y
        before = rows(app)[top : top + 4]
        await pilot.mouse_down(offset=(14, top))
        await pilot.mouse_up(offset=(14, top + 2))
        await pilot.pause()
        after = rows(app)[top : top + 4]
        assert after[2][8:] == before[0][8:]
        assert after[0][8:] == before[1][8:]


@pytest.mark.parametrize(
    ("kind", "display", "size", "keys"),
    [
        ("choice", "en", (80, 24), ("1",)),
        ("match", "zh", (80, 24), ("a", "2", "b", "c")),
        ("order", "both", (120, 40), ("J",)),
    ],
)
async def test_a_question_looks_as_it_was_last_looked_at(
    library: Library, kind: str, display: Display, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    app = app_of(library, display)
    async with app.run_test(size=size) as pilot:
        await go_to(pilot, kind)
        await press(pilot, *keys)
        looks = screen_text(app).rstrip()
    kept = Path(__file__).parent / "looks" / f"{kind}-{display}-{size[0]}x{size[1]}.txt"
    assert looks == kept.read_text(encoding="utf-8").rstrip()


async def test_the_palette_leaves_a_choice_as_it_was(library: Library) -> None:
    # Textual's style sheet goes by the names of classes: the palette brings in that of its own lists.
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "colon", "escape")
        await go_to(pilot, "choice")
        text = screen_text(app)
        assert "along the gradient" in text
        assert "across the gradient" in text
        assert "▔" not in text


def test_no_widget_bears_the_name_of_one_of_textual() -> None:
    ours = {
        name
        for module in iter_modules(widgets.__path__, f"{widgets.__name__}.")
        for name, value in vars(import_module(module.name)).items()
        if isinstance(value, type) and issubclass(value, Widget) and value.__module__ == module.name
    }
    assert "ChoiceList" in ours
    assert not ours & set(vars(textual.widgets)["__all__"])


async def test_an_echo_does_not_outlive_its_question_behind_others(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "computed")
        await type_text(pilot, wrong_answer(screen))
        assert "read as" in screen_text(app)
        kinds = []
        while "computed" not in kinds:
            await screen.action_skip()
            await pilot.pause()
            kinds.append(screen.session.question.type)
        assert "flashcard" in kinds
        assert "your answer" in screen_text(app)
        assert "read as" not in screen_text(app)


async def test_a_full_disk_is_told_in_the_language_of_the_screen_and_loses_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(library, "zh")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "typed")
        full = sqlite3.OperationalError("database or disk is full")
        full.sqlite_errorcode = sqlite3.SQLITE_FULL

        def refuse(raw: str) -> None:
            raise explain(full, Path("progress.db")) or full

        monkeypatch.setattr(screen.session, "answer", refuse)
        await type_text(pilot, "eta")
        await press(pilot, "enter")
        assert "磁盘已满" in screen_text(app)
        assert "⏎ 关闭" in screen_text(app)
        assert "disk" not in screen_text(app)
        await press(pilot, "enter")
        assert screen.query_one(Input).value == "eta"
        monkeypatch.undo()
        await press(pilot, "enter")
        assert "✓" in screen_text(app)


async def test_what_cannot_be_read_is_explained_to_the_end(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "computed")
        await type_text(pilot, "b")
        shown = [row.strip() for row in rows(app)]
        first = next(index for index, row in enumerate(shown) if row.startswith("b is not known here."))
        assert shown[first + 1].endswith(".")


async def test_a_key_in_an_answer_line_lays_nothing_out_again_and_a_long_answer_scrolls(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go_to(pilot, "typed")
        await type_text(pilot, "begin")
        laid_out: list[object] = []
        screen.screen_layout_refresh_signal.subscribe(screen, laid_out.append, immediate=True)
        await type_text(pilot, "s")
        assert "begins" in screen_text(app)
        assert laid_out == []
        assert isinstance(screen.focused, Input)
        screen.focused.insert_text_at_cursor("x" * 80 + "end")
        await pilot.pause()
        assert "begin" not in screen_text(app)
        assert "xend" in screen_text(app)
