"""Copies of the progress database: daily and pre-migration snapshots, ``backup`` and ``restore``.

A copy is made with ``VACUUM INTO`` under a temporary name, synced, then renamed: a file with its final name is whole.
Nothing here ever overwrites a database: what is in the way is set aside under a name that says why and when.
"""

import os
import re
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from quizapp.clock import Clock
from quizapp.errors import DatabaseProblem, UsageProblem
from quizapp.store.opening import beside, connect, identify, left_open, quick_check
from quizapp.store.problems import code_of, damaged, explained, is_damage

KEPT = 10
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"progress-(\d{8}T\d{6}Z)(?:-\d+)?-(daily|migration)\.db")

SnapshotReason = Literal["daily", "migration"]


def snapshot_folder(path: Path) -> Path:
    """Return where the snapshots of the database at ``path`` lie."""
    return path.parent / "snapshots"


def snapshots(folder: Path) -> list[Path]:
    """Return the snapshots, oldest first."""
    try:
        return sorted(file for file in folder.iterdir() if _NAME.fullmatch(file.name))
    except (FileNotFoundError, NotADirectoryError):
        return []


def daily_due(folder: Path, clock: Clock) -> bool:
    """Tell whether there is no daily snapshot of today (the local date) yet."""
    now = clock.now()
    for file in reversed(snapshots(folder)):
        match = _NAME.fullmatch(file.name)
        if match and match[2] == "daily":
            taken = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
            return taken.astimezone(now.tzinfo).date() != now.date()
    return True


