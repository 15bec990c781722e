"""The options that every command takes, and the folders they lead to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from quizapp.errors import UsageProblem
from quizapp.paths import Folders, folders
from quizapp.text import Display

F = TypeVar("F", bound=Callable[..., Any])


def _remember(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keep an option given after the command's name; it wins over one given before."""
    if value not in (None, ()) and parameter.name is not None:
        ctx.ensure_object(dict)[parameter.name] = value


def folder_options(command: F) -> F:
    """Add ``--data-dir`` and ``--content`` to a command."""
    for names, extra in (
        ("--content", {"multiple": True, "help": "A content folder; may be repeated (QUIZAPP_CONTENT)."}),
        ("--data-dir", {"help": "Where progress is kept (QUIZAPP_DATA_DIR)."}),
    ):
        command = click.option(names, type=click.Path(), expose_value=False, callback=_remember, **cast("Any", extra))(
            command
        )
    return command


def language_option(command: F) -> F:
    """Add ``--lang`` to a command."""
    return click.option(
        "--lang",
        type=click.Choice(["en", "zh", "both"]),
        expose_value=False,
        callback=_remember,
        help="Language of the cards.",
    )(command)


def json_option(command: F) -> F:
    """Add ``--json`` to a command."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def chosen_language(ctx: click.Context, preferred: Display) -> Display:
    """Return the language that ``--lang`` names, else the preferred one."""
    return cast("Display", ctx.ensure_object(dict).get("lang") or preferred)


def chosen_folders(ctx: click.Context) -> Folders:
    """Return the folders that the options, the environment or the system name."""
    chosen: dict[str, Any] = ctx.ensure_object(dict)
    named = tuple(Path(path) for path in chosen.get("content") or ())
    data_dir = chosen.get("data_dir")
    found = folders(Path(data_dir) if data_dir else None, named)
    for path in named:
        if not path.is_dir():
            raise UsageProblem(f"The content folder {path} does not exist.", "Name an existing folder with --content.")
    if found.data.exists() and not found.data.is_dir():
        raise UsageProblem(f"The data folder {found.data} is a file.", "Name a folder with --data-dir.")
    return found
