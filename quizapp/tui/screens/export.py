"""Choosing what to write for another program, with a look at the first cards, and writing it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.events import DescendantFocus, Key, Resize
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from quizapp.catalogue.entries import ItemEntry
from quizapp.errors import QuizappError
from quizapp.exporting.registry import exporters
from quizapp.i18n import export_screen as say
from quizapp.i18n import screens as words
from quizapp.text import Text, same
from quizapp.tui.actions import of_screen
from quizapp.tui.present import export as present
from quizapp.tui.present.export import Branch, Card, Format, Outcome, Plan, Row
from quizapp.tui.present.home import languages
from quizapp.tui.present.line import Line, Part, Tone, rule, spread
from quizapp.tui.screens import export_work as work
from quizapp.tui.screens.base import TableScreen, bindings
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.screens.export_boxes import DecksScreen, FormatScreen
from quizapp.tui.screens.export_file import explained, first_offer, named_file
from quizapp.tui.widgets.panel import Panel

FIRST_CARDS = 4
LOOKS_PER_SECOND = 10
WRITE_GROUP, CARDS_GROUP = "write", "cards"


class ExportScreen(TableScreen):
    """A form above, or at the left of, a look at what the file will hold.

    Parameters
    ----------
    search : str, optional
        Export only what this finds.
    """

    CSS = """
    #export { height: 1fr; layout: vertical; }
    #form-column { height: auto; layout: vertical; }
    #about { height: 2; }
    #file-row { height: 1; layout: horizontal; }
    #file-label { width: 15; height: 1; }
    #file { height: 1; border: none; padding: 0; margin: 0 2 0 0; width: 1fr; background: $surface; }
    #file:focus { border: none; background: $panel; }
    #preview { height: 1fr; }
    #export.wide { layout: horizontal; }
    #export.wide #form-column { width: 58; height: 100%; }
    #export.wide #form-column #about { margin: 1 0 0 0; height: 4; }
    #export.wide #middle { display: none; }
    #export.wide #preview { height: 100%; margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(of_screen("export"))
    AUTO_FOCUS = ""
    name_in_table = "export"

    def __init__(self, search: str | None = None) -> None:
        super().__init__()
        self.formats = [
            Format(one.name, one.suffix, Text(one.summary, say.SUMMARIES_ZH.get(one.name, one.summary)))
            for one in exporters().values()
        ]
        self.plan = Plan(search=search)
        self.cursor = Row.FORMAT
        self.entries: Sequence[ItemEntry] = ()
        self.cards: Sequence[Card] | None = None
        self._of: tuple[str, ...] = ()
        self.doing: work.Doing | None = None
        self._watch: Timer | None = None
        self._ended: Callable[[int], list[Line]] | None = None
        self.header = Panel(self._header_lines, id="header")
        self.form = Panel(self._form_lines, id="form")
        self.label = Panel(self._label_lines, id="file-label")
        self.file = Input(first_offer(self._suffix), id="file", select_on_focus=False)
        self.button = Panel(self._button_lines, id="write")
        self.about = Panel(self._about_lines, id="about")
        self.preview = Panel(self._preview_lines, id="preview")

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield self.header
        yield Panel(lambda width: [rule(width)], id="rule")
        yield Container(
            Vertical(
                self.form, Horizontal(self.label, self.file, id="file-row"), self.button, self.about, id="form-column"
            ),
            Panel(lambda width: [rule(width)], id="middle"),
            self.preview,
            id="export",
        )
        yield from self.compose_frame()

    def on_mount(self) -> None:
        """Look at what everything together would be."""
        self.preview.more = (self.say(words.MORE_BELOW), self.say(words.MORE_ABOVE))
        self.decks = [deck for deck in self.quiz.library.catalogue.decks() if deck.items]
        self.set_focus(None)
        self._look()

    def on_unmount(self) -> None:
        """Let no thread go on writing for a screen that is gone."""
        if self.doing is not None:
            self.doing.stop.set()

    def on_resize(self, event: Resize) -> None:
        """Put form and cards side by side where there is room."""
        self.query_one("#export").set_class(not self.narrow(), "wide")

    # --- what is drawn

    @property
    def _suffix(self) -> str:
        return self._format.suffix

    @property
    def _format(self) -> Format:
        return next(one for one in self.formats if one.name == self.plan.format)

    def _header_lines(self, width: int) -> list[Line]:
        left = (Part(" " + self.say(say.TITLE), Tone.BRIGHT),)
        return [spread(left, (*languages(self.display_language), Part(" ")), width)]

    def _form_lines(self, width: int) -> list[Line]:
        return present.form(self.plan, self.cursor, self.formats, len(self.decks), self.language, width)

    def _label_lines(self, width: int) -> list[Line]:
        return [present.label(Row.FILE, self.language, chosen=self.cursor is Row.FILE)]

    def _button_lines(self, width: int) -> list[Line]:
        return [present.button(self.language, chosen=self.cursor is Row.WRITE, ready=self.can("write"))]

    def _about_lines(self, width: int) -> list[Line]:
        return present.about(self.cursor, self._format, self.language, width)

    def _preview_lines(self, width: int) -> list[Line]:
        if self.doing is not None:
            return present.progress(self.doing.done, self.doing.total, self.file.value, self.language, width)
        if self._ended is not None:
            return self._ended(width)
        return present.preview(self.plan, self.entries, self.cards, self.language, width)

    def _redraw(self) -> None:
        for panel in (self.form, self.label, self.button, self.about):
            panel.redraw()
        self.refresh_footer()

    def relabel(self) -> None:
        """Show the same in another language."""
        super().relabel()
        self.preview.more = (self.say(words.MORE_BELOW), self.say(words.MORE_ABOVE))

    # --- choosing

    def can(self, action: str) -> bool:
        """Tell whether an action can be carried out now."""
        if self.doing is not None:
            return action in ("cancel", "page_down", "page_up")
        match action:
            case "cancel":
                return False
            case "write":
                return bool(self.entries)
            case "choose":
                return self.cursor is not Row.FILE and (self.cursor is not Row.WRITE or bool(self.entries))
            case "turn_back" | "turn_on":
                return self.cursor not in (Row.DECKS, Row.FILE, Row.WRITE)
            case _:
                return True

    def on_key(self, event: Key) -> None:
        """Take a notice away at the next key; a digit says how many variants."""
        self.clear_notice()
        if self.cursor is Row.VARIANTS and self.doing is None and event.key in "123456789":
            self._plan(replace(self.plan, variants=int(event.key)))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Bring the cursor to the file's name when that is clicked."""
        if event.widget is self.file and self.cursor is not Row.FILE:
            self.action_point(Row.FILE)

    def action_up(self) -> None:
        """Move the cursor up."""
        self.action_point(max(self.cursor - 1, 0))

    def action_down(self) -> None:
        """Move the cursor down."""
        self.action_point(min(self.cursor + 1, max(Row)))

    def action_point(self, row: int) -> None:
        """Put the cursor on a row."""
        if self.doing is not None:
            return
        self.cursor = Row(row)
        self.set_focus(self.file if self.cursor is Row.FILE else None)
        self._redraw()

    def action_choose(self) -> None:
        """Choose or change what the cursor is on."""
        self.action_change(self.cursor)

    def action_change(self, row: int) -> None:
        """Open the box of a row, or change its value to the next one."""
        if self.doing is not None:
            return
        self.action_point(row)
        match self.cursor:
            case Row.FORMAT:
                self.app.push_screen(FormatScreen(self.formats, self.plan.format, self.language), self._take_format)
            case Row.DECKS:
                every = frozenset(deck.id for deck in self.decks)
                ticked = every if self.plan.decks is None else self.plan.decks
                self.app.push_screen(DecksScreen(self._branches(), ticked, self.language), self._take_decks)
            case Row.WRITE:
                self.action_write()
            case _:
                self.action_turn(row, 1)

    def _branches(self) -> list[Branch]:
        found = []
        for area in dict.fromkeys(deck.area for deck in self.decks):
            decks = tuple(deck for deck in self.decks if deck.area == area)
            found.append(Branch(self.quiz.library.area_title(area), decks, area=True))
            found.extend(Branch(deck.title, (deck,), area=False) for deck in decks)
        return found

    def _take_format(self, name: str | None) -> None:
        if name is not None:
            self._plan(replace(self.plan, format=name))

    def _take_decks(self, ticked: frozenset[str] | None) -> None:
        if ticked is not None:
            self._plan(replace(self.plan, decks=None if len(ticked) == len(self.decks) else ticked))

    def action_turn_back(self) -> None:
        """Go to the previous value of the row."""
        self.action_turn(self.cursor, -1)

    def action_turn_on(self) -> None:
        """Go to the next value of the row."""
        self.action_turn(self.cursor, 1)

    def action_turn(self, row: int, steps: int) -> None:
        """Change the value of a row by some steps."""
        if self.doing is None:
            self._plan(self.plan.turned(Row(row), steps, [one.name for one in self.formats]))

    def _plan(self, plan: Plan) -> None:
        before, self.plan, self._ended = self._suffix, plan, None
        self.file.value = present.with_suffix(self.file.value, before, self._suffix)
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Leave what was said about another file."""
        if self._ended is not None and self.doing is None and self.cursor is Row.FILE:
            self._ended = None
            self.preview.redraw()

    def action_page_down(self) -> None:
        """Read on."""
        self.preview.turn_page(1)

    def action_page_up(self) -> None:
        """Read back."""
        self.preview.turn_page(-1)

    def action_back(self) -> None:
        """Go back to where this was opened."""
        self.dismiss()

    # --- looking at the first cards

    def _look(self) -> None:
        """Count what fits; make the first cards anew only where they have become others."""
        library = self.quiz.library
        self.entries = self.attempt(lambda: work.fitting(library, self.plan)) or ()
        first = self.entries[:FIRST_CARDS]
        names = tuple(entry.id for entry in first)
        if names != self._of:
            self._of, self.cards = names, None
            self.workers.cancel_group(self, CARDS_GROUP)
            if first:
                make = partial(work.first_cards, library.folders, library.clock, first)
                self.run_worker(make, group=CARDS_GROUP, thread=True, exit_on_error=False)
        self.preview.show(self._preview_lines)
        self._redraw()

    # --- writing

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file that is named."""
        self.action_write()

    def action_write(self) -> None:
        """Write the file; ask first where there is one."""
        if self.doing is not None or not self.entries:
            return
        target, wrong = named_file(self.file.value, self._suffix, self.quiz.library.folders.database)
        if wrong is not None or target is None:
            self.action_point(Row.FILE)
            self.notice(wrong or say.NO_NAME, problem=True)
        elif target.exists():
            question = say.exists(present.homely(target))
            self.app.push_screen(
                ConfirmScreen(question, say.REPLACED, self.language),
                lambda agreed: self._write(target) if agreed else None,
            )
        else:
            self._write(target)

    def _write(self, target: Path) -> None:
        library, self.doing, self._ended = self.quiz.library, work.Doing(), None
        self.set_focus(None)
        if self.cursor is Row.FILE:
            self.cursor = Row.WRITE
        self._watch = self.set_interval(1 / LOOKS_PER_SECOND, self.preview.redraw)
        write = partial(work.carry_out, library.folders, library.clock, self.plan, target, self.doing)
        self.run_worker(write, group=WRITE_GROUP, thread=True, exit_on_error=False)
        self.preview.show(self._preview_lines)
        self._redraw()

    def action_cancel(self) -> None:
        """Stop writing; the thread notices at its next question."""
        if self.doing is not None:
            self.doing.stop.set()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show what a thread has brought."""
        worker = event.worker
        if event.state not in (WorkerState.SUCCESS, WorkerState.ERROR):
            return
        if worker.group == CARDS_GROUP:
            self._cards_made(worker)
        elif worker.group == WRITE_GROUP:
            self._written(worker)

    def _cards_made(self, worker: "Worker[list[Card]]") -> None:
        cards = worker.result or []
        if worker.error is not None:
            self._say(worker.error)
        # A thread that was too slow brings cards of an earlier choice.
        elif tuple(card.identity for card in cards) != self._of:
            return
        self.cards = cards
        self.preview.show(self._preview_lines)

    def _say(self, error: BaseException) -> None:
        words = (
            f"{error.message} {error.hint}" if isinstance(error, QuizappError) else f"{type(error).__name__}: {error}"
        )
        self.notice(same(words.strip()), problem=True)

    def _written(self, worker: "Worker[Outcome]") -> None:
        self.doing = None
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        if worker.error is None and worker.result is not None:
            outcome, plan = worker.result, self.plan
            self._ended = lambda width: present.result(outcome, plan, self.language, width)
        else:
            head, reasons = explained(worker.error)
            self._ended = lambda width: present.failure(head, reasons, self.language, width)
        self.preview.show(self._preview_lines)
        self._redraw()
