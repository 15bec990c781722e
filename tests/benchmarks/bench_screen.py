"""The screen in a real terminal: first frame, keystroke, answer and memory, against a bare Textual app beside it."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from quizapp.clock import Clock
from quizapp.paths import shipped_content
from quizapp.store.store import Store
from tests.benchmarks.bench_store import state
from tests.benchmarks.measuring import Ratio

BARE = """
from textual.app import App
from textual.widgets import Input, Static
class Bare(App):
    def compose(self):
        yield Static("bare and ready")
        yield Input()
Bare().run()
"""
OURS = "from quizapp.cli.main import main; main()"
ROUNDS = 9
PATIENCE = 20.0
SKIP = b"\x1b[15~"
"""F5: it skips while a line is being typed too."""

MARKED = "✓|✗".encode()


class Terminal:
    """A program on a pseudo-terminal of 80×24."""

    def __init__(self, source: str, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, [sys.executable, "-c", source, *arguments], environment)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.seen = b""

    def wait_for(self, pattern: bytes) -> float:
        """Read until the pattern has been painted; return the seconds since the start."""
        deadline = time.perf_counter() + PATIENCE
        while re.search(pattern, self.seen) is None:
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{pattern!r} never came: {self.seen[-2000:]!r}")
            if select.select([self.file], [], [], 0.1)[0]:
                self.seen += os.read(self.file, 65536)
        return time.perf_counter() - self.started

    def settle(self) -> None:
        """Read until nothing more comes for a while."""
        while select.select([self.file], [], [], 0.4)[0]:
            self.seen += os.read(self.file, 65536)
        self.seen = b""

    def press(self, keys: bytes, pattern: bytes = b".") -> float:
        """Return the seconds from a key to the output that it causes."""
        self.settle()
        started = time.perf_counter()
        os.write(self.file, keys)
        self.wait_for(pattern)
        return time.perf_counter() - started

    def memory(self) -> float:
        """Return the resident memory in bytes."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.file)


def measure() -> list[Ratio]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"QUIZAPP_DATA_DIR": folder, "QUIZAPP_CONTENT": str(shipped_content()), "TERM": "xterm-256color"}
        fill(Path(folder, "progress.db"))
        first: dict[str, list[float]] = {"ours": [], "bare": []}
        memory = {"ours": 0.0, "bare": 0.0}
        for _ in range(ROUNDS):
            for name, source, marker in (("ours", OURS, rb"due"), ("bare", BARE, rb"bare and ready")):
                terminal = Terminal(source, (), environment)
                first[name].append(terminal.wait_for(marker))
                memory[name] = terminal.memory()
                terminal.close()
        keys, answers, bare_keys = typing(environment)
        return [
            Ratio("first frame with due counts / bare Textual", *_medians(first["ours"], first["bare"]), "≤ 1.15"),
            Ratio("memory at the first frame / bare Textual", memory["ours"], memory["bare"], "≤ 1.6", bytes=True),
            Ratio("key to paint / bare Input", *_medians(keys, bare_keys), "≤ 1.15"),
            Ratio("Enter to marked and painted / bare Input's key", *_medians(answers, bare_keys), "≤ 2"),
        ]


def typing(environment: dict[str, str]) -> tuple[list[float], list[float], list[float]]:
    """Type into a question and answer it, beside typing into a bare input."""
    fresh = tempfile.mkdtemp()
    try:
        ours = Terminal(
            OURS, ("study", "--deck", "adam-family", "--seed", "1"), {**environment, "QUIZAPP_DATA_DIR": fresh}
        )
        bare = Terminal(BARE, (), environment)
        ours.wait_for(rb"Adam")
        bare.wait_for(rb"ready")
        bare_keys = [bare.press(b"1") for _ in range(ROUNDS)]
        # The fourth item of the deck is computed: its answer is typed, and every key is echoed as it is read.
        for _ in range(3):
            ours.press(SKIP)
        keys = [ours.press(b"1") for _ in range(ROUNDS)]
        # It asks for three numbers.
        ours.press(b", 1, 1")
        answers = [ours.press(b"\r", MARKED)]
        ours.close()
        bare.close()
        return keys, answers, bare_keys
    finally:
        shutil.rmtree(fresh)


def fill(path: Path) -> None:
    with Store.open(path, Clock()) as store:
        decks = sorted(found.stem for found in shipped_content().glob("decks/*/*.yaml"))
        store.rebuild(
            lambda _: ((f"{decks[number % len(decks)]}/item-{number}", state(number)) for number in range(2_000))
        )


def _medians(ours: list[float], theirs: list[float]) -> tuple[float, float]:
    return statistics.median(ours), statistics.median(theirs)
