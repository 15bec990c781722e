"""The schema and its history. Imports sqlite-utils (100 ms): only for a database that has a migration pending.

A migration that has been released is never edited: a change of the schema is a new function below and a new name in
``schema.MIGRATIONS``.
"""

import sqlite3
from collections.abc import Callable

from sqlite_utils import Database, Migrations

from quizapp.store.schema import APPLICATION_ID, MIGRATION_SET, applied

migrations = Migrations(MIGRATION_SET)

_PROGRESS = (
    """
    CREATE TABLE review (
        id INTEGER PRIMARY KEY,
        item TEXT NOT NULL,
        at INTEGER NOT NULL,
        day INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
        rated_by TEXT NOT NULL CHECK (rated_by IN ('auto', 'person')),
        verdict TEXT NOT NULL CHECK (verdict IN ('correct', 'wrong', 'self')),
        kind TEXT NOT NULL,
        skill TEXT,
        version INTEGER,
        level INTEGER,
        seed INTEGER,
        params TEXT,
        raw TEXT NOT NULL,
        read_as TEXT NOT NULL,
        misconception TEXT,
        slip TEXT,
        hints INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        milliseconds INTEGER NOT NULL,
        session TEXT NOT NULL,
        language TEXT NOT NULL,
        revision TEXT NOT NULL,
        phase_before TEXT NOT NULL CHECK (phase_before IN ('new', 'learning', 'review', 'relearning')),
        replaces INTEGER REFERENCES review (id),
        after_phase TEXT NOT NULL,
        after_step INTEGER NOT NULL,
        after_stability REAL NOT NULL,
        after_difficulty REAL NOT NULL,
        after_due INTEGER NOT NULL,
        after_due_day INTEGER NOT NULL,
        after_interval INTEGER NOT NULL,
        after_reps INTEGER NOT NULL,
        after_lapses INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX review_item ON review (item)",
    "CREATE INDEX review_day ON review (day, phase_before)",
    """
    CREATE TABLE annulment (
        review INTEGER PRIMARY KEY REFERENCES review (id),
        at INTEGER NOT NULL,
        reason TEXT NOT NULL CHECK (reason IN ('undo', 'override', 'regrade'))
    ) STRICT
    """,
    """
    CREATE TABLE state (
        item TEXT PRIMARY KEY NOT NULL,
        deck TEXT NOT NULL,
        phase TEXT NOT NULL CHECK (phase IN ('learning', 'review', 'relearning')),
        step INTEGER NOT NULL,
        stability REAL NOT NULL,
        difficulty REAL NOT NULL,
        due INTEGER NOT NULL,
        due_day INTEGER NOT NULL,
        last_review INTEGER NOT NULL,
        last_day INTEGER NOT NULL,
        interval INTEGER NOT NULL,
        reps INTEGER NOT NULL,
        lapses INTEGER NOT NULL
    ) STRICT
    """,
    # Partial indexes: items in steps are few and due by the clock, items in review are many and due by the day.
    "CREATE INDEX state_due_day ON state (due_day) WHERE phase = 'review'",
    "CREATE INDEX state_deck_due_day ON state (deck, due_day) WHERE phase = 'review'",
    "CREATE INDEX state_deck_due ON state (deck, due) WHERE phase <> 'review'",
    # Counting 100,000 states takes milliseconds, and the first screen needs the count per deck.
    "CREATE TABLE deck_seen (deck TEXT PRIMARY KEY NOT NULL, seen INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TRIGGER state_inserted AFTER INSERT ON state BEGIN
        INSERT INTO deck_seen VALUES (NEW.deck, 1) ON CONFLICT (deck) DO UPDATE SET seen = seen + 1;
    END
    """,
    """
    CREATE TRIGGER state_deleted AFTER DELETE ON state BEGIN
        UPDATE deck_seen SET seen = seen - 1 WHERE deck = OLD.deck;
    END
    """,
    """
    CREATE TRIGGER state_moved AFTER UPDATE OF deck ON state WHEN OLD.deck <> NEW.deck BEGIN
        UPDATE deck_seen SET seen = seen - 1 WHERE deck = OLD.deck;
        INSERT INTO deck_seen VALUES (NEW.deck, 1) ON CONFLICT (deck) DO UPDATE SET seen = seen + 1;
    END
    """,
    "CREATE TABLE suspension (item TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL) STRICT",
    """
    CREATE TABLE flag (
        item TEXT NOT NULL,
        name TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (item, name)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE session (
        id TEXT PRIMARY KEY NOT NULL,
        started INTEGER NOT NULL,
        finished INTEGER,
        after_review INTEGER NOT NULL,
        details TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE pending (
        session TEXT PRIMARY KEY NOT NULL,
        item TEXT NOT NULL,
        level INTEGER,
        seed INTEGER,
        params TEXT,
        shown_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE TABLE alias (old TEXT PRIMARY KEY NOT NULL, new TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX alias_new ON alias (new)",
)


@migrations(name="0001_progress")
def _progress(database: Database) -> None:
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _PROGRESS:
        database.execute(statement)
    for table, key in (("review", "id"), ("annulment", "review")):
        for change in ("UPDATE", "DELETE"):
            database.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN"
                f" SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        # INSERT OR REPLACE deletes without firing delete triggers unless the connection asks for recursive ones.
        clash = f"SELECT 1 FROM {table} WHERE {key} = NEW.{key}"  # noqa: S608 - names from above
        database.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({clash}) BEGIN"
            f" SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def migrate(connection: sqlite3.Connection, before: Callable[[], object]) -> None:
    """Apply what is pending, in one transaction that no other process can enter.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open for writing, in autocommit, outside a transaction.
    before : callable
        Called under the write lock before the first change to a database that has data: the snapshot.
    """
    # Plugins of sqlite-utils are other packages' code; they have no business in the progress database.
    database = Database(connection, execute_plugins=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if migrations.pending(database):
            if applied(connection):
                before()
            migrations.apply(database)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
