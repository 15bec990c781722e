"""Everything that is asked of the progress database: one indexed query per question."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizapp.clock import Clock
from quizapp.scheduling.model import CardState, Review
from quizapp.store.counts import DayCounts, DeckCounts
from quizapp.store.opening import quick_check
from quizapp.store.problems import explain, explained
from quizapp.store.rows import REVIEW_COLUMNS, SELECT_REVIEW, STATE, logged_of, review_of, state_of

if TYPE_CHECKING:
    from quizapp.store.records import LoggedReview, Pending, Session

_DECKS = """
    SELECT deck, seen,
        (SELECT count(*) FROM state WHERE state.deck = deck_seen.deck AND phase = 'review' AND due_day <= :day),
        (SELECT count(*) FROM state WHERE state.deck = deck_seen.deck AND phase <> 'review' AND due <= :now)
    FROM deck_seen WHERE seen > 0
"""
# CROSS JOIN fixes the order of the loops: the suspended items are few.
_DECKS_SUSPENDED = """
    SELECT deck, total(phase = 'review' AND due_day <= :day), total(phase <> 'review' AND due <= :now)
    FROM suspension CROSS JOIN state ON state.item = suspension.item GROUP BY deck
"""
_AWAKE = "NOT EXISTS (SELECT 1 FROM suspension WHERE suspension.item = state.item)"
# A renamed item's log keeps the names it was recorded under; a corrected review takes the place of the first one.
_LOG = """
    FROM review LEFT JOIN alias ON alias.old = review.item
    WHERE NOT EXISTS (SELECT 1 FROM annulment WHERE annulment.review = review.id)
"""
_CANONICAL = "coalesce(alias.new, review.item)"
_PLACE = "coalesce(review.replaces, review.id)"

LOG_COLUMNS = ("id", *REVIEW_COLUMNS)

_REVIEWS = f"""
    {SELECT_REVIEW} WHERE review.item IN (
        SELECT :item WHERE NOT EXISTS (SELECT 1 FROM alias WHERE old = :item)
        UNION ALL SELECT old FROM alias WHERE new = :item
    ) ORDER BY {_PLACE}, review.id
"""  # noqa: S608 - fixed columns
LAST_COUNTED = f"""
    {SELECT_REVIEW} WHERE annulment.review IS NULL
    AND (:session IS NULL OR (review.session = :session
        AND review.id > coalesce((SELECT after_review FROM session WHERE id = :session), 0)))
    ORDER BY review.id DESC LIMIT 1
"""  # noqa: S608 - fixed columns
_DUE_STEPS = f"""
    SELECT item, {STATE} FROM state WHERE {{deck}} phase <> 'review' AND due <= :now AND {_AWAKE}
    ORDER BY due, item LIMIT :limit
"""  # noqa: S608 - fixed columns
_DUE_REVIEWS = f"""
    SELECT item, {STATE} FROM state WHERE {{deck}} phase = 'review' AND due_day <= :day AND {_AWAKE}
    ORDER BY due_day, state.rowid LIMIT :limit
