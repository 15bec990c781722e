"""From what came over the pipe to the outcome of a call. Every field is checked: a learner may forge it."""

import re
import signal
from typing import Any, cast

from quizapp.coding.sandbox import codec
from quizapp.coding.sandbox.backend import Ending
from quizapp.coding.sandbox.frames import DONE, Frame, ProtocolBreach
from quizapp.coding.sandbox.model import Limits, Status

_REPORTED: frozenset[str] = frozenset({"error", "memory", "refused"})
_MAX_TEXT = 600
_MAX_WARNINGS = 20
# Escape sequences as a whole, then whatever control character is left: nothing a learner prints may steer a terminal.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean_output(data: bytes) -> str:
    """Return printed bytes as text that is safe to show."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    return _CONTROLS.sub("", _ESCAPES.sub("", text))


def clean_line(text: str) -> str:
    """Return `text` on one line, bounded in length, safe to show."""
    flat = " ".join(_ESCAPES.sub("", text[: 4 * _MAX_TEXT]).split())
    return _CONTROLS.sub("", flat)[:_MAX_TEXT]


class Verdict:
    """What the frame of one answer says.

    Attributes
    ----------
    status, message, line, value, inputs_after, warnings
        As in :class:`~quizapp.coding.sandbox.model.Outcome`.
    """

    def __init__(self, status: Status, message: str = "", line: int | None = None) -> None:
        self.status = status
        self.message = message
        self.line = line
        self.value: Any = None
        self.inputs_after: dict[str, Any] = {}
        self.warnings: tuple[str, ...] = ()


def read_answer(frame: Frame) -> Verdict:
    """Return what `frame` says, or raise :class:`ProtocolBreach`."""
    try:
        content = codec.decode(frame.payload)
    except codec.Malformed as error:
        raise ProtocolBreach(f"an answer that can't be read ({error})") from error
    return _done(content) if frame.kind == DONE else _failed(content)


def _done(content: object) -> Verdict:
    if not isinstance(content, list) or len(content) != 3:
        raise ProtocolBreach("an answer of the wrong form")
    verdict = Verdict("returned")
    verdict.value, changed, warned = content
    if not isinstance(changed, dict) or not all(isinstance(name, str) for name in changed):
        raise ProtocolBreach("changed inputs without names")
    verdict.inputs_after = changed
    verdict.warnings = _warnings(warned)
    return verdict


def _failed(content: object) -> Verdict:
    if not isinstance(content, dict) or set(content) != {"status", "message", "line", "warnings"}:
        raise ProtocolBreach("a failure of the wrong form")
    status, message, line = content["status"], content["message"], content["line"]
    if not isinstance(status, str) or status not in _REPORTED or not isinstance(message, str):
        raise ProtocolBreach("a failure of the wrong form")
    if line is not None and (type(line) is not int or not 0 <= line < 10_000_000):
        raise ProtocolBreach("a line that is no line")
    verdict = Verdict(cast("Status", status), clean_line(message) or "(no message)", line)
    verdict.warnings = _warnings(content["warnings"])
    return verdict


def _warnings(content: object) -> tuple[str, ...]:
    if not isinstance(content, list) or len(content) > _MAX_WARNINGS:
        raise ProtocolBreach("warnings of the wrong form")
    if not all(isinstance(text, str) for text in content):
        raise ProtocolBreach("warnings of the wrong form")
    return tuple(clean_line(text) for text in content)


def breach(error: ProtocolBreach) -> Verdict:
    """Return the verdict on a broken protocol."""
    return Verdict("refused", f"The sandbox ended this submission: {error}.")


def too_slow(limits: Limits) -> Verdict:
    """Return the verdict on a missed deadline."""
    return Verdict("timeout", f"No result after {limits.wall_seconds_per_case:g} s.")


def not_reached(limits: Limits) -> Verdict:
    """Return the verdict on a call for which no time was left."""
    return Verdict("timeout", f"Not run: the submission has used up its {limits.wall_seconds:g} s.")


def ended(ending: Ending, limits: Limits) -> Verdict:
    """Return the verdict on a process that ended without an answer."""
    if ending.killed:
        return Verdict("refused", "The sandbox ended this submission: it closed the private pipe.")
    # By name, for systems that lack them. The kernel counts in ticks: it may strike a little before the sum says so.
    spent = _signal_name(ending.signal) == "SIGKILL" and ending.cpu_seconds + 0.1 >= limits.cpu_seconds
    if spent or _signal_name(ending.signal) == "SIGXCPU":
        return Verdict("timeout", f"More than {limits.cpu_seconds} s of processor time.")
    if _signal_name(ending.signal) == "SIGKILL":
        return Verdict("memory", "The system killed the process, most likely for its use of memory.")
    if ending.signal is not None:
        return Verdict("crashed", f"The process was ended by signal {ending.signal} ({_signal_name(ending.signal)}).")
    return Verdict("crashed", f"The process exited with status {ending.exit} before it returned.")


def _signal_name(number: int | None) -> str:
    if number is None:
        return ""
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
