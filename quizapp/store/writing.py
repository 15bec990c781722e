"""Changes beside the log: what a person decides about items, settings, sessions."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from quizapp.errors import UsageProblem
from quizapp.store.problems import explain
from quizapp.store.reading import Reader
from quizapp.store.rows import dumped

if TYPE_CHECKING:
    from quizapp.store.records import Pending


class Writer(Reader):
    """The changes that leave the log alone; ``Store`` adds those that don't."""

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """One transaction under the write lock; rolled back whatever happens inside, errors as sentences."""
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error) and (problem := explain(error, self.path)) is not None:
                raise problem from error
            if isinstance(error, OverflowError):
                raise UsageProblem("A number is too large to be kept (the seed?).", "Use one below 2^63.") from error
            raise

    def suspend(self, *items: str) -> None:
        """Keep items out of study until they are unsuspended."""
        now = self._clock.milliseconds()
        with self._change() as connection:
            connection.executemany("INSERT OR IGNORE INTO suspension VALUES (?, ?)", [(item, now) for item in items])

    def unsuspend(self, *items: str) -> None:
        """Let items be studied again."""
        with self._change() as connection:
            connection.executemany("DELETE FROM suspension WHERE item = ?", [(item,) for item in items])

    def flag(self, item: str, name: str) -> None:
        """Mark an item, e.g. as a leech."""
        with self._change() as connection:
            connection.execute("INSERT OR IGNORE INTO flag VALUES (?, ?, ?)", (item, name, self._clock.milliseconds()))

    def unflag(self, item: str, name: str) -> None:
        """Remove a mark."""
        with self._change() as connection:
            connection.execute("DELETE FROM flag WHERE item = ? AND name = ?", (item, name))

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a setting; any JSON value."""
        with self._change() as connection:
            connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, json.dumps(value)))

    def start_session(self, session: str, details: Mapping[str, object] | None = None) -> None:
        """Note that a session begins; starting one that exists continues it."""
        with self._change() as connection:
            connection.execute(
                """
                INSERT INTO session (id, started, after_review, details)
                VALUES (?, ?, (SELECT coalesce(max(id), 0) FROM review), ?)
                ON CONFLICT (id) DO UPDATE SET finished = NULL
                """,
                (session, self._clock.milliseconds(), dumped(details or {})),
            )

    def finish_session(self, session: str) -> None:
        """Note that a session ended; the question on screen is forgotten."""
        with self._change() as connection:
            connection.execute("UPDATE session SET finished = ? WHERE id = ?", (self._clock.milliseconds(), session))
            connection.execute("DELETE FROM pending WHERE session = ?", (session,))

    def show_pending(self, pending: "Pending") -> None:
        """Keep the question on screen, in place of the session's former one, until it is answered."""
        with self._change() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO pending (session, item, level, seed, params, shown_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    pending.session,
                    pending.item,
                    pending.level,
                    pending.seed,
                    dumped(pending.params),
                    pending.shown_at,
                ),
            )

    def forget_pending(self, session: str) -> None:
        """Forget the question that a session had on screen."""
        with self._change() as connection:
            connection.execute("DELETE FROM pending WHERE session = ?", (session,))
