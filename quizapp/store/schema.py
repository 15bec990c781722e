"""What identifies a progress database: read on every opening, so nothing heavy may be imported here."""

import sqlite3

APPLICATION_ID = 0x51415050
"""``QAPP`` in the file's header: tells a progress database from any other SQLite file."""

MIGRATION_SET = "quizapp"

MIGRATIONS = ("0001_progress",)
"""The migrations this version knows, in order; ``migrations.py`` holds their bodies."""

STATE_COLUMNS = (
    "phase",
    "step",
    "stability",
    "difficulty",
    "due",
    "due_day",
    "last_review",
    "last_day",
    "interval",
    "reps",
    "lapses",
)
"""The columns of ``state`` in the order of the fields of ``CardState``."""


def applied(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the applied migrations, read from the table that sqlite-utils keeps, without importing it."""
    kept = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone()
    if kept is None:
        return ()
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", (MIGRATION_SET,)
    )
    return tuple(name for (name,) in rows)