"""  # noqa: S608 - fixed columns


class Reader:
    """The questions. ``Store`` adds the changes.

    Parameters
    ----------
    connection : sqlite3.Connection
        In autocommit; owned by the reader.
    path : Path
    clock : Clock
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.path = path

    def _rows(self, sql: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> list[Any]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            problem = explain(error, self.path)
            if problem is None:
                raise
            raise problem from error

    def state(self, item: str) -> CardState | None:
        """Return the memory state of one item, ``None`` if it is new."""
        rows = self._rows(f"SELECT {STATE} FROM state WHERE item = ?", (item,))  # noqa: S608 - fixed columns
        return state_of(rows[0]) if rows else None

    def states(self, items: list[str]) -> dict[str, CardState]:
        """Return the states of those of the items that have one."""
        rows = self._rows(
            f"SELECT item, {STATE} FROM state WHERE item IN (SELECT value FROM json_each(?))",  # noqa: S608 - fixed columns
            (json.dumps(items),),
        )
        return {row[0]: state_of(row[1:]) for row in rows}

    def all_states(self) -> dict[str, CardState]:
        """Return the state of every item ever reviewed."""
        return {row[0]: state_of(row[1:]) for row in self._rows(f"SELECT item, {STATE} FROM state")}  # noqa: S608 - fixed columns

    def strengths(self) -> list[tuple[str, float, int]]:
        """Return the deck, the stability in days and the last study day of every item ever reviewed."""
        return self._rows("SELECT deck, stability, last_day FROM state")

    def due_counts(self, now_ms: int, day: int) -> dict[str, DeckCounts]:
        """Return how each deck stands; decks never seen are absent.

        Parameters
        ----------
        now_ms : int
            Learning steps due until then are counted.
        day : int
            Reviews due on this study day or before are counted.
        """
        values = {"now": now_ms, "day": day}
        counts = {deck: DeckCounts(seen, due, learning) for deck, seen, due, learning in self._rows(_DECKS, values)}
        for deck, due, learning in self._rows(_DECKS_SUSPENDED, values):
            seen, all_due, all_learning = counts[deck]
            counts[deck] = DeckCounts(seen, all_due - int(due), all_learning - int(learning))
        return counts

    def due_items(
        self, now_ms: int, day: int, *, deck: str | None = None, limit: int | None = None
    ) -> list[tuple[str, CardState]]:
        """Return due items that are not suspended: learning steps by time, then reviews by due day.

        Parameters
        ----------
        now_ms, day : int
            As for ``due_counts``; add the learn-ahead time to ``now_ms`` to get steps early.
        deck : str, optional
        limit : int, optional
        """
        one_deck = "" if deck is None else "deck = :deck AND"
        values = {"deck": deck, "now": now_ms, "day": day, "limit": -1 if limit is None else limit}
        rows = self._rows(_DUE_STEPS.format(deck=one_deck), values)
        if limit is None or len(rows) < limit:
            values["limit"] = -1 if limit is None else limit - len(rows)
            rows += self._rows(_DUE_REVIEWS.format(deck=one_deck), values)
        return [(row[0], state_of(row[1:])) for row in rows]

    def next_due(self, now_ms: int, day: int) -> int | None:
        """Return when the next item that is not due yet becomes due, in milliseconds since 1970 UTC."""
        rows = self._rows(
            f"""
            SELECT min(due) FROM state WHERE phase <> 'review' AND due > :now AND {_AWAKE}
            UNION ALL SELECT * FROM (SELECT due FROM state WHERE phase = 'review' AND due_day > :day AND {_AWAKE}
            ORDER BY due_day LIMIT 1)
            """,  # noqa: S608 - fixed condition
            {"now": now_ms, "day": day},
        )
        return min((due for (due,) in rows if due is not None), default=None)

    def due_per_day(self, first_day: int, last_day: int) -> dict[int, int]:
        """Return how many reviews fall due on each study day of the range; days without any are absent."""
        return dict(
            self._rows(
                "SELECT due_day, count(*) FROM state WHERE phase = 'review' AND due_day BETWEEN ? AND ?"
                " GROUP BY due_day",
                (first_day, last_day),
            )
        )

    def seen(self, deck: str | None = None) -> set[str]:
        """Return the items that have a state, of one deck or of all."""
        if deck is None:
            return {item for (item,) in self._rows("SELECT item FROM state")}
        return {item for (item,) in self._rows("SELECT item FROM state WHERE deck = ?", (deck,))}

    def seen_among(self, items: list[str]) -> set[str]:
        """Return those of the items that have a state."""
        rows = self._rows("SELECT item FROM state WHERE item IN (SELECT value FROM json_each(?))", (json.dumps(items),))
        return {item for (item,) in rows}

    def day_counts(self, day: int) -> DayCounts:
        """Return how many answers of a study day count, by what the items were before."""
        rows = self._rows(
            """
            SELECT phase_before, count(*) FROM review
            WHERE day = ? AND NOT EXISTS (SELECT 1 FROM annulment WHERE annulment.review = review.id)
            GROUP BY phase_before
            """,
            (day,),
        )
        before = dict(rows)
        return DayCounts(
            new=before.get("new", 0),
            learning=before.get("learning", 0) + before.get("relearning", 0),
            review=before.get("review", 0),
        )

    def new_today(self, day: int) -> int:
        """Return how many items were answered for the first time on this study day."""
        return self.day_counts(day).new

    def reviews_today(self, day: int) -> int:
        """Return how many items in review were answered on this study day: what the daily limit counts."""
        return self.day_counts(day).review

    def reviews(self, item: str) -> "list[LoggedReview]":
        """Return the history of an item, oldest first, annulled reviews and former names included."""
        return [logged_of(row) for row in self._rows(_REVIEWS, {"item": item})]

    def review(self, review_id: int) -> "LoggedReview | None":
        """Return one row of the log."""
        rows = self._rows(f"{SELECT_REVIEW} WHERE review.id = ?", (review_id,))
        return logged_of(rows[0]) if rows else None

    def log(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield the given columns of every review that counts, grouped by item, each item's oldest first.

        Parameters
        ----------
        *columns : str
            Of ``LOG_COLUMNS``; ``item`` is the item's present name.
        """
        unknown = set(columns) - set(LOG_COLUMNS)
        if unknown or not columns:
            raise ValueError(f"not columns of the log: {sorted(unknown)}; known: {', '.join(LOG_COLUMNS)}")
        wanted = ", ".join(_CANONICAL if name == "item" else f"review.{name}" for name in columns)
        with explained(self.path):
            yield from self._connection.execute(f"SELECT {wanted} {_LOG} ORDER BY {_CANONICAL}, {_PLACE}")

    def histories(self) -> Iterator[tuple[str, list[Review]]]:
        """Yield each item's present name with the reviews that count, oldest first."""
        for item, rows in groupby(self.log("item", "rating", "at", "day", "after_interval"), key=lambda row: row[0]):
            yield item, [review_of(*row) for row in rows]

    def history(self, item: str) -> list[Review]:
        """Return the reviews of an item that count, as scheduling folds them."""
        return [
            review_of(item, logged.answer.rating, logged.answer.at, logged.answer.day, logged.state.interval)
            for logged in self.reviews(item)
            if logged.annulled is None
        ]

    def suspended(self) -> set[str]:
        """Return the suspended items."""
        return {item for (item,) in self._rows("SELECT item FROM suspension")}

    def flags(self) -> dict[str, set[str]]:
        """Return the flags of each flagged item."""
        found: dict[str, set[str]] = {}
        for item, name in self._rows("SELECT item, name FROM flag"):
            found.setdefault(item, set()).add(name)
        return found

    def has_flag(self, item: str, name: str) -> bool:
        """Tell whether an item has a flag."""
        return bool(self._rows("SELECT 1 FROM flag WHERE item = ? AND name = ?", (item, name)))

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a stored setting, ``default`` if it was never set."""
        rows = self._rows("SELECT value FROM setting WHERE key = ?", (key,))
        return json.loads(rows[0][0]) if rows else default

    def settings(self) -> dict[str, Any]:
        """Return all stored settings."""
        return {key: json.loads(value) for key, value in self._rows("SELECT key, value FROM setting")}

    def aliases(self) -> dict[str, str]:
        """Return each former name of an item with its present one."""
        return dict(self._rows("SELECT old, new FROM alias"))

    def sessions(self, limit: int | None = None) -> "list[Session]":
        """Return the sessions, newest first."""
        rows = self._rows(
            "SELECT id, started, finished, details FROM session ORDER BY started DESC, rowid DESC LIMIT ?",
            (-1 if limit is None else limit,),
        )
        from quizapp.store.records import Session

        return [Session(row[0], row[1], row[2], json.loads(row[3])) for row in rows]

    def pending(self) -> "Pending | None":
        """Return the question that was on screen last and was not answered, ``None`` if there is none."""
        rows = self._rows(
            """
            SELECT session, item, shown_at, level, seed, params FROM pending
            WHERE NOT EXISTS (SELECT 1 FROM review
                WHERE review.item = pending.item AND review.session = pending.session AND at >= shown_at)
            ORDER BY shown_at DESC LIMIT 1
            """
        )
        if not rows:
            return None
        from quizapp.store.records import Pending

        session, item, shown_at, level, seed, params = rows[0]
        return Pending(session, item, shown_at, level, seed, None if params is None else json.loads(params))

    def introduced(self, day: int) -> set[str]:
        """Return the items that were answered for the first time on this study day, by their present names."""
        rows = self._rows(
            f"SELECT {_CANONICAL} {_LOG} AND review.day = ? AND review.phase_before = 'new'",
            (day,),
        )
        return {item for (item,) in rows}

    def recent_milliseconds(self, limit: int) -> list[int]:
        """Return the time that each of the latest answers took, newest first."""
        return [taken for (taken,) in self._rows("SELECT milliseconds FROM review ORDER BY id DESC LIMIT ?", (limit,))]

    def recalled(self, first_day: int) -> tuple[int, int]:
        """Return how many reviews since a study day were recalled, and how many there were; steps don't count."""
        rows = self._rows(
            """
            SELECT count(*) FILTER (WHERE rating > 1), count(*) FROM review
            WHERE day >= ? AND phase_before = 'review'
            AND NOT EXISTS (SELECT 1 FROM annulment WHERE annulment.review = review.id)
            """,
            (first_day,),
        )
        right, total = rows[0]
        return right, total

    def study_days(self) -> Iterator[int]:
        """Yield the study days with an answer that counts, latest first."""
        day: int | None = None
        while True:
            # One indexed step a day, because a streak usually ends long before the log does.
            rows = self._rows(
                """
                SELECT max(day) FROM review WHERE (:before IS NULL OR day < :before)
                AND NOT EXISTS (SELECT 1 FROM annulment WHERE annulment.review = review.id)
                """,
                {"before": day},
            )
            day = rows[0][0]
            if day is None:
                return
            yield day

    def check(self) -> None:
        """Read the whole file and verify its structure; ``DatabaseProblem`` with what to do if it is damaged."""
        quick_check(self._connection, self.path)
