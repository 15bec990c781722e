"""The confined side of the conversation: load the source, make each call, send back what came of it.

A learner's code shares this process and may replace anything it finds, so what the loop below needs is bound before
that code is loaded. This protects a careless learner from a confusing verdict, not the verdict from a learner: nothing
that decides is in here, and the parent believes nothing it reads.
"""

import errno
import io
import linecache
import os
import sys
import warnings
from types import ModuleType, TracebackType
from typing import Any

from quizapp.coding.sandbox import codec, frames

SOURCE_NAME = "<submission>"
_MODULE_NAME = "submission"
_MAX_MESSAGE = 500
_MAX_WARNINGS = 20
_REFUSALS = frozenset({errno.EPERM, errno.EACCES, errno.EROFS})
_TRACEBACK = BaseException.__dict__["__traceback__"].__get__
_NAME = type.__dict__["__name__"].__get__
_OUT_OF_MEMORY = codec.encode({"status": "memory", "message": "MemoryError", "line": None, "warnings": []})
_INDESCRIBABLE = codec.encode(
    {"status": "error", "message": "an exception that can't be shown", "line": None, "warnings": []}
)


class Printed(io.TextIOBase):
    """Standard output and error: unbuffered, so that nothing is lost with the process, and cut off at a limit."""

    def __init__(self, limit: int, descriptor: int = 1) -> None:
        self._limit = limit
        self._descriptor = descriptor
        self._left = limit

    @property
    def encoding(self) -> str:  # type: ignore[override]  # an attribute in the stubs, read-only in io
        """Text is sent as UTF-8."""
        return "utf-8"

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor behind it."""
        return self._descriptor

    def write(self, text: str, /) -> int:
        """Send `text` as far as the limit allows, and say that all of it was taken."""
        if self._left > 0:
            data = text.encode("utf-8", "replace")[: self._left]
            self._left -= len(data)
            _write_all(self._descriptor, data)
        return len(text)

    def renew(self) -> None:
        """Allow the full amount again."""
        self._left = self._limit


_write = os.write


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[_write(descriptor, data) :]


class Worker:
    """One submission: at most one loaded function, called as often as the parent asks."""

    def __init__(self, reading: int, writing: int, result_bytes: int, output_bytes: int) -> None:
        self._reading = reading
        self._writing = writing
        self._result_bytes = result_bytes
        self._printed = Printed(output_bytes)
        self._function: Any = None
        self._warned: list[str] = []

    def serve(self) -> None:
        """Answer questions until the parent closes the pipe."""
        sys.stdout = sys.stderr = self._printed
        sys.stdin = io.StringIO()
        sys.argv = [SOURCE_NAME]
        warnings.showwarning = self._record_warning  # type: ignore[assignment]  # the file and line are not wanted
        warnings.simplefilter("always")
        read, write, answer = frames.read_frame, frames.write_frame, self._answer
        while (frame := read(self._reading)) is not None:
            self._printed.renew()
            kind, payload = answer(frame)
            write(self._writing, kind, frame.nonce, payload)

    def _answer(self, frame: frames.Frame) -> tuple[bytes, bytes]:
        self._warned.clear()
        try:
            payload = self._load(frame.payload) if frame.kind == frames.LOAD else self._call(frame.payload)
        except BaseException as error:  # noqa: BLE001 - a learner may raise anything, SystemExit included
            try:
                return frames.FAIL, self._failure(error)
            except MemoryError:
                return frames.FAIL, _OUT_OF_MEMORY
            except BaseException:  # noqa: BLE001 - a learner's hooks run even while it is described
                return frames.FAIL, _INDESCRIBABLE
        return frames.DONE, payload

    def _load(self, payload: bytes) -> bytes:
        request = codec.decode(payload)
        source, name = request["source"], request["function"]
        module = ModuleType(_MODULE_NAME)
        sys.modules[_MODULE_NAME] = module
        linecache.cache[SOURCE_NAME] = (len(source), None, source.splitlines(keepends=True), SOURCE_NAME)
        exec(compile(source, SOURCE_NAME, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - what it is for
        function = module.__dict__.get(name)
        if function is None:
            raise NameError(f"the source defines no function named {name}")
        if not callable(function):
            raise TypeError(f"{name} is {codec.describe(function)}, not a function")
        self._function = function
        return codec.encode([None, {}, self._warned])

    def _call(self, payload: bytes) -> bytes:
        before = codec.split_arguments(payload)
        args = {name: codec.decode(data) for name, data in before.items()}
        value = self._function(**args)
        del payload
        changed = {name: args[name] for name in before if self._encoded_argument(name, args[name]) != before[name]}
        return codec.encode([value, changed, self._warned], self._result_bytes)

    def _encoded_argument(self, name: str, value: object) -> bytes:
        try:
            return codec.encode(value, self._result_bytes)
        except codec.TooLarge as error:
            raise codec.TooLarge(f"grew its argument {name} to {error}") from None
        except codec.Unsendable as error:
            raise codec.Unsendable(f"put {error} into its argument {name}") from None

    def _record_warning(self, message: Warning | str, category: type[Warning], *_: object) -> None:
        if len(self._warned) < _MAX_WARNINGS:
            self._warned.append(f"{_NAME(category)}: {str(message)[:_MAX_MESSAGE]}")

    def _failure(self, error: BaseException) -> bytes:
        kind = type(error)
        status = "error"
        if isinstance(error, MemoryError):
            status = "memory"
        elif kind is codec.TooLarge or (isinstance(error, OSError) and error.errno in _REFUSALS):
            status = "refused"
        if kind is codec.TooLarge or kind is codec.Unsendable:
            text = str(error)
            message = text if text.startswith(("put ", "grew ")) else f"returned {text}"
        else:
            message = f"{_NAME(kind)}: {_text(error)}".removesuffix(": ")
        line = _line(error)
        return codec.encode(
            {"status": status, "message": message[:_MAX_MESSAGE], "line": line, "warnings": self._warned}
        )


def _text(error: BaseException) -> str:
    try:
        if isinstance(error, SyntaxError):
            return str.__str__(error.msg)
        return str.__str__(str(error))
    except BaseException:  # noqa: BLE001 - an exception's own __str__ is a learner's code too
        return "(its text can't be shown)"


def _line(error: BaseException) -> int | None:
    """Return the deepest line of the learner's source in the traceback, or where its syntax breaks."""
    if isinstance(error, SyntaxError) and error.filename == SOURCE_NAME:
        return error.lineno if type(error.lineno) is int else None
    line = None
    trace: TracebackType | None = _TRACEBACK(error)
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == SOURCE_NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
