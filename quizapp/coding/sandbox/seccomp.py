"""The system calls that a learner's code may make: an allow-list, compiled to a filter once, by hand.

What computing, printing, files in the scratch folder, threads and time need is allowed. Everything else fails with
``EPERM``, which Python shows as a PermissionError: new processes and programs, the network, signals to anyone, tracing,
mounts, namespaces, keys, BPF, io_uring. A few new calls fail with ``ENOSYS`` instead, so that libc takes the older way
that the filter can judge: the flags of ``clone3`` lie in memory where no filter can read them.
"""

import ctypes
import errno
import platform
import struct
from collections.abc import Iterable

from quizapp.coding.sandbox import kernel

_ALLOWED = """
read 0 63|write 1 64|readv 19 65|writev 20 66|pread64 17 67|pwrite64 18 68|open 2 -|openat 257 56|close 3 57
close_range 436 436|dup 32 23|dup2 33 -|dup3 292 24|pipe 22 -|pipe2 293 59|lseek 8 62|stat 4 -|fstat 5 80|lstat 6 -
newfstatat 262 79|statx 332 291|access 21 -|faccessat 269 48|getdents 78 -|getdents64 217 61|getcwd 79 17|chdir 80 49
fchdir 81 50|readlink 89 -|readlinkat 267 78|mkdir 83 -|mkdirat 258 34|rmdir 84 -|unlink 87 -|unlinkat 263 35
rename 82 -|renameat 264 38|renameat2 316 276|truncate 76 45|ftruncate 77 46|fsync 74 82|fdatasync 75 83|flock 73 32
statfs 137 43|fstatfs 138 44|copy_file_range 326 285|sendfile 40 71|fadvise64 221 223|poll 7 -|ppoll 271 73
select 23 -|pselect6 270 72|epoll_create1 291 20|epoll_ctl 233 21|epoll_wait 232 -|epoll_pwait 281 22|eventfd2 290 19
mmap 9 222|munmap 11 215|mremap 25 216|mprotect 10 226|madvise 28 233|mincore 27 232|brk 12 214|membarrier 324 283
futex 202 98|set_robust_list 273 99|rseq 334 293|sched_yield 24 124|sched_getaffinity 204 123|sched_getparam 143 121
sched_getscheduler 145 120|getpid 39 172|gettid 186 178|getppid 110 173|getuid 102 174|geteuid 107 175|getgid 104 176
getegid 108 177|getresuid 118 148|getresgid 120 150|getgroups 115 158|getpgrp 111 -|getpgid 121 155|getsid 124 156
uname 63 160|sysinfo 99 179|times 100 153|getrusage 98 165|getrlimit 97 163|clock_gettime 228 113|clock_getres 229 114
clock_nanosleep 230 115|gettimeofday 96 169|time 201 -|nanosleep 35 101|getrandom 318 278|rt_sigaction 13 134
rt_sigprocmask 14 135|rt_sigreturn 15 139|rt_sigpending 127 136|rt_sigtimedwait 128 137|rt_sigsuspend 130 133
sigaltstack 131 132|alarm 37 -|setitimer 38 103|getitimer 36 102|pause 34 -|getcpu 309 168|exit 60 93
exit_group 231 94|restart_syscall 219 128|set_tid_address 218 96|wait4 61 260|umask 95 166
"""
_CLONE = {"x86_64": 56, "aarch64": 220}
_IOCTL = {"x86_64": 16, "aarch64": 29}
_FCNTL = {"x86_64": 72, "aarch64": 25}
_PRLIMIT = {"x86_64": 302, "aarch64": 261}
_CLONE3 = 435
_FACCESSAT2 = 439
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_CLONE_THREAD = 0x10000
_NAMESPACES = 0x7E020000
# TCGETS, FIONCLEX, FIOCLEX. Without the list, TIOCSTI could type into the terminal that started the application.
_IOCTLS = (0x5401, 0x5450, 0x5451)
# Duplicating, flags and locks. Without the list, F_SETOWN could send signals to other processes.
_FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 1030)

