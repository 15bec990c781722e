"""Run a learner's function on given inputs, confined; the application's only way to run code that it did not write."""

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Literal, Self

from quizapp.coding.sandbox import codec, judge, kernel, layers
from quizapp.coding.sandbox.backend import Backend, Ending, Unavailable, Zygote
from quizapp.coding.sandbox.channel import Channel, Ended, TimedOut
from quizapp.coding.sandbox.frames import CALL, LOAD, ProtocolBreach
from quizapp.coding.sandbox.model import Call, Limits, Outcome, Run
from quizapp.coding.sandbox.portable import Processes
from quizapp.errors import EnvironmentProblem

Isolation = Literal["auto", "require", "portable"]
_GREETING_SECONDS = 10.0
_SLACK = codec.MAX_ENVELOPE + 65_536


class Sandbox:
    """A place to run learners' code.

    One submission runs at a time; calls from several threads queue up. For more at a time use one sandbox per thread or
    process. A sandbox that a fork has inherited starts a process of its own when it is first used.

    Parameters
    ----------
    isolation : {"auto", "require", "portable"}
        ``auto`` takes every layer the system gives and reports which held. ``require`` refuses to run anything unless
        files, network, other processes and resources are all out of reach. ``portable`` uses what every system has:
        a fresh process with limits and time-outs.

    Examples
    --------
    >>> with Sandbox() as sandbox:
    ...     run = sandbox.run("def double(x): return 2 * x", "double", [Call("two", {"x": 2})])
    >>> run.outcomes[0].value
    4
    """

    def __init__(self, isolation: Isolation = "auto") -> None:
        self._isolation = isolation
        self._lock = threading.Lock()
        self._backend: Backend | None = None
        self._fallbacks: list[Backend] = []
        self._owner = 0
        self._confirmed: tuple[str, ...] | None = None

    def __enter__(self) -> Self:
        self.warm()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Begin to start the process behind it without waiting, so that the first submission need not."""
        with self._lock, contextlib.suppress(Unavailable):  # the first submission finds another way, or says so
            self._own().warm()

    def close(self) -> None:
        """End the process behind it. A later run starts a new one."""
        with self._lock:
            if self._backend is not None and self._owner == os.getpid():
                self._backend.close()
            self._backend = None

    def run(self, source: str, function: str, calls: Sequence[Call], limits: Limits | None = None) -> Run:
        """Load `source` and call its `function` once for each of `calls`.

        Parameters
        ----------
        source : str
            A learner's Python source.
        function : str
            The function to call.
        calls : sequence of Call
            The cases, in order. They share one loaded module until one has to be killed; those after it get a new one.
        limits : Limits, optional
            What the submission may use.

        Returns
        -------
        Run
            One outcome for each call, whatever the code did.

        Raises
        ------
        EnvironmentProblem
            If no process can be started here, or isolation is required and not to be had.
        """
        # Encoded first: an argument that can't be sent is the caller's mistake and must not leave a process behind.
        encoded = [codec.encode_arguments(dict(call.args)) for call in calls]
        with self._lock:
            submission = _Submission(self, source, function, calls, encoded, limits or Limits())
            try:
                return submission.run()
            except _Lost:
                return submission.run(last_try=True)

    def _own(self) -> Backend:
        if self._backend is None or self._owner != os.getpid():
            if isinstance(self._backend, Zygote):
                self._backend.disown()
            self._fallbacks = list(reversed(self._choices()))
            self._backend = self._fallbacks.pop()
            self._owner = os.getpid()
            self._confirmed = None
        return self._backend

    def _choices(self) -> list[Backend]:
        if self._isolation == "portable" or sys.platform != "linux" or not kernel.SUPPORTED:
            return [Processes()]
        return [Zygote(namespaces=True), Zygote(namespaces=False), Processes()]

    def _open(self, limits: Limits) -> tuple[Channel, tuple[str, ...]]:
        """Start a confined process, by the strongest way that works."""
        backend = self._own()
        failures = 0
        while True:
            channel: Channel | None = None
            try:
                channel = backend.open(limits)
                greeting = channel.greeting(time.monotonic() + _GREETING_SECONDS)
                held = tuple(str(layer) for layer in json.loads(greeting.payload))
                break
            except (Unavailable, TimedOut, Ended, ProtocolBreach) as error:
                if channel is not None:
                    channel.close()
                backend.close()
                failures += 1
                if self._confirmed is not None and failures < 2:
                    continue  # it worked before, so it was an accident: start it again
                if not self._fallbacks:
                    raise EnvironmentProblem(
                        "No process for learners' code can be started.", "See what quizapp doctor says about isolation."
                    ) from error
                self._backend = backend = self._fallbacks.pop()
        self._confirmed = held
        if self._isolation == "require" and (lacking := layers.missing(held)):
            channel.close()
            backend.close()
            raise EnvironmentProblem(
                f"This system gives no full isolation for learners' code; missing: {', '.join(lacking)}.",
                "Grade on Linux with Landlock and seccomp, or do without requiring isolation.",
            )
        return channel, held


class _Lost(Exception):
    """The zygote itself has gone, which is not the fault of the submission that happens to notice."""


class _Submission:
    """One run: as many processes as it takes, one after the other."""

    def __init__(
        self,
        sandbox: Sandbox,
        source: str,
        function: str,
        calls: Sequence[Call],
        encoded: list[bytes],
        limits: Limits,
    ) -> None:
        self._sandbox = sandbox
        self._calls = calls
        self._encoded = encoded
        self._limits = limits
        self._load = codec.encode({"source": source, "function": function})
        self._deadline = 0.0
        self._output = b""
        self._held: tuple[str, ...] = ()
        self._last_try = False

    def run(self, *, last_try: bool = False) -> Run:
        """Make every call; on the last try, even a lost zygote gives outcomes instead of :class:`_Lost`."""
        self._last_try = last_try
        outcomes: list[Outcome] = []
        channel: Channel | None = None
        load_error: str | None = None
        load_output: str | None = None
        self._deadline = time.monotonic() + self._limits.wall_seconds
        try:
            for call, arguments in zip(self._calls, self._encoded, strict=True):
                if time.monotonic() >= self._deadline:
                    outcomes.append(_outcome(call, judge.not_reached(self._limits)))
                    continue
                if channel is None:
                    channel, verdict, output = self._loaded()
                    load_output = output if load_output is None else load_output
                    if channel is None:
                        rest = self._calls[len(outcomes) :]
                        load_error = verdict.message if not outcomes else None
                        outcomes += [_outcome(missed, verdict) for missed in rest]
                        break
                channel, outcome = self._called(channel, call, arguments)
                outcomes.append(outcome)
        finally:
            if channel is not None:
                self._end(channel, patient=False)
        with contextlib.suppress(Unavailable):  # then the next submission starts afresh
            self._sandbox._own().prepare(self._limits)
        return Run(tuple(outcomes), self._held, load_error, load_output or "")

    def _loaded(self) -> tuple[Channel | None, judge.Verdict, str]:
        channel, self._held = self._sandbox._open(self._limits)
        alive, verdict, _, output = self._ask(channel, LOAD, self._load)
        if alive and verdict.status != "returned":
            self._end(channel, patient=False)
            alive = False
        return channel if alive else None, verdict, output

    def _called(self, channel: Channel, call: Call, arguments: bytes) -> tuple[Channel | None, Outcome]:
        alive, verdict, seconds, output = self._ask(channel, CALL, arguments)
        return channel if alive else None, _outcome(call, verdict, seconds, output)

    def _ask(self, channel: Channel, kind: bytes, payload: bytes) -> tuple[bool, judge.Verdict, float, str]:
        """Ask once; whatever ends the conversation ends the process too. Return whether it is still alive."""
        limits = self._limits
        started = time.monotonic()
        deadline = min(started + limits.wall_seconds_per_case, self._deadline)
        printed = b""
        alive = False
        try:
            frame = channel.ask(kind, payload, deadline, limits.result_bytes + _SLACK)
            seconds = time.monotonic() - started
            printed = channel.printed()
            verdict = judge.read_answer(frame)
            alive = True
        except TimedOut:
            verdict = judge.too_slow(limits)
        except ProtocolBreach as error:
            verdict = judge.breach(error)
        except Ended:
            verdict = judge.Verdict("crashed")
        if not alive:
            seconds = time.monotonic() - started
            printed = printed or _last_words(channel)
            patient = verdict.status == "crashed"
            ending = self._end(channel, patient=patient)
            if patient and ending is not None:
                verdict = judge.ended(ending, limits)
            elif patient and not self._last_try:
                raise _Lost
            elif patient:
                verdict = judge.Verdict("crashed", "The sandbox's own process ended with this submission, twice.")
        return alive, verdict, seconds, judge.clean_output(printed)

    def _end(self, channel: Channel, *, patient: bool) -> Ending | None:
        """End the process; return how it ended, or None if the zygote is not there to tell."""
        backend = self._sandbox._own()
        try:
            return backend.end(channel, patient=patient)
        except Unavailable:
            backend.close()
            return None


def _last_words(channel: Channel) -> bytes:
    try:
        return channel.printed()
    except ProtocolBreach:
        return b""


def _outcome(call: Call, verdict: judge.Verdict, seconds: float = 0.0, output: str = "") -> Outcome:
    return Outcome(
        name=call.name,
        status=verdict.status,
        value=verdict.value,
        inputs_after=verdict.inputs_after,
        seconds=seconds,
        message=verdict.message,
        line=verdict.line,
        warnings=verdict.warnings,
        output=output,
    )


def isolation_available() -> tuple[str, ...]:
    """Return the layers of confinement that hold on this system, by trying; empty if nothing can be started."""
    try:
        with Sandbox() as sandbox:
            probe = "def probe(): return None"
            return sandbox.run(probe, "probe", [Call("probe", {})]).isolation
    except EnvironmentProblem:
        return ()
