"""Real processes on one database: several writers, and writers that are killed."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.store.backup import snapshot_folder, snapshots
from quizapp.store.store import Store
from tests.quizapp.store.samples import Ticking, fold

# Each line printed is an acknowledgement: record() had returned.
WRITER = """
import sys
from pathlib import Path
from quizapp.errors import QuizappError
from quizapp.scheduling.model import Rating
from quizapp.store.records import ConcurrentChange
from quizapp.store.store import Store
from tests.quizapp.store.samples import DAY_MS, Ticking, study
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with Store.open(path, Ticking().clock) as store:
    number = 0
    while number < count:
        try:
            review = study(store, f"d/{number % 7}", Rating(1 + number % 4), 20_000 * DAY_MS + number,
                           session=name, raw=str(number))
        except ConcurrentChange:
            continue
        print(review, flush=True)
        number += 1
        if number % 20 == 0:
            store.checkpoint_idle()
"""


def writer(path: Path, name: str, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def sound(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_three_sessions_at_once_lose_nothing(path: Path, clock: Ticking) -> None:
    # None of them finds a database: they also compete to create it.
    writers = {name: writer(path, name, 60) for name in ("s1", "s2", "s3")}
    acknowledged: dict[int, str] = {}
    for name, process in writers.items():
        out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        acknowledged |= dict.fromkeys(map(int, out.split()), name)
    assert len(acknowledged) == 180
    with Store.open(path, clock.clock) as store:
        assert dict(store.log("id", "session")) == acknowledged
        states = store.all_states()
        assert sum(state.reps for state in states.values()) == 180
        assert states == {item: fold(reviews) for item, reviews in store.histories()}
        assert store.due_counts(0, 0)["d"].seen == 7
    sound(path)
    assert len(snapshots(snapshot_folder(path))) <= 3


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_what_was_acknowledged_survives_kill_9(path: Path, clock: Ticking) -> None:
    acknowledged: list[int] = []
    for enough in (1, 3, 10, 25, 45):
        process = writer(path, f"killed-after-{enough}", 10_000)
        if process.stdout is None or process.stderr is None:
            pytest.fail("no pipes")
        acknowledged += [int(process.stdout.readline()) for _ in range(enough)]
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        acknowledged += [int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]
        with Store.open(path, clock.clock) as store:
            stored = [number for (number,) in store.log("id")]
            assert set(acknowledged) <= set(stored)
            # At most the answer being written when the kill came is there without having been acknowledged.
            assert len(stored) <= len(acknowledged) + 1
            acknowledged = sorted(stored)
            states = store.all_states()
            assert store.refold_all(fold) == len(states)
            assert store.all_states() == states
        sound(path)
