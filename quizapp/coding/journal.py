"""Keeps each report the moment it is made, so that an interrupted run goes on where it stopped.

A report is found again by the content that was graded, not by the file's name: what is unchanged is not graded twice,
what a learner has edited since is.
"""

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from quizapp.errors import EnvironmentProblem

if TYPE_CHECKING:
    from quizapp.coding.batch import Task

SUFFIX = ".journal"
RELEASE = 1
"""Raised when reports of an earlier grader are no longer to be reused."""


def journal_path(out: Path) -> Path:
    """Return where the journal of a results file is kept: beside it."""
    return out.with_name(out.name + SUFFIX)


def key(task: "Task") -> str:
    """Return what identifies the content of a task and how it is judged."""
    words = "" if task.words is None else task.words.model_dump_json()
    parts = (str(RELEASE), task.exercise, str(task.version), task.reveal, str(task.require_isolation), words)
    return sha256("\0".join((*parts, task.source)).encode("utf-8", "surrogatepass")).hexdigest()


class Journal:
    """Reports by content, one JSON line each.

    Parameters
    ----------
    path : Path
    resume : bool
        Whether to begin with what an earlier run left.
    """

    def __init__(self, path: Path, *, resume: bool = False) -> None:
        self.path = path
        self._reports = _read(path) if resume else {}
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        # Written anew, so that the half line of a run that was killed is not built upon.
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        try:
            with beside.open("w", encoding="utf-8") as file:
                file.writelines(_line(name, report) for name, report in self._reports.items())
            beside.replace(self.path)
            self._file = self.path.open("a", encoding="utf-8")
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise self._unwritable(error) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def report(self, task: "Task") -> dict[str, Any] | None:
        """Return the report on the same content, if there is one."""
        return self._reports.get(key(task))

    def add(self, task: "Task", report: dict[str, Any]) -> None:
        """Keep a report; it is on disk when this returns.

        Raises
        ------
        EnvironmentProblem
            If the disk is full.
        """
        if self._file is None:
            raise ValueError("the journal is closed")
        name = key(task)
        self._reports[name] = report
        try:
            self._file.write(_line(name, report))
            self._file.flush()
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> EnvironmentProblem:
        return EnvironmentProblem(
            f"{self.path} can't be written: {error.strerror or error}.", "Make room, or name another --out."
        )


def _line(name: str, report: dict[str, Any]) -> str:
    return json.dumps({"content": name, "report": report}, ensure_ascii=True) + "\n"


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise EnvironmentProblem(f"{path} can't be read: {error.strerror or error}.") from error
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        try:
            entry = json.loads(line)
            name, report = entry["content"], entry["report"]
            if isinstance(name, str) and isinstance(report["status"], str) and isinstance(report["score"], int | float):
                found[name] = report
        except (ValueError, KeyError, TypeError, RecursionError):
            continue  # the line that was being written when the run ended
    return found
