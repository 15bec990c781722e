"""The application: which screen is on top, and how a session begins and ends. The rest is the screens' business."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.screen import Screen

from quizapp.errors import QuizappError
from quizapp.library import Library
from quizapp.text import Display
from quizapp.tui import opening
from quizapp.tui.actions import everywhere
from quizapp.tui.everywhere import EverywhereApp
from quizapp.tui.glance import Glance
from quizapp.tui.screens.base import bindings
from quizapp.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from quizapp.study.session import StudySession


class QuizApp(EverywhereApp):
    """The screens over one library.

    Parameters
    ----------
    library : Library
        Opened without care: that is taken after the first frame.
    glance : Glance
        What the first frame says.
    display : {"en", "zh", "both"}
    deck, limit, seed
        As for ``start``; a seed holds for every session.
    begin : bool
        Begin with a session instead of the home screen, as a named deck does too.
    after_first_frame : callable
        What is done once the first frame is painted.
    """

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = bindings(everywhere())

    def __init__(
        self,
        library: Library,
        glance: Glance,
        display: Display,
        *,
        deck: str | None = None,
        limit: int | None = None,
        seed: int | None = None,
        begin: bool = False,
        after_first_frame: Callable[[], None] = opening.settle,
    ) -> None:
        super().__init__(library, display)
        self.home = HomeScreen(glance)
        self._limit, self._seed = limit, seed
        self._begin_with = (deck,) if begin or deck is not None else ()
        self._after_first_frame = after_first_frame

    def get_default_screen(self) -> Screen[None]:
        """Begin with home itself: no empty screen is drawn below it."""
        return self.home

    def on_mount(self) -> None:
        """Take care of the database and load what a session needs behind the first frame."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        self._after_first_frame()
        if self._begin_with:
            self.study(deck=self._begin_with[0], limit=self._limit)
        try:
            self.library.store.care()
        except QuizappError as error:
            self.home.problem(error)
        for notice in self.library.store.notices[:1]:
            self.home.notice(notice, problem=True)

    # --- sessions

    def study(
        self,
        *,
        deck: str | None = None,
        area: str | None = None,
        limit: int | None = None,
        extra_new: int = 0,
        undo: bool = False,
        instead: Screen[None] | None = None,
    ) -> None:
        """Begin a session, or say why there is none."""
        session = self.current.attempt(
            lambda: opening.begin(
                self.library, deck=deck, area=area, limit=limit, seed=self._seed, extra_new=extra_new, undo=undo
            )
        )
        if session is None:
            return
        if session.current is None:
            session.finish()
            self.current.notice(opening.nothing_to_ask(self.library, session.waiting_until, extra_new))
            return
        from quizapp.tui.screens.study import StudyScreen

        if instead is not None:
            self.switch_screen(StudyScreen(session))
        else:
            self.push_screen(StudyScreen(session))

    def end_study(self, session: "StudySession") -> None:
        """Close a session and show how it went, if anything was answered."""
        summary = self.current.attempt(session.finish)
        if summary is None or not summary.answered:
            self.pop_screen()
            return
        from quizapp.tui.screens.summary import SummaryScreen

        self.switch_screen(SummaryScreen(summary, session.waiting_until))

    def browse(self) -> None:
        """Look through all items."""
        from quizapp.tui.screens.browse import BrowseScreen

        self.push_screen(BrowseScreen())

    def export(self, *, search: str | None = None) -> None:
        """Choose what to write for other programs: everything, or what a search finds."""
        from quizapp.tui.screens.export import ExportScreen

        self.push_screen(ExportScreen(search))

    async def action_quit(self) -> None:
        """Quit; a session that is open is closed, every answer of it is saved already."""
        for screen in self.screen_stack:
            session = getattr(screen, "session", None)
            if session is not None:
                self.current.attempt(session.finish)
        self.exit(0)
