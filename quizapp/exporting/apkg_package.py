"""The legacy package form that every Anki, AnkiDroid and AnkiMobile reads: a zip with a SQLite file of schema 11.

The rows are Anki's own; what they mean is decided by the caller. The database is built in a temporary file, because one
in memory takes three times its size until it is in the package. It has no indexes: Anki reads it once, from end to end.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, NamedTuple

from quizapp.errors import EnvironmentProblem
from quizapp.exporting.apkg_zip import ZipWriter

SCHEMA = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
    ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
    models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
    usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
    flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
    mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
    ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
    left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
    ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
    type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
"""
DATABASE = "collection.anki2"
BATCH = 250

SEPARATOR = "\x1f"
LONGEST_TIME = 60_000
FIRST_ID = 1_795_190_400_000


INSERT_LOG = "INSERT INTO revlog (id, ease, ivl, lastIvl, factor, time, type, cid, usn) VALUES (?,?,?,?,?,?,?,?,-1)"


class Card(NamedTuple):
    """Where a card stands, in Anki's terms; as it is by default: new."""

    modified: int = 0
    type: int = 0
    queue: int = 0
    due: int = 0
    interval: int = 0
    factor: int = 0
    reps: int = 0
    lapses: int = 0
    left: int = 0
    data: str = "{}"


class Log(NamedTuple):
    """One row of the review log without its card; ``id`` is its time in milliseconds."""

    id: int
    ease: int
    interval: int
    last_interval: int
    factor: int
    time: int
    type: int


class Note(NamedTuple):
    """One note with its only card. ``sort``: what the browser sorts by."""

    guid: str
    note_type: int
    deck: int
    modified: int
    tags: str
    fields: Sequence[str]
    sort: str
    card: Card
    log: Sequence[Log] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """What surrounds the notes.

    Parameters
    ----------
    created : int
        Seconds since 1970 UTC of the start of the day that due days are counted from.
    modified : int
        Seconds since 1970 UTC.
    note_types : str
        JSON, as Anki keeps it.
    decks : mapping of int to str
        Full names by id.
    minutes_west, rollover_hour : int
        The time zone on the day of creation, and when a day begins.
    media : mapping of str to bytes
    """

    created: int
    modified: int
    note_types: str
    decks: Mapping[int, str]
    minutes_west: int = 0
    rollover_hour: int = 4
    media: Mapping[str, bytes] = field(default_factory=dict)


def write_package(collection: Collection, notes: Iterable[Note], out: BinaryIO) -> None:
    """Write a package.

    Raises
    ------
    EnvironmentProblem
        If the folder for temporary files has no room.
    """
    with TemporaryDirectory(prefix="quizapp-") as folder:
        database = Path(folder) / DATABASE
        try:
            _build(database, collection, notes)
        except sqlite3.OperationalError as error:
            raise EnvironmentProblem(
                f"The package can't be put together in {folder}: {error}.",
                "Make room there, or name another folder for temporary files with TMPDIR.",
            ) from error
        with ZipWriter(out) as archive:
            with database.open("rb") as file:
                archive.add(DATABASE, file)
            names = {str(number): name for number, name in enumerate(collection.media)}
            archive.add("media", json.dumps(names, ensure_ascii=False).encode())
            for number, content in enumerate(collection.media.values()):
                archive.add(str(number), content)


def _build(database: Path, collection: Collection, notes: Iterable[Note]) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        # Nobody else sees this file, and it is gone when anything fails.
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
        )
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        number = _insert_notes(connection, notes)
        connection.execute("INSERT INTO col VALUES (1,?,?,?,11,0,0,0,?,?,?,?,'{}')", _head(collection, number))
        connection.execute("COMMIT")


def _insert_notes(connection: sqlite3.Connection, notes: Iterable[Note]) -> int:
    number = FIRST_ID
    taken: set[int] = set()
    source = iter(notes)
    while batch := list(islice(source, BATCH)):
        ids = range(number, number + len(batch))
        connection.executemany("INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,0,0,'')", _note_rows(ids, batch))
        connection.executemany(
            "INSERT INTO cards VALUES (?,?,?,0,?,-1,?,?,?,?,?,?,?,?,0,0,0,?)",
            [(i, i, note.deck, *note.card) for i, note in zip(ids, batch, strict=True)],
        )
        connection.executemany(INSERT_LOG, _log_rows(ids, batch, taken))
        number += len(batch)
    return number - FIRST_ID


def _note_rows(ids: range, batch: list[Note]) -> Iterator[tuple[Any, ...]]:
    for i, (guid, note_type, _, modified, tags, fields, sort, *_) in zip(ids, batch, strict=True):
        # Padded with spaces, so that a search for one tag finds it by the spaces around it.
        yield i, guid, note_type, modified, f" {tags} " if tags else "", SEPARATOR.join(fields), sort


def _log_rows(ids: range, batch: list[Note], taken: set[int]) -> list[tuple[int, ...]]:
    rows: list[tuple[int, ...]] = []
    for i, note in zip(ids, batch, strict=True):
        for log in note.log:
            if log.id in taken:
                log = log._replace(id=next(at for at in count(log.id) if at not in taken))
            taken.add(log.id)
            rows.append((*log, i))
    return rows


def _head(collection: Collection, notes: int) -> tuple[Any, ...]:
    config = {
        "activeDecks": [1],
        "addToCur": True,
        "collapseTime": 1200,
        "creationOffset": collection.minutes_west,
        "curDeck": 1,
        "curModel": None,
        "dayLearnFirst": False,
        "dueCounts": True,
        "estTimes": True,
        "newSpread": 0,
        "nextPos": notes + 1,
        "rollover": collection.rollover_hour,
        "sched2021": True,
        "schedVer": 2,
        "sortBackwards": False,
        "sortType": "noteFld",
        "timeLim": 0,
    }
    decks = {1: "Default", **collection.decks}
    return (
        collection.created,
        collection.modified * 1000,
        collection.modified * 1000,
        json.dumps(config),
        collection.note_types,
        json.dumps({str(i): _deck(i, name, collection.modified) for i, name in decks.items()}, ensure_ascii=False),
        json.dumps({"1": _PRESET}),
    )


def _deck(number: int, name: str, modified: int) -> dict[str, Any]:
    return {
        "id": number,
        "mod": modified,
        "name": name,
        "usn": -1,
        **{f"{kind}Today": [0, 0] for kind in ("lrn", "rev", "new", "time")},
        "collapsed": False,
        "browserCollapsed": True,
        "desc": "",
        "dyn": 0,
        "conf": 1,
        "extendNew": 0,
        "extendRev": 0,
    }


_PRESET: dict[str, Any] = {
    "id": 1,
    "mod": 0,
    "name": "Default",
    "usn": 0,
    "maxTaken": 60,
    "autoplay": True,
    "timer": 0,
    "replayq": True,
    "new": {"bury": False, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20},
    "rev": {"bury": False, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
    "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    "dyn": False,
}
