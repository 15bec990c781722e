"""What happens around the first frame and the first question, kept off the way to both."""

import gc
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from quizapp.i18n import screens as say
from quizapp.library import Library
from quizapp.text import Text
from quizapp.tui.glance import moment

if TYPE_CHECKING:
    from quizapp.study.session import StudySession

NEEDED_FOR_A_SESSION = (
    "quizapp.study.start",
    "quizapp.tui.screens.study",
    "engine.registry",
    "quizapp.markup.layout",
    "quizapp.tui.screens.summary",
)


def settle() -> None:
    """Freeze what start-up made, so that no collection walks through it, and load what a session needs meanwhile."""
    gc.freeze()
    gc.enable()
    Thread(target=preload, name="preload", daemon=True).start()


def preload() -> None:
    """Import what the first question needs: pydantic, NumPy and the study screen."""
    for module in NEEDED_FOR_A_SESSION:
        import_module(module)
    import_module("quizapp.questions.registry")


def begin(
    library: Library,
    *,
    deck: str | None,
    area: str | None,
    limit: int | None,
    seed: int | None,
    extra_new: int,
    undo: bool,
) -> "StudySession":
    """Begin a session; ``undo`` takes the last answer back first."""
    from quizapp.study.start import start

    session = start(library, deck=deck, area=area, limit=limit, seed=seed, extra_new=extra_new)
    if undo:
        session.undo()
    return session


def nothing_to_ask(library: Library, waiting_until: int | None, extra_new: int) -> Text:
    """Say why there is nothing to ask."""
    if extra_new:
        return say.NOTHING_NEW
    next_due = moment(waiting_until or library.today().next_due, library.clock.now())
    return say.until(next_due) if next_due else say.NOTHING_HERE
