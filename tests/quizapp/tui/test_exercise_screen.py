"""Writing exercises on the screen: nothing typed is lost, runs are reported, reviews rate themselves."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from engine.registry import exercise
from engine.solution import solution
from quizapp.coding import marking
from quizapp.coding.passed import digest, note_passed, passed
from quizapp.library import Library
from quizapp.paths import folders
from quizapp.text import Display
from quizapp.tui.present import exercise as present
from quizapp.tui.present.line import Tone, text_of, width_of
from quizapp.tui.screens.exercise import ExerciseScreen
from quizapp.tui.screens.exercise_file import ExerciseFile
from quizapp.tui.screens.exercise_list import ExerciseListScreen
from tests.quizapp.tui.conftest import CONTENT, Ticking, app_of
from tests.quizapp.tui.driving import press, reviews, rows, screen_text, study_screen

SHIPPED = Path(__file__).parents[3] / "content" / "exercises" / "activations" / "softmax.yaml"
DECK = """
deck: softmax
title: {en: Code, zh: 代码}
items:
  - id: write
    type: code
    topics: [softmax-definition]
    exercise: softmax
"""
HEAD = "import numpy as np\n\n\ndef softmax(x, axis=-1):\n"
WRONG = HEAD + "    return np.exp(x) / np.exp(x).sum(axis, keepdims=True)\n"
RIGHT = solution(exercise("softmax"))
WIDE, NARROW = (120, 40), (80, 24)


@pytest.fixture
def library(tmp_path: Path, ticking: Ticking) -> Iterator[Library]:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    (content / "exercises" / "activations").mkdir(parents=True)
    shutil.copy(SHIPPED, content / "exercises" / "activations")
    shutil.rmtree(content / "decks")
    (content / "decks" / "activations").mkdir(parents=True)
    (content / "decks" / "activations" / "softmax.yaml").write_text(DECK, encoding="utf-8")
    marking.install()
    with Library.open(folders(tmp_path / "data", (content,), {}), ticking.clock, care=False) as opened:
        yield opened


def on_screen(pilot: Pilot[int]) -> ExerciseScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ExerciseScreen), type(screen)
    return screen


async def opened(pilot: Pilot[int]) -> ExerciseScreen:
    await press(pilot, "x", "enter")
    return on_screen(pilot)


async def reviewed(pilot: Pilot[int]) -> ExerciseScreen:
    await press(pilot, "enter", "enter")
    return on_screen(pilot)


async def run(pilot: Pilot[int], source: str) -> None:
    """Put a source into the editor, run it and wait for the report."""
    on_screen(pilot).editor.show_text(source)
    await press(pilot, "ctrl+r")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def file_of(library: Library) -> Path:
    return library.folders.workspace / "softmax.py"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_known_mistake_is_named_and_a_right_solution_passes(library: Library, size: tuple[int, int]) -> None:
    app = app_of(library)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot)
        assert not file_of(library).exists()
        await run(pilot, WRONG)
        assert "Subtract the maximum" in " ".join(screen_text(app).split())
        assert "np.nan" in screen_text(app) or size == NARROW
        assert file_of(library).read_text(encoding="utf-8") == WRONG
        await run(pilot, RIGHT)
        assert screen.report is not None
        assert screen.report["status"] == "passed"
        assert "✓ passed" in rows(app)[0]
        await press(pilot, *(("escape",) if screen.typing else ()), "q")
        assert isinstance(app.screen, ExerciseListScreen)
        assert "✓ passed" in screen_text(app)


async def test_the_screen_stays_alive_while_code_runs(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    released = Event()

    def slow(name: str, source: str, words: object) -> dict[str, Any]:
        assert released.wait(20)
        return REPORT

    monkeypatch.setattr(marking, "mark", slow)
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        screen.editor.show_text(WRONG)
        await press(pilot, "ctrl+r")
        assert "running" in screen_text(app)
        await press(pilot, "z", "ctrl+r")
        assert screen.editor.text == WRONG + "z"
        released.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "too slow" in screen_text(app)


@pytest.mark.parametrize(("helped", "rating"), [(False, 3), (True, 2)])
async def test_passing_answers_the_review(library: Library, helped: bool, rating: int) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        await reviewed(pilot)
        if helped:
            await press(pilot, "f2")
            assert "Hint 1 of 3" in screen_text(app)
        await run(pilot, WRONG)
        assert reviews(library, "softmax/write") == []
        await run(pilot, RIGHT)
        assert reviews(library, "softmax/write") == [("correct", rating, "auto")]
        await run(pilot, WRONG)
        await press(pilot, "escape", "escape")
        assert study_screen(app).session.stage == "marked"
        assert "✓" in screen_text(app)
        assert reviews(library, "softmax/write") == [("correct", rating, "auto")]


async def test_a_review_asks_for_the_code_once_more(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await run(pilot, RIGHT)
        await press(pilot, "escape", "q", "q")
        screen = await reviewed(pilot)
        assert "raise NotImplementedError" in screen.editor.text
        assert file_of(library).with_suffix(".old1").read_text(encoding="utf-8") == RIGHT
        await press(pilot, "escape", *"i", *"abc", "escape", "q", "enter")
        assert "abc" in on_screen(pilot).editor.text


async def test_giving_up_counts_as_again_once_it_is_confirmed(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=NARROW) as pilot:
        screen = await reviewed(pilot)
        screen.editor.show_text(WRONG)
        await press(pilot, "f3", "escape")
        assert reviews(library, "softmax/write") == []
        await press(pilot, "f3", "enter")
        assert reviews(library, "softmax/write") == [("wrong", 1, "auto")]
        text = screen_text(app)
        assert "−     return np.exp(x)" in text
        assert "+     exponentials" in text
        await press(pilot, "escape")
        assert study_screen(app).session.stage == "marked"
        assert "Not answered." in screen_text(app)


@pytest.mark.parametrize("keys", [("escape", "escape"), ("ctrl+q",), ("ctrl+c",)])
async def test_whatever_way_the_screen_is_left_the_text_is_saved(library: Library, keys: tuple[str, ...]) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await press(pilot, *"abc", *keys)
        text = screen.editor.text
    assert "abc" in text
    assert file_of(library).read_text(encoding="utf-8") == text


async def test_a_look_at_an_exercise_leaves_no_file(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "q")
        assert "○ new" in screen_text(app)
    assert not file_of(library).exists()


async def test_what_another_editor_saves_is_read_again(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await run(pilot, WRONG)
        file_of(library).write_text(RIGHT, encoding="utf-8")
        screen.look()
        assert screen.editor.text == RIGHT
        screen.editor.show_text("mine")
        file_of(library).write_text(WRONG + "# more\n", encoding="utf-8")
        screen.look()
        assert screen.editor.text == WRONG + "# more\n"
        assert file_of(library).with_suffix(".old1").read_text(encoding="utf-8") == "mine"


async def test_the_persons_own_editor_is_opened_and_its_text_run(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(f"import sys, pathlib\npathlib.Path(sys.argv[1]).write_text({RIGHT!r})\n", encoding="utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    app = app_of(library)
    monkeypatch.setattr(app, "suspend", nullcontext)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "f6")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert screen.editor.text == RIGHT
        assert screen.passed


async def test_a_file_that_cannot_be_written_keeps_the_person_here(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        library.folders.workspace.parent.mkdir(parents=True, exist_ok=True)
        library.folders.workspace.write_text("in the way", encoding="utf-8")
        await press(pilot, "z", "escape", "q")
        assert "z" in screen.editor.text
        assert screen in app.screen_stack
        library.folders.workspace.unlink()


async def test_narrow_windows_show_one_view_at_a_time(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        assert (screen.task_panel.display, screen.editor.display) == (True, False)
        await press(pilot, "v")
        assert (screen.task_panel.display, screen.editor.display, screen.typing) == (False, True, True)
        await press(pilot, "f7")
        assert not screen.work.display
        await pilot.resize_terminal(*WIDE)
        await press(pilot, "enter")
        assert screen.task_panel.display
        assert screen.editor.display


async def test_the_editor_indents_as_python_does(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        screen.editor.show_text("")
        await press(pilot, *"if", "space", "x", ":", "enter", "y", "enter", "backspace", "z")
        assert screen.editor.text == "if x:\n    y\nz"
        assert [str(span.style) for span in screen.editor.get_line(0).spans]


async def test_the_language_flips_and_the_code_stays(library: Library) -> None:
    app = app_of(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await run(pilot, WRONG)
        await press(pilot, "f4")
        assert screen.editor.text == WRONG
        assert "首个失败用例" in screen_text(app)
        assert "17 个用例通过" in screen_text(app)


# --- values

REPORT: dict[str, Any] = {
    "status": "timeout",
    "message": {"en": "The code took too long.", "zh": "代码运行超时。"},
    "cases": [{"name": "one", "status": "timeout"}, {"name": "two", "status": "passed"}],
    "first_failure": {
        "case": "one",
        "input": {"x": "np.array([1., 2.])"},
        "got": None,
        "expected": "np.array([3.])",
        "difference": "The code took too long.",
        "difference_zh": "代码运行超时。",
        "laws": [],
        "smallest": False,
    },
    "mutant": None,
    "rules": [{"line": 2, "message": "No loop.", "message_zh": "不用循环。"}],
    "printed": "\x1b[31mred\tx\n" + "y" * 300,
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [30, 78, 118])
def test_a_report_fits_and_tells_everything(language: str, width: int) -> None:
    shown: Display = "en" if language == "en" else "zh"
    lines = present.report_lines(REPORT, shown, "en" if language == "en" else "zh", width)
    text = "\n".join(map(text_of, lines))
    assert max(map(width_of, lines)) <= width
    assert "\x1b" not in text
    for wanted in (
        "x = ",
        "np.array([3.])",
        "✗ one",
        "✓ two",
        *(["line 2", "too slow"] if language == "en" else ["第 2 行", "超时"]),
    ):
        assert wanted in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_rules_with_words_reach_the_edge(language: str) -> None:
    shown: Display = "en" if language == "en" else "zh"
    assert width_of(present.tabs("code", "en" if shown == "en" else "zh", 80)) == 80
    assert width_of(present.divider("✗ 17 个用例通过 15 个", Tone.WRONG, 80)) == 80


def test_the_difference_leaves_the_docstring_out() -> None:
    own = HEAD + '    """The task\n    again.\n    """\n' + "    return x\n"
    assert present.without_docstring(own, "softmax") == HEAD + "    return x\n"
    assert present.without_docstring("def", "softmax") == "def"
    same = present.solution_lines(RIGHT, RIGHT, "softmax", "en", 80)
    assert text_of(same[-1]) == "Your code is the reference solution."


def test_passed_is_of_a_version_and_outlives_a_damaged_file(tmp_path: Path) -> None:
    note_passed(tmp_path, "softmax", 2, RIGHT)
    note_passed(tmp_path, "adam", 1, "代码")
    assert {name: known.version for name, known in passed(tmp_path).items()} == {"adam": 1, "softmax": 2}
    assert passed(tmp_path)["softmax"].source == digest(RIGHT) != digest(WRONG)
    (tmp_path / "passed.json").write_text('{"adam": 1}', encoding="utf-8")
    assert passed(tmp_path) == {}
    (tmp_path / "passed.json").write_text("{", encoding="utf-8")
    assert passed(tmp_path) == {}


def test_a_file_is_written_whole_and_only_where_it_differs(tmp_path: Path) -> None:
    kept = ExerciseFile(tmp_path / "deep" / "softmax.py", "stub")
    kept.save("stub")
    assert not kept.exists
    kept.save("代码\n")
    assert kept.path.read_text(encoding="utf-8") == "代码\n"
    assert not kept.refresh()
    assert [path.name for path in kept.path.parent.iterdir()] == ["softmax.py"]


def test_the_first_frame_knows_nothing_of_editors() -> None:
    code = "import sys, quizapp.tui.app; sys.exit('textual.widgets._text_area' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
