"""The application: themes, languages, which screen is on top. What happens on a screen is the screen's business."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from quizapp.errors import QuizappError
from quizapp.i18n import screens as say
from quizapp.library import Library
from quizapp.text import Display, Language, same
from quizapp.tui import opening
from quizapp.tui.actions import everywhere, of_screen, shown_key
from quizapp.tui.glance import Glance
from quizapp.tui.screens.base import TableScreen, bindings
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.settings import change_settings
from quizapp.tui.themes import THEMES

if TYPE_CHECKING:
    from quizapp.study.session import StudySession


class QuizApp(App[int]):
    """The screens over one library.

    Parameters
    ----------
    library : Library
        Opened without care: that is taken after the first frame.
    glance : Glance
        What the first frame says.
    display : {"en", "zh", "both"}
    deck, limit, seed
        Begin with a session instead of the home screen.
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
        super().__init__()
        self.library = library
        self.display_language: Display = display
        self.language: Language = display if display != "both" else "en"
        self.home = HomeScreen(glance)
        self._limit, self._seed = limit, seed
        self._begin_with = (deck,) if begin or deck is not None else ()
        self._after_first_frame = after_first_frame
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = library.settings.theme

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
            self.home.notice(same(notice), problem=True)

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
        session = self._current.attempt(
            lambda: opening.begin(
                self.library, deck=deck, area=area, limit=limit, seed=self._seed, extra_new=extra_new, undo=undo
            )
        )
        if session is None:
            return
        if session.current is None:
            session.finish()
            self._current.notice(opening.nothing_to_ask(self.library, session.waiting_until, extra_new))
            return
        from quizapp.tui.screens.study import StudyScreen

        if instead is not None:
            self.switch_screen(StudyScreen(session))
        else:
            self.push_screen(StudyScreen(session))

    def end_study(self, session: "StudySession") -> None:
        """Close a session and show how it went, if anything was answered."""
        summary = self._current.attempt(session.finish)
        if summary is None or not summary.answered:
            self.pop_screen()
            return
        from quizapp.tui.screens.summary import SummaryScreen

        self.switch_screen(SummaryScreen(summary, session.waiting_until))

    def browse(self) -> None:
        """Look through all items."""
        from quizapp.tui.screens.browse import BrowseScreen

        self.push_screen(BrowseScreen())

    # --- what works everywhere

    @property
    def _current(self) -> TableScreen:
        """The screen at work, below a modal one."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, TableScreen))

    def action_language(self) -> None:
        """Switch between English and Chinese."""
        self.language = "en" if self.language == "zh" else "zh"
        self._speak(self.language)

    def action_both(self) -> None:
        """Show both languages together, or one again."""
        self._speak(self.language if self.display_language == "both" else "both")

    def _speak(self, display: Display) -> None:
        self.display_language = display
        self._current.attempt(lambda: change_settings(self.library, language=display))
        for screen in self.screen_stack:
            if isinstance(screen, TableScreen):
                screen.relabel()

    def action_theme(self) -> None:
        """Switch between the dark and the light theme."""
        self.theme = "light" if self.theme == "dark" else "dark"
        self._current.attempt(lambda: change_settings(self.library, theme=self.theme))

    def action_help(self) -> None:
        """Show all keys of the screen."""
        from quizapp.tui.screens.help import HelpScreen

        here = of_screen(self._current.name_in_table)
        self.push_screen(HelpScreen(here, everywhere(), self.language))

    def action_commands(self) -> None:
        """Open the command palette."""
        self.action_command_palette()

    def action_command_palette(self) -> None:
        """Open the command palette, which asks in the interface's language."""
        from textual.command import CommandPalette

        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            placeholder = say.FIND_COMMAND.in_language(self.language)
            self.push_screen(CommandPalette(id="--command-palette", placeholder=placeholder))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield what can be done now, each with its key."""
        table = screen if isinstance(screen, TableScreen) else self._current
        for action in table.available():
            if action.palette:
                title = f"{action.label.in_language(self.language)}  ·  {shown_key(action, typing=False)}"
                yield SystemCommand(
                    title, action.help.in_language(self.language), partial(table.action_perform, action.id)
                )

    async def action_quit(self) -> None:
        """Quit; a session that is open is closed, every answer of it is saved already."""
        for screen in self.screen_stack:
            session = getattr(screen, "session", None)
            if session is not None:
                self._current.attempt(session.finish)
        self.exit(0)
