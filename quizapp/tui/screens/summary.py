"""How a session went."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key

from quizapp.i18n import screens as say
from quizapp.study.model import Summary
from quizapp.tui.actions import of_screen
from quizapp.tui.glance import moment
from quizapp.tui.present.home import languages
from quizapp.tui.present.line import Line, Part, Tone, line, rule, spread
from quizapp.tui.present.summary import summary_lines
from quizapp.tui.screens.base import TableScreen, bindings
from quizapp.tui.screens.home import EXTRA_NEW
from quizapp.tui.widgets.panel import Panel


class SummaryScreen(TableScreen):
    """Figures, named mistakes, and what comes next.

    Parameters
    ----------
    result : Summary
    waiting_until : int or None
        When the next step is due, if only steps are left.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(of_screen("summary"))
    name_in_table = "summary"

    def __init__(self, result: Summary, waiting_until: int | None = None) -> None:
        super().__init__()
        self._waiting_until = waiting_until
        self.result = result
        self.body = Panel(self._body_lines, id="feedback")

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Panel(self._header_lines, id="header")
        yield Panel(lambda width: [rule(width)], id="rule")
        yield self.body
        yield from self.compose_frame()

    def on_mount(self) -> None:
        """Say how the scroll hints read."""
        self.body.more = (self.say(say.MORE_BELOW), self.say(say.MORE_ABOVE))

    def _header_lines(self, width: int) -> list[Line]:
        return [spread(line(" quizapp", Tone.BRIGHT), (*languages(self.display_language), Part(" ")), width)]

    def _body_lines(self, width: int) -> list[Line]:
        waiting = self._waiting_until
        next_due = moment(waiting or self.result.next_due, self.quiz.library.clock.now())
        return summary_lines(
            self.result, next_due, self.display_language, self.language, width, waiting=waiting is not None
        )

    def on_key(self, event: Key) -> None:
        """Take a notice away at the next key."""
        self.clear_notice()

    def action_finish(self) -> None:
        """Go home."""
        self.dismiss()

    def action_again(self) -> None:
        """Learn new items more."""
        self.quiz.study(extra_new=EXTRA_NEW, instead=self)

    def action_undo(self) -> None:
        """Undo the last answer and ask it again."""
        self.quiz.study(undo=True, instead=self)

    def action_page_down(self) -> None:
        """Read on."""
        self.body.turn_page(1)

    def action_page_up(self) -> None:
        """Read back."""
        self.body.turn_page(-1)
