"""What goes into a sandbox and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["returned", "error", "timeout", "memory", "refused", "crashed"]
"""How a call ended.

``returned``
    A value came back.
``error``
    The code raised, or returned something that is no number, text, array or collection of them.
``timeout``
    Too long on the wall clock or the processor.
``memory``
    More memory asked for than allowed.
``refused``
    The confinement denied what the code tried, the result is over its limit, or bytes on the private pipe break the
    protocol.
``crashed``
    The process ended before it answered: ``os._exit``, a segmentation fault, an abort.
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use.

    Attributes
    ----------
    wall_seconds_per_case : float
        For loading the source, and again for every call.
    wall_seconds : float
        For the whole submission; calls not reached by then are reported as ``timeout``.
    cpu_seconds : int
        Processor time of one process. A call that has to be killed costs a new process for the calls after it.
    memory_bytes : int
        Address space on top of what Python and NumPy already map.
    output_bytes : int
        Printed text that is kept of the loading and of each call; what is printed beyond it is dropped.
    result_bytes : int
        Encoded size of one returned value, together with inputs that were changed.
    threads : int
        Threads of one process; other processes can't be started at all.
    file_bytes : int
        Size of one file in the scratch folder.
    open_files : int
        Files open at a time.
    """

    wall_seconds_per_case: float = 2.0
    wall_seconds: float = 20.0
    cpu_seconds: int = 10
    memory_bytes: int = 1 << 30
    output_bytes: int = 64_000
    result_bytes: int = 64 << 20
    threads: int = 16
    file_bytes: int = 16 << 20
    open_files: int = 64


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the learner's function, by keyword.

    Attributes
    ----------
    name : str
        The name of the case, returned with its outcome.
    args : Mapping
        None, booleans, numbers, text, arrays, and tuples, lists and dictionaries of them.
    """

    name: str
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one call ended.

    Attributes
    ----------
    name : str
        The name of the call.
    status : Status
        How it ended.
    value : object
        What was returned; None unless the status is ``returned``.
    inputs_after : Mapping
        The arguments that the call changed, as it left them; empty when it changed none.
    seconds : float
        Wall time as the parent saw it, which the learner's code can't set; 0 for a call that was not made.
    message : str
        What went wrong, on one line, without control characters; empty when a value came back.
    line : int or None
        The line of the learner's source that raised.
    warnings : tuple of str
        Warnings raised during the call, as ``RuntimeWarning: overflow encountered in exp``.
    output : str
        What was printed.
    """

    name: str
    status: Status
    value: Any = None
    inputs_after: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    message: str = ""
    line: int | None = None
    warnings: tuple[str, ...] = ()
    output: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """How one submission went.

    Attributes
    ----------
    outcomes : tuple of Outcome
        One for each call, in order.
    isolation : tuple of str
        The layers of confinement that held, strongest claims only: a layer that the system refused is not named.
    load_error : str or None
        Why the source could not be loaded; every outcome then says the same.
    output : str
        What was printed while loading.
    """

    outcomes: tuple[Outcome, ...]
    isolation: tuple[str, ...]
    load_error: str | None = None
    output: str = ""
