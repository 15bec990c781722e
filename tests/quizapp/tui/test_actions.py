"""The one table of actions: complete, unambiguous, and carried out by the screens that it names."""

from itertools import combinations

import pytest

from quizapp.tui.actions import ACTIONS, EVERYWHERE, Action, binding_keys, everywhere, of_screen, shown_key
from quizapp.tui.app import QuizApp
from quizapp.tui.present.help import help_lines
from quizapp.tui.present.line import text_of, width_of
from quizapp.tui.screens.base import TableScreen
from quizapp.tui.screens.browse import BrowseScreen
from quizapp.tui.screens.exercise import ExerciseScreen
from quizapp.tui.screens.exercise_list import ExerciseListScreen
from quizapp.tui.screens.export import ExportScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.screens.summary import SummaryScreen

SCREENS: dict[str, type[TableScreen]] = {
    "home": HomeScreen,
    "study": StudyScreen,
    "summary": SummaryScreen,
    "browse": BrowseScreen,
    "export": ExportScreen,
    "exercises": ExerciseListScreen,
    "exercise": ExerciseScreen,
}
# Keys of the study and the export screen that mean different things at stages that exclude one another.
BY_STAGE = {
    "choose",
    "write",
    "cancel",
    "back",
    "submit",
    "flip",
    "accept",
    "solve",
    "next",
    "type",
    "command_keys",
    "leave",
    "write_exercise",
    "write_code",
    "leave_editor",
    "close_exercise",
}


def test_every_screen_of_the_table_exists_and_every_screen_is_in_the_table() -> None:
    assert {name for action in ACTIONS for name in action.screens} == set(SCREENS)
    assert {screen.name_in_table for screen in SCREENS.values()} == set(SCREENS)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_an_action_is_carried_out_where_the_table_says(action: Action) -> None:
    method = f"action_{action.id.partition('(')[0]}"
    owners: list[type] = [SCREENS[name] for name in action.screens] or [QuizApp]
    assert all(callable(getattr(owner, method, None)) for owner in owners)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_an_action_can_be_reached_and_is_explained_in_both_languages(action: Action) -> None:
    assert action.keys or action.typing
    assert action.label.en
    assert action.label.zh
    assert action.help.en
    assert action.help.zh
    assert action.label.en != action.label.zh


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_keys_that_work_while_typing_are_none_that_type(action: Action) -> None:
    assert all(len(key) > 1 for key in action.typing)


def test_the_actions_of_the_application_are_those_without_a_screen() -> None:
    assert tuple(action.id for action in everywhere()) == EVERYWHERE


@pytest.mark.parametrize("name", SCREENS)
def test_no_key_means_two_things_at_once(name: str) -> None:
    for one, other in combinations((*of_screen(name), *everywhere()), 2):
        shared = set(binding_keys(one)) & set(binding_keys(other))
        assert not shared or {one.id, other.id} <= BY_STAGE, (one.id, other.id, shared)


@pytest.mark.parametrize("name", SCREENS)
def test_the_bindings_of_a_screen_are_those_of_the_table(name: str) -> None:
    bound = {
        (key, binding.action)
        for key, bindings in SCREENS[name]._merge_bindings().key_to_bindings.items()
        for binding in bindings
    }
    assert {(key, action.id) for action in of_screen(name) for key in binding_keys(action)} <= bound


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 76])
def test_the_help_shows_every_action_and_fits(name: str, language: str, width: int) -> None:
    lines = help_lines(of_screen(name), everywhere(), "en" if language == "en" else "zh", width)
    joined = "".join(text_of(row).replace(" ", "") for row in lines)
    for action in (*of_screen(name), *everywhere()):
        words = action.help.en if language == "en" else action.help.zh
        assert words.replace(" ", "") in joined
    assert max(map(width_of, lines)) <= max(width, 40)


def test_the_footer_names_the_key_that_works_now() -> None:
    hint = next(action for action in ACTIONS if action.id == "hint")
    assert (shown_key(hint, typing=False), shown_key(hint, typing=True)) == ("h", "F2")
