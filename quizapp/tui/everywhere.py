"""What works on every screen: languages, themes, help and the command palette."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App, SystemCommand
from textual.screen import Screen

from quizapp.i18n import screens as say
from quizapp.library import Library
from quizapp.text import Display, Language
from quizapp.tui.actions import everywhere, of_screen, shown_key
from quizapp.tui.screens.base import TableScreen
from quizapp.tui.settings import change_settings
from quizapp.tui.themes import THEMES

if TYPE_CHECKING:
    from textual.command import Provider


def _available_actions() -> "type[Provider]":
    """Load the palette when it is opened."""
    from quizapp.tui.palette import AvailableActions

    return AvailableActions


class EverywhereApp(App[int]):
    """An application that speaks two languages, has two themes, and knows its screens' actions.

    Parameters
    ----------
    library : Library
    display : {"en", "zh", "both"}
    """

    COMMANDS = {_available_actions}  # noqa: RUF012 - as Textual declares it

    def __init__(self, library: Library, display: Display) -> None:
        super().__init__()
        self.library = library
        self.display_language: Display = display
        self.language: Language = display if display != "both" else "en"
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_with_theme(library.settings.theme)

    def _begin_with_theme(self, theme: str) -> None:
        """Choose the theme before anything is styled: the watcher of ``theme`` would have all styles parsed again."""
        self.set_reactive(App.theme, theme)
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    @property
    def current(self) -> TableScreen:
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
        self.current.attempt(lambda: change_settings(self.library, language=display))
        for screen in self.screen_stack:
            if isinstance(screen, TableScreen):
                screen.relabel()

    def action_theme(self) -> None:
        """Switch between the dark and the light theme."""
        self.theme = "light" if self.theme == "dark" else "dark"
        self.current.attempt(lambda: change_settings(self.library, theme=self.theme))

    def action_help(self) -> None:
        """Show all keys of the screen."""
        from quizapp.tui.screens.help import HelpScreen

        here = of_screen(self.current.name_in_table)
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
        table = screen if isinstance(screen, TableScreen) else self.current
        for action in table.available():
            if action.palette:
                title = f"{action.label.in_language(self.language)}  ·  {shown_key(action, typing=False)}"
                yield SystemCommand(
                    title, action.help.in_language(self.language), partial(table.action_perform, action.id)
                )
