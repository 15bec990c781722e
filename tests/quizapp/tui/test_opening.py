"""The way to the first frame and to the first question, and the command that leads there."""

import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.cli.folders import existing_folders
from quizapp.cli.screen import open_screen
from quizapp.errors import DatabaseProblem, EnvironmentProblem
from quizapp.library import Library
from quizapp.tui import opening
from quizapp.tui.screens.study import StudyScreen
from tests.quizapp.tui.conftest import CONTENT, app_of, nothing
from tests.quizapp.tui.driving import screen_text

HEAVY = ("numpy", "pydantic", "yaml", "sqlite_utils", "rich.markdown", "textual.widgets._markdown",
         "textual.widgets._text_area", "engine.skill", "quizapp.tui.screens.study")  # fmt: skip

FIRST_FRAME = """
import asyncio, sys
from pathlib import Path
from quizapp.clock import Clock
from quizapp.library import Library
from quizapp.paths import folders
from quizapp.tui.app import QuizApp
from quizapp.tui.glance import read

def painted():
    print(*[name for name in sys.argv[3].split() if name in sys.modules])

async def main():
    library = Library.open(folders(Path(sys.argv[1]), (Path(sys.argv[2]),), {}), Clock(), care=False)
    app = QuizApp(library, read(library), "en", after_first_frame=painted)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
    library.close()

asyncio.run(main())
"""


def test_the_first_frame_loads_nothing_that_only_a_question_needs(library: Library) -> None:
    data = library.folders.data
    found = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME, str(data), str(CONTENT), " ".join(HEAVY)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert found.stdout.split() == []


def test_what_is_loaded_behind_the_first_frame_is_what_a_question_needs() -> None:
    opening.preload()
    assert {"numpy", "pydantic", "engine.skill", "quizapp.tui.screens.study"} <= set(sys.modules)


def test_without_a_terminal_the_screen_says_what_to_do_instead() -> None:
    with pytest.raises(EnvironmentProblem, match="terminal") as caught:
        open_screen(existing_folders())
    assert "--plain" in caught.value.hint
    assert caught.value.exit_code == 3


def test_a_damaged_database_is_told_before_the_screen_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "progress.db").write_bytes(b"no database" * 1000)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    with pytest.raises(DatabaseProblem):
        open_screen(existing_folders(str(tmp_path), (str(CONTENT),)))


async def test_a_deck_named_on_the_command_line_is_studied_at_once(library: Library) -> None:
    from quizapp.tui.app import QuizApp
    from quizapp.tui.glance import read

    app = QuizApp(library, read(library), "en", deck="softmax", seed=3, after_first_frame=nothing)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        assert "Activation functions › Softmax and log" in screen_text(app)


async def test_a_heap_that_is_frozen_at_the_start_is_collected_again_later(library: Library) -> None:
    import gc

    app = app_of(library)
    gc.disable()
    app._after_first_frame = opening.settle
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    gc.unfreeze()
