"""Boxes of the export screen: one format out of all, any number of decks."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from quizapp.i18n import export_screen as say
from quizapp.i18n import screens as words
from quizapp.text import Language, Text
from quizapp.tui.present.export import Branch, Format, branch_line, format_lines
from quizapp.tui.present.line import BLANK, Line, Part, Tone, line
from quizapp.tui.widgets.panel import Panel

MOVES: list[BindingType] = [
    Binding("up,k", "move(-1)", show=False),
    Binding("down,j", "move(1)", show=False),
    Binding("pageup", "move(-10)", show=False),
    Binding("pagedown", "move(10)", show=False),
]
BOX = """
FormatScreen, DecksScreen { align: center middle; background: $background 70%; }
FormatScreen > Panel, DecksScreen > Panel {
    width: 80; max-width: 100%; height: auto; background: $surface; padding: 0 2;
}
DecksScreen > .list { max-height: 66%; }
"""


def keys(language: Language, *entries: tuple[str, Text, str]) -> Line:
    """Return keys with what they do, each clickable."""
    found: list[Part] = []
    for key, label, action in entries:
        found += [Part(key + " ", Tone.KEY, action), Part(label.in_language(language) + "   ", Tone.DIM, action)]
    return tuple(found)


class FormatScreen(ModalScreen[str | None]):
    """Returns the name of the format, or ``None`` for no change.

    Parameters
    ----------
    formats : sequence of Format
    chosen : str
    language : {"en", "zh"}
    """

    CSS = BOX
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        Binding("enter,space", "take", show=False),
        Binding("escape,q", "dismiss(None)", show=False),
    ]

    def __init__(self, formats: Sequence[Format], chosen: str, language: Language) -> None:
        super().__init__()
        self._formats, self._language = formats, language
        self.cursor = next(index for index, one in enumerate(formats) if one.name == chosen)
        self.list = Panel(self._lines)

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        yield self.list

    def _lines(self, width: int) -> list[Line]:
        return [
            BLANK,
            line(say.PICK_FORMAT.in_language(self._language), Tone.BRIGHT),
            BLANK,
            *format_lines(self._formats, self.cursor, self._language, width),
            BLANK,
            keys(self._language, ("⏎", say.TAKE, "screen.take"), ("Esc", say.GO_BACK, "screen.dismiss(None)")),
            BLANK,
        ]

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.cursor = min(max(self.cursor + rows, 0), len(self._formats) - 1)
        self.list.redraw()

    def action_pick(self, index: int) -> None:
        """Take the format clicked."""
        self.dismiss(self._formats[index].name)

    def action_take(self) -> None:
        """Take the format of the cursor."""
        self.action_pick(self.cursor)


class DecksScreen(ModalScreen[frozenset[str] | None]):
    """Returns the decks that are ticked, or ``None`` for no change.

    Parameters
    ----------
    branches : sequence of Branch
        Areas, each followed by its decks.
    ticked : frozenset of str
    language : {"en", "zh"}
    """

    CSS = BOX
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        Binding("space,x", "tick_here", show=False),
        Binding("a", "all", show=False),
        Binding("enter", "take", show=False),
        Binding("escape,q", "dismiss(None)", show=False),
    ]

    def __init__(self, branches: Sequence[Branch], ticked: frozenset[str], language: Language) -> None:
        super().__init__()
        self._branches, self._language = branches, language
        self._every = frozenset(deck.id for branch in branches for deck in branch.decks)
        self.ticked = ticked
        self.cursor = 0
        more = (words.MORE_BELOW.in_language(language), words.MORE_ABOVE.in_language(language))
        self.head = Panel(self._head)
        self.list = Panel(self._lines, more=more)
        self.list.add_class("list")

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        yield self.head
        yield self.list
        yield Panel(self._keys)

    def _head(self, width: int) -> list[Line]:
        chosen = say.decks_chosen(len(self.ticked), len(self._every)).in_language(self._language)
        title = say.PICK_DECKS.in_language(self._language)
        return [BLANK, (Part(title, Tone.BRIGHT), Part(f"   {chosen}", Tone.DIM)), BLANK]

    def _lines(self, width: int) -> list[Line]:
        return [
            branch_line(branch, self.ticked, self._language, width, index, self.cursor)
            for index, branch in enumerate(self._branches)
        ]

    def _keys(self, width: int) -> list[Line]:
        entries = (
            ("␣", say.TICK, "screen.tick_here"),
            ("a", say.TICK_ALL, "screen.all"),
            ("⏎", say.TAKE, "screen.take"),
            ("Esc", say.GO_BACK, "screen.dismiss(None)"),
        )
        return [BLANK, keys(self._language, *entries), BLANK]

    def _changed(self) -> None:
        self.head.redraw()
        self.list.redraw()

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.cursor = min(max(self.cursor + rows, 0), len(self._branches) - 1)
        self.list.redraw()
        self.list.reach(self.cursor)

    def action_tick(self, index: int) -> None:
        """Tick a row or take its ticks away; an area stands for all its decks."""
        self.cursor = index
        decks = frozenset(deck.id for deck in self._branches[index].decks)
        self.ticked = self.ticked - decks if decks <= self.ticked else self.ticked | decks
        self._changed()

    def action_tick_here(self) -> None:
        """Tick the row of the cursor."""
        self.action_tick(self.cursor)

    def action_all(self) -> None:
        """Tick everything, or nothing if everything is ticked."""
        self.ticked = frozenset() if self.ticked == self._every else self._every
        self._changed()

    def action_take(self) -> None:
        """Return the decks."""
        self.dismiss(self.ticked)
