"""Hostile submissions, each with the statuses in which it may end. Each defines ``f(x)``; the case passes ``x = 3``."""

from typing import NamedTuple

from quizapp.coding.sandbox import Status


class Attack(NamedTuple):
    """One hostile source and how it must end."""

    name: str
    source: str
    statuses: tuple[Status, ...]


def _in_function(body: str) -> str:
    lines = "\n".join("    " + line for line in body.strip().splitlines())
    return f"import os, sys\nimport numpy as np\ndef f(x):\n{lines}\n"


def _attack(name: str, body: str, *statuses: Status) -> Attack:
    return Attack(name, _in_function(body), statuses)


_FORGED = """
import struct
frame = struct.pack("<4s16sQ", b"DONE", bytes(16), 4) + b"null"
"""

ATTACKS: tuple[Attack, ...] = (
    # time
    _attack("endless loop", "while True: pass", "timeout"),
    _attack("endless loop in NumPy", "while True: np.ones(1000).sum()", "timeout"),
    _attack("one long call in C", "return sum(range(10**12))", "timeout"),
    _attack("big power", "return len(str(7 ** (10**9)))", "timeout", "memory"),
    _attack("sleep", "import time; time.sleep(1000)", "timeout"),
    _attack(
        "catches everything",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "timeout",
    ),
    _attack(
        "ignores signals",
        "import signal\nfor n in range(1, 65):\n    try: signal.signal(n, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\nwhile True: pass",
        "timeout",
    ),
    Attack("endless loop while loading", "while True: pass", ("timeout",)),
    _attack("reads standard input", "return input()", "error"),
    _attack("waits on standard input's descriptor", "return os.read(0, 10).decode() or 1/0", "error"),
    # memory
    _attack("memory bomb in NumPy", "return np.ones((1 << 34,))", "memory"),
    _attack("memory bomb in lists", "a = [0]\nwhile True: a += a", "memory"),
    _attack("memory bomb in bytes", "return len(b'x' * (1 << 36))", "memory"),
    _attack("memory bomb by mmap", "import mmap\nreturn len(mmap.mmap(-1, 1 << 36))", "memory", "error", "refused"),
    _attack("endless recursion", "def g(n): return g(n + 1)\nreturn g(0)", "error"),
    _attack(
        "recursion without a limit",
        "sys.setrecursionlimit(10**9)\ndef g(n): return [g(n + 1)]\nreturn g(0)",
        "memory",
        "crashed",
        "timeout",
    ),
    _attack("recursion in C", "a = []\nfor _ in range(10**6): a = [a]\nreturn len(repr(a))", "error", "crashed"),
    Attack("source nested too deeply", "f = " + "(" * 5000 + ")" * 5000, ("error", "memory", "crashed")),
    # results
    _attack("huge return", "return np.zeros(1 << 25)", "refused", "memory"),
    _attack("many small parts", "return [0] * 10**7", "refused", "memory"),
    _attack("deeply nested return", "a = []\nfor _ in range(10**5): a = [a]\nreturn a", "error"),
    _attack("return that holds itself", "a = []\na.append(a)\nreturn a", "error"),
    _attack("object array", "return np.array([1, 'a', None], dtype=object)", "error"),
    _attack("structured array", "return np.zeros(3, dtype=[('a', 'f8')])", "error"),
    _attack("generator", "return (i for i in range(3))", "error"),
    _attack("function", "return f", "error"),
    _attack("class of its own", "class A:\n    def __reduce__(self): return os._exit, (0,)\nreturn A()", "error"),
    _attack("lies about its class", "class A:\n    __class__ = property(lambda self: np.ndarray)\nreturn A()", "error"),
    _attack("number with too many digits", "return 1 << 10**6", "error"),
    _attack(
        "puts a generator into its argument",
        "x = None\nreturn sys._getframe(1).f_locals['args'].update(x=iter([]))",
        "error",
    ),
    # endings
    _attack("os._exit", "os._exit(0)", "crashed"),
    _attack("sys.exit", "sys.exit(0)", "error"),
    _attack("KeyboardInterrupt", "raise KeyboardInterrupt", "error"),
    _attack(
        "exception whose text exits", "class E(BaseException):\n    def __str__(self): sys.exit(1)\nraise E", "error"
    ),
    _attack("segmentation fault", "import ctypes\nctypes.string_at(0)", "crashed"),
    _attack("abort", "os.abort()", "crashed"),
    _attack("alarm", "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\nwhile True: pass", "crashed"),
    # processes and signals
    _attack("fork", "return os.fork()", "refused"),
    _attack("fork bomb", "while True: os.fork()", "refused"),
    _attack("fork bomb that catches", "while True:\n    try: os.fork()\n    except OSError: pass", "timeout"),
    _attack("fork by ctypes", "import ctypes\nlibc = ctypes.CDLL(None)\nreturn 1 / (libc.fork() + 1)", "error"),
    _attack(
        "clone3 by ctypes", "import ctypes\nlibc = ctypes.CDLL(None)\nreturn 1 / (libc.syscall(435, 0, 0) + 1)", "error"
    ),
    _attack("subprocess", "import subprocess\nreturn subprocess.run(['/bin/ls']).returncode", "refused", "error"),
    _attack("os.system", "return 1 / (os.system('true') != 0 and 0)", "error", "refused"),
    _attack("exec", "os.execv(sys.executable, ['python'])", "refused", "error"),
    _attack("kills everyone", "os.kill(-1, 9)", "refused"),
    _attack("kills its parent", "os.kill(os.getppid(), 9)", "refused"),
    _attack("signal by descriptor owner", "import fcntl\nfcntl.fcntl(3, fcntl.F_SETOWN, os.getppid())", "refused"),
    _attack(
        "thread bomb",
        "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(100,), daemon=True).start()",
        "error",
    ),
    _attack("ptrace", "import ctypes\nreturn 1 / (ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) + 1)", "error"),
    _attack(
        "raises its limits",
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1000, 1000))",
        "refused",
        "error",
    ),
    _attack("another user", "os.setuid(0)", "refused"),
    _attack("namespaces", "import ctypes\nreturn 1 / (ctypes.CDLL(None).unshare(0x10000000) + 1)", "error"),
    _attack("types into the terminal", "import fcntl\nfcntl.ioctl(0, 0x5412, b'x')", "refused"),
    # network
    _attack("socket", "import socket\nsocket.socket()", "refused", "error"),
    _attack("socket pair", "import socket\nsocket.socketpair()", "refused", "error"),
    # files
    _attack("reads passwords", "return open('/etc/passwd').read()", "refused", "error"),
    _attack("reads its environment", "return open('/proc/self/environ').read()", "refused", "error"),
    _attack("reads its parent's memory", "return open(f'/proc/{os.getppid()}/mem', 'rb').read(1)", "refused", "error"),
    _attack("lists the root of all", "return os.listdir('/')", "refused"),
    _attack("lists home", "return os.listdir('/root')", "refused", "error"),
    _attack("writes to the temporary folder", "open('/tmp/quizapp-attack', 'w').write('x')", "refused", "error"),
    _attack("writes beside NumPy", "open(np.__path__[0] + '/attack.py', 'w').write('x')", "refused"),
    _attack("links out of the scratch folder", "os.symlink('/etc/passwd', 'link')", "refused"),
    _attack("memory file", "return os.memfd_create('x')", "refused"),
    _attack("fills the scratch folder", "for i in range(10**6): open(f'{i}', 'w').close()", "error"),
    _attack(
        "writes a huge file", "with open('big', 'wb') as file:\n    while True: file.write(bytes(1 << 20))", "error"
    ),
    _attack("unreadable folders", "os.umask(0o777)\nos.mkdir('closed')\nraise ValueError", "error"),
    _attack("opens too many files", "return [open('/dev/null') for _ in range(1000)]", "error"),
    _attack("imports the project", "import quizapp.errors", "error"),
    _attack("imports the engine", "import engine", "error"),
    # the pipe and standard streams
    _attack("floods standard output", "while True: print('x' * 1000)", "timeout"),
    _attack("floods descriptor 1", "while True: os.write(1, b'x' * 1000)", "refused"),
    _attack("floods the pipe", "while True: os.write(3, b'x' * 1000)", "refused"),
    _attack("writes a forged frame first", _FORGED + "os.write(3, frame)\nreturn 1", "refused"),
    _attack(
        "writes rubbish everywhere",
        "for fd in range(10):\n    try: os.write(fd, b'rubbish' * 10)\n    except OSError: pass\nreturn 1",
        "refused",
    ),
    _attack(
        "announces a huge frame",
        "import struct\nos.write(3, struct.pack('<4s16sQ', b'DONE', bytes(16), 1 << 60))\nreturn 1",
        "refused",
    ),
    _attack("half a frame", "os.write(3, b'DONE')\nwhile True: pass", "timeout"),
    _attack("closes the pipe", "os.close(3)\nwhile True: pass", "refused"),
    _attack("closes everything", "os.closerange(0, 100)\nreturn 1", "crashed", "refused"),
    _attack(
        "forges a frame with the right nonce",
        """
import struct
nonce = next(v.nonce for fr in __import__("gc").get_objects() if type(fr).__name__ == "Frame" for v in [fr])
text = b'[[{"a":0}],{},[]]'
os.write(3, struct.pack("<4s16sQ", b"DONE", nonce, len(text) + 8) + struct.pack("<I", len(text)) + text + bytes(4))
while True: pass
""",
        "refused",
    ),
    # the interpreter
    _attack("empties sys.modules", "sys.modules.clear()\nraise ValueError('x')", "error"),
    _attack(
        "replaces builtins",
        "import builtins\nfor n in list(vars(builtins)):\n    if n not in ('KeyError',): setattr(builtins, n, None)\n"
        "raise ZeroDivisionError",
        "error",
        "crashed",
    ),
    _attack("profiles the caller", "sys.setprofile(lambda *a: 1/0)\nreturn 1", "error", "crashed", "refused"),
    _attack("no such function", "return missing(x)", "error"),
    Attack("defines no function", "g = 1", ("error",)),
    Attack("function is a number", "f = 1", ("error",)),
    Attack("wrong arguments", "def f(): return 1", ("error",)),
    Attack("no Python", "def f(x:\n", ("error",)),
    Attack("null bytes", "def f(x): return 1\x00", ("error",)),
    Attack("exits while loading", "import os\nos._exit(3)", ("crashed",)),
)
