"""Content to index: only the files that changed are read, what depends on all files is computed anew."""

import gc
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from quizapp.catalogue.finding import Severity
from quizapp.catalogue.index import ABSENT, code_folders, modules_in, watched_tops
from quizapp.catalogue.index_rows import insert_file, insert_findings
from quizapp.catalogue.index_schema import BY_FILE, create
from quizapp.catalogue.loader import load, spec_types
from quizapp.catalogue.names import DeckFile, Declaration, Names, Reference, engine_names, resolve
from quizapp.catalogue.sources import Inventory, Source, take_inventory
from quizapp.catalogue.yaml_reader import LARGEST_FILE

# Some file systems keep times to two seconds: what is younger may change again without looking different.
UNCERTAIN_NS = 2_000_000_000


def build(roots: tuple[Path, ...], old: sqlite3.Connection | None, started_ns: int) -> sqlite3.Connection:
    """Return an up-to-date index in memory.

    Parameters
    ----------
    roots : tuple of Path
        Content folders.
    old : sqlite3.Connection or None
        An index to start from.
    started_ns : int
        The file system's time before anything is read.
    """
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    code = {path: modules_in(path) for path in code_folders()}
    if old is not None and code == dict(old.execute("SELECT path, modules FROM folder WHERE modules <> 0")):
        old.backup(connection)
    else:
        create(connection)
    with _without_collection():
        connection.execute("BEGIN")
        _update(connection, roots, code, started_ns)
        connection.execute("COMMIT")
    return connection


