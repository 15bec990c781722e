import os
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from quizapp.errors import DatabaseProblem, UsageProblem
from quizapp.scheduling.model import Rating
from quizapp.store import backup
from quizapp.store.backup import (
    KEPT,
    backup_to,
    newest_good_snapshot,
    restore,
    set_aside_damaged,
    snapshot,
    snapshot_folder,
    snapshots,
)
from quizapp.store.opening import beside
from quizapp.store.store import Store
from tests.quizapp.store.samples import DAY_MS, Ticking, study

T = 20_000 * DAY_MS


def items(path: Path, clock: Ticking) -> set[str]:
    with Store.open(path, clock.clock, readonly=True) as store:
        return store.seen()


def answered(path: Path, clock: Ticking, *names: str) -> None:
    with Store.open(path, clock.clock, care=False) as store:
        for name in names:
            study(store, name, Rating.GOOD, T)


def test_one_snapshot_a_day_and_ten_in_all(path: Path, clock: Ticking) -> None:
    answered(path, clock, "d/0")
    folder = snapshot_folder(path)
    for day in range(1, 14):
        for _ in range(3):
            with Store.open(path, clock.clock) as store:
                assert store.notices == []
                assert len(snapshots(folder)) == min(day, KEPT)
            clock.advance(hours=2)
        clock.advance(hours=18)
    newest = snapshots(folder)[-1]
    assert newest.name.startswith("progress-20260313T")
    assert [file.name for file in sorted(folder.iterdir())] == [file.name for file in snapshots(folder)]


def test_the_day_of_a_snapshot_is_the_local_one(path: Path, clock: Ticking) -> None:
    from datetime import timezone

    answered(path, clock, "d/0")
    clock.moment = clock.moment.replace(hour=15).astimezone(timezone(timedelta(hours=8)))  # 23:00 there
    with Store.open(path, clock.clock):
        pass
    clock.advance(hours=2)  # the same date in UTC, the next one there
    with Store.open(path, clock.clock):
        pass
    assert len(snapshots(snapshot_folder(path))) == 2


def test_snapshots_in_the_same_second_do_not_overwrite_each_other(path: Path, clock: Ticking) -> None:
    answered(path, clock, "d/0")
    folder = snapshot_folder(path)
    made = {snapshot(path, folder, clock.clock, "daily") for _ in range(3)}
    assert made == set(snapshots(folder))
    assert len(made) == 3


def test_a_snapshot_that_cannot_be_taken_is_a_notice_not_a_failure(path: Path, clock: Ticking) -> None:
    answered(path, clock, "d/0")
    snapshot_folder(path).write_text("in the way")
    with Store.open(path, clock.clock) as store:
        (notice,) = store.notices
        assert "snapshot could not be taken" in notice.en
        assert "快照" in notice.zh
        study(store, "d/1", Rating.GOOD, T)


