"""Limits on resources, where the system has them."""

import sys

from quizapp.coding.sandbox.model import Limits

# Imported here, in the zygote, since importing it in every child would take longer than all the rest of the confining.
if sys.platform != "win32":
    import resource


def limit_resources(limits: Limits, address_space: int, writable: bool) -> None:
    """Set the limits of this process, soft and hard; raise OSError or ValueError where the system refuses one."""
    if sys.platform == "win32":
        raise OSError("no resource limits here")
    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": limits.file_bytes if writable else 0,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_NPROC": limits.threads,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_AS": address_space + limits.memory_bytes,
    }
    for name, value in wanted.items():
        number = getattr(resource, name, None)
        if number is not None:
            bound = _within(value, number)
            resource.setrlimit(number, (bound, bound))
    # The soft limit's signal says what happened; code that ignores it is killed a second later.
    seconds = _within(limits.cpu_seconds + 1, resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(limits.cpu_seconds, seconds), seconds))


def _within(value: int, number: int) -> int:
    """Return `value`, or the hard limit that is there already and lower."""
    if sys.platform == "win32":
        return value
    _, hard = resource.getrlimit(number)
    return value if hard == resource.RLIM_INFINITY else min(value, hard)
