"""Opening the screens: the database first, so that damage is told as a sentence on stderr, Textual after it."""

import gc
import os
import sys
from typing import TYPE_CHECKING, cast

import click

from quizapp.cli.options import chosen_folders
from quizapp.clock import Clock
from quizapp.errors import EnvironmentProblem

if TYPE_CHECKING:
    from quizapp.text import Display


def open_screen(
    ctx: click.Context, *, deck: str | None = None, limit: int | None = None, seed: int | None = None
) -> int:
    """Run the screens until the person quits; return the exit code.

    Parameters
    ----------
    ctx : click.Context
    deck, limit, seed
        Begin with a session of these.
    """
    # Textual paints on stderr, so that stdout stays free.
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise EnvironmentProblem(
            "The screen needs a terminal on both ends.", "Without one: quizapp study --plain, or quizapp due."
        )
    if os.environ.get("TERM") == "dumb":
        raise EnvironmentProblem("This terminal can't show a screen (TERM=dumb).", "Try quizapp study --plain.")
    # Nothing made during start-up is garbage: collecting it would only delay the first frame.
    gc.disable()
    from quizapp.library import Library

    with Library.open(chosen_folders(ctx), Clock(), care=False) as library:
        if deck is not None:
            library.catalogue.deck(deck)
        from quizapp.tui.app import QuizApp
        from quizapp.tui.glance import read

        display = cast("Display", ctx.ensure_object(dict).get("lang") or library.settings.language)
        app = QuizApp(
            library,
            read(library),
            display,
            deck=deck,
            limit=limit,
            seed=seed,
            begin=ctx.info_name == "study",
        )
        app.run()
        return app.return_code or 0
