"""Where a person writes: one Python file for each exercise, never overwritten unless asked."""

from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.errors import UsageProblem
from quizapp.text import Display, Text

if TYPE_CHECKING:
    from engine.exercise import Exercise
    from quizapp.questions.words import ExerciseWords

LARGEST = 1 << 20
SUFFIX = ".py"
DOCSTRING_WIDTH = 68
"""Narrow enough for an editor beside the task on a terminal of 120 columns, or alone on one of 80."""


def file_name(exercise_id: str) -> str:
    """Return the name of an exercise's file; it can be imported."""
    return exercise_id.replace("-", "_") + SUFFIX


def exercise_of(path: Path) -> str:
    """Return the id that a file is named after."""
    return path.stem.replace("_", "-")


def stub(exercise: "Exercise", words: "ExerciseWords", display: Display) -> str:
    """Return the source to start from, with the task as its docstring."""
    from quizapp.coding.words import rules_text
    from quizapp.markup.plain import plain

    task = words.title.text + Text(".\n\n", "。\n\n") + words.task.text
    rules = rules_text(exercise.rules)
    told = Text(f"{task.en}\n\nRules: {rules.en}", f"{task.zh}\n\n规则：{rules.zh}")
    return exercise.stub("\n\n".join(plain(part, DOCSTRING_WIDTH) for part in told.shown(display).split("\n\n")))


def start(folder: Path, exercise: "Exercise", words: "ExerciseWords", display: Display, *, reset: bool = False) -> Path:
    """Write the stub and return where it is.

    Raises
    ------
    UsageProblem
        If the file holds work of the person's and `reset` is not set. With `reset` that work is kept beside it.
    """
    path = folder / file_name(exercise.id)
    wanted = stub(exercise, words, display)
    if path.exists():
        present = read_source(path)
        if present == wanted:
            return path
        if not reset:
            raise UsageProblem(
                f"{path} already holds your work; nothing was changed.",
                f"Go on there, or begin anew with `quizapp exercise start {exercise.id} --reset`.",
            )
        _set_aside(path)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(wanted, encoding="utf-8")
    return path


def _set_aside(path: Path) -> None:
    number = 1
    while (aside := path.with_suffix(f".old{number}")).exists():
        number += 1
    path.rename(aside)


def read_source(path: Path) -> str:
    """Return a submission's text.

    Raises
    ------
    UsageProblem
        If there is no such file, or it is no text.
    """
    if path.is_dir():
        raise UsageProblem(f"{path} is a folder.", "Name a Python file.")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)  # a device or a pipe may have no end
    except FileNotFoundError as error:
        hint = f"Write it first: quizapp exercise start {exercise_of(path)}"
        raise UsageProblem(f"There is no file {path}.", hint) from error
    except OSError as error:
        raise UsageProblem(f"{path} can't be read: {error.strerror}.") from error
    if len(data) > LARGEST:
        raise UsageProblem(f"{path} is larger than {LARGEST >> 20} MB.", "Is it the right file?")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageProblem(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from error
