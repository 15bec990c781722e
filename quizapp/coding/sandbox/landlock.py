"""Which files a learner's process may touch, enforced by Landlock: readable paths, one writable folder, nothing else.

The ruleset is built once, in the zygote; a child only restricts itself with it, which costs some 50 µs.
"""

import contextlib
import ctypes
import fcntl
import os
import stat
import struct
from collections.abc import Iterable

from quizapp.coding.sandbox import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_RULE_PATH_BENEATH = 1

_EXECUTE = 1 << 0
_WRITE_FILE = 1 << 1
_READ_FILE = 1 << 2
_READ_DIR = 1 << 3
_REMOVE_DIR = 1 << 4
_REMOVE_FILE = 1 << 5
_MAKE_DIR = 1 << 7
_MAKE_REG = 1 << 8
_REFER = 1 << 13
_TRUNCATE = 1 << 14
_HIGH = 200
_NET = 0b11
_SCOPED = 0b11

_READABLE_DIR = _EXECUTE | _READ_FILE | _READ_DIR
_READABLE_FILE = _EXECUTE | _READ_FILE
_DEVICE = _READ_FILE | _WRITE_FILE
_SCRATCH = (
    _WRITE_FILE | _READ_FILE | _READ_DIR | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER | _TRUNCATE
)
# How many of the sixteen rights on files each version of the interface knows.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}


def version() -> int:
    """Return the kernel's version of the interface, 0 if it has none."""
    try:
        return kernel.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))
    except OSError:
        return 0


class Ruleset:
    """A ruleset of the kernel's, to be enforced in forked children.

    Parameters
    ----------
    readable : iterable of str
        Files and folders that may be read.
    devices : iterable of str
        Devices that may be read and written.
    scratch : str or None
        The one folder in which files may be made, changed and removed.
    """

    def __init__(self, readable: Iterable[str], devices: Iterable[str], scratch: str | None) -> None:
        abi = version()
        if not abi:
            raise OSError("this kernel has no Landlock")
        self._handled = (1 << _RIGHTS.get(abi, 16)) - 1
        fields = [self._handled]
        if abi >= 4:
            fields.append(_NET)
        if abi >= 6:
            fields.append(_SCOPED)
        attributes = struct.pack(f"={len(fields)}Q", *fields)
        created = kernel.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))
        # Out of the way of the low numbers, which children rearrange.
        self.descriptor = fcntl.fcntl(created, fcntl.F_DUPFD_CLOEXEC, _HIGH)
        os.close(created)
        for path in readable:
            with contextlib.suppress(FileNotFoundError, PermissionError):  # then there is nothing to allow
                self._allow(path, _READABLE_DIR)
        for path in devices:
            with contextlib.suppress(FileNotFoundError):
                self._allow(path, _DEVICE)
        if scratch is not None:
            self._allow(scratch, _SCRATCH)

    def _allow(self, path: str, rights: int) -> None:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                rights &= _READABLE_FILE | _DEVICE
            rule = struct.pack("=Qi", rights & self._handled, descriptor)
            kernel.syscall(_ADD_RULE, self.descriptor, _RULE_PATH_BENEATH, rule, ctypes.c_uint32(0))
        finally:
            os.close(descriptor)

    def restrict(self) -> None:
        """Enforce the ruleset on this process, for ever."""
        kernel.syscall(_RESTRICT_SELF, self.descriptor, ctypes.c_uint32(0))
