"""Typed answers: one line, or one for each gap of a cloze, with a live echo of how they are read."""

from collections.abc import Callable
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Key, Paste
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input
from textual.widgets.input import Selection

from quizapp.i18n import screens as say
from quizapp.questions.base import Grade, Question
from quizapp.questions.responses import LineResponse
from quizapp.study import words
from quizapp.study.model import Reading, Unreadable
from quizapp.text import Display, Language, Text
from quizapp.tui.present.content import short
from quizapp.tui.present.line import Line, Part, Tone, line, wrapped
from quizapp.tui.widgets.panel import Panel
from quizapp.tui.widgets.response import Answered

SEPARATOR = " ; "


class AnswerInput(Input):
    """An answer line in which ``?`` and ``:`` are commands as long as nothing is typed: no answer begins with them."""

    COMMANDS: ClassVar[dict[str, str]] = {"?": "app.help", "？": "app.help", ":": "app.commands", "：": "app.commands"}

    # What is typed changes how far the line scrolls and never its place: laying the whole screen out again at every key
    # would take longer than all the rest.
    virtual_size = Reactive(Size(0, 0), layout=False)

    closed = False

    def close(self) -> None:
        """Take no keys any more but keep the focus, so that the keys reach the screen and no style is worked out."""
        self.closed = True
        self._pause_blink(visible=False)

    def open(self) -> None:
        """Take keys."""
        self.closed = False
        if self.has_focus:
            self._restart_blink()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Leave the keys to the screen once it is closed."""
        return not self.closed and super().check_consume_key(key, character)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Edit only while it is open."""
        return not self.closed and super().check_action(action, parameters)

    async def _on_key(self, event: Key) -> None:
        if self.closed:
            event.prevent_default()
        elif not self.value and event.character in self.COMMANDS:
            event.prevent_default()
            event.stop()
            await self.app.run_action(self.COMMANDS[event.character])

    def _on_paste(self, event: Paste) -> None:
        if self.closed:
            event.prevent_default()


