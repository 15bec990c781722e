"""The few Linux calls that Python's standard library lacks, by ctypes."""

import ctypes
import os
import platform
import sys

SUPPORTED = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_REMOUNT = 32
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
MNT_DETACH = 2

_SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True) if SUPPORTED else None


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def syscall(number: int, *arguments: object) -> int:
    """Make a system call; raise OSError if it fails."""
    if _libc is None:
        raise OSError("system calls are known for Linux on x86-64 and ARM64 only")
    return _checked(int(_libc.syscall(ctypes.c_long(number), *arguments)))


def prctl(option: int, *arguments: object) -> None:
    """Call prctl(2)."""
    if _libc is None:
        raise OSError("no prctl here")
    padded = [*arguments, *(0,) * (4 - len(arguments))]
    _checked(
        int(_libc.prctl(option, *(ctypes.c_ulong(value) if isinstance(value, int) else value for value in padded)))
    )


def unshare(flags: int) -> None:
    """Call unshare(2)."""
    if _libc is None:
        raise OSError("no namespaces here")
    _checked(int(_libc.unshare(flags)))


def mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """Call mount(2)."""
    if _libc is None:
        raise OSError("no mount here")
    encoded = [None if text is None else os.fsencode(text) for text in (source, target, kind, data)]
    _checked(int(_libc.mount(encoded[0], encoded[1], encoded[2], ctypes.c_ulong(flags), encoded[3])))


def detach(target: str) -> None:
    """Unmount `target` lazily."""
    if _libc is None:
        raise OSError("no umount2 here")
    _checked(int(_libc.umount2(os.fsencode(target), MNT_DETACH)))


def pivot_root(new: str, old: str) -> None:
    """Call pivot_root(2)."""
    syscall(_SYS_PIVOT_ROOT[platform.machine()], os.fsencode(new), os.fsencode(old))


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityData(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def drop_capabilities() -> None:
    """Give up every capability of this thread."""
    if _libc is None:
        raise OSError("no capabilities here")
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    none = (_CapabilityData * 2)()
    _checked(int(_libc.capset(ctypes.byref(header), ctypes.byref(none))))
