"""What learners hand in, and workers that die on command."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from quizapp.coding.batch import Answer, Task, perform
from quizapp.coding.executors import Workers

P = ParamSpec("P")
T = TypeVar("T")

GOOD = """import numpy as np
def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
"""
NO_MAX = """import numpy as np
def softmax(x, axis=-1):
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)
"""
SYNTAX_ERROR = "def softmax(x:\n"
EXITS = "import os\ndef softmax(x, axis=-1):\n    os._exit(0)\n"
KILLS = "# kill always"
KILLS_ONCE = "# kill once: "


def perform_or_die(task: Task) -> Answer:
    """Grade a task, unless it says that the process that grades it is to be killed."""
    if KILLS in task.source:
        os.kill(os.getpid(), signal.SIGKILL)
    if KILLS_ONCE in task.source:
        marker = Path(task.source.partition(KILLS_ONCE)[2].strip())
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return perform(task)


class Mortal(Workers):
    """Other workers, whose processes die when a task says so."""

    def __init__(self, workers: Workers) -> None:
        super().__init__(workers._make, workers.window, workers._close)

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        deadly: Any = perform_or_die
        return super().submit(deadly, *args, **kwargs)


def write(root: Path, files: dict[str, str]) -> Path:
    """Write files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
