r"""What can go wrong, as types; ``cli/diagnostics.py`` alone turns them into words on stderr and exit codes.

::

    QuizappError              something a person can mend; ``str(error)`` is a full sentence, ``hint`` says how
    ├── UsageProblem          exit 2: unknown id, unreadable file, a call that makes no sense
    │   └── UnknownName       … with a "did you mean"
    ├── ContentProblem        exit 1: the content is wrong; carries the findings
    └── EnvironmentProblem    exit 3: damaged database, missing optional part, isolation not to be had
        └── DatabaseProblem
"""

from collections.abc import Iterable


class QuizappError(Exception):
    """Base of every error that is shown to a person as one sentence and a way to mend it."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageProblem(QuizappError):
    """The call is wrong: unknown id, bad option, unreadable file."""


class UnknownName(UsageProblem):
    """An id that does not exist, with the nearest ones that do."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        # Only when something is wrong: every command's start pays for what this module imports.
        from difflib import get_close_matches

        nearest = get_close_matches(name, list(known), n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(nearest)}?" if nearest else ""
        super().__init__(f"There is no {what} named {name!r}.", hint)
        self.name = name
        self.nearest = tuple(nearest)


class ContentProblem(QuizappError):
    """The content has errors; the findings say where each one is."""

    exit_code = 1


class EnvironmentProblem(QuizappError):
    """The machine, the disk or an optional part can't do what was asked."""

    exit_code = 3


class DatabaseProblem(EnvironmentProblem):
    """The progress database can't be opened, read or written."""
