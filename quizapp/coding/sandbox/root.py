"""A file system of its own for the zygote: read-only, and nothing in it but what a learner's code may read.

Needs a mount namespace. It is set up once; forked children inherit it at no cost.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from quizapp.coding.sandbox import kernel

SCRATCH = "/scratch"
# Covered in this namespace only. It exists everywhere and holds nothing to be read; a new folder would be left behind.
_MOUNT_POINT = "/proc"
_SCRATCH_OPTIONS = "mode=1777,size=64m,nr_inodes=512"
_SYS_MOUNT_SETATTR = 442
_AT_RECURSIVE = 0x8000
_AT_FDCWD = -100
_MOUNT_ATTR_RDONLY = 1
_MOUNT_ATTR_NOSUID = 2


def enter(paths: Iterable[str], devices: Iterable[str]) -> None:
    """Make a root folder of `paths` and `devices`, read-only, with a small scratch folder, and move into it.

    Parameters
    ----------
    paths, devices : iterable of str
        Real paths to be found under the same names.
    """
    # Nothing mounted here may reach the host, nor the other way round.
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", _MOUNT_POINT, "tmpfs", kernel.MS_NOSUID, "mode=755")
    root = Path(_MOUNT_POINT)
    for entry in os.scandir("/"):
        if entry.is_symlink():  # /lib -> usr/lib: the dynamic loader asks by the short name
            (root / entry.name).symlink_to(Path(entry.path).readlink())
    for path in (*paths, *devices):
        _bind(path, root)
    (root / "scratch").mkdir()
    (root / "old").mkdir()
    kernel.pivot_root(_MOUNT_POINT, str(root / "old"))
    os.chdir("/")
    kernel.detach("/old")
    Path("/old").rmdir()
    attributes = struct.pack("=4Q", _MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID, 0, 0, 0)
    kernel.syscall(_SYS_MOUNT_SETATTR, _AT_FDCWD, b"/", ctypes.c_uint32(_AT_RECURSIVE), attributes, ctypes.c_size_t(32))
    kernel.mount("tmpfs", SCRATCH, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC, _SCRATCH_OPTIONS)


def _bind(path: str, root: Path) -> None:
    source = Path(path)
    target = root / path.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    kernel.mount(path, str(target), None, kernel.MS_BIND | kernel.MS_REC)
