"""Looking through all items, with a search that understands both languages."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key, ScreenResume
from textual.widgets import Input

from quizapp.catalogue.entries import ItemEntry
from quizapp.i18n import screens as say
from quizapp.text import Text
from quizapp.tui.actions import of_screen
from quizapp.tui.present.browse import ItemRows
from quizapp.tui.present.home import languages
from quizapp.tui.present.line import Line, Part, Tone, line, rule, spread
from quizapp.tui.screens.base import TableScreen, bindings
from quizapp.tui.widgets.panel import Panel

MOST_FOUND = 200


class BrowseScreen(TableScreen):
    """A search line above a list of items."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(of_screen("browse")),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]
    name_in_table = "browse"

    def __init__(self) -> None:
        super().__init__()
        self.items: list[ItemEntry] = []
        self.cursor = 0
        self.suspended: set[str] = set()
        self._decks: dict[str, Text] = {}
        self.search = Input(id="search", select_on_focus=False)
        self.header = Panel(self._header_lines, id="header")
        self.list = Panel(self._list_lines, id="list")

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield self.header
        yield Panel(lambda width: [rule(width)], id="rule")
        yield self.search
        yield Panel(lambda width: [rule(width)])
        yield self.list
        yield from self.compose_frame()

    def on_mount(self) -> None:
        """List everything."""
        self.list.more = (self.say(say.MORE_BELOW), self.say(say.MORE_ABOVE))
        self.search.placeholder = self.say(say.SEARCH)
        self.search.focus()
        self._see_suspended()
        decks = self.attempt(self.quiz.library.catalogue.decks)
        self._decks = {deck.id: deck.title for deck in decks or ()}
        self._find("")

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Look again after a session."""
        self._see_suspended()

    def _see_suspended(self) -> None:
        self.suspended = self.attempt(self.quiz.library.store.suspended) or set()
        self.list.redraw()

    def _find(self, text: str) -> None:
        catalogue = self.quiz.library.catalogue
        found = self.attempt(lambda: catalogue.search(text, MOST_FOUND) if text.strip() else catalogue.items())
        self.items = found or []
        self.cursor = 0
        self.list.show(self._list_lines)
        self.header.redraw()
        self.refresh_footer()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search at every key."""
        self._find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Study the deck of the item."""
        self.action_study_deck()

    def can(self, action: str) -> bool:
        """Tell whether there is an item to act on."""
        if action == "wake":
            return bool(self.items) and self.items[self.cursor].id in self.suspended
        return action not in ("study_deck", "export") or bool(self.items)

    def action_wake(self) -> None:
        """Let the item under the cursor be studied again."""
        item = self.items[self.cursor].id
        self.attempt(lambda: self.quiz.library.store.unsuspend(item))
        self._see_suspended()
        if item not in self.suspended:
            self.notice(say.WOKEN)
        self.refresh_footer()

    def action_study_deck(self) -> None:
        """Study the deck of the item under the cursor."""
        if self.items:
            self.quiz.study(deck=self.items[self.cursor].deck)

    def action_export(self) -> None:
        """Write what is found for another program."""
        self.quiz.export(search=self.search.value.strip() or None)

    def on_key(self, event: Key) -> None:
        """Take a notice away at the next key."""
        self.clear_notice()

    def relabel(self) -> None:
        """Show the same in another language."""
        super().relabel()
        self.search.placeholder = self.say(say.SEARCH)

    def _header_lines(self, width: int) -> list[Line]:
        left = (
            Part(" " + self.say(say.BROWSE_TITLE), Tone.BRIGHT),
            Part("   " + self.say(say.found(len(self.items))), Tone.DIM),
        )
        return [spread(left, (*languages(self.display_language), Part(" ")), width)]

    def _list_lines(self, width: int) -> Sequence[Line]:
        if not self.items:
            return [line("  " + self.say(say.FOUND_NOTHING), Tone.DIM)]
        return ItemRows(self.items, self.cursor, self.display_language, width, self.suspended, self._decks)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        if self.items:
            self.cursor = min(max(self.cursor + rows, 0), len(self.items) - 1)
            self.list.redraw()
            self.list.reach(self.cursor)
            self.refresh_footer()

    def action_point(self, row: int) -> None:
        """Put the cursor where the mouse clicked."""
        self.action_move(row - self.cursor)

    def action_page_down(self) -> None:
        """Go down a page."""
        self.action_move(max(self.list.size.height - 2, 1))

    def action_page_up(self) -> None:
        """Go up a page."""
        self.action_move(-max(self.list.size.height - 2, 1))

    def action_close(self) -> None:
        """Go home."""
        self.dismiss()
