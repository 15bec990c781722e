import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlite_utils import Database, Migrations

from quizapp.errors import DatabaseProblem
from quizapp.scheduling.model import Rating
from quizapp.store import migrations, opening, schema
from quizapp.store.backup import snapshot_folder, snapshots
from quizapp.store.opening import NoProgressYet, beside
from quizapp.store.store import Store
from tests.quizapp.store.samples import DAY_MS, Ticking, filled, fold, study

T = 20_000 * DAY_MS


def test_a_blank_database_gets_every_migration(path: Path, clock: Ticking) -> None:
    with Store.open(path, clock.clock):
        pass
    with sqlite3.connect(path) as connection:
        assert schema.applied(connection) == schema.MIGRATIONS
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    connection.close()
    assert all(strict for name, strict in tables if not name.startswith(("sqlite_", "_sqlite")))
    assert snapshots(snapshot_folder(path)) == []


def test_the_names_known_without_sqlite_utils_are_the_registered_ones() -> None:
    assert tuple(one.name for one in migrations.migrations._migrations) == schema.MIGRATIONS


def test_every_answer_is_synced(store: Store) -> None:
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert store._connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert store._connection.execute("PRAGMA busy_timeout").fetchone() == (5000,)


def test_reading_and_recording_import_nothing_heavy(path: Path, clock: Ticking) -> None:
    filled(path, clock)
    program = f"""
import sys
from pathlib import Path
from quizapp.clock import Clock
from quizapp.scheduling.model import Rating
from quizapp.store.store import Store
from tests.quizapp.store.samples import study, fold
with Store.open(Path({str(path)!r}), Clock()) as store:
    study(store, "d/0", Rating.GOOD, {T + DAY_MS})
    store.due_counts({T}, 20000), store.undo_last(None, fold)
with Store.open(Path({str(path)!r}), Clock(), readonly=True) as store:
    store.due_items({T}, 20000)
heavy = {{"numpy", "pydantic", "sqlite_utils", "yaml", "textual", "click"}} & set(sys.modules)
sys.exit(" ".join(heavy) or 0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_database_of_a_newer_version_is_left_alone(path: Path, clock: Ticking) -> None:
    filled(path, clock)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO _sqlite_migrations VALUES (9, 'quizapp', '0999_future', '')")
    connection.close()
    for readonly in (False, True):
        with pytest.raises(DatabaseProblem, match=r"newer version.*0999_future") as caught:
            Store.open(path, clock.clock, readonly=readonly)
        assert "Update" in caught.value.hint


def test_a_pending_migration_takes_a_snapshot_first(
    path: Path, clock: Ticking, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, clock)

    def never(database: Database) -> None:
        pytest.fail("applied twice")

    def broken(database: Database) -> None:
        database.execute("CREATE TABLE more (x INTEGER) STRICT")
        database.execute("CREATE TABLE more (x INTEGER) STRICT")

    grown = Migrations(schema.MIGRATION_SET)
    grown(name=schema.MIGRATIONS[0])(never)
    grown(name="0002_more")(broken)
    monkeypatch.setattr(migrations, "migrations", grown)
    for module in ("quizapp.store.opening", "quizapp.store.schema"):
        monkeypatch.setattr(f"{module}.MIGRATIONS", (*schema.MIGRATIONS[:1], "0002_more"))
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Store.open(path, clock.clock)
    (before,) = snapshots(snapshot_folder(path))
    assert before.name.endswith("-migration.db")
    with sqlite3.connect(before) as connection:
        assert connection.execute("SELECT count(*) FROM review").fetchone() == (3,)
    connection.close()
    with sqlite3.connect(path) as connection:
        assert schema.applied(connection) == ("0001_progress",)
        assert connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'more'").fetchone() is None
    connection.close()


def test_a_migration_keeps_every_other_process_out(path: Path, clock: Ticking, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = []
    pending = Migrations.pending

    def intruded(self: Migrations, database: Database) -> "list[Migrations._Migration]":
        with closing(sqlite3.connect(path, timeout=0)) as other:
            try:
                other.execute("CREATE TABLE intruder (x)")
            except sqlite3.OperationalError as error:
                refused.append(str(error))
        return pending(self, database)

    monkeypatch.setattr(Migrations, "pending", intruded)
    with Store.open(path, clock.clock) as store:
        assert refused == ["database is locked"] * len(refused)
        assert refused
        assert store._rows("SELECT 1 FROM sqlite_schema WHERE name = 'intruder'") == []


def test_an_older_schema_is_brought_up_to_date_even_to_be_read(
    path: Path, clock: Ticking, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, clock)

    def never(database: Database) -> None:
        pytest.fail("applied twice")

    def more(database: Database) -> None:
        database.execute("CREATE TABLE more (x INTEGER) STRICT")

    grown = Migrations(schema.MIGRATION_SET)
    grown(name=schema.MIGRATIONS[0])(never)
    grown(name="0002_more")(more)
    monkeypatch.setattr(migrations, "migrations", grown)
    monkeypatch.setattr("quizapp.store.opening.MIGRATIONS", (*schema.MIGRATIONS[:1], "0002_more"))
    with Store.open(path, clock.clock, readonly=True) as store:
        assert len(store.all_states()) == 3
        assert store._rows("SELECT count(*) FROM more") == [(0,)]
    assert [file.name[-13:] for file in snapshots(snapshot_folder(path))] == ["-migration.db"]
    with Store.open(path, clock.clock, care=False) as store:
        study(store, "d/0", Rating.GOOD, T + DAY_MS)
    assert len(snapshots(snapshot_folder(path))) == 1


def test_a_file_replaced_while_waiting_for_its_lock_is_opened_anew(
    path: Path, clock: Ticking, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, clock)
    other = path.with_name("other.db")
    filled(other, clock, 1)
    aside = path.with_name("aside.db")
    real = opening.identify

    def restored_meanwhile(connection: sqlite3.Connection, where: Path) -> tuple[str, ...]:
        if not aside.exists():
            path.rename(aside)
            other.rename(path)
        return real(connection, where)

    monkeypatch.setattr(opening, "identify", restored_meanwhile)
    with Store.open(path, clock.clock, care=False) as store:
        assert store.seen() == {"d/0"}


def test_a_python_with_an_old_sqlite_is_told_so(path: Path, clock: Ticking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(DatabaseProblem, match=r"SQLite 3\.37 or newer"):
        Store.open(path, clock.clock)


def test_another_programs_database_is_refused_untouched(path: Path, clock: Ticking) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE their (x)")
    connection.close()
    content = path.read_bytes()
    with pytest.raises(DatabaseProblem, match="another program"):
        Store.open(path, clock.clock)
    assert path.read_bytes() == content


def test_a_folder_in_its_place_is_named(path: Path, clock: Ticking) -> None:
    path.mkdir(parents=True)
    with pytest.raises(DatabaseProblem, match="it is a folder"):
        Store.open(path, clock.clock)
    with pytest.raises(DatabaseProblem, match="it is a folder"):
        Store.open(path, clock.clock, readonly=True)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path, clock: Ticking) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseProblem, match="can't be created"):
        Store.open(tmp_path / "file" / "data" / "progress.db", clock.clock)


@pytest.mark.parametrize(("create", "readonly"), [(False, False), (True, True)])
def test_nothing_studied_yet_is_told_apart_and_creates_nothing(
    path: Path, clock: Ticking, create: bool, readonly: bool
) -> None:
    with pytest.raises(NoProgressYet, match="no progress database"):
        Store.open(path, clock.clock, create=create, readonly=readonly)
    assert not path.parent.exists()


def test_a_full_disk_is_a_sentence_and_the_answers_before_it_are_safe(path: Path, clock: Ticking) -> None:
    with Store.open(path, clock.clock) as store:
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        number = 0

        def until_full() -> None:
            nonlocal number
            while number < 1000:
                study(store, f"d/{number}", Rating.GOOD, T, raw="x" * 900)
                number += 1

        with pytest.raises(DatabaseProblem, match=r"disk.*is full.*is safe"):
            until_full()
        assert 0 < number < 1000
        assert len(store.all_states()) == number
        store._connection.execute("PRAGMA max_page_count = 100000")
        study(store, f"d/{number}", Rating.GOOD, T)
    with Store.open(path, clock.clock) as store:
        assert len(store.all_states()) == number + 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_IOERR | (3 << 8), "could not read or write"),
        (sqlite3.SQLITE_FULL, "is full"),
        (sqlite3.SQLITE_READONLY | (1 << 8), "read-only"),
        (sqlite3.SQLITE_CANTOPEN, "can't be opened"),
        (sqlite3.SQLITE_BUSY, "locked"),
        (sqlite3.SQLITE_CORRUPT, "damaged"),
    ],
)
def test_every_failure_of_the_system_has_a_sentence(path: Path, code: int, words: str) -> None:
    from quizapp.store.problems import explain

    error = sqlite3.OperationalError("detail")
    error.sqlite_errorcode = code
    problem = explain(error, path)
    assert isinstance(problem, DatabaseProblem)
    assert words in problem.message
    assert str(path) in problem.message
    assert problem.hint


def test_a_lock_that_is_never_released_is_a_sentence(store: Store, clock: Ticking) -> None:
    with Store.open(store.path, clock.clock) as other:
        other._connection.execute("PRAGMA busy_timeout = 20")
        store._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseProblem, match="locked"):
            study(other, "d/a", Rating.GOOD, T)
        assert other.state("d/a") is None
        store._connection.execute("ROLLBACK")
        study(other, "d/a", Rating.GOOD, T)


def test_a_store_opened_for_reading_refuses_to_write(path: Path, clock: Ticking) -> None:
    filled(path, clock)
    with Store.open(path, clock.clock, readonly=True) as store:
        assert len(store.all_states()) == 3
        with pytest.raises(DatabaseProblem, match="read-only"):
            study(store, "d/0", Rating.GOOD, T + 1)
        with pytest.raises(DatabaseProblem, match="read-only"):
            store.undo_last(None, fold)
    assert not beside(path, "-wal").exists()


# Root may write everywhere, so the program gives root up once all that it needs is imported.
READ_ONLY = """
import os, sys
from pathlib import Path
import quizapp.store.backup, quizapp.store.migrations
from quizapp.errors import DatabaseProblem
from quizapp.store.store import Store
from tests.quizapp.store.samples import Ticking
clock = Ticking().clock
path = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)
with Store.open(path, clock, readonly=True) as store:
    print(len(store.all_states()))
