"""Where grading runs: in this process, in processes of this machine, or on a Dask cluster.

All three are ``concurrent.futures`` executors; :class:`Workers` adds what the interface leaves open: how many tasks to
hand out at a time, and how to go on after a worker process has died.
"""

import logging
import os
import pickle
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar
from urllib.parse import urlsplit

from quizapp.errors import EnvironmentProblem, UsageProblem

P = ParamSpec("P")
T = TypeVar("T")

SCHEME = "dask"
SECONDS_TO_CONNECT = 10
TASKS_PER_WORKER = 4
"""Enough to keep a worker busy while its answers travel, few enough to be tried again one by one."""

TASKS_ON_THEIR_WAY = 32
"""The same for a worker on a network; a cluster tells itself which task killed a worker."""


class Workers:
    """An executor that can be made anew.

    Parameters
    ----------
    make : callable
        Starts an executor.
    window : int
        How many tasks may be handed out at a time.
    close : callable, optional
        What to do when all is done.
    """

    def __init__(self, make: Callable[[], Executor], window: int, close: Callable[[], object] | None = None) -> None:
        self.window = window
        self._make = make
        self._close = close
        self._executor: Executor | None = None

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand out one task."""
        if self._executor is None:
            self._executor = self._make()
        return self._executor.submit(function, *args, **kwargs)

    def renew(self) -> None:
        """Let go of a broken executor; the next task starts a new one."""
        if self._executor is not None:
            self._executor.shutdown(wait=True)
            self._executor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=kind is None)
            self._executor = None
        if self._close is not None:
            self._close()


class InProcess(Executor):
    """Runs each task at once, where it is handed in."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a task and return its finished future."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the interface hands every error on by the future
            future.set_exception(error)
        return future


def cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def in_process() -> Workers:
    """Return workers that are this very process."""
    return Workers(InProcess, 1)


def processes(count: int) -> Workers:
    """Return worker processes on this machine, each with a warm sandbox of its own."""

    def make() -> Executor:
        # A fork would take along the threads and locks of whoever calls; a fresh interpreter has none.
        return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_serve_parent)

    return Workers(make, count * TASKS_PER_WORKER)


def _serve_parent() -> None:
    """Leave Ctrl-C to the process that was started by a person, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A killed parent closes no queue: each worker holds an end of it, and would wait for tasks for ever.
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class _Sealed:
    """A call that is made by unpickling it, which only the worker does."""

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self._call = function, args

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self._call


class OnCluster(Executor):
    """Hands tasks to a Dask client as sealed bytes: its scheduler unpacks what it is given, and may lack this package.

    Parameters
    ----------
    client : distributed.Client
    """

    def __init__(self, client: Any) -> None:
        # Not pure: the same code handed in twice is run twice, as everywhere else.
        self._executor: Executor = client.get_executor(pure=False)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand out one task."""
        if kwargs:
            raise TypeError("a sealed call takes positional arguments only")
        future: Future[Any] = self._executor.submit(pickle.loads, pickle.dumps(_Sealed(fn, args)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop taking tasks; without waiting, what runs is called off."""
        self._executor.shutdown(wait=wait and not cancel_futures)


def dask(address: str) -> Workers:
    """Return the workers of a Dask cluster, which need nothing but this package installed.

    Raises
    ------
    UsageProblem
        If the address is not of the form ``dask://HOST:PORT``.
    EnvironmentProblem
        If the extra is not installed, or no cluster answers.
    """
    place = _place(address)
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise EnvironmentProblem(
            "Grading on a cluster needs Dask, which is not installed.", "pip install 'quizapp[distributed]'"
        ) from error
    # What its threads log when a connection breaks are tracebacks; what matters of it comes back by the futures.
    for handler in logging.getLogger("distributed").handlers:
        handler.setLevel(logging.CRITICAL + 1)
    client = None
    try:
        client = distributed.Client(place, timeout=SECONDS_TO_CONNECT, set_as_default=False)
        client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
    except (OSError, TimeoutError, ValueError) as error:
        if client is not None:
            client.close()
        what = "No scheduler answers" if client is None else "The scheduler has no workers"
        raise EnvironmentProblem(f"{what} at {address}.", "Start dask scheduler and dask worker first.") from error
    threads = sum(client.nthreads().values())
    return Workers(lambda: OnCluster(client), threads * TASKS_ON_THEIR_WAY, client.close)


def _place(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or port is None or parts.scheme != SCHEME:
        raise UsageProblem(f"{address!r} names no executor.", "Write it as dask://HOST:PORT.")
    return f"tcp://[{host}]:{port}" if ":" in host else f"tcp://{host}:{port}"
