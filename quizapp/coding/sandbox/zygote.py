"""The warm process: NumPy imported, namespaces entered, rules compiled; every submission is a confined fork of it.

It is started by :mod:`quizapp.coding.sandbox.launch` and talks to the application over one control socket: ``run`` with
two descriptors forks a child, ``end`` kills and reaps it. It never reads a byte that a learner's code has written: a
submission's source, inputs and results pass between application and child over the pipe of that one run.

With namespaces there are two processes, since a process can't enter a new PID namespace itself: the one that was
started sets everything up, forks the zygote as process 1 of the namespace, and waits. When process 1 ends, the kernel
kills all that is left in there.
"""

import contextlib
import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from quizapp.coding.sandbox import frames, kernel, landlock, layers, root, seccomp
from quizapp.coding.sandbox.confinement import CHANNEL, Confinement
from quizapp.coding.sandbox.model import Limits
from quizapp.coding.sandbox.readable import DEVICES, readable_paths
from quizapp.coding.sandbox.worker import Worker

_DEATH_MILLISECONDS = 200
_MAX_REQUEST = 4096
_NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended: by itself with ``exit``, or by a ``signal``, and whether the zygote had to kill it."""

    exit: int | None
    signal: int | None
    killed: bool
    cpu_seconds: float


def start(control: socket.socket, project: str, *, namespaces: bool) -> None:
    """Become the zygote and serve until the application closes the control socket."""
    sys.path[:] = [str(Path(entry).resolve()) for entry in sys.path if Path(entry).is_dir()]
    held: tuple[str, ...] = (layers.TIME_LIMITS,)
    address_space = _address_space()
    privileged = os.geteuid() == 0
    with contextlib.suppress(OSError):  # if memory runs out on this machine, a learner's process goes first
        Path("/proc/self/oom_score_adj").write_text("800")
    readable = readable_paths(project)
    scratch = None
    if namespaces:
        _enter_namespaces(control)
        held += layers.NAMESPACES
        scratch, private = _private_root(readable)
        held += private
        zygote = os.fork()
        if zygote:
            control.close()
            os.waitpid(zygote, 0)
            return
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)  # a child of the same user must not read or trace its parent
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    _prime_import_caches()
    confinement = Confinement(
        held=held,
        ruleset=_ruleset(readable, scratch),
        filter=seccomp.Filter(),
        scratch=scratch,
        address_space=address_space,
        drop_user=privileged,
    )
    gc.collect()
    gc.freeze()  # or the first collection in every child would copy all of the zygote's memory
    control.send(b"ready")
    _serve(control, confinement)


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _enter_namespaces(control: socket.socket) -> None:
    flags = (
        kernel.CLONE_NEWUSER
        | kernel.CLONE_NEWNET
        | kernel.CLONE_NEWIPC
        | kernel.CLONE_NEWUTS
        | kernel.CLONE_NEWNS
        | kernel.CLONE_NEWPID
    )
    user, group = os.geteuid(), os.getegid()
    if user != 0:
        kernel.unshare(flags)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        return
    # The superuser maps itself and nobody; from inside that would need a privilege which unsharing has just given up.
    reading, writing = os.pipe()
    parent = os.getpid()
    mapper = os.fork()
    if mapper == 0:
        status = 1
        control.close()
        os.close(writing)
        with contextlib.suppress(OSError):
            if not os.read(reading, 1):
                os._exit(status)  # unsharing was refused
            for name in ("uid_map", "gid_map"):
                Path(f"/proc/{parent}/{name}").write_text(f"0 0 1\n{_NOBODY} {_NOBODY} 1\n")
            status = 0
        os._exit(status)
    kernel.unshare(flags)
    os.write(writing, b"1")
    os.close(reading)
    os.close(writing)
    _, status = os.waitpid(mapper, 0)
    if status:
        raise OSError("user ids can't be mapped here")


def _private_root(readable: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    try:
        root.enter(readable, [device for device in DEVICES if Path(device).exists()])
    except OSError:
        return None, ()
    return root.SCRATCH, (layers.PRIVATE_ROOT,)


def _ruleset(readable: tuple[str, ...], scratch: str | None) -> landlock.Ruleset | None:
    try:
        return landlock.Ruleset(readable, DEVICES, scratch)
    except OSError:
        return None


def _prime_import_caches() -> None:
    """List the folders of modules while that is allowed: children may import from them but not list them."""
    import importlib.util

    importlib.invalidate_caches()
    importlib.util.find_spec("quizapp_no_such_module")


def _serve(control: socket.socket, confinement: Confinement) -> None:
    child = 0
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, _MAX_REQUEST, 2)
        if not request:
            break
        if len(descriptors) == 2:
            _end(child, patient=False)  # left over only if the application was interrupted
            _clean(confinement)
            limits = Limits(**json.loads(request))
            child = os.fork()
            if child == 0:
                _be_child(confinement, descriptors[0], descriptors[1], limits)
            for descriptor in descriptors:
                os.close(descriptor)
        else:
            ending = _end(child, patient=request == b"end-patiently")
            child = 0
            _clean(confinement)
            if request == b"end-patiently":  # otherwise nobody waits for it
                control.send(json.dumps(asdict(ending)).encode())
    if child:
        _end(child, patient=False)


def _be_child(confinement: Confinement, channel: int, output: int, limits: Limits) -> None:
    try:
        held = confinement.enter(channel, output, limits)
        frames.write_frame(CHANNEL, frames.START, frames.NO_NONCE, json.dumps(held).encode())
        Worker(CHANNEL, CHANNEL, limits.result_bytes, limits.output_bytes).serve()
    finally:
        os._exit(0)


def _end(child: int, *, patient: bool) -> Ending:
    """Kill and reap a child and everything it may have left; first let it die by itself if it is about to."""
    if not child:
        return Ending(None, None, killed=False, cpu_seconds=0.0)
    if patient:
        _await_death(child)
    found, status, usage = os.wait4(child, os.WNOHANG)
    killed = found == 0
    if killed:
        os.kill(child, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        _, status, usage = os.wait4(child, 0)
    _kill_the_rest()
    return Ending(
        exit=os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        signal=os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
        killed=killed,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
    )


def _await_death(child: int) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.pidfd_open(child)
        try:
            poll = select.poll()
            poll.register(descriptor, select.POLLIN)
            poll.poll(_DEATH_MILLISECONDS)
        finally:
            os.close(descriptor)


def _kill_the_rest() -> None:
    """Kill processes that a child started, should the filter against that not have held."""
    alone = os.getpid() == 1
    with contextlib.suppress(ChildProcessError):
        while True:
            if alone:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(-1, signal.SIGKILL)
            else:
                _kill_children()
            os.waitpid(-1, 0)


def _kill_children() -> None:
    # Orphans become children of the zygote, which is their reaper, whatever session they have fled into.
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    with contextlib.suppress(OSError):
        for child in listed.read_text().split():
            os.kill(int(child), signal.SIGKILL)


def _clean(confinement: Confinement) -> None:
    if confinement.scratch is None:
        return
    with os.scandir(confinement.scratch) as entries:
        left = [entry.path for entry in entries]
    for path in left:
        if Path(path).is_dir() and not Path(path).is_symlink():
            shutil.rmtree(path)
        else:
            Path(path).unlink()
