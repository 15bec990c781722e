"""``quizapp study``: the screen, or ``--plain``: one line at a time, for screen readers and scripts."""

import click

from quizapp.cli.options import chosen_folders, chosen_language, folder_options, language_option
from quizapp.clock import Clock


@click.command()
@click.option("--plain", is_flag=True, help="Plain lines instead of the screen; :hint, :show, :skip, :undo, :quit.")
@click.option("--deck", help="Only this deck.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many items.")
@click.option("--seed", type=click.IntRange(min=0), help="Make the questions reproducible.")
@language_option
@folder_options
@click.pass_context
def study(ctx: click.Context, plain: bool, deck: str | None, limit: int | None, seed: int | None) -> None:
    """Study what is due, on the screen or as plain lines."""
    if not plain:
        from quizapp.cli.screen import open_screen

        where, display = chosen_folders(ctx), ctx.ensure_object(dict).get("lang")
        ctx.exit(open_screen(where, display, begin=True, deck=deck, limit=limit, seed=seed))

    from quizapp.cli.lines import LineMode
    from quizapp.library import Library
    from quizapp.study.start import start

    with Library.open(chosen_folders(ctx), Clock()) as library:
        display = chosen_language(ctx, library.settings.language)
        LineMode(start(library, deck=deck, limit=limit, seed=seed), library, display).run()
