"""What each entry point loads, seen from a fresh interpreter: a static graph can't tell a deferred import."""

import json
import subprocess
import sys

import pytest

from quizapp.paths import Folders
from tests.quizapp.cli.running import environment

HEAVY = {"textual", "numpy", "pydantic", "yaml", "sqlite_utils", "texicode", "rich.markdown", "asyncio"}
COMMAND = (
    "import sys, json, os\n"
    "from quizapp.cli.main import main\n"
    "out = os.dup(1); os.dup2(os.open(os.devnull, os.O_WRONLY), 1)\n"
    "code, *arguments = sys.argv[1:]\n"
    "try:\n    main(arguments)\nexcept SystemExit as stop:\n    assert stop.code == int(code), stop.code\n"
    "os.write(out, json.dumps(sorted(sys.modules)).encode())\n"
)


def loaded(where: Folders, *arguments: str, code: int = 0) -> set[str]:
    """Return the modules that a command has loaded when it ends with an exit code."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, str(code), *arguments],
        capture_output=True,
        env=environment(where),
        timeout=60,
        check=True,
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("arguments", [("--help",), ("due", "--json"), ("due", "--deck", "softmax")])
def test_the_quick_commands_load_nothing_heavy(shelf: Folders, arguments: tuple[str, ...]) -> None:
    # The first call compiles the catalogue, which is what YAML and pydantic are for.
    loaded(shelf, "content", "list")
    assert loaded(shelf, *arguments) & HEAVY == set()


def test_help_loads_neither_the_database_nor_the_engine(shelf: Folders) -> None:
    modules = loaded(shelf, "--help")
    assert not {name for name in modules if name.startswith(("engine", "quizapp.library", "sqlite3"))}


def test_the_screen_opens_without_the_parser_of_commands(shelf: Folders) -> None:
    # Without a terminal it ends where it would have opened.
    assert "click" not in loaded(shelf, code=3)


def test_the_engine_never_loads_the_application() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, engine.registry; engine.registry.skill('softmax'); print(*sys.modules)"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    modules = set(done.stdout.split())
    assert not {name for name in modules if name.partition(".")[0] in {"quizapp", "textual", "click", "yaml"}}
