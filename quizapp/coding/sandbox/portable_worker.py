"""The entry of a process that confines itself with what every system has."""

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence

from quizapp.coding.sandbox import frames, layers
from quizapp.coding.sandbox.model import Limits
from quizapp.coding.sandbox.rlimits import limit_resources
from quizapp.coding.sandbox.worker import Worker

# NumPy, its libraries and the interpreter, where the system can't tell how much they have mapped.
_MAPPED_ESTIMATE = 1 << 30


def start(arguments: Sequence[str]) -> None:
    """Serve one submission over standard input and output; what it prints goes to standard error."""
    limits = Limits(**json.loads(arguments[0]))
    reading, writing = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (reading, writing):
            msvcrt.setmode(descriptor, os.O_BINARY)
    os.dup2(2, 1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    held = [layers.TIME_LIMITS]
    with contextlib.suppress(OSError):
        os.chdir(tempfile.gettempdir())
    with contextlib.suppress(OSError, ValueError):
        limit_resources(limits, _MAPPED_ESTIMATE, writable=True)
        held.append(layers.RESOURCE_LIMITS)
    frames.write_frame(writing, frames.START, frames.NO_NONCE, json.dumps(held).encode())
    try:
        Worker(reading, writing, limits.result_bytes, limits.output_bytes).serve()
    finally:
        os._exit(0)
