"""``quizapp backup`` and ``quizapp restore``."""

from pathlib import Path

import click

from quizapp.cli import diagnostics, output
from quizapp.cli.options import chosen_folders, folder_options
from quizapp.clock import Clock


@click.command()
@click.option("--to", "file", type=click.Path(path_type=Path), help="Where to; by default beside the database, dated.")
@folder_options
@click.pass_context
def backup(ctx: click.Context, file: Path | None) -> None:
    """Copy the progress database to a file."""
    from quizapp.store.backup import backup_to

    folders = chosen_folders(ctx)
    target = file or folders.data / f"progress-{Clock().now():%Y-%m-%d-%H%M%S}.db"
    output.line(str(backup_to(folders.database, target)))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@folder_options
@click.pass_context
def restore(ctx: click.Context, file: Path) -> None:
    """Bring a backup or snapshot back; what was there before is set aside, never overwritten."""
    from quizapp.store.backup import restore as bring_back

    folders = chosen_folders(ctx)
    aside = bring_back(folders.database, file, Clock())
    diagnostics.note(f"{file} is the progress database now.")
    if aside is not None:
        diagnostics.note(f"The former one was kept as {aside}.")
