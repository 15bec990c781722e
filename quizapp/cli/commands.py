"""The command line: finds the command, imports only that command's module, and starts the screen when none is named."""

from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from quizapp.cli import output

# Command name -> module below quizapp.cli and its one-line help: listed here so that --help imports none of them.
COMMANDS: dict[str, tuple[str, str]] = {
    "backup": ("safety", "Copy the progress database to a file."),
    "content": ("content", "List, check and measure the study content."),
    "doctor": ("doctor", "Check versions, folders, database, content and terminal."),
    "due": ("due", "Say what is due today."),
    "exercise": ("exercise", "Coding exercises: list, start, check, watch, hint, solution."),
    "export": ("export", "Export decks to Anki, CSV, …"),
    "fit": ("fit", "Fit the memory model to your own reviews."),
    "grade": ("grade", "Grade files, notebooks and folders with one file or sub-folder per learner."),
    "history": ("progress", "Show every review of one item."),
    "orphans": ("orphans", "List progress whose item has left the content, and re-attach it."),
    "import": ("import_", "Import decks from Anki, CSV, Markdown or an archive."),
    "restore": ("safety", "Bring a backup or snapshot back."),
    "settings": ("settings", "Show all settings, show one, or set one."),
    "skill": ("skill", "Look at the computed questions: list, show, check."),
    "stats": ("progress", "Show what has been learned and remembered."),
    "suspended": ("suspended", "List the items that are suspended, and let them be asked again."),
    "study": ("study", "Study what is due, on the screen or as plain lines."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all command names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"quizapp.cli.{COMMANDS[cmd_name][0]}")
        # A function can't be named as a keyword is.
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(module, name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Name the nearest commands when there is no such one."""
        if args and args[0] not in COMMANDS:
            from quizapp.errors import UnknownName

            raise UnknownName("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data-dir", type=click.Path(), help="Where progress is kept (QUIZAPP_DATA_DIR).")
@click.option("--content", type=click.Path(), multiple=True, help="A content folder (QUIZAPP_CONTENT).")
@click.option("--lang", type=click.Choice(["en", "zh", "both"]), help="Language of the interface and the cards.")
@click.option("--version", is_flag=True, help="Show the version and exit.")
@click.pass_context
def cli(ctx: click.Context, data_dir: str | None, content: tuple[str, ...], lang: str | None, version: bool) -> None:
    """Machine learning in the terminal: flashcards, computed questions and coding exercises that come back in time.

    Without a command it opens the study screen.
    """
    ctx.obj = {"data_dir": data_dir, "content": content, "lang": lang}
    if version:
        from importlib.metadata import version as installed

        output.line(f"quizapp {installed('quizapp')}")
        ctx.exit()
    if ctx.invoked_subcommand is None:
        from quizapp.cli.options import chosen_folders
        from quizapp.cli.screen import open_screen

        ctx.exit(open_screen(chosen_folders(ctx), ctx.obj["lang"]))
