"""All of stderr, and the exit codes: one place maps what went wrong to a sentence and a number.

0 done, correct, nothing wrong · 1 the thing checked is wrong · 2 the call is wrong · 3 the environment can't do it.
"""

import os
import sys
from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING

from quizapp.errors import QuizappError, UnknownName
from quizapp.text import DISPLAYS

if TYPE_CHECKING:
    from quizapp.text import Display


class ExitCode(IntEnum):
    """What the exit status says; scripts rely on it."""

    OK = 0
    WRONG = 1
    USAGE = 2
    ENVIRONMENT = 3
    INTERRUPTED = 130


def note(message: str) -> None:
    """Say something that is neither data nor an error: progress, a path, a warning."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def report(error: QuizappError) -> int:
    """Say what is wrong and how to mend it; return the exit code."""
    display = _language()
    note(f"quizapp: {error.words.shown(display, ' ')}")
    if error.hint:
        note(f"  {error.advice.shown(display, ' ')}")
    return error.exit_code


def _language() -> "Display":
    """Return what ``--lang`` asks for, else what the system's locale suggests; the database may be what is broken."""
    asked = [
        following if word == "--lang" else word.removeprefix("--lang=")
        for word, following in zip(sys.argv, [*sys.argv[1:], ""], strict=True)
        if word == "--lang" or word.startswith("--lang=")
    ]
    for display in DISPLAYS:
        if asked and asked[-1] == display:
            return display
    # Only when something is wrong: every command's start pays for what this module imports.
    from quizapp.settings import system_language

    return system_language()


def guarded(run: Callable[[], object]) -> int:
    """Run a command; whatever a person can cause ends in one clear message, never in a traceback."""
    try:
        result = run()
    except QuizappError as error:
        return report(error)
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        # The reader (head, less) went away; send the rest nowhere so that Python's own flush stays quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except OSError as error:
        return _report_os_error(error)
    except Exception as error:
        code = _from_click(error)
        if code is not None:
            return code
        engine = _from_engine(error)
        if engine is not None:
            return report(engine)
        raise
    return int(result) if isinstance(result, int) else ExitCode.OK


def _interrupted() -> int:
    note("\nInterrupted. Everything saved so far is safe; nothing is half-written.")
    return ExitCode.INTERRUPTED


def _from_click(error: Exception) -> int | None:
    """Return the exit code of what click raises; the screen opens without click."""
    click = sys.modules.get("click")
    if click is None:
        return None
    if isinstance(error, click.exceptions.Exit):
        return int(error.exit_code)
    if isinstance(error, click.ClickException):
        error.show(file=sys.stderr)
        return int(error.exit_code)
    return _interrupted() if isinstance(error, click.Abort) else None


def _report_os_error(error: OSError) -> int:
    where = f" {error.filename}" if error.filename else ""
    note(f"quizapp: The system refused access to{where or ' a file'}: {error.strerror or error}.")
    if error.errno is not None and error.errno in _HINTS:
        note(f"  {_HINTS[error.errno]}")
    return ExitCode.ENVIRONMENT


def _from_engine(error: Exception) -> QuizappError | None:
    """Translate the engine's errors; the engine is only imported where one can have been raised."""
    errors = sys.modules.get("engine.errors")
    if errors is None:
        return None
    if isinstance(error, errors.UnknownIdError):
        return UnknownName(error.kind, error.name, error.nearest)
    if isinstance(error, errors.ParamsError):
        return QuizappError(f"These parameters can't be used: {error}.")
    return None


_HINTS = {
    13: "Check who owns the folder, or name another one with --data-dir.",
    28: "The disk is full. Nothing that was saved before is lost; make room and try again.",
    30: "The folder is read-only. Name another one with --data-dir.",
}
