"""The outside of an Anki package: a zip from anywhere, opened without trusting a byte of it.

Nothing is written to the disk: the collection is copied into memory by SQLite itself, and media stay where they are.
"""

import lzma
import sqlite3
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quizapp.errors import UsageProblem
from quizapp.importing.text_files import require_file

LARGEST_PACKAGE = 2_000_000_000
LARGEST_COLLECTION = 500_000_000
MOST_ENTRIES = 100_000
HIGHEST_RATIO = 200
"""A collection of real notes shrinks to a tenth; what shrinks to a thousandth was made to fill a disk."""

NEWER, LEGACY = "collection.anki21b", ("collection.anki21", "collection.anki2")
_SQLITE = b"SQLite format 3\x00"
_UNREADABLE = (OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error, lzma.LZMAError)
"""What the decompressors raise at damaged bytes; neither of the last two is a kind of another."""
HOW_TO_EXPORT = (
    'In Anki choose File → Export, the format "Anki Deck Package (.apkg)", and switch on "Support older Anki versions".'
)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the collection of a package, for reading only.

    Raises
    ------
    UsageProblem
        If it is no package, damaged, of the newer compressed form, or made to do harm.
    """
    require_file(path, LARGEST_PACKAGE)
    content = _collection(path)
    if not content.startswith(_SQLITE):
        raise UsageProblem(f"{path}: its collection is no SQLite database.", "Export it from Anki once more.")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(content)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 50_000_000)
        _require_tables(connection, path)
        yield connection
    except sqlite3.Error as error:
        raise UsageProblem(f"{path}: its collection is damaged ({error}).", "Export it from Anki once more.") from error
    finally:
        connection.close()


def _collection(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            if len(entries) > MOST_ENTRIES:
                raise UsageProblem(f"{path} has {len(entries):,} entries.", "A package has far fewer: not read.")
            for entry in entries:
                _require_harmless(entry, path)
            names = {entry.filename: entry for entry in entries}
            if NEWER in names:
                raise UsageProblem(f"{path} is of Anki's newer, compressed form.", HOW_TO_EXPORT)
            for name in LEGACY:
                if name in names:
                    return _unpacked(package, names[name], path)
    except zipfile.BadZipFile as error:
        raise UsageProblem(f"{path} is no Anki package ({error}).", HOW_TO_EXPORT) from error
    except (*_UNREADABLE, zipfile.LargeZipFile) as error:
        raise UsageProblem(f"{path} can't be unpacked ({error}).", HOW_TO_EXPORT) from error
    raise UsageProblem(f"{path} has no collection in it.", HOW_TO_EXPORT)


def _require_harmless(entry: zipfile.ZipInfo, path: Path) -> None:
    name = entry.filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name:
        raise UsageProblem(f"{path} has an entry that leads outside: {name!r}.", "It was not made by Anki: not read.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UsageProblem(f"{path} has a link in it: {name!r}.", "It was not made by Anki: not read.")


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> bytes:
    too_large = UsageProblem(
        f"{path}: its collection unpacks to more than {LARGEST_COLLECTION // 1_000_000} MB, or to more than "
        f"{HIGHEST_RATIO} times its size.",
        "Export fewer decks at a time, if it is yours.",
    )
    ratio_matters = entry.file_size > 10_000_000
    if entry.file_size > LARGEST_COLLECTION or (
        ratio_matters and entry.file_size > HIGHEST_RATIO * max(1, entry.compress_size)
    ):
        raise too_large
    with package.open(entry) as file:
        # What the entry says of its size need not be true.
        content = file.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise too_large
    return content


def _require_tables(connection: sqlite3.Connection, path: Path) -> None:
    rows = connection.execute("SELECT name, type, sql FROM sqlite_schema").fetchall()
    found = {name for name, kind, _ in rows if kind == "table"}
    if missing := {"col", "notes", "cards", "revlog"} - found:
        raise UsageProblem(f"{path}: its collection has no {' and '.join(sorted(missing))}.", HOW_TO_EXPORT)
    if any(str(sql or "").upper().startswith("CREATE VIRTUAL") for _, _, sql in rows):
        raise UsageProblem(
            f"{path}: its collection has tables of its own making.", "It was not made by Anki: not read."
        )
    (problem,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if problem != "ok":
        raise UsageProblem(f"{path}: its collection is damaged ({problem}).", "Export it from Anki once more.")


def text_of(value: Any) -> str:
    """Return a value of the database as text, whatever is in it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)