def test_a_failed_copy_leaves_nothing_behind(path: Path, clock: Ticking, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(path, clock, "d/0")

    def full(file: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_sync", full)
    with pytest.raises(DatabaseProblem, match="No space left"):
        snapshot(path, snapshot_folder(path), clock.clock, "daily")
    assert list(snapshot_folder(path).iterdir()) == []


def test_what_a_killed_copy_left_is_tidied_but_a_running_one_is_not(path: Path, clock: Ticking) -> None:
    answered(path, clock, "d/0")
    folder = snapshot_folder(path)
    folder.mkdir()
    for name, age in (("abandoned", 4000), ("running", 10)):
        (folder / f"{name}.partial").touch()
        os.utime(folder / f"{name}.partial", (0, clock.moment.timestamp() - age))
    made = snapshot(path, folder, clock.clock, "daily")
    assert set(folder.iterdir()) == {made, folder / "running.partial"}


def test_a_snapshot_is_whole_while_a_session_is_writing(store: Store, clock: Ticking) -> None:
    study(store, "d/0", Rating.GOOD, T)
    store._connection.execute("BEGIN IMMEDIATE")
    store._connection.execute("DELETE FROM state")
    copy = snapshot(store.path, snapshot_folder(store.path), clock.clock, "daily")
    store._connection.execute("ROLLBACK")
    assert items(copy, clock) == {"d/0"}


def test_restore_brings_back_the_copy_and_keeps_what_was_there(path: Path, clock: Ticking, tmp_path: Path) -> None:
    answered(path, clock, "d/0")
    file = backup_to(path, tmp_path / "my backup #1?.db")
    answered(path, clock, "d/1")
    aside = restore(path, file, clock.clock)
    assert aside is not None
    assert aside.name == "progress.db.before-restore-20260301T090000Z"
    assert items(path, clock) == {"d/0"}
    assert items(aside, clock) == {"d/0", "d/1"}
    answered(path, clock, "d/2")
    assert items(file, clock) == {"d/0"}
    second = restore(path, aside, clock.clock)
    assert second is not None
    assert second.name == aside.name + "-1"
    assert items(path, clock) == {"d/0", "d/1"}
    assert items(second, clock) == {"d/0", "d/2"}
    assert not list(path.parent.glob("*arriving*"))


def test_restore_into_nothing(path: Path, clock: Ticking, tmp_path: Path) -> None:
    answered(path, clock, "d/0")
    file = backup_to(path, tmp_path / "copy.db")
    other = tmp_path / "elsewhere" / "progress.db"
    assert restore(other, file, clock.clock) is None
    assert items(other, clock) == {"d/0"}


@pytest.mark.parametrize("content", [b"not a database " * 999, b"SQLite format 3\0" + bytes(9000), b""])
def test_restore_over_a_damaged_database_keeps_it_with_its_log(
    path: Path, clock: Ticking, tmp_path: Path, content: bytes
) -> None:
    answered(path, clock, "d/0")
    file = backup_to(path, tmp_path / "copy.db")
    with Store.open(path, clock.clock, care=False) as store:
        study(store, "d/lost", Rating.GOOD, T)
        log = beside(path, "-wal").read_bytes()
    path.write_bytes(content)
    beside(path, "-wal").write_bytes(log)
    aside = restore(path, file, clock.clock)
    assert aside is not None
    assert aside.read_bytes() == content
    assert beside(aside, "-wal").read_bytes() == log
    assert not beside(path, "-wal").exists()
    assert items(path, clock) == {"d/0"}


def test_restore_refuses_while_a_session_has_the_database_open(store: Store, clock: Ticking, tmp_path: Path) -> None:
    study(store, "d/0", Rating.GOOD, T)
    file = backup_to(store.path, tmp_path / "copy.db")
    study(store, "d/1", Rating.GOOD, T)
    with pytest.raises(DatabaseProblem, match="in use"):
        restore(store.path, file, clock.clock)
    assert store.seen() == {"d/0", "d/1"}
    study(store, "d/2", Rating.GOOD, T)
    store.close()
    assert items(store.path, clock) == {"d/0", "d/1", "d/2"}
    assert not list(store.path.parent.glob("*restore*"))


def test_restore_refuses_what_is_no_good_copy(path: Path, clock: Ticking, tmp_path: Path) -> None:
    answered(path, clock, "d/0")
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"garbage " * 500)
    cut = tmp_path / "cut.db"
    cut.write_bytes(path.read_bytes()[:20_000])
    theirs = tmp_path / "theirs.db"
    with sqlite3.connect(theirs) as connection:
        connection.execute("CREATE TABLE their (x)")
    connection.close()
    empty = tmp_path / "empty.db"
    empty.touch()
    newer = backup_to(path, tmp_path / "newer.db")
    with sqlite3.connect(newer) as connection:
        connection.execute("INSERT INTO _sqlite_migrations VALUES (9, 'quizapp', '0999_future', '')")
    connection.close()
    for file, words in (
        (garbage, "damaged or not a backup"),
        (cut, "damaged"),
        (theirs, "another program"),
        (empty, "empty"),
        (newer, "newer version"),
    ):
        with pytest.raises(DatabaseProblem, match=words):
            restore(path, file, clock.clock)
    for file, words in ((tmp_path / "none.db", "no file"), (tmp_path, "no file"), (path, "itself")):
        with pytest.raises(UsageProblem, match=words):
            restore(path, file, clock.clock)
    assert items(path, clock) == {"d/0"}
    assert sorted(file.name for file in path.parent.iterdir()) == ["progress.db"]


def test_a_backup_overwrites_nothing(path: Path, clock: Ticking, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="nothing to back up"):
        backup_to(path, tmp_path / "copy.db")
    answered(path, clock, "d/0")
    (tmp_path / "taken.db").write_text("precious")
    with pytest.raises(UsageProblem, match="exists already"):
        backup_to(path, tmp_path / "taken.db")
    with pytest.raises(UsageProblem, match="does not exist"):
        backup_to(path, tmp_path / "none" / "copy.db")
    assert (tmp_path / "taken.db").read_text() == "precious"


def test_the_newest_good_snapshot_skips_damaged_ones(path: Path, clock: Ticking) -> None:
    folder = snapshot_folder(path)
    assert newest_good_snapshot(folder) is None
    answered(path, clock, "d/0")
    good = snapshot(path, folder, clock.clock, "daily")
    clock.advance(days=1)
    snapshot(path, folder, clock.clock, "daily").write_bytes(b"damaged")
    assert newest_good_snapshot(folder) == good
    assert sorted(file.name for file in folder.iterdir()) == [file.name for file in snapshots(folder)]


def test_a_damaged_database_can_be_set_aside_to_begin_again(path: Path, clock: Ticking) -> None:
    answered(path, clock, "d/0")
    path.write_bytes(b"garbage")
    aside = set_aside_damaged(path, clock.clock)
    assert aside.name == "progress.db.damaged-20260301T090000Z"
    assert aside.read_bytes() == b"garbage"
    answered(path, clock, "d/1")
    assert items(path, clock) == {"d/1"}
