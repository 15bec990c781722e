from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.errors import DatabaseProblem
from quizapp.scheduling.model import Rating
from quizapp.store.backup import snapshot, snapshot_folder, snapshots
from quizapp.store.opening import NoProgressYet, beside
from quizapp.store.store import Store
from tests.quizapp.store.samples import DAY_MS, Ticking, filled, study

T = 20_000 * DAY_MS


def test_an_empty_file_without_snapshots_is_a_beginning(path: Path, clock: Ticking) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(NoProgressYet, match="is empty"):
        Store.open(path, clock.clock, readonly=True)
    filled(path, clock)


def damage_header(content: bytes) -> bytes:
    return b"garbage!" * 64 + content[512:]


def cut_in_half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def cut_odd(content: bytes) -> bytes:
    return content[: len(content) // 2 + 77]


def cut_to_nothing(content: bytes) -> bytes:
    return b""


def all_garbage(content: bytes) -> bytes:
    return b"This is not a database at all. " * 300


def garbage_pages(content: bytes) -> bytes:
    # The header and the schema's page survive: only reading every page finds this.
    return content[:8192] + b"\xa5" * (len(content) - 8192)


def late_pages(content: bytes) -> bytes:
    return content[:-8192] + b"\xa5" * 8192


DAMAGE = (late_pages, damage_header, cut_in_half, cut_odd, all_garbage, garbage_pages)


@pytest.mark.parametrize(
    ("damage", "with_snapshot"),
    [(damage, kept) for damage in DAMAGE for kept in (True, False)] + [(cut_to_nothing, True)],
)
def test_a_damaged_database_is_left_alone_and_the_way_back_is_named(
    path: Path, clock: Ticking, damage: Callable[[bytes], bytes], with_snapshot: bool
) -> None:
    filled(path, clock, 40)
    kept = snapshot(path, snapshot_folder(path), clock.clock, "migration") if with_snapshot else None
    content = damage(path.read_bytes())
    path.write_bytes(content)
    with pytest.raises(DatabaseProblem, match="is damaged") as caught:
        Store.open(path, clock.clock)
    assert caught.value.exit_code == 3
    if kept is None:
        assert "no good snapshot" in caught.value.message
        assert "restore FILE" in caught.value.hint
    else:
        assert str(kept) in caught.value.message
        assert f'quizapp restore "{kept}"' in caught.value.hint
    assert path.read_bytes() == content


def read_everything(path: Path, clock: Ticking) -> None:
    with Store.open(path, clock.clock, readonly=True) as store:
        store.all_states()
        list(store.log("raw"))


@pytest.mark.parametrize("readonly", [False, True])
def test_the_log_of_an_emptied_database_is_not_thrown_away(path: Path, clock: Ticking, readonly: bool) -> None:
    path.parent.mkdir()
    path.touch()
    beside(path, "-wal").write_bytes(b"answers that are not in the file yet")
    with pytest.raises(DatabaseProblem, match="is damaged"):
        Store.open(path, clock.clock, readonly=readonly)
    assert beside(path, "-wal").read_bytes() == b"answers that are not in the file yet"


def test_a_log_without_its_database_is_not_thrown_away(path: Path, clock: Ticking) -> None:
    path.parent.mkdir()
    beside(path, "-wal").write_bytes(b"answers")
    for readonly in (False, True):
        with pytest.raises(DatabaseProblem, match="is missing, but its log"):
            Store.open(path, clock.clock, readonly=readonly)
    assert [file.name for file in path.parent.iterdir()] == ["progress.db-wal"]


def test_damage_found_while_reading_is_a_sentence_too(path: Path, clock: Ticking) -> None:
    filled(path, clock, 40)
    path.write_bytes(garbage_pages(path.read_bytes()))
    with pytest.raises(DatabaseProblem, match="is damaged"):
        read_everything(path, clock)


def test_an_unclean_close_is_checked_at_the_next_opening(path: Path, clock: Ticking) -> None:
    filled(path, clock, 40)
    with Store.open(path, clock.clock):
        pass
    content = late_pages(path.read_bytes())
    assert len(snapshots(snapshot_folder(path))) == 1
    with Store.open(path, clock.clock) as store:
        study(store, "d/0", Rating.GOOD, T + DAY_MS)
        log = beside(path, "-wal").read_bytes()
    path.write_bytes(content)
    with Store.open(path, clock.clock):
        pass  # closed cleanly and already checked today: not read whole again
    path.write_bytes(content)
    beside(path, "-wal").write_bytes(log)
    with pytest.raises(DatabaseProblem, match="is damaged"):
        Store.open(path, clock.clock)
    assert (path.read_bytes(), beside(path, "-wal").read_bytes()) == (content, log)
    with Store.open(path, clock.clock, readonly=True) as store:
        assert store.setting("none") is None
    assert (path.read_bytes(), beside(path, "-wal").read_bytes()) == (content, log)


def test_a_missing_database_beside_snapshots_is_mentioned(path: Path, clock: Ticking) -> None:
    filled(path, clock)
    kept = snapshot(path, snapshot_folder(path), clock.clock, "daily")
    path.unlink()
    with Store.open(path, clock.clock) as store:
        assert any(str(kept) in notice.en and str(kept) in notice.zh for notice in store.notices)
