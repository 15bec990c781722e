"""The progress of one person: every change is one transaction, returned from only once it is on the disk."""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from quizapp.clock import Clock
from quizapp.errors import DatabaseProblem, UsageProblem
from quizapp.scheduling.model import CardState, Rating
from quizapp.store.opening import open_reading, open_writing, quick_check
from quizapp.store.reading import LAST_COUNTED, Reader
from quizapp.store.rows import (
    INSERT_REVIEW,
    INSERT_STATE,
    UPDATE_STATE,
    UPDATE_STATE_IF,
    deck_of,
    logged_of,
    review_of,
    review_values,
    state_values,
)
from quizapp.store.writing import Writer

if TYPE_CHECKING:
    from quizapp.store.records import Answer, Fold, LoggedReview, RatedBy, Reason, UndoneReview, Verdict
from quizapp.text import Text

_ANNUL = "INSERT INTO annulment (review, at, reason) VALUES (?, ?, ?)"


class Store(Writer):
    """The progress database, open. Use as a context manager, in the thread that opened it.

    Attributes
    ----------
    path : Path
    notices : list of Text
        What a person should hear though nothing failed: a snapshot that could not be taken, a missing database.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, clock: Clock, *, readonly: bool = False) -> None:
        super().__init__(connection, path, clock)
        self._readonly = readonly
        self.notices: list[Text] = []

    @classmethod
    def open(
        cls, path: Path, clock: Clock, *, create: bool = True, readonly: bool = False, care: bool = True
    ) -> "Store":
        """Open the database.

        Parameters
        ----------
        path : Path
        clock : Clock
        create : bool
            Create a missing database; otherwise ``NoProgressYet``.
        readonly : bool
            Only read, without any check or snapshot; a missing database is ``NoProgressYet``.
        care : bool
            Do ``care()`` at once. A caller that wants its first screen sooner passes ``False`` and calls it later.

        Raises
        ------
        DatabaseProblem
            Whatever the reason, as a sentence; nothing was changed.
        """
        if readonly:
            return cls(open_reading(path, clock), path, clock, readonly=True)
        missing = not path.exists()
        store = cls(open_writing(path, clock, create=create), path, clock)
        try:
            if missing:
                store._mention_snapshots()
            if care:
                store.care()
        except BaseException:
            store._connection.close()
            raise
        return store

    def care(self) -> None:
        """Check the file and take the daily snapshot, where due.

        Once a day, if there is anything to lose, the whole file is read (``quick_check``) and copied. A snapshot that
        can't be taken is a notice; a failed check is a ``DatabaseProblem``.
        """
        from quizapp.store.backup import daily_due, snapshot, snapshot_folder

        folder = snapshot_folder(self.path)
        if not (daily_due(folder, self._clock) and self._rows("SELECT 1 FROM review LIMIT 1")):
            return
        quick_check(self._connection, self.path)
        try:
            snapshot(self.path, folder, self._clock, "daily")
        except DatabaseProblem as problem:
            self.notices.append(
                Text("Today's snapshot could not be taken. ", "今天的快照未能保存。") + problem.sentence
            )

    def _mention_snapshots(self) -> None:
        from quizapp.store.backup import snapshot_folder, snapshots

        existing = snapshots(snapshot_folder(self.path))
        if existing:
            self.notices.append(
                Text(
                    f"There was no progress database at {self.path}, so a new one was begun; but there are snapshots of"
                    f' an earlier one. To return to the newest: quizapp restore "{existing[-1]}".',
                    f"{self.path}处没有进度数据库，已新建一个；但存有以前的快照。"
                    f'要恢复最新的快照，请运行 quizapp restore "{existing[-1]}"。',
                )
            )

    def close(self) -> None:
        """Fold the write-ahead log into the file and close. Closing twice is harmless."""
        try:
            if not self._readonly:
                self.checkpoint_idle()
        finally:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def checkpoint_idle(self) -> None:
        """Fold the write-ahead log into the file as far as possible without waiting for anybody; for idle moments."""
        try:
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.Error:
            # Nothing is lost: the log stays beside the file and is folded in by whoever opens it next.
            return

    def record(self, answer: "Answer", state: CardState, was: CardState | None) -> int:
        """Append an answer and keep the state it leads to.

        Parameters
        ----------
        answer : Answer
        state : CardState
            As granted.
        was : CardState or None
            The state that ``state`` was computed from.

        Returns
        -------
        int
            The review's id, once everything is on the disk.

        Raises
        ------
        ConcurrentChange
            The stored state is no longer ``was``; nothing was written.
        """
        before = "new" if was is None else was.phase.value
        values = review_values(answer, state, before, None)
        with self._change() as connection:
            review = connection.execute(INSERT_REVIEW, values).lastrowid
            if was is None:
                fresh = self.state(answer.item) is None
                if fresh:
                    connection.execute(INSERT_STATE, (answer.item, deck_of(answer.item), *state_values(state)))
            else:
                fresh = (
                    connection.execute(
                        UPDATE_STATE_IF, (*state_values(state), answer.item, was.reps, was.last_review)
                    ).rowcount
                    == 1
                )
            if not fresh:
                from quizapp.store.records import ConcurrentChange

                raise ConcurrentChange(answer.item, self.state(answer.item))
        return _identity(review)

    def undo_last(self, session: str | None, refold: "Fold") -> "UndoneReview | None":
        """Annul the last review that counts and return the item to the fold of the rest.

        A corrected review (``override``) is undone whole: the answer itself no longer counts.

        Parameters
        ----------
        session : str or None
            Only within this session; ``None``: the last review of all, also of an earlier run.
        refold : callable
            List of reviews, oldest first, to a state.

        Returns
        -------
        UndoneReview or None
            ``None`` if there is nothing to undo.
        """
        with self._change() as connection:
            row = connection.execute(LAST_COUNTED, {"session": session}).fetchone()
            if row is None:
                return None
            undone = logged_of(row)
            connection.execute(_ANNUL, (undone.id, self._clock.milliseconds(), "undo"))
            item = self._present_name(undone.answer.item)
            state = refold(self.history(item))
            self._keep(item, state)
            from quizapp.store.records import UndoneReview

            return UndoneReview(undone._replace(annulled="undo"), state)

    def override(
        self,
        review_id: int,
        rating: Rating,
        refold: "Fold",
        *,
        rated_by: "RatedBy" = "person",
        verdict: "Verdict | None" = None,
        reason: "Reason" = "override",
    ) -> "LoggedReview":
        """Correct the rating of a review: annul it and append its successor, which takes its place in time.

        Parameters
        ----------
        review_id : int
            A review that counts.
        rating : Rating
        refold : callable
            As for ``undo_last``.
        rated_by : {"person", "auto"}
        verdict : str, optional
            A corrected verdict (a re-grading after a wrong key).
        reason : {"override", "regrade"}

        Returns
        -------
        LoggedReview
            The successor; ``store.state(item)`` has the item's new state.
        """
        with self._change() as connection:
            former = self.review(review_id)
            if former is None or former.annulled is not None:
                raise UsageProblem(f"There is no review {review_id} that counts.", "It may have been undone.")
            item = self._present_name(former.answer.item)
            answer = former.answer._replace(rating=rating, rated_by=rated_by, verdict=verdict or former.answer.verdict)
            place = former.replaces or former.id
            counted = [logged for logged in self.reviews(item) if logged.annulled is None]
            log = [
                review_of(item, rating, one.answer.at, one.answer.day, 0)
                if one.id == former.id
                else review_of(item, one.answer.rating, one.answer.at, one.answer.day, one.state.interval)
                for one in counted
            ]
            upto = 1 + next(index for index, one in enumerate(counted) if one.id == former.id)
            granted = refold(log[:upto])
            if granted is None:
                raise ValueError("refold gave no state for a log with a review")
            connection.execute(_ANNUL, (former.id, self._clock.milliseconds(), reason))
            values = review_values(answer, granted, former.phase_before, place)
            successor = _identity(connection.execute(INSERT_REVIEW, values).lastrowid)
            self._keep(item, granted if upto == len(log) else refold(log))
            from quizapp.store.records import LoggedReview

            return LoggedReview(successor, answer, granted, former.phase_before, place, None)

    def refold_all(self, fold: "Fold") -> int:
        """Rebuild every state from the log, in one transaction; return how many there are."""
        return self.rebuild(lambda log: ((item, fold(reviews)) for item, reviews in log.histories()))

    def rebuild(self, fold: Callable[[Reader], Iterable[tuple[str, CardState | None]]]) -> int:
        """Do what ``refold_all`` does, for a fold of all items at once.

        Parameters
        ----------
        fold : callable
            Given the store to read (``log`` for columns, ``histories`` for reviews), gives items with their states.

        Returns
        -------
        int
            How many states there are.
        """
        with self._change() as connection:
            states = [(item, deck_of(item), *state_values(state)) for item, state in fold(self) if state is not None]
            connection.execute("DELETE FROM state")
            connection.executemany(INSERT_STATE, states)
            return len(states)

    def rename(self, old: str, new: str, refold: "Fold") -> CardState | None:
        """Re-attach the progress of a removed item to another one; the log stays as it was written.

        Parameters
        ----------
        old, new : str
            ``new`` may have progress of its own: the logs are then one.
        refold : callable
            As for ``undo_last``.

        Returns
        -------
        CardState or None
            The state of ``new``.
        """
        if old == new:
            raise UsageProblem(f"{old} can't be re-attached to itself.")
        with self._change() as connection:
            own = connection.execute("SELECT 1 FROM state WHERE item = ?", (new,)).fetchone()
            connection.execute("DELETE FROM alias WHERE old = ?", (new,))
            connection.execute("UPDATE alias SET new = ? WHERE new = ?", (new, old))
            connection.execute("INSERT OR REPLACE INTO alias VALUES (?, ?)", (old, new))
            for table in ("suspension", "flag"):
                connection.execute(f"UPDATE OR REPLACE {table} SET item = ? WHERE item = ?", (new, old))  # noqa: S608
            if own is None:
                connection.execute(
                    "UPDATE state SET item = ?, deck = ? WHERE item = ?",
                    (new, deck_of(new), old),
                )
            else:
                connection.execute("DELETE FROM state WHERE item = ?", (old,))
                self._keep(new, refold(self.history(new)))
            return self.state(new)

    def _present_name(self, item: str) -> str:
        rows = self._rows("SELECT new FROM alias WHERE old = ?", (item,))
        return str(rows[0][0]) if rows else item

    def _keep(self, item: str, state: CardState | None) -> None:
        connection = self._connection
        if state is None:
            connection.execute("DELETE FROM state WHERE item = ?", (item,))
        elif connection.execute(UPDATE_STATE, (*state_values(state), item)).rowcount == 0:
            connection.execute(INSERT_STATE, (item, deck_of(item), *state_values(state)))


def _identity(rowid: int | None) -> int:
    if rowid is None:
        raise ValueError("SQLite reported no row id for an insert")
    return rowid
