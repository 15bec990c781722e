"""Tables of the compiled catalogue. A change here, or of what they hold, raises FORMAT: older files are rebuilt."""

import sqlite3
from typing import Final

APPLICATION_ID: Final = 0x71_7A_63_61  # "qzca"
FORMAT: Final = 2

# Every row below belongs to the file that it was read from and goes when that file changes; the tables after
# "-- all files" are computed anew from them.
TABLES: Final = """
CREATE TABLE file(path TEXT PRIMARY KEY, kind TEXT NOT NULL, folder TEXT NOT NULL, position INTEGER NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, hash TEXT NOT NULL) {strict};
CREATE TABLE folder(path TEXT PRIMARY KEY, mtime_ns INTEGER NOT NULL, modules INTEGER NOT NULL) {strict};
CREATE TABLE item(number INTEGER PRIMARY KEY, id TEXT NOT NULL, deck TEXT NOT NULL, file TEXT NOT NULL,
    place INTEGER NOT NULL, line INTEGER NOT NULL, type TEXT NOT NULL, spec TEXT NOT NULL, title_en TEXT NOT NULL,
    title_zh TEXT NOT NULL, topics TEXT NOT NULL, errata TEXT NOT NULL, tags TEXT NOT NULL, aliases TEXT NOT NULL,
    skill TEXT, exercise TEXT, languages TEXT NOT NULL, revision TEXT NOT NULL, words TEXT NOT NULL,
    sound INTEGER NOT NULL, position INTEGER) {strict};
CREATE INDEX item_file ON item(file);
CREATE INDEX item_id ON item(id);
CREATE INDEX item_deck ON item(deck);
CREATE TABLE wording(kind TEXT NOT NULL, name TEXT NOT NULL, file TEXT NOT NULL, title_en TEXT NOT NULL,
    title_zh TEXT NOT NULL, content TEXT NOT NULL, words TEXT NOT NULL) {strict};
CREATE INDEX wording_name ON wording(kind, name);
CREATE TABLE deck_head(deck TEXT NOT NULL, file TEXT NOT NULL, folder TEXT NOT NULL, line INTEGER NOT NULL,
    column INTEGER NOT NULL, title_en TEXT NOT NULL, title_zh TEXT NOT NULL, area TEXT,
    requires TEXT NOT NULL) {strict};
CREATE TABLE syllabus(kind TEXT NOT NULL, name TEXT NOT NULL, file TEXT NOT NULL, place INTEGER NOT NULL,
    title_en TEXT NOT NULL, title_zh TEXT NOT NULL, area TEXT NOT NULL, requires TEXT NOT NULL, topics TEXT NOT NULL,
    note TEXT NOT NULL, section TEXT NOT NULL, severity TEXT NOT NULL) {strict};
CREATE TABLE declaration(kind TEXT NOT NULL, name TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL,
    column INTEGER NOT NULL) {strict};
CREATE TABLE reference(kind TEXT NOT NULL, name TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL,
    column INTEGER NOT NULL, user TEXT NOT NULL) {strict};
CREATE TABLE finding(phase TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL,
    severity TEXT NOT NULL, rule TEXT NOT NULL, message TEXT NOT NULL, hint TEXT NOT NULL) {strict};
-- all files
CREATE TABLE deck(id TEXT PRIMARY KEY, area TEXT NOT NULL, position INTEGER NOT NULL, title_en TEXT NOT NULL,
    title_zh TEXT NOT NULL, requires TEXT NOT NULL, topics TEXT NOT NULL, items INTEGER NOT NULL,
    file TEXT NOT NULL) {strict};
CREATE TABLE area(id TEXT PRIMARY KEY, position INTEGER NOT NULL, title_en TEXT NOT NULL,
    title_zh TEXT NOT NULL) {strict};
CREATE TABLE alias(old TEXT PRIMARY KEY, item TEXT NOT NULL) {strict};
"""
BY_FILE: Final = ("item", "wording", "deck_head", "syllabus", "declaration", "reference", "finding", "file")


def create(connection: sqlite3.Connection) -> None:
    """Create all tables in an empty database."""
    # STRICT came with SQLite 3.37; without it the catalogue works all the same.
    strict = "STRICT" if sqlite3.sqlite_version_info >= (3, 37) else ""
    connection.executescript(TABLES.format(strict=strict))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