def snapshot(path: Path, folder: Path, clock: Clock, reason: SnapshotReason) -> Path:
    """Copy the database into ``folder`` and remove all but the last ten snapshots.

    Parameters
    ----------
    path : Path
        The database; other processes may be using it.
    folder : Path
        Created if missing.
    clock : Clock
    reason : {"daily", "migration"}

    Returns
    -------
    Path
        The snapshot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseProblem(
            f"The folder for snapshots {folder} can't be created ({error.strerror}).", "Your progress itself is safe."
        ) from error
    file = _unused(folder, f"progress-{_stamp(clock)}", f"-{reason}.db")
    _copy(path, file)
    for old in snapshots(folder)[:-KEPT] + _abandoned(folder, clock):
        # Another process may be tidying the same folder.
        with suppress(OSError):
            old.unlink()
    return file


def _abandoned(folder: Path, clock: Clock) -> list[Path]:
    """Return the beginnings of copies whose process was killed; a live one finishes within the hour."""
    hour_ago = clock.now().timestamp() - 3600
    return [file for file in folder.glob("*.partial") if file.stat().st_mtime < hour_ago]


def backup_to(path: Path, file: Path) -> Path:
    """Copy the database to a file that does not exist yet.

    Parameters
    ----------
    path : Path
        The database.
    file : Path
        Where the copy goes; never overwritten.

    Returns
    -------
    Path
        ``file``.
    """
    if not path.is_file():
        raise UsageProblem(f"There is nothing to back up: {path} does not exist.")
    if file.exists():
        raise UsageProblem(f"{file} exists already and was not touched.", "Give the backup another name.")
    if not file.parent.is_dir():
        raise UsageProblem(f"The folder {file.parent} does not exist.", "Create it, or choose another one.")
    with explained(path), closing(connect(path, "rw")) as connection:
        identify(connection, path)
        quick_check(connection, path)
    _copy(path, file)
    return file


def newest_good_snapshot(folder: Path) -> Path | None:
    """Return the newest snapshot that passes the check, ``None`` if there is none."""
    for file in reversed(snapshots(folder)):
        with suppress(DatabaseProblem):
            _validate(file)
            return file
    return None


def restore(path: Path, source: Path, clock: Clock) -> Path | None:
    """Put a copy of ``source`` in the place of the database.

    Parameters
    ----------
    path : Path
        The database to replace; may be damaged or missing.
    source : Path
        A snapshot or backup; it is checked first and stays where it is.
    clock : Clock

    Returns
    -------
    Path or None
        Where the former database was set aside.
    """
    if not source.is_file():
        raise UsageProblem(f"There is no file {source} to restore from.", "quizapp doctor lists the snapshots.")
    if path.exists() and path.samefile(source):
        raise UsageProblem(f"{source} is the progress database itself; there is nothing to restore.")
    _validate(source)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseProblem(
            f"The folder {path.parent} can't be created ({error.strerror}).", "Choose another one with --data-dir."
        ) from error
    arriving = _unused(path.parent, f"{path.name}.arriving-{os.getpid()}", "")
    _copy(source, arriving, _as_it_lies(source))
    try:
        return _replace(path, arriving, f"before-restore-{_stamp(clock)}")
    finally:
        with suppress(OSError):
            arriving.unlink()


def set_aside_damaged(path: Path, clock: Clock) -> Path:
    """Rename a damaged database (with its log) so that a new one can begin; never done without being asked."""
    aside = _unused(path.parent, f"{path.name}.damaged-{_stamp(clock)}", "")
    _move_logs(path, aside)
    path.rename(aside)
    _sync_folder(path.parent)
    return aside


def _replace(path: Path, arriving: Path, reason: str) -> Path | None:
    if not path.exists():
        _move_logs(path, _unused(path.parent, f"{path.name}.{reason}", ""))
        arriving.replace(path)
        _sync_folder(path.parent)
        return None
    aside = _unused(path.parent, f"{path.name}.{reason}", "")
    holder = _alone(path)
    try:
        if os.name == "nt" and holder is not None:
            holder.close()  # Windows does not rename open files
        # A stale log beside the new file would be replayed into it.
        _move_logs(path, aside)
        try:
            aside.hardlink_to(path)
        except OSError:
            path.rename(aside)
        arriving.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise DatabaseProblem(
            f"The progress database could not be replaced ({error.strerror})."
            f" What was there is in {aside} or still in place.",
            "Close other programs that use it and try again.",
        ) from error
    finally:
        if holder is not None:
            holder.close()
    return aside


def _alone(path: Path) -> sqlite3.Connection | None:
    """Lock out everybody else and fold the log into the file; ``None`` if the file is too damaged for that."""
    if path.stat().st_size == 0:
        return None  # SQLite would delete the log of an emptied file
    try:
        # Read-only first: closing the last connection that may write folds the log into the file, damaged or not.
        with closing(connect(path, "ro", timeout=0.5)) as reading:
            if reading.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return None
    except sqlite3.Error as error:
        if code_of(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _in_use(path) from error
        return None
    connection = connect(path, "rw", timeout=0.5)
    try:
        # Leaving WAL needs to be the only connection, so it fails exactly when another process has the file open.
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        if mode != "delete":
            raise _in_use(path)
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if code_of(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _in_use(path) from error
        return None  # a restore must not depend on the health of what it replaces
    except BaseException:
        connection.close()
        raise
    return connection


def _in_use(path: Path) -> DatabaseProblem:
    return DatabaseProblem(
        f"The progress database {path} is in use by another session. Nothing was changed.",
        "Close every other quizapp and try again.",
    )


def _validate(file: Path) -> None:
    # A copy without a log is read as it lies, so that checking it leaves nothing beside it.
    with explained(file), closing(connect(file, _as_it_lies(file))) as connection:
        try:
            names = identify(connection, file)
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                raise DatabaseProblem(f"{file} is damaged or not a backup ({error}).", "Choose another one.") from error
            raise
    if verdict != "ok":
        raise DatabaseProblem(f"{file} is damaged ({verdict}).", "Choose another one.")
    if not names:
        raise DatabaseProblem(f"{file} is empty: it holds no progress.", "Choose another one.")


def _as_it_lies(file: Path) -> str:
    return "ro" if left_open(file) else "ro&immutable=1"


def _copy(source: Path, file: Path, mode: str = "rw") -> None:
    partial = file.with_name(f"{file.name}.{os.getpid()}.partial")
    try:
        with closing(connect(source, mode)) as connection:
            connection.execute("VACUUM INTO ?", (str(partial),))
        _sync(partial)
        partial.rename(file)
        _sync_folder(file.parent)
    except (sqlite3.Error, OSError) as error:
        if isinstance(error, sqlite3.Error) and is_damage(error):
            raise damaged(source, str(error)) from error
        raise DatabaseProblem(
            f"The copy {file} could not be written ({error}). The database itself is unchanged.",
            "Check that the disk has space and the folder may be written.",
        ) from error
    finally:
        # In a folder that can't be written nothing was left either.
        with suppress(OSError):
            partial.unlink()


def _move_logs(path: Path, aside: Path) -> None:
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            beside(path, suffix).rename(beside(aside, suffix))


def _stamp(clock: Clock) -> str:
    return clock.now().astimezone(UTC).strftime(_STAMP)


def _unused(folder: Path, stem: str, suffix: str) -> Path:
    file = folder / f"{stem}{suffix}"
    count = 1
    while file.exists():
        file = folder / f"{stem}-{count}{suffix}"
        count += 1
    return file


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