try:
    Store.open(path, clock)
except DatabaseProblem as problem:
    print(problem.message)
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
@pytest.mark.parametrize("killed", [False, True])
def test_a_read_only_folder_can_be_read_and_says_so_when_written(clock: Ticking, killed: bool) -> None:
    with TemporaryDirectory() as place:
        path = Path(place) / "data" / "progress.db"
        filled(path, clock)
        if killed:
            with Store.open(path, clock.clock) as store:
                study(store, "d/more", Rating.GOOD, T)
                names = ("", "-wal", "-shm")
                left = [(beside(path, name), beside(path, name).read_bytes()) for name in names]
            for file, content in left:
                file.write_bytes(content)
        before = sorted((file.name, file.read_bytes()) for file in path.parent.iterdir() if file.is_file())
        Path(place).chmod(0o755)
        path.parent.chmod(0o555)
        done = subprocess.run([sys.executable, "-c", READ_ONLY, path], capture_output=True, text=True, check=False)
        path.parent.chmod(0o755)
        after = sorted((file.name, file.read_bytes()) for file in path.parent.iterdir() if file.is_file())
    count, sentence = done.stdout.splitlines()
    assert int(count) == (4 if killed else 3)
    assert "is read-only. Nothing was changed." in sentence
    assert after == before


def test_a_file_system_that_refuses_writing_is_recognised(
    path: Path, clock: Ticking, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, clock)
    monkeypatch.setattr(os, "access", lambda *arguments, **options: False)
    with pytest.raises(DatabaseProblem, match="read-only"):
        Store.open(path, clock.clock)
