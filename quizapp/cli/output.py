"""All of stdout: one JSON document, or lines of words. Nothing else in the project prints."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any


def document(data: Any) -> None:
    """Print exactly one JSON document."""
    import json

    line(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


def line(words: str = "") -> None:
    """Print one line and flush it, so that whoever reads a pipe sees it before answering."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def lines(words: Iterable[str]) -> None:
    """Print several lines."""
    for each in words:
        sys.stdout.write(each + "\n")
    sys.stdout.flush()


def table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows with aligned columns, counted in terminal cells so that Chinese lines up."""
    from quizapp.markup.width import cell_width

    if not rows:
        return
    widths = [max(cell_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines(
        "  ".join(cell + " " * (width - cell_width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def write_bytes(data: bytes) -> None:
    """Write bytes to stdout as they are (an export to ``-``)."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def use_utf8() -> None:
    """Make stdout and stderr able to carry Chinese and mathematics whatever the locale says."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (getattr(stream, "encoding", "") or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="replace")
