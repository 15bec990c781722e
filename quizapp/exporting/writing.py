"""From an export to a file: the old one or the new one is there at any moment, whole."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.errors import EnvironmentProblem, UsageProblem

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from quizapp.exporting.base import Exporter, Selection


class Unwritable(EnvironmentProblem):
    """A file that can't be written: ``path``, and the system's ``number`` and words for why."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.path = path
        self.number = error.errno
        self.reason = error.strerror or str(error)
        super().__init__(
            f"{path} can't be written: {self.reason}.",
            "What was there before is untouched. Make room, or name another place.",
        )


class _Watched(BytesIO):
    """A buffer that looks before every write whether to go on."""

    def __init__(self, check: Callable[[], None]) -> None:
        super().__init__()
        self._check = check

    def write(self, content: "ReadableBuffer", /) -> int:
        self._check()
        return super().write(content)


def target_of(path: Path) -> Path:
    """Return a path that a file may be written to.

    Raises
    ------
    UsageProblem
        If it is a folder, a device or a pipe, or in a folder that does not exist: better found out before all the work
        than after it.
    """
    if path.is_dir():
        raise UsageProblem(f"{path} is a folder.", "Name a file in it.")
    if not path.parent.is_dir():
        raise UsageProblem(f"The folder {path.parent} does not exist.", "Make it first, or name another one.")
    if _is_special(path):
        raise UsageProblem(f"{path} is no ordinary file.", "Name another one; --out - writes to stdout.")
    return path


def _is_special(path: Path) -> bool:
    """Tell whether a device, a pipe or a socket stands there, which a new file would take the place of."""
    return path.exists() and not path.is_file()


def written(exporter: "Exporter", selection: "Selection", check: Callable[[], None] | None = None) -> bytes:
    """Return what a format makes of a selection; ``check`` is called before every piece and may raise to break off."""
    buffer = BytesIO() if check is None else _Watched(check)
    exporter.write(selection, buffer)
    return buffer.getvalue()


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that at any moment the old one or the new one is there, whole.

    Raises
    ------
    Unwritable
        If the disk is full, the folder can't be written or no file is there but a device; the old one is untouched.
    """
    # A link leads on to the file that is meant; replacing it would cut the link.
    path = path.resolve()
    if _is_special(path):
        raise Unwritable(path, OSError(errno.EINVAL, "it is no ordinary file"))
    beside = path.with_name(f".quizapp-{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise Unwritable(path, error) from error
    finally:
        with suppress(OSError):
            beside.unlink()
