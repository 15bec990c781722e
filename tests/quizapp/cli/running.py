"""Running the command line in-process and as a real process."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quizapp.cli.main import main
from quizapp.paths import Folders


@dataclass(frozen=True)
class Ran:
    """What a call left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Runner:
    """Calls the command line with the folders of a test."""

    def __init__(self, where: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.where = where
        self._capsys = capsys
        monkeypatch.setenv("QUIZAPP_DATA_DIR", str(where.data))
        monkeypatch.setenv("QUIZAPP_CONTENT", os.pathsep.join(map(str, where.content)))

    def __call__(self, *arguments: str) -> Ran:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main(list(arguments))
        out, err = self._capsys.readouterr()
        code = stop.value.code
        return Ran(code if isinstance(code, int) else int(bool(code)), out, err)


def environment(where: Folders) -> dict[str, str]:
    """Return the environment in which a real process finds the folders of a test."""
    return {
        **os.environ,
        "QUIZAPP_DATA_DIR": str(where.data),
        "QUIZAPP_CONTENT": os.pathsep.join(map(str, where.content)),
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "PYTHONIOENCODING": "utf-8",
        "LANG": "C.UTF-8",
    }


def process(where: Folders, *arguments: str, stdin: str = "") -> Ran:
    """Run a real process to its end."""
    done = subprocess.run(
        [sys.executable, "-c", "from quizapp.cli.main import main; main()", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(where),
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
