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
        "RLIMIT_CPU": limits.cpu_seconds,
        "RLIMIT_FSIZE": limits.file_bytes if writable else 0,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_NPROC": limits.threads,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_AS": address_space + limits.memory_bytes,
    }
    for name, value in wanted.items():
        number = getattr(resource, name, None)
        if number is not None:
            _, hard = resource.getrlimit(number)
            bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(number, (bound, bound))
