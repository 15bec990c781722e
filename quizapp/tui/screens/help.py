"""All keys of the screen below."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from quizapp.i18n import screens as say
from quizapp.text import Language
from quizapp.tui.actions import Action
from quizapp.tui.present.help import help_lines
from quizapp.tui.widgets.panel import Panel


class HelpScreen(ModalScreen[None]):
    """The help, drawn from the table of actions.

    Parameters
    ----------
    here, everywhere : sequence of Action
    language : {"en", "zh"}
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,fullwidth_question_mark,f1,enter", "dismiss", show=False),
        Binding("pagedown,space", "turn(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("down,j", "scroll_by(1)", show=False),
        Binding("up,k", "scroll_by(-1)", show=False),
    ]

    def __init__(self, here: Sequence[Action], everywhere: Sequence[Action], language: Language) -> None:
        super().__init__()
        self.panel = Panel(
            lambda width: help_lines(here, everywhere, language, width),
            more=(say.MORE_BELOW.in_language(language), say.MORE_ABOVE.in_language(language)),
        )

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        yield self.panel

    def action_turn(self, direction: int) -> None:
        """Scroll by a page."""
        self.panel.turn_page(direction)

    def action_scroll_by(self, rows: int) -> None:
        """Scroll by rows."""
        self.panel.turn(rows)
