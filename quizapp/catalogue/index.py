"""The compiled catalogue: opened in a fraction of a millisecond, rebuilt when the content has changed.

The file is disposable. It is never written in place: a rebuild happens in memory and replaces the file at its end, so
readers, a crash or a second process at the same work can't meet a half-written one; where it can't be saved, memory
serves alone. Freshness is judged by the size and time of each file and the time of each folder, then by hash.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from zlib import crc32

import engine
import quizapp
from quizapp.catalogue.index_schema import APPLICATION_ID, FORMAT
from quizapp.paths import Folders

ABSENT = -1


def open_index(folders: Folders, *, rebuild: bool = False) -> sqlite3.Connection:
    """Return a connection to an index that is up to date, for reading only.

    Parameters
    ----------
    folders : Folders
    rebuild : bool
        Distrust the file, e.g. because reading it has failed.
    """
    roots = tuple(root.resolve() for root in folders.content)
    compiled = None if rebuild else _connect(folders.catalogue)
    if compiled is not None:
        try:
            if is_fresh(compiled):
                return compiled
        except sqlite3.DatabaseError:
            compiled.close()
            compiled = None
    # Not before it is needed: YAML and pydantic cost more than all the rest.
    from quizapp.catalogue.index_build import build

    with _Temporary(folders.catalogue) as temporary:
        try:
            built = build(roots, compiled, temporary.started_ns)
        except sqlite3.DatabaseError:
            built = build(roots, None, temporary.started_ns)
        finally:
            if compiled is not None:
                compiled.close()
        temporary.save(built)
    return built


def _connect(path: Path) -> sqlite3.Connection | None:
    """Return a connection to an index that this version can read."""
    try:
        # Nobody ever writes into the file, so SQLite need not lock it.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    except sqlite3.Error:
        return None
    try:
        ours = connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        if ours and connection.execute("PRAGMA user_version").fetchone() == (FORMAT,):
            return connection
    except sqlite3.Error:
        pass
    connection.close()
    return None


def is_fresh(connection: sqlite3.Connection) -> bool:
    """Tell whether no file or folder of content (or code) has changed since the index was built."""
    stat = os.stat
    for path, size, mtime_ns, modules in connection.execute(
        "SELECT path, size, mtime_ns, 0 FROM file UNION ALL SELECT path, -2, mtime_ns, modules FROM folder"
    ):
        try:
            found = stat(path)
        except OSError:
            if mtime_ns != ABSENT:
                return False
            continue
        if found.st_mtime_ns != mtime_ns or (size >= 0 and found.st_size != size):
            # Python's own caches touch a folder of code as well: only other modules make it another one.
            if modules and modules == modules_in(path):
                continue
            return False
    return True


def modules_in(folder: str) -> int:
    """Return a number that changes whenever a module or a package comes or goes; never 0."""
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith(("_", ".")))  # noqa: PTH208 -- quicker
    except OSError:
        names = []
    return crc32("\0".join(names).encode()) + 1


def code_folders() -> list[str]:
    """Return the folders of code by which content is judged: a new skill or item type makes other items valid."""
    package = Path(quizapp.__path__[0])
    skills = Path(engine.__path__[0], "skills")
    exercises = Path(engine.__path__[0], "exercises")
    areas = [
        entry.path
        for top in (skills, exercises)
        if top.is_dir()
        for entry in os.scandir(top)
        if entry.is_dir() and not entry.name.startswith(("_", "."))
    ]
    return [*map(str, (package / "catalogue", package / "questions", skills, exercises)), *sorted(areas)]


def watched_tops(roots: tuple[Path, ...]) -> list[str]:
    """Return what makes content appear in a folder: not the folder itself, a person's data come and go there."""
    from quizapp.catalogue.sources import FOLDERS

    return [str(root / name) for root in roots for name in (*FOLDERS, "syllabus.yaml")]


class _Temporary:
    """A file beside the index that becomes the index; does nothing where nothing can be written."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path: Path | None = None
        self.started_ns = 0

    def __enter__(self) -> "_Temporary":
        path = self.target.with_name(f".{self.target.name}-{os.getpid()}-{os.urandom(4).hex()}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            # The file system's own clock: what carries this time or a later one may still change unseen.
            self.started_ns = path.stat().st_mtime_ns
            self.path = path
        return self

    def save(self, built: sqlite3.Connection) -> None:
        """Write the index and put it in its place; a failure costs nothing but the next start's time."""
        if self.path is None:
            return
        with suppress(OSError, sqlite3.Error), closing(sqlite3.connect(self.path)) as file:
            file.execute("PRAGMA journal_mode = OFF")
            file.execute("PRAGMA synchronous = OFF")
            built.backup(file)
            file.close()
            self.path.replace(self.target)
            self.path = None

    def __exit__(self, *_: object) -> None:
        if self.path is not None:
            with suppress(OSError):
                self.path.unlink()
