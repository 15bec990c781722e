"""The options that every command takes, and the folders they lead to."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import click

from quizapp.cli.folders import existing_folders
from quizapp.paths import Folders
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
    return existing_folders(chosen.get("data_dir"), chosen.get("content") or ())
