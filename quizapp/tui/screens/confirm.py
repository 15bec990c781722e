"""Boxes: a question with two answers, and a message too long for one row."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from quizapp.i18n import screens as say
from quizapp.text import Language, Text
from quizapp.tui.present.line import BLANK, Line, Part, Tone, wrapped
from quizapp.tui.widgets.panel import Panel


class ConfirmScreen(ModalScreen[bool]):
    """Returns whether the person agrees.

    Parameters
    ----------
    question, more : Text
    language : {"en", "zh"}
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "agree", show=False),
        Binding("n,escape,q", "refuse", show=False),
    ]

    def __init__(self, question: Text, more: Text, language: Language) -> None:
        super().__init__()
        self._question, self._more, self._language = question, more, language

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        yield Panel(self._lines)

    def _lines(self, width: int) -> list[Line]:
        language = self._language
        return [
            *wrapped(self._question.in_language(language), width, Tone.BRIGHT),
            *wrapped(self._more.in_language(language), width, Tone.DIM),
            BLANK,
            (
                Part("⏎ ", Tone.KEY, "screen.agree"),
                Part(say.YES.in_language(language), Tone.PLAIN, "screen.agree"),
                Part("    "),
                Part("Esc ", Tone.KEY, "screen.refuse"),
                Part(say.NO.in_language(language), Tone.PLAIN, "screen.refuse"),
            ),
        ]

    def action_agree(self) -> None:
        """Agree."""
        self.dismiss(True)

    def action_refuse(self) -> None:
        """Do not agree."""
        self.dismiss(False)


class MessageScreen(ModalScreen[None]):
    """Says something that is too long for the row of notices.

    Parameters
    ----------
    message : str
    closing : str
        What the key that closes it is called.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,space,q", "dismiss", show=False)]

    def __init__(self, message: str, closing: str) -> None:
        super().__init__()
        self._message = message
        self._label = closing

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        yield Panel(self._lines)

    def _lines(self, width: int) -> list[Line]:
        return [*wrapped(self._message, width), BLANK, (Part(f"⏎ {self._label}", Tone.KEY, "screen.dismiss"),)]
