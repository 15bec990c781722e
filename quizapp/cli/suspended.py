"""``quizapp suspended``: the items that were taken out of all sessions, and bringing them back."""

import click

from quizapp.cli import diagnostics, output
from quizapp.cli.options import chosen_folders, folder_options, json_option
from quizapp.clock import Clock
from quizapp.errors import UnknownName


@click.command()
@click.option("--resume", multiple=True, metavar="ITEM", help="Let this item be asked again; may be repeated.")
@click.option("--resume-all", is_flag=True, help="Let all of them be asked again.")
@json_option
@folder_options
@click.pass_context
def suspended(ctx: click.Context, resume: tuple[str, ...], resume_all: bool, as_json: bool) -> None:
    """List the items that are suspended, and let them be asked again."""
    from quizapp.library import Library

    change = bool(resume) or resume_all
    with Library.open(chosen_folders(ctx), Clock(), readonly=not change) as library:
        found = sorted(library.store.suspended()) if library.has_progress else []
        for item in resume:
            if item not in found:
                raise UnknownName("suspended item", item, found)
        back = tuple(found) if resume_all else resume
        if back:
            library.store.unsuspend(*back)
            diagnostics.note(f"{len(back)} brought back.")
        left = [item for item in found if item not in back]
    if as_json:
        output.document(left)
        return
    output.lines(left)
    if not left and not back:
        diagnostics.note("Nothing is suspended.")
