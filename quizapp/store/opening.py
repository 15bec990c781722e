"""Opening the file: identity, schema version, pragmas; every way it can fail is a sentence and changes nothing."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from stat import S_ISREG

from quizapp.clock import Clock
from quizapp.errors import DatabaseProblem
from quizapp.store.problems import code_of, damaged, explained
from quizapp.store.schema import APPLICATION_ID, MIGRATIONS, applied
from quizapp.text import Text

BUSY_SECONDS = 5.0

SQLITE_NEEDED = (3, 37)
"""The first version with strict tables."""

WAL_PAGES = 4000
"""Automatic checkpoint as a backstop only: it takes tens of milliseconds, so idle moments and closing do it."""


MOVE_AWAY = Text("Move it away, or choose another folder with --data-dir.", "请将它移走，或用 --data-dir 另选文件夹。")
STUDY_FIRST = Text("Study something first: quizapp study", "请先学习：quizapp study")


class NoProgressYet(DatabaseProblem):
    """There is no database to read: nothing has been studied yet."""


def beside(path: Path, suffix: str) -> Path:
    """Return the file that SQLite keeps beside the database under ``suffix``."""
    return path.with_name(path.name + suffix)


def connect(path: Path, mode: str, *, timeout: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open a connection in autocommit; ``mode`` is the URI's query after ``mode=``."""
    if sqlite3.sqlite_version_info < SQLITE_NEEDED:
        needed = ".".join(map(str, SQLITE_NEEDED))
        raise DatabaseProblem(
            Text(
                f"Progress is kept with SQLite {needed} or newer, but this Python has SQLite {sqlite3.sqlite_version}.",
                f"保存进度需要SQLite {needed}或更新版本，当前Python自带的是{sqlite3.sqlite_version}。",
            ),
            Text("Use a Python with a newer SQLite.", "请改用自带较新SQLite的Python。"),
        )
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=timeout, isolation_level=None)


def left_open(path: Path) -> bool:
    """Tell whether a write-ahead log with content lies beside the file: in use now, or not closed cleanly."""
    try:
        return beside(path, "-wal").stat().st_size > 0
    except OSError:
        return False


