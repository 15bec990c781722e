"""What every way of answering offers to the study screen, and the panel on which most of them are built."""

from abc import abstractmethod
from typing import Protocol

from textual.events import Key
from textual.message import Message

from quizapp.questions.base import Grade, Question
from quizapp.text import Display, Language
from quizapp.tui.present.line import Line
from quizapp.tui.widgets.panel import Panel


class Answered(Message):
    """An answer was given: ``raw`` is the one line of text by which answers travel."""

    def __init__(self, raw: str) -> None:
        super().__init__()
        self.raw = raw


class AnswerArea(Protocol):
    """A way of answering, as the study screen sees it."""

    async def ask(self, question: Question, display: Display, language: Language) -> None:
        """Open a question."""

    def rows(self, width: int) -> int:
        """Return how many rows it takes at a width."""

    def open(self, *, again: bool) -> None:
        """Take input; ``again`` for a second try with the former answer in place."""

    def close(self, grade: Grade | None, *, hidden: bool) -> None:
        """Take no input any more and show the marks; ``hidden`` as long as they would give the answer away."""

    def submit(self) -> None:
        """Post the answer as it stands."""

    def relabel(self, display: Display, language: Language) -> None:
        """Show the same in another language."""


class ResponsePanel(Panel, can_focus=True):
    """An answer area that is painted as lines and moved through with the keyboard or the mouse."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(self._answer_lines, id=id)
        self.question: Question | None = None
        self.shown_display: Display = "en"
        self.shown_language: Language = "en"
        self.cursor = 0
        self.is_open = False
        self.marks: list[bool | None] = []

    # --- what a kind of response says

    @abstractmethod
    def entries(self) -> int:
        """Return how many places the cursor can be at."""

    @abstractmethod
    def raw(self) -> str:
        """Return the answer as it stands."""

    @abstractmethod
    def _answer_lines(self, width: int) -> list[Line]:
        """Draw the entries."""

    @abstractmethod
    def _reset(self) -> None:
        """Forget the former question's answer."""

    @abstractmethod
    def _judge(self, grade: Grade, *, hidden: bool) -> list[bool | None]:
        """Return the marks of the entries."""

    def press(self, key: str) -> bool:
        """Act on a key of this kind; return whether it was one."""
        return False

    # --- AnswerArea

    async def ask(self, question: Question, display: Display, language: Language) -> None:
        """Open a question."""
        self.question = question
        self.shown_display, self.shown_language = display, language
        self.cursor = 0
        self._reset()
        self.marks = [None] * max(self.entries(), 1)
        self.is_open = True
        self.show(self._answer_lines)

    def rows(self, width: int) -> int:
        """Return how many rows it takes at a width."""
        return self.height_at(width)

    def open(self, *, again: bool) -> None:
        """Take input."""
        self.is_open = True
        if again:
            self.marks = [None] * max(self.entries(), 1)
        self.redraw()
        self.focus()

    def close(self, grade: Grade | None, *, hidden: bool) -> None:
        """Take no input any more and show the marks."""
        self.is_open = False
        if grade is not None and grade.parts:
            self.marks = self._judge(grade, hidden=hidden)
        self.redraw()

    def submit(self) -> None:
        """Post the answer as it stands."""
        if self.is_open:
            self.post_message(Answered(self.raw()))

    def relabel(self, display: Display, language: Language) -> None:
        """Show the same in another language."""
        self.shown_display, self.shown_language = display, language
        self.redraw()

    # --- moving

    def point(self, index: int) -> None:
        """Put the cursor on an entry."""
        if self.is_open and self.entries():
            self.cursor = min(max(index, 0), self.entries() - 1)
            self.redraw()

    def on_key(self, event: Key) -> None:
        """Move with the arrows; the rest is the kind's."""
        if not self.is_open:
            return
        if event.key in ("up", "down"):
            self.point(self.cursor + (1 if event.key == "down" else -1))
        elif not self.press(event.character if event.character and event.is_printable else event.key):
            return
        event.stop()

    def action_point(self, index: int) -> None:
        """Put the cursor where the mouse clicked."""
        self.point(index)
