"""Confined processes where there is no zygote: a fresh process each, with time-outs and the limits the system has."""

import contextlib
import json
import os
import queue
import secrets
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from typing import IO

from quizapp.coding.sandbox import launch
from quizapp.coding.sandbox.backend import Ending, Unavailable
from quizapp.coding.sandbox.channel import Channel, Ended, TimedOut
from quizapp.coding.sandbox.frames import DONE, FAIL, NO_NONCE, START, Frame, FrameReader, ProtocolBreach, pack
from quizapp.coding.sandbox.model import Limits

_CHUNK = 1 << 16
_DEATH_SECONDS = 0.5


class ProcessChannel:
    """A conversation over a process's standard streams, read by threads since not every system can poll pipes."""

    def __init__(self, process: subprocess.Popen[bytes], output_bytes: int) -> None:
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise ValueError("a process without pipes")
        self.process = process
        self._output_bytes = output_bytes
        self._collected = bytearray()
        self._lock = threading.Lock()
        # Bounded, so that a flood waits in the pipe, not in this process's memory.
        self._answers: queue.Queue[bytes] = queue.Queue(maxsize=16)
        self._questions: queue.Queue[bytes | None] = queue.Queue()
        self._threads = [
            threading.Thread(target=self._read_answers, args=(process.stdout,), daemon=True),
            threading.Thread(target=self._read_output, args=(process.stderr,), daemon=True),
            threading.Thread(target=self._write_questions, args=(process.stdin,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def greeting(self, deadline: float) -> Frame:
        """Return the first frame."""
        return self._receive(FrameReader((START,), NO_NONCE, 4096), deadline)

    def ask(self, kind: bytes, payload: bytes, deadline: float, limit: int) -> Frame:
        """Send a question and return its answer."""
        if not self._answers.empty():
            if not self._answers.get():
                raise Ended
            raise ProtocolBreach("an answer before the question")
        nonce = secrets.token_bytes(16)
        self._questions.put(pack(kind, nonce, payload))
        return self._receive(FrameReader((DONE, FAIL), nonce, limit), deadline)

    def printed(self) -> bytes:
        """Return what was printed since the last time; output still on its way counts for the next question."""
        with self._lock:
            data = bytes(self._collected[: self._output_bytes])
            self._collected.clear()
        return data

    def close(self) -> None:
        """Kill the process and everything in its group, and wait for the threads."""
        self._kill()
        self._questions.put(None)
        while any(thread.is_alive() for thread in self._threads):
            while not self._answers.empty():
                self._answers.get_nowait()
            self._threads[0].join(0.01)
            self._threads[1].join(0.01)
            self._threads[2].join(0.01)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def _kill(self) -> None:
        self.process.kill()
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):  # gone already
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _receive(self, reader: FrameReader, deadline: float) -> Frame:
        while True:
            try:
                chunk = self._answers.get(timeout=max(deadline - time.monotonic(), 0.001))
            except queue.Empty:
                raise TimedOut from None
            if not chunk:
                raise Ended
            if (frame := reader.feed(chunk)) is not None:
                return frame
            if time.monotonic() >= deadline:
                raise TimedOut

    def _read_answers(self, stream: IO[bytes]) -> None:
        while chunk := _read(stream):
            self._answers.put(chunk)
        self._answers.put(b"")

    def _read_output(self, stream: IO[bytes]) -> None:
        while chunk := _read(stream):
            with self._lock:
                self._collected += chunk[: max(self._output_bytes - len(self._collected), 0)]

    def _write_questions(self, stream: IO[bytes]) -> None:
        try:
            while (question := self._questions.get()) is not None:
                rest = memoryview(question)
                while rest:
                    rest = rest[os.write(stream.fileno(), rest) :]
        except OSError:
            return  # the process has gone, which the reading side reports


def _read(stream: IO[bytes]) -> bytes:
    try:
        return os.read(stream.fileno(), _CHUNK)
    except OSError:
        return b""


class Processes:
    """Starts a fresh process for every submission."""

    def warm(self) -> None:
        """Do nothing: there is nothing to keep warm."""

    def open(self, limits: Limits) -> Channel:
        """Start a process and return the conversation with it."""
        pipe = subprocess.PIPE
        try:
            process = launch.spawn("worker", [json.dumps(asdict(limits))], stdin=pipe, stdout=pipe, stderr=pipe)
        except OSError as error:
            raise Unavailable("no process can be started") from error
        return ProcessChannel(process, limits.output_bytes)

    def prepare(self, limits: Limits) -> None:
        """Do nothing: a process that waits would be as costly as one that runs."""

    def end(self, channel: Channel, *, patient: bool) -> Ending:
        """Kill the process; if patient, first give it a moment to die by itself."""
        if not isinstance(channel, ProcessChannel):
            raise TypeError("a channel of another backend")
        process = channel.process
        if patient:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_DEATH_SECONDS)
        code = process.poll()
        channel.close()
        if code is None:
            return Ending(None, None, killed=True, cpu_seconds=0.0)
        if code < 0:
            return Ending(None, -code, killed=False, cpu_seconds=0.0)
        return Ending(code, None, killed=False, cpu_seconds=0.0)

    def close(self) -> None:
        """Do nothing: no process outlives its submission."""