class LineAnswer(Vertical):
    """One answer line for each field, and two rows below that say how the answer is read or why it can't be.

    Parameters
    ----------
    read : callable
        Returns how an answer would be read.
    """

    class Typed(Message):
        """Something in a gap has changed."""

    def __init__(self, read: Callable[[str], Reading], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._read = read
        self._question: Question | None = None
        self._display: Display = "en"
        self._language: Language = "en"
        self._problem: Text | None = None
        self._marks: tuple[bool, ...] = ()
        self._open = False
        self._echo_due = False
        self.asked_below = False
        self.fields: list[AnswerInput] = []
        self.echo = Panel(self._echo_lines, id="echo")

    def compose(self) -> ComposeResult:
        """Lay the echo out; fields are added above it as questions need them."""
        yield self.echo

    async def _provide(self, count: int) -> None:
        while len(self.fields) < count:
            number = len(self.fields)
            field = AnswerInput(id=f"field-{number + 1}", select_on_focus=False)
            mark = Panel(self._mark(number))
            mark.add_class("mark")
            self.fields.append(field)
            await self.mount(Horizontal(mark, field, classes="field"), before=self.echo)

    def _mark(self, number: int) -> Callable[[int], list[Line]]:
        def draw(_: int) -> list[Line]:
            if number < len(self._marks):
                return [line("✓ ", Tone.RIGHT) if self._marks[number] else line("✗ ", Tone.WRONG)]
            return [line(f"{number + 1} ▸ " if self._used > 1 else "▸ ", Tone.ACCENT)]

        return draw

    # --- AnswerArea

    @property
    def _response(self) -> LineResponse:
        if self._question is None:
            return LineResponse()
        return cast("LineResponse", self._question.response)

    @property
    def _used(self) -> int:
        return self._response.fields

    async def ask(self, question: Question, display: Display, language: Language) -> None:
        """Open a question."""
        self._question = question
        self._display, self._language = display, language
        self._problem = None
        self._marks = ()
        self._open = True
        await self._provide(self._used)
        for number, field in enumerate(self.fields):
            used = number < self._used
            cast("Horizontal", field.parent).set_class(used, "used")
            cast("Horizontal", field.parent).set_class(self._used > 1, "numbered")
            with self.prevent(Input.Changed):
                field.value = ""
            field.open()
        self._label()

    def rows(self, width: int) -> int:
        """Return how many rows it takes: two for the echo while it is open, afterwards as many as it has."""
        return self._used + (2 if self._open else len(self._echo_lines(width)))

    def open(self, *, again: bool) -> None:
        """Take input."""
        self._open = True
        self._marks = ()
        for field in self.fields:
            field.open()
        self._redraw()
        self.focus_first()
        if again:
            self.fields[0].selection = Selection(0, len(self.fields[0].value))

    def focus_first(self) -> None:
        """Put the cursor into the first field that is still empty."""
        used = self.fields[: self._used]
        next((field for field in used if not field.value), used[0]).focus()

    def close(self, grade: Grade | None, *, hidden: bool) -> None:
        """Take no input any more and show the marks of the fields."""
        self._problem = None
        self._open = False
        if grade is not None:
            judged = tuple(right for right, _ in grade.parts)
            self._marks = judged if len(judged) == self._used else ()
        for field in self.fields[: self._used]:
            field.close()
        self._redraw()

    @property
    def gaps(self) -> bool:
        """Whether the fields fill gaps in the prompt."""
        return self._question is not None and "__" in self._question.prompt.en and not self._response.numeric

    def values(self) -> tuple[str, ...]:
        """Return what is typed in each field."""
        return tuple(field.value for field in self.fields[: self._used])

    def raw(self) -> str:
        """Return the fields as one line of text."""
        return SEPARATOR.join(self.values())

    def submit(self) -> None:
        """Post the answer, or go on to the next empty field."""
        used = self.fields[: self._used]
        empty = [field for field in used if not field.value.strip()]
        if empty and len(empty) < len(used):
            empty[0].focus()
            return
        self.post_message(Answered(self.raw()))

    def relabel(self, display: Display, language: Language) -> None:
        """Show the same in another language."""
        self._display, self._language = display, language
        self._label()

    def refuse(self, unreadable: Unreadable) -> None:
        """Say why the answer can't be read and select what is wrong; typing replaces just that."""
        start, end = unreadable.span
        raw = self.raw()
        self._problem = unreadable.message
        if 0 <= start < end <= len(raw):
            offending = raw[start:end]
            if len(offending) < len(raw.strip()) and not all(offending in words for words in (unreadable.message.en,)):
                self._problem = say.offending(offending) + unreadable.message
            self._select(start, end)
        self.echo.redraw()

    def _select(self, start: int, end: int) -> None:
        for field in self.fields[: self._used]:
            length = len(field.value)
            if start <= length:
                field.focus()
                field.selection = Selection(start, min(end, length))
                return
            start -= length + len(SEPARATOR)
            end -= length + len(SEPARATOR)

    # --- echo

    def on_input_changed(self, event: Input.Changed) -> None:
        """Have the answer echoed once what was typed is painted: nobody waits for a key because of its echo."""
        event.stop()
        self._problem = None
        if not self._echo_due:
            self._echo_due = True
            self.call_after_refresh(self._echo_typed)

    def _echo_typed(self) -> None:
        """Echo how the answer is read."""
        self._echo_due = False
        self.echo.redraw_changes()
        if self.gaps:
            self.post_message(self.Typed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, or go on to the next field."""
        event.stop()
        self.submit()

    def _redraw(self) -> None:
        for panel in self.query(Panel):
            panel.redraw_changes()

    def _label(self) -> None:
        placeholder = say.TYPE_ANSWER.in_language(self._language)
        for number, field in enumerate(self.fields[: self._used], 1):
            field.placeholder = placeholder if self._used == 1 else f"{say.FIELD.in_language(self._language)} {number}"
        self._redraw()

    def _echo_lines(self, width: int) -> list[Line]:
        if self._problem is not None:
            return [
                (Part("  "), *row) for row in wrapped(self._problem.in_language(self._language), width - 2, Tone.WRONG)
            ][:2]
        raw = self.raw()
        found: list[Line] = []
        if self._response.numeric and raw.strip():
            reading = self._read(raw)
            if reading.ok:
                label = words.READ_AS.in_language(self._language)
                found.append((Part(f"  {label} ", Tone.DIM), Part(short(reading.text, "en"), Tone.FORMULA)))
            else:
                why = wrapped(reading.text.in_language(self._language), width - 2, Tone.DIM)
                found += [(Part("  "), *row) for row in why]
        if self._open and self.asked_below and self._response.asked:
            found.append(line("  " + short(self._response.asked, self._language), Tone.FAINT if found else Tone.DIM))
        return found[:2]
