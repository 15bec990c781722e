"""Opening the screens: the database first, so that damage is told as a sentence on stderr, Textual after it."""

import gc
import os
import sys

from quizapp.clock import Clock
from quizapp.errors import EnvironmentProblem
from quizapp.paths import Folders
from quizapp.text import Display, Text


def open_screen(
    where: Folders,
    display: Display | None = None,
    *,
    begin: bool = False,
    deck: str | None = None,
    limit: int | None = None,
    seed: int | None = None,
) -> int:
    """Run the screens until the person quits; return the exit code.

    Parameters
    ----------
    where : Folders
    display : {"en", "zh", "both"}, optional
        Other than the settings say.
    begin : bool
        Begin with a session, as a named deck does too.
    deck, limit, seed
        What the session is about.
    """
    # Textual paints on stderr, so that stdout stays free.
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise EnvironmentProblem(
            Text("The screen needs a terminal on both ends.", "界面的输入和输出都需要终端。"),
            Text(
                "Without one: quizapp study --plain, or quizapp due.",
                "没有终端时可用 quizapp study --plain 或 quizapp due。",
            ),
        )
    if os.environ.get("TERM") == "dumb":
        raise EnvironmentProblem(
            Text("This terminal can't show a screen (TERM=dumb).", "该终端无法显示界面（TERM=dumb）。"),
            Text("Try quizapp study --plain.", "请试用 quizapp study --plain。"),
        )
    # Textual paints at most so often a second; a mark takes two paints, and at its 60 one would wait to see them.
    os.environ.setdefault("TEXTUAL_FPS", "500")
    # Nothing made during start-up is garbage: collecting it would only delay the first frame.
    gc.disable()
    from quizapp.library import Library

    with Library.open(where, Clock(), care=False) as library:
        if deck is not None:
            library.catalogue.deck(deck)
        from quizapp.tui.app import QuizApp
        from quizapp.tui.glance import read

        app = QuizApp(
            library,
            read(library),
            display or library.settings.language,
            deck=deck,
            limit=limit,
            seed=seed,
            begin=begin,
        )
        app.run()
        return app.return_code or 0