def identify(connection: sqlite3.Connection, path: Path) -> tuple[str, ...]:
    """Return the applied migrations; refuse other programs' files and files of a newer version.

    Parameters
    ----------
    connection : sqlite3.Connection
    path : Path
        For the sentence.

    Returns
    -------
    tuple of str
        Empty for a blank database.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        blank = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
        if application == 0 and blank:
            return ()
        raise DatabaseProblem(
            Text(
                f"{path} belongs to another program: an SQLite file, but not a progress database. Nothing was changed.",
                f"{path}属于其他程序：它是SQLite文件，但不是进度数据库。没有作任何改动。",
            ),
            MOVE_AWAY,
        )
    names = applied(connection)
    newer = [name for name in names if name not in MIGRATIONS]
    if newer:
        raise DatabaseProblem(
            Text(
                f"The progress database {path} was written by a newer version of quizapp ({', '.join(newer)})."
                " Nothing was changed.",
                f"进度数据库{path}由更新版本的quizapp写入（{', '.join(newer)}）。没有作任何改动。",
            ),
            Text("Update quizapp: pip install --upgrade quizapp.", "请升级：pip install --upgrade quizapp。"),
        )
    return names


def quick_check(connection: sqlite3.Connection, path: Path) -> None:
    """Read every page once; raise when one is wrong. Takes time proportional to the file."""
    with explained(path):
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise damaged(path, " ".join(str(verdict).split()))


def _identity_on_disk(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_dev, status.st_ino


def open_writing(path: Path, clock: Clock, *, create: bool) -> sqlite3.Connection:
    """Open for reading and writing, with the schema up to date.

    A write-ahead log with content beside the file means that it was not closed cleanly (or that another session has it
    open): then the whole file is read first.

    Parameters
    ----------
    path : Path
    clock : Clock
        For the name of the snapshot that precedes a migration.
    create : bool
        Whether a missing database may be created, with its folder.
    """
    _refuse_what_is_no_database(path)
    existing = _identity_on_disk(path)
    if left_open(path):
        _check_as_it_lies(path)
    if existing is None:
        if not create:
            raise _none_yet(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseProblem(
                Text(
                    f"The folder {path.parent} can't be created ({error.strerror}).",
                    f"无法创建文件夹{path.parent}（{error.strerror}）。",
                ),
                Text("Choose another one with --data-dir.", "请用 --data-dir 另选文件夹。"),
            ) from error
    elif not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise _unwritable(path)
    with explained(path):
        connection = connect(path, "rwc")
        try:
            names = identify(connection, path)
            if existing is not None and _identity_on_disk(path) != existing:
                # A restore renamed the file while this process waited for its lock: that was the old one.
                connection.close()
                return open_writing(path, clock, create=create)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")
            connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES}")
            if any(name not in names for name in MIGRATIONS):
                _migrate(connection, path, clock)
        except BaseException:
            connection.close()
            raise
    return connection


def open_reading(path: Path, clock: Clock) -> sqlite3.Connection:
    """Open for reading, also in a folder that can't be written; an older schema is migrated first."""
    _refuse_what_is_no_database(path)
    if not path.exists():
        raise _none_yet(path)
    with explained(path):
        connection = _first_that_reads(path)
        try:
            names = identify(connection, path)
            if not names:
                raise NoProgressYet(
                    Text(f"The progress database {path} is empty.", f"进度数据库{path}为空。"), STUDY_FIRST
                )
            if any(name not in names for name in MIGRATIONS):
                connection.close()
                open_writing(path, clock, create=False).close()
                connection = _first_that_reads(path)
            connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def _first_that_reads(path: Path) -> sqlite3.Connection:
    # "rw" tidies up when it closes; a read-only folder allows only the others. "immutable" ignores the log, so it is
    # right only where there is none; "rw" would fold a log into the file, which is not for a reader to do.
    modes = ["ro"] if left_open(path) else ["rw", "ro", "ro&immutable=1"]
    for mode in modes:
        connection = connect(path, mode)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            reachable = code_of(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
            if mode == modes[-1] or reachable:
                raise
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise _none_yet(path)


def _check_as_it_lies(path: Path) -> None:
    """Read the whole file and its log without changing either: the next writer to close folds the log into the file."""
    with explained(path), closing(connect(path, "ro")) as connection:
        identify(connection, path)
        quick_check(connection, path)


def _refuse_what_is_no_database(path: Path) -> None:
    try:
        status = path.stat()
    except OSError:
        if left_open(path):
            raise DatabaseProblem(
                Text(
                    f"The progress database {path} is missing, but its log {beside(path, '-wal')} is there. Nothing was"
                    " changed; a new database would destroy the log.",
                    f"缺少进度数据库{path}，但其日志{beside(path, '-wal')}还在。没有作任何改动；新建数据库会毁掉日志。",
                ),
                Text(
                    "Put the database back beside its log, or move the log away, or: quizapp restore FILE.",
                    "请把数据库放回日志旁，或移走日志，或运行 quizapp restore 备份文件。",
                ),
            ) from None
        return
    if not S_ISREG(status.st_mode):
        what = Text("a folder", "文件夹") if path.is_dir() else Text("not a regular file", "特殊文件")
        raise DatabaseProblem(
            Text(
                f"{path} should be the progress database, but it is {what.en}. Nothing was changed.",
                f"{path}应为进度数据库，却是{what.zh}。没有作任何改动。",
            ),
            MOVE_AWAY,
        )
    if status.st_size == 0:
        _refuse_emptied(path)


def _refuse_emptied(path: Path) -> None:
    """Refuse a file that was cut to nothing: SQLite would take it for a new database and delete its log."""
    from quizapp.store.backup import snapshot_folder, snapshots

    if left_open(path) or snapshots(snapshot_folder(path)):
        raise damaged(path, "the file is empty although there was progress in it")


def _migrate(connection: sqlite3.Connection, path: Path, clock: Clock) -> None:
    from quizapp.store.backup import snapshot, snapshot_folder
    from quizapp.store.migrations import migrate

    migrate(connection, lambda: snapshot(path, snapshot_folder(path), clock, "migration"))


def _unwritable(path: Path) -> DatabaseProblem:
    return DatabaseProblem(
        Text(
            f"The progress database {path} can't be written: it or its folder is read-only. Nothing was changed.",
            f"无法写入进度数据库{path}：该文件或所在文件夹为只读。没有作任何改动。",
        ),
        Text(
            "Allow writing to the file and to its folder, or choose another folder with --data-dir.",
            "请允许写入该文件及其所在文件夹，或用 --data-dir 另选文件夹。",
        ),
    )


def _none_yet(path: Path) -> NoProgressYet:
    return NoProgressYet(Text(f"There is no progress database at {path}.", f"{path}处还没有进度数据库。"), STUDY_FIRST)
