"""The trusted side of one private pipe: ask, wait no longer than the deadline, believe nothing."""

import os
import secrets
import select
import socket
import time
from typing import Protocol

from quizapp.coding.sandbox.frames import DONE, FAIL, NO_NONCE, START, Frame, FrameReader, ProtocolBreach, pack

_CHUNK = 1 << 18
_SLACK = 64


class TimedOut(Exception):
    """The deadline passed without an answer."""


class Ended(Exception):
    """The other side closed the pipe without an answer."""


class Channel(Protocol):
    """A conversation with one confined process."""

    def greeting(self, deadline: float) -> Frame:
        """Return the first frame, which the process sends before it knows any learner's code."""

    def ask(self, kind: bytes, payload: bytes, deadline: float, limit: int) -> Frame:
        """Send a question and return its answer."""

    def printed(self) -> bytes:
        """Return what was printed since the last time."""

    def close(self) -> None:
        """Close this side."""


class PipeChannel:
    """A conversation over a socket pair, with a pipe for what is printed.

    Parameters
    ----------
    connection : socket
        Connected to the confined process.
    output : int
        Reading end of the pipe that is its standard output and error.
    output_bytes : int
        How much it may print per question. Its own ``print`` stops there; more can only come from code that goes
        around it, and ends the conversation.
    """

    def __init__(self, connection: socket.socket, output: int, output_bytes: int) -> None:
        self._connection = connection
        self._output = output
        self._output_bytes = output_bytes
        self._collected = bytearray()
        connection.setblocking(False)
        os.set_blocking(output, False)
        self._poll = select.poll()
        self._poll.register(connection, select.POLLIN)
        self._poll.register(output, select.POLLIN)

    def greeting(self, deadline: float) -> Frame:
        """Return the first frame."""
        return self._converse(b"", FrameReader((START,), NO_NONCE, 4096), deadline)

    def ask(self, kind: bytes, payload: bytes, deadline: float, limit: int) -> Frame:
        """Send a question and return its answer; see :class:`Channel`."""
        self._refuse_early_bytes()
        nonce = secrets.token_bytes(16)
        return self._converse(pack(kind, nonce, payload), FrameReader((DONE, FAIL), nonce, limit), deadline)

    def printed(self) -> bytes:
        """Return what was printed since the last time."""
        self._drain()
        data = bytes(self._collected)
        self._collected.clear()
        return data[: self._output_bytes]

    def close(self) -> None:
        """Close both descriptors."""
        self._connection.close()
        if self._output >= 0:
            os.close(self._output)
            self._output = -1

    def _converse(self, question: bytes, reader: FrameReader, deadline: float) -> Frame:
        rest = self._send(memoryview(question))
        while True:
            self._poll.modify(self._connection, select.POLLIN | (select.POLLOUT if rest else 0))
            left = deadline - time.monotonic()
            events = self._poll.poll(max(left, 0) * 1000) if left > 0 else []
            if not events:
                raise TimedOut
            for descriptor, event in events:
                if descriptor == self._output:
                    self._drain()
                    continue
                if event & select.POLLOUT:
                    rest = self._send(rest)
                if event & ~select.POLLOUT and (frame := reader.feed(self._receive())) is not None:
                    return frame

    def _send(self, data: memoryview) -> memoryview:
        while data:
            try:
                data = data[self._connection.send(data) :]
            except BlockingIOError:
                break
            except OSError as error:
                raise Ended from error
        return data

    def _receive(self) -> bytes:
        try:
            chunk = self._connection.recv(_CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise Ended from error
        if not chunk:
            raise Ended
        return chunk

    def _refuse_early_bytes(self) -> None:
        try:
            early = self._connection.recv(1)
        except BlockingIOError:
            return
        except OSError as error:
            raise Ended from error
        if not early:
            raise Ended
        raise ProtocolBreach("an answer before the question")

    def _drain(self) -> None:
        while self._output >= 0:
            try:
                chunk = os.read(self._output, _CHUNK)
            except BlockingIOError:
                return
            if not chunk:
                # Closed on the other side, perhaps by the learner: polled again, it would return at once for ever.
                self._poll.unregister(self._output)
                os.close(self._output)
                self._output = -1
                return
            self._collected += chunk
            if len(self._collected) > self._output_bytes + _SLACK:
                raise ProtocolBreach(f"more than {self._output_bytes} bytes written around print")
