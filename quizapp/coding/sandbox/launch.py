"""Start processes that know this package but share nothing else with the application."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

_BOOTSTRAP = """
import sys
project, entry, *arguments = sys.argv[1:]
sys.path.insert(0, project)
from quizapp.coding.sandbox import launch
sys.path.remove(project)
sys.path_importer_cache.pop(project, None)
launch.enter(project, entry, arguments)
"""


def project_folder() -> Path:
    """Return the folder that holds the package ``quizapp``."""
    return Path(__file__).resolve().parents[3]


def spawn(
    entry: str,
    arguments: Sequence[str] = (),
    *,
    pass_fds: Sequence[int] = (),
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    stdout: int | IO[bytes] = subprocess.DEVNULL,
    stderr: int | IO[bytes] = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a fresh interpreter, isolated from the person's environment, at one of the entries of :func:`enter`."""
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _BOOTSTRAP, str(project_folder()), entry, *arguments]
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env=_environment(),
        cwd=Path(sys.executable).anchor,
        pass_fds=pass_fds,
        # Ctrl-C at the terminal is the application's to handle.
        start_new_session=sys.platform != "win32",
    )


def _environment() -> dict[str, str]:
    # One thread: a thread pool would not survive the fork, and a fork with threads may hang.
    threads = ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR", "BLIS")
    scrubbed = {f"{library}_NUM_THREADS": "1" for library in threads}
    needed = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")
    return scrubbed | {name: os.environ[name] for name in needed if name in os.environ}


def enter(project: str, entry: str, arguments: Sequence[str]) -> None:
    """Run an entry inside the fresh interpreter: ``zygote`` or ``worker``."""
    if entry == "zygote":
        import socket

        from quizapp.coding.sandbox import zygote

        control = socket.socket(fileno=int(arguments[0]))
        _forget_project()
        zygote.start(control, project, namespaces=arguments[1] == "namespaces")
    else:
        from quizapp.coding.sandbox import portable_worker

        _forget_project()
        portable_worker.start(arguments)


def _forget_project() -> None:
    """Make a learner's import of this project an ordinary failure, not a half-loaded package."""
    import numpy  # noqa: F401, ICN001 - the point of a warm process

    sys.argv[:] = [""]
    for name in [name for name in sys.modules if name.split(".")[0] in ("quizapp", "engine")]:
        del sys.modules[name]
