"""Worker processes end with the process that started them, even if that is killed."""

import select
import subprocess
import sys

PARENT = """
import os, sys
from quizapp.coding.executors import processes
if __name__ == "__main__":
    with processes(2) as workers:
        workers.submit(os.getpid).result()
        print("ready", flush=True)
        sys.stdin.read()
"""


def test_workers_end_with_a_killed_parent() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as parent:
        if parent.stdout is None:
            raise OSError("no pipe")
        assert parent.stdout.readline() == b"ready\n"
        parent.kill()
        # The workers have inherited the pipe: it ends when the last of them has.
        ended, _, _ = select.select([parent.stdout], [], [], 10.0)
        assert ended
        assert parent.stdout.read() == b""
