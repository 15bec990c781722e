"""Which exercises have been passed in a workspace: a small file beside the sources, so that it moves with them."""

import json
from pathlib import Path

NAME = "passed.json"


def passed_versions(workspace: Path) -> dict[str, int]:
    """Return the version of each exercise that was passed; a file that can't be read counts as empty."""
    try:
        found = json.loads((workspace / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): version for name, version in found.items() if isinstance(version, int)}


def note_passed(workspace: Path, exercise: str, version: int) -> None:
    """Remember that an exercise was passed; another version of it is another exercise."""
    known = passed_versions(workspace)
    if known.get(exercise) == version:
        return
    known[exercise] = version
    workspace.mkdir(parents=True, exist_ok=True)
    fresh = workspace / f".{NAME}.new"
    fresh.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    fresh.replace(workspace / NAME)
