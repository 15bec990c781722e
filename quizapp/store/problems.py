"""SQLite's errors as sentences: what happened, what is safe, what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizapp.errors import DatabaseProblem

_SAFE = "Everything answered before is safe; the last step was not saved."

_SENTENCES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (
        f"Another program keeps the progress database {{path}} locked. {_SAFE}",
        "Close the other program (or wait for its backup to finish) and try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        f"The progress database {{path}} can't be written: it is read-only. {_SAFE}",
        "Allow writing to the file and to its folder, or choose another folder with --data-dir.",
    ),
    sqlite3.SQLITE_FULL: (
        f"The disk with the progress database {{path}} is full. {_SAFE}",
        "Free some space and try again.",
    ),
    sqlite3.SQLITE_IOERR: (
        f"The system could not read or write the progress database {{path}} ({{detail}}). {_SAFE}",
        "Check that the disk has space and is healthy, then try again.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The progress database {path} can't be opened ({detail}). Nothing was changed.",
        "Check that its folder exists and may be read and written, or choose another one with --data-dir.",
    ),
}
_SENTENCES[sqlite3.SQLITE_LOCKED] = _SENTENCES[sqlite3.SQLITE_BUSY]
_SENTENCES[sqlite3.SQLITE_PERM] = _SENTENCES[sqlite3.SQLITE_CANTOPEN]

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code, 0 where the error did not come from SQLite."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether the error means that the file's content is wrong, not that it can't be reached."""
    return code_of(error) in _DAMAGE


def damaged(path: Path, detail: str) -> DatabaseProblem:
    """Return the problem of a file whose content is wrong, with the newest good snapshot and the way back to it."""
    # Imported here: checking snapshots is no part of opening a healthy database.
    from quizapp.store.backup import newest_good_snapshot, snapshot_folder

    message = (
        f"The progress database {path} is damaged or not a progress database ({detail})."
        " It was left as it is; nothing was changed."
    )
    snapshot = newest_good_snapshot(snapshot_folder(path))
    if snapshot is None:
        return DatabaseProblem(
            f"{message} There is no good snapshot of it.",
            "If you have a backup: quizapp restore FILE. The file found is kept beside it.",
        )
    return DatabaseProblem(
        f"{message} The newest good snapshot is {snapshot}.",
        f'To return to it: quizapp restore "{snapshot}". The damaged file is kept beside it.',
    )


def explain(error: sqlite3.Error, path: Path) -> DatabaseProblem | None:
    """Return the problem to raise for an error of SQLite, ``None`` where it is a defect of ours."""
    if is_damage(error):
        return damaged(path, str(error))
    words = _SENTENCES.get(code_of(error))
    if words is None:
        return None
    return DatabaseProblem(words[0].format(path=path, detail=error), words[1])


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise every error of SQLite inside the block as a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        problem = explain(error, path)
        if problem is None:
            raise
        raise problem from error
