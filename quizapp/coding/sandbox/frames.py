"""The protocol on the private pipe: one question, one answer, never more.

A frame is a kind, a nonce, a length and that many bytes. The parent asks, the child answers with the nonce of the
question; whatever else arrives (another nonce, a second answer, a length over the limit, bytes nobody asked for) breaks
the protocol, and the submission ends as ``refused``.
"""

import os
import struct
from dataclasses import dataclass

HEADER = struct.Struct("<4s16sQ")

START = b"STRT"
"""Child, unasked, once: the layers of confinement that hold."""
LOAD = b"LOAD"
"""Parent: the source and the function's name. Answered by ``DONE`` or ``FAIL``."""
CALL = b"CALL"
"""Parent: the arguments. Answered by ``DONE`` or ``FAIL``."""
DONE = b"DONE"
"""Child: value, changed inputs, warnings."""
FAIL = b"FAIL"
"""Child: status, message, line, warnings."""

NO_NONCE = bytes(16)


class ProtocolBreach(Exception):
    """Bytes on the private pipe that no honest child writes."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message."""

    kind: bytes
    nonce: bytes
    payload: bytes


def pack(kind: bytes, nonce: bytes, payload: bytes) -> bytes:
    """Return the bytes of one frame."""
    return HEADER.pack(kind, nonce, len(payload)) + payload


class FrameReader:
    """Collects one frame from chunks of bytes, holding at most `limit` of them."""

    def __init__(self, kinds: tuple[bytes, ...], nonce: bytes, limit: int) -> None:
        self._kinds = kinds
        self._nonce = nonce
        self._limit = limit
        self._buffer = bytearray()
        self._length: int | None = None

    def feed(self, chunk: bytes) -> Frame | None:
        """Add what arrived; return the frame once it is whole, or raise :class:`ProtocolBreach`."""
        self._buffer += chunk
        if self._length is None:
            if len(self._buffer) < HEADER.size:
                return None
            self._length = self._checked_length()
        excess = len(self._buffer) - HEADER.size - self._length
        if excess < 0:
            return None
        if excess:
            raise ProtocolBreach("bytes that nobody asked for")
        kind = bytes(self._buffer[:4])
        return Frame(kind, self._nonce, bytes(memoryview(self._buffer)[HEADER.size :]))

    def _checked_length(self) -> int:
        kind, nonce, length = HEADER.unpack_from(self._buffer)
        if kind not in self._kinds:
            raise ProtocolBreach("a frame of an unknown kind")
        if nonce != self._nonce:
            raise ProtocolBreach("an answer to another question")
        if length > self._limit:
            raise ProtocolBreach("an answer over the limit")
        return int(length)


def read_frame(descriptor: int) -> Frame | None:
    """Read one frame, waiting for it; None if the other side has closed. The confined side trusts its parent."""
    header = _read_exactly(descriptor, HEADER.size)
    if header is None:
        return None
    kind, nonce, length = HEADER.unpack(header)
    payload = _read_exactly(descriptor, length)
    return None if payload is None else Frame(kind, nonce, payload)


def write_frame(descriptor: int, kind: bytes, nonce: bytes, payload: bytes) -> None:
    """Write one frame, waiting until the other side has taken it."""
    rest = memoryview(pack(kind, nonce, payload))
    while rest:
        rest = rest[_write(descriptor, rest) :]


# Bound once: a learner may replace os.read and os.write in the process that answers.
_read = os.read
_write = os.write


def _read_exactly(descriptor: int, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        chunk = _read(descriptor, min(size - len(parts), 1 << 20))
        if not chunk:
            return None
        parts += chunk
    return bytes(parts)