@contextmanager
def _without_collection() -> Iterator[None]:
    """Hold the garbage collector: a load makes a million small objects and no cycles worth finding meanwhile."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _mtime(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 -- a hundred of these at every start
    except OSError:
        return ABSENT


def _update(connection: sqlite3.Connection, roots: tuple[Path, ...], code: dict[str, int], started_ns: int) -> None:
    # Times first, then contents: what changes in between is noticed at the next start.
    tops = [top for top in watched_tops(roots) if not top.endswith("syllabus.yaml") or not Path(top).exists()]
    inventory = take_inventory(roots)
    watched = {path: _mtime(path) for path in {*tops, *inventory.folders} - {str(root) for root in roots}}
    changed = _update_files(connection, inventory, started_ns)
    connection.execute("DELETE FROM folder")
    rows = [(path, _certain(mtime, started_ns), 0) for path, mtime in watched.items()]
    connection.executemany("INSERT INTO folder VALUES (?, ?, ?)", rows)
    rows = [(path, _mtime(path), modules) for path, modules in code.items()]
    connection.executemany("INSERT INTO folder VALUES (?, ?, ?)", rows)
    if changed:
        _connect_files(connection, inventory)


def _certain(mtime_ns: int, started_ns: int) -> int:
    """Return the time, or one that never matches if the file may still change within the same tick."""
    return 0 if mtime_ns > started_ns - UNCERTAIN_NS else mtime_ns


def _update_files(connection: sqlite3.Connection, inventory: Inventory, started_ns: int) -> bool:
    """Bring the rows of changed files up to date; tell whether there were any."""
    known = {row[0]: row[1:] for row in connection.execute("SELECT path, size, mtime_ns, hash, position FROM file")}
    types = None
    gone = known.keys() - {source.path for source in inventory.sources}
    for path in gone:
        _forget(connection, path)
    changed = bool(gone) or not known
    for position, source in enumerate(inventory.sources):
        size, mtime_ns = _stat(source.path)
        before = known.get(source.path)
        if before and before[:2] == (size, mtime_ns):
            if before[3] != position:
                connection.execute("UPDATE file SET position = ? WHERE path = ?", (position, source.path))
            continue
        content = _content(source, size)
        digest = "" if content is None else blake2b(content, digest_size=16).hexdigest()
        # Not readable or too large: ask again at the next start.
        mtime_ns = _certain(mtime_ns, started_ns) if content is not None else 0
        if before and content is not None and before[2] == digest:
            row = (size, mtime_ns, position, source.path)
            connection.execute("UPDATE file SET size = ?, mtime_ns = ?, position = ? WHERE path = ?", row)
            continue
        changed = True
        types = spec_types() if types is None else types
        _forget(connection, source.path)
        entry = (source.path, source.kind.value, source.folder, position, size, mtime_ns, digest)
        connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", entry)
        insert_file(connection, load(source, types, content))
    return changed


def _stat(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return 0, ABSENT
    return found.st_size, found.st_mtime_ns


def _content(source: Source, size: int) -> bytes | None:
    if size > LARGEST_FILE:
        return None
    try:
        return Path(source.path).read_bytes()
    except OSError:
        return None


def _forget(connection: sqlite3.Connection, path: str) -> None:
    for table in BY_FILE:
        column = "path" if table == "file" else "file"
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (path,))  # noqa: S608 -- names of our own tables


def _connect_files(connection: sqlite3.Connection, inventory: Inventory) -> None:
    """Compute what depends on more than one file: names, which items can be used, decks and areas in order."""
    names = Names(engine=engine_names())
    names.declarations = [Declaration(*row) for row in connection.execute(DECLARATIONS)]
    names.references = [Reference(*row) for row in connection.execute(REFERENCES)]
    names.decks = [DeckFile(*row) for row in connection.execute(DECK_HEADS)]
    found = resolve(names)
    connection.execute("DELETE FROM finding WHERE phase = 'names'")
    insert_findings(connection, "names", [*inventory.findings, *(finding for finding, _ in found)])
    left_out = {(finding.file, item) for finding, item in found if item and finding.severity is Severity.ERROR}
    _order(connection, left_out)


def _order(connection: sqlite3.Connection, left_out: set[tuple[str, str]]) -> None:
    """Put decks and items in learning order by numbering them; an item without a number is left out."""
    _statements(connection, ORDER_DECKS)
    rows = connection.execute(
        "SELECT number, item.file, item.id FROM item JOIN deck ON deck.id = item.deck AND deck.file = item.file "
        "WHERE sound ORDER BY deck.position, place"
    ).fetchall()
    usable = [number for number, file, item in rows if (file, item) not in left_out]
    connection.executemany("UPDATE item SET position = ? WHERE number = ?", list(enumerate(usable, start=1)))
    _statements(connection, COUNT_ITEMS)
    aliases = connection.execute("SELECT aliases, id FROM item WHERE aliases <> '' AND position IS NOT NULL").fetchall()
    pairs = [(old, item) for olds, item in aliases for old in olds.split()]
    connection.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", pairs)


def _statements(connection: sqlite3.Connection, script: str) -> None:
    for statement in filter(str.strip, script.split(";")):
        connection.execute(statement)


DECLARATIONS = """SELECT t.kind, name, file, line, column FROM declaration AS t
    JOIN file ON file.path = t.file ORDER BY file.position, t.rowid"""
REFERENCES = """SELECT t.kind, name, file, line, column, user FROM reference AS t
    JOIN file ON file.path = t.file ORDER BY file.position, t.rowid"""
DECK_HEADS = """SELECT deck, file, t.folder, line, column, title_en <> '' FROM deck_head AS t
    JOIN file ON file.path = t.file ORDER BY file.position, t.rowid"""
ORDER_DECKS = """
UPDATE item SET position = NULL;
DELETE FROM area;
INSERT OR IGNORE INTO area SELECT name, row_number() OVER (ORDER BY file.position, place), title_en, title_zh
    FROM syllabus JOIN file ON file.path = syllabus.file WHERE syllabus.kind = 'area'
    ORDER BY file.position, place;
DELETE FROM deck;
INSERT OR IGNORE INTO deck
    SELECT head.deck, coalesce(plan.area, (SELECT id FROM area WHERE id = head.area),
            (SELECT id FROM area WHERE id = head.folder), 'own'),
        row_number() OVER (ORDER BY plan.name IS NULL, plan_file.position, plan.place, file.position),
        coalesce(plan.title_en, nullif(head.title_en, ''), head.deck),
        coalesce(plan.title_zh, nullif(head.title_zh, ''), head.deck),
        coalesce(plan.requires, head.requires), coalesce(plan.topics, ''), 0, head.file
    FROM deck_head AS head JOIN file ON file.path = head.file
    LEFT JOIN syllabus AS plan ON plan.kind = 'deck' AND plan.name = head.deck
    LEFT JOIN file AS plan_file ON plan_file.path = plan.file
    ORDER BY file.position, plan_file.position;
INSERT OR IGNORE INTO area SELECT 'own', 1000000, 'Your own decks', '自建牌组' FROM deck WHERE area = 'own' LIMIT 1;
"""
COUNT_ITEMS = """
UPDATE deck SET items = (SELECT count(*) FROM item WHERE item.deck = deck.id AND item.position IS NOT NULL);
DELETE FROM alias;
"""
