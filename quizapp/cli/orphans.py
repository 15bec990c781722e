"""``quizapp orphans``: progress whose item has left the content loses nothing and can be re-attached."""

import click

from quizapp.cli import diagnostics, output
from quizapp.cli.options import chosen_folders, folder_options, json_option
from quizapp.clock import Clock
from quizapp.errors import UnknownName, UsageProblem


@click.command()
@click.option("--attach", nargs=2, metavar="OLD NEW", help="Let the progress of OLD belong to the item NEW.")
@json_option
@folder_options
@click.pass_context
def orphans(ctx: click.Context, attach: tuple[str, str] | None, as_json: bool) -> None:
    """List progress whose item has left the content, and re-attach it."""
    from quizapp.library import Library

    with Library.open(chosen_folders(ctx), Clock(), readonly=attach is None) as library:
        found = library.orphans()
        if attach is not None:
            old, new = attach
            if old not in found:
                raise UnknownName("orphan", old, found)
            library.catalogue.entry(new)
            if library.store.state(new) is not None:
                raise UsageProblem(f"{new} has progress of its own.", "Attach it to an item that was never studied.")
            library.store.rename(old, new, library.fold)
            diagnostics.note(f"The progress of {old} belongs to {new} now.")
            return
    if as_json:
        output.document([{"item": item, "nearest": list(nearest)} for item, nearest in found.items()])
        return
    output.table([(item, f"like {', '.join(nearest)}" if nearest else "") for item, nearest in found.items()])
    if not found:
        diagnostics.note("Every reviewed item is still there.")
