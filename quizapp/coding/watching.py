"""Which of several files have been saved since the last look."""

from collections.abc import Callable, Iterable
from pathlib import Path

Stamp = tuple[int, int]


class Watcher:
    """Looks at files when asked to; an editor that replaces a file counts like one that rewrites it.

    Parameters
    ----------
    paths : callable
        Returns the files to look at, anew at each look: files may appear.
    seen : bool
        Whether what is there already counts as seen.
    """

    def __init__(self, paths: Callable[[], Iterable[Path]], *, seen: bool = False) -> None:
        self._paths = paths
        self._stamps: dict[Path, Stamp] = {}
        if seen:
            self.saved()

    def saved(self) -> list[Path]:
        """Return the files that are new or differ from the last look."""
        found = []
        for path in self._paths():
            stamp = _stamp(path)
            if stamp is not None and stamp != self._stamps.get(path):
                self._stamps[path] = stamp
                found.append(path)
        return found


def _stamp(path: Path) -> Stamp | None:
    """Return what changes when a file is saved; ``None`` while an editor has it moved away."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