_ALLOW = 0x7FFF0000
_KILL_PROCESS = 0x80000000
_DENY = 0x00050000 | errno.EPERM
_UNKNOWN = 0x00050000 | errno.ENOSYS

_LOAD_WORD = 0x20
_AND = 0x54
_RETURN = 0x06
_JUMP_EQUAL = 0x15
_JUMP_GREATER_EQUAL = 0x35
_JUMP_ANY_BIT = 0x45
_NUMBER, _ARCH = 0, 4


def _low(argument: int) -> int:
    return 16 + 8 * argument


def _high(argument: int) -> int:
    return 20 + 8 * argument


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, value)


def _returning(verdict: int) -> bytes:
    return _instruction(_RETURN, verdict)


def _guarded(number: int, body: Iterable[bytes]) -> list[bytes]:
    """Run `body`, which ends in a verdict, for this system call only."""
    lines = list(body)
    return [_instruction(_JUMP_EQUAL, number, 0, len(lines)), *lines]


def _one_of(argument: int, values: tuple[int, ...]) -> list[bytes]:
    tests = [_instruction(_JUMP_EQUAL, value, len(values) - at, 0) for at, value in enumerate(values)]
    return [_instruction(_LOAD_WORD, _low(argument)), *tests, _returning(_DENY), _returning(_ALLOW)]


def _all_zero(*offsets: int) -> list[bytes]:
    lines: list[bytes] = []
    for offset in offsets:
        lines += (
            _instruction(_LOAD_WORD, offset),
            _instruction(_JUMP_EQUAL, 0, 1, 0),
            _returning(_DENY),
        )
    return [*lines, _returning(_ALLOW)]


def _threads_only() -> list[bytes]:
    return [
        _instruction(_LOAD_WORD, _low(0)),
        _instruction(_JUMP_ANY_BIT, _NAMESPACES, 1, 0),
        _instruction(_JUMP_ANY_BIT, _CLONE_THREAD, 1, 0),
        _returning(_DENY),
        _returning(_ALLOW),
    ]


def allowed_numbers(machine: str) -> tuple[int, ...]:
    """Return the numbers of the allowed system calls on `machine`, ``x86_64`` or ``aarch64``."""
    column = 1 if machine == "x86_64" else 2
    rows = (entry.split() for line in _ALLOWED.strip().splitlines() for entry in line.split("|"))
    return tuple(int(row[column]) for row in rows if row[column] != "-")


def program(machine: str | None = None) -> bytes:
    """Return the filter's instructions."""
    machine = machine or platform.machine()
    lines = [
        _instruction(_LOAD_WORD, _ARCH),
        _instruction(_JUMP_EQUAL, _AUDIT_ARCH[machine], 1, 0),
        _returning(_KILL_PROCESS),
        _instruction(_LOAD_WORD, _NUMBER),
        _instruction(_JUMP_GREATER_EQUAL, 0x40000000, 0, 1),  # x32, whose numbers mean other calls
        _returning(_KILL_PROCESS),
    ]
    lines += _guarded(_CLONE[machine], _threads_only())
    lines += _guarded(_IOCTL[machine], _one_of(1, _IOCTLS))
    lines += _guarded(_FCNTL[machine], _one_of(1, _FCNTLS))
    # Reading one's own limits; setting them, or another process's, is not computing.
    lines += _guarded(_PRLIMIT[machine], _all_zero(_low(0), _low(2), _high(2)))
    for number in (_CLONE3, _FACCESSAT2):
        lines += _guarded(number, [_returning(_UNKNOWN)])
    for number in allowed_numbers(machine):
        lines += _guarded(number, [_returning(_ALLOW)])
    return b"".join([*lines, _returning(_DENY)])


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


class Filter:
    """A compiled filter, ready to be installed in a forked child."""

    def __init__(self) -> None:
        code = program()
        self._buffer = ctypes.create_string_buffer(code, len(code))
        self._program = _Program(len(code) // 8, ctypes.cast(self._buffer, ctypes.c_void_p))

    def install(self) -> None:
        """Filter this process from now on, for ever."""
        kernel.prctl(kernel.PR_SET_SECCOMP, kernel.SECCOMP_MODE_FILTER, ctypes.byref(self._program))
