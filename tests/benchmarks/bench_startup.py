"""The commands that are typed most, against Python importing only what no command line can do without."""

import os
import tempfile
from pathlib import Path

from quizapp.paths import shipped_content
from tests.benchmarks.measuring import Ratio, paired, process

MAIN = "from quizapp.cli.main import main; main()"


def measure() -> list[Ratio]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "QUIZAPP_DATA_DIR": str(Path(folder, "data")),
            "QUIZAPP_CONTENT": str(shipped_content()),
        }
        click = process(["-c", "import click"], environment)
        with_database = process(["-c", "import click, sqlite3"], environment)
        return [
            paired("quizapp --help / import click", process(["-c", MAIN, "--help"], environment), click, "≤ 1.25"),
            paired(
                "quizapp due / import click, sqlite3", process(["-c", MAIN, "due"], environment), with_database, "≤ 1.4"
            ),
        ]
