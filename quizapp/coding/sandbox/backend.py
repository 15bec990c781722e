"""Where confined processes come from: the zygote on Linux, a fresh process elsewhere."""

import contextlib
import json
import os
import socket
import subprocess
from dataclasses import asdict, dataclass
from typing import Protocol

from quizapp.coding.sandbox import launch
from quizapp.coding.sandbox.channel import Channel, PipeChannel
from quizapp.coding.sandbox.model import Limits

_START_SECONDS = 30.0
_END_SECONDS = 5.0


class Unavailable(Exception):
    """The process that makes confined processes can't be started, or has gone."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a confined process ended; the fields that the system did not tell are None."""

    exit: int | None
    signal: int | None
    killed: bool
    cpu_seconds: float


class Backend(Protocol):
    """Makes confined processes, one at a time."""

    def warm(self) -> None:
        """Begin to start, without waiting."""

    def open(self, limits: Limits) -> Channel:
        """Start a confined process and return the conversation with it."""

    def prepare(self, limits: Limits) -> None:
        """Do in advance what can be done for the next submission, should it have these limits."""

    def end(self, channel: Channel, *, patient: bool) -> Ending:
        """Make sure that the process and all it started are gone; if patient, give it a moment to die by itself."""

    def close(self) -> None:
        """Free everything."""


class Zygote:
    """The application's handle on one zygote process."""

    def __init__(self, *, namespaces: bool) -> None:
        self._namespaces = namespaces
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ready = False
        self._spare: tuple[Limits, PipeChannel] | None = None

    def warm(self) -> None:
        """Start the process; it gets ready while the application goes on."""
        if self._process is not None:
            return
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            level = "namespaces" if self._namespaces else "plain"
            try:
                self._process = launch.spawn("zygote", [str(theirs.fileno()), level], pass_fds=[theirs.fileno()])
            except OSError as error:
                ours.close()
                raise Unavailable("no process can be started") from error
        ours.settimeout(_START_SECONDS)
        self._control = ours

    def open(self, limits: Limits) -> Channel:
        """Return the conversation with a confined child: the one prepared, if its limits are these."""
        spare, self._spare = self._spare, None
        if spare is None:
            return self._fork(limits)
        prepared, channel = spare
        if prepared == limits:
            return channel
        self.end(channel, patient=False)
        return self._fork(limits)

    def prepare(self, limits: Limits) -> None:
        """Fork a child for the next submission, so that it is confined and waiting when that comes."""
        if self._spare is None:
            self._spare = limits, self._fork(limits)

    def _fork(self, limits: Limits) -> PipeChannel:
        control = self._await_ready()
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        try:
            with theirs:
                request = json.dumps(asdict(limits)).encode()
                socket.send_fds(control, [request], [theirs.fileno(), writing])
        except OSError as error:
            ours.close()
            os.close(reading)
            raise Unavailable("the sandbox's process has gone") from error
        finally:
            os.close(writing)
        return PipeChannel(ours, reading, limits.output_bytes)

    def end(self, channel: Channel, *, patient: bool) -> Ending:
        """Kill and reap the child. When nothing about its end matters, the answer is not waited for."""
        channel.close()
        control = self._await_ready()
        try:
            control.send(b"end-patiently" if patient else b"end")
            if not patient:
                return Ending(None, None, killed=True, cpu_seconds=0.0)
            answer = json.loads(control.recv(4096) or b"null")
        except OSError as error:
            raise Unavailable("the sandbox's process does not answer") from error
        except BaseException:
            self.close()  # or the answer that was not waited for would be taken for the next one
            raise
        if answer is None:
            raise Unavailable("the sandbox's process has gone")
        return Ending(**answer)

    def close(self) -> None:
        """End the process; with it go all children."""
        self._drop_spare()
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = self._control = None
        self._ready = False

    def disown(self) -> None:
        """Forget a process that belongs to the process this one was forked from."""
        self._drop_spare()
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.returncode = 0  # it is not our child: waiting for it would fail, and warn
        self._process = self._control = None
        self._ready = False

    def _await_ready(self) -> socket.socket:
        self.warm()
        if self._control is None:
            raise Unavailable("the sandbox is closed")
        if not self._ready:
            with contextlib.suppress(OSError):
                self._ready = self._control.recv(16) == b"ready"
            if not self._ready:
                self.close()
                raise Unavailable("the sandbox's process did not start")
            self._control.settimeout(_END_SECONDS)
        return self._control

    def _drop_spare(self) -> None:
        if self._spare is not None:
            self._spare[1].close()
            self._spare = None
