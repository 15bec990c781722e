"""``quizapp doctor``: is everything in order, and if not, what is not."""

import os
import platform
import shutil
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from quizapp.cli import output
from quizapp.cli.diagnostics import ExitCode
from quizapp.cli.options import chosen_folders, folder_options, json_option
from quizapp.clock import Clock
from quizapp.errors import QuizappError
from quizapp.paths import Folders

PACKAGES = ("quizapp", "textual", "pydantic", "numpy", "sqlite-utils", "fsrs-rs-python", "PyYAML", "click")


@click.command()
@json_option
@folder_options
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Check versions, folders, database, content and terminal."""
    folders = chosen_folders(ctx)
    report: dict[str, Any] = {
        "versions": _versions(),
        "paths": _paths(folders),
        "database": _database(folders),
        "content": _content(folders),
        "isolation": _isolation(),
        "terminal": _terminal(),
    }
    well = bool(report["database"]["ok"]) and bool(report["content"]["ok"])
    if as_json:
        output.document({"ok": well, **report})
    else:
        _describe(report)
    ctx.exit(ExitCode.OK if well else _exit_code(report))


def _exit_code(report: dict[str, Any]) -> ExitCode:
    return ExitCode.WRONG if report["database"]["ok"] else ExitCode.ENVIRONMENT


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _paths(folders: Folders) -> dict[str, Any]:
    return {
        "data": str(folders.data),
        "database": str(folders.database),
        "content": [str(path) for path in folders.content],
        "cache": str(folders.cache),
        "workspace": str(folders.workspace),
    }


def _database(folders: Folders) -> dict[str, Any]:
    """Check the whole database; a missing one is well: nothing has been studied yet."""
    from quizapp.store.backup import newest_good_snapshot
    from quizapp.store.store import Store

    if not folders.database.exists():
        return {"ok": True, "exists": False, "message": "Nothing has been studied yet."}
    snapshot = newest_good_snapshot(folders.snapshots)
    result: dict[str, Any] = {"exists": True, "newest_snapshot": None if snapshot is None else str(snapshot)}
    try:
        with Store.open(folders.database, Clock(), readonly=True) as store:
            store.check()
            return {"ok": True, **result, "items": len(store.seen()), "message": "The database is sound."}
    except QuizappError as error:
        return {"ok": False, **result, "message": f"{error.message} {error.hint}".strip()}


def _content(folders: Folders) -> dict[str, Any]:
    from quizapp.catalogue.catalogue import Catalogue
    from quizapp.catalogue.finding import has_errors

    try:
        with Catalogue.open(folders) as catalogue:
            findings = catalogue.findings()
            return {
                "ok": not has_errors(findings),
                "decks": sum(deck.items > 0 for deck in catalogue.decks()),
                "items": len(catalogue.items()),
                "findings": [found.as_dict() for found in findings],
            }
    except QuizappError as error:
        return {"ok": False, "decks": 0, "items": 0, "findings": [], "message": error.message}


def _isolation() -> list[str]:
    """Return the layers that would confine a coding exercise on this machine."""
    from quizapp.coding.sandbox import isolation_available

    return list(isolation_available())


def _terminal() -> dict[str, Any]:
    size = shutil.get_terminal_size()
    return {
        "tty": sys.stdout.isatty(),
        "columns": size.columns,
        "rows": size.lines,
        "encoding": sys.stdout.encoding,
        "colours": os.environ.get("COLORTERM") or os.environ.get("TERM") or "unknown",
        "large_enough": size.columns >= 80 and size.lines >= 24,
    }


def _describe(report: dict[str, Any]) -> None:
    def line(ok: bool, words: str) -> None:
        output.line(("✓ " if ok else "✗ ") + words)

    versions = report["versions"]
    line(True, ", ".join(f"{name} {number}" for name, number in versions.items()))
    line(True, f"data in {report['paths']['data']}")
    line(report["database"]["ok"], report["database"]["message"])
    content = report["content"]
    errors = [found for found in content["findings"] if found["severity"] == "error"]
    line(content["ok"], f"{content['items']} items in {content['decks']} decks, {len(errors)} errors")
    for found in errors[:10]:
        output.line(f"    {found['file']}:{found['line']}:{found['column']}: {found['message']}")
    isolation = report["isolation"]
    line(bool(isolation), f"coding exercises are confined by {', '.join(isolation) or 'time limits only'}")
    terminal = report["terminal"]
    line(
        terminal["large_enough"],
        f"terminal {terminal['columns']}×{terminal['rows']}, {terminal['encoding']}, {terminal['colours']}"
        + ("" if terminal["large_enough"] else "; 80×24 or more shows everything"),
    )
