"""Home: what today holds, how each area stands, and one obvious key."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import Key, Resize, ScreenResume

from quizapp.errors import QuizappError
from quizapp.i18n import screens as say
from quizapp.tui.actions import of_screen
from quizapp.tui.glance import Glance, read
from quizapp.tui.present import home as present
from quizapp.tui.present.line import Line, rule
from quizapp.tui.screens.base import TableScreen, bindings
from quizapp.tui.widgets.panel import Panel

EXTRA_NEW = 5
"""How many new items are learned at once beyond the day's limit."""


class HomeScreen(TableScreen):
    """The first screen.

    Parameters
    ----------
    glance : Glance
        How everything stands at the start, so that the first frame is a true one.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(of_screen("home"))
    name_in_table = "home"

    def __init__(self, glance: Glance) -> None:
        super().__init__()
        self.glance = glance
        self.cursor = 0
        self.opened: frozenset[str] = frozenset()
        self.header = Panel(self._header_lines, id="header")
        self.today = Panel(self._today_lines, id="today")
        self.list = Panel(self._list_lines, id="list")
        self.side = Panel(self._side_lines, id="side")

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield self.header
        yield Panel(lambda width: [rule(width)], id="rule")
        yield self.today
        yield Panel(lambda width: [rule(width)])
        yield Horizontal(self.list, self.side, id="columns")
        yield from self.compose_frame()

    def on_mount(self) -> None:
        """Say how the scroll hints read."""
        self.list.more = (self.say(say.MORE_BELOW), self.say(say.MORE_ABOVE))

    def on_resize(self, event: Resize) -> None:
        """Show the side column where there is room."""
        self.set_class(not self.narrow(), "wide")

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Look again after a session."""
        if self.is_mounted and self.app.is_running and len(self.app.screen_stack) and self._visited:
            self.reread()
        self._visited = True

    _visited = False

    def reread(self) -> None:
        """Read how everything stands now."""
        found = self.attempt(lambda: read(self.quiz.library))
        if found is not None:
            self.glance = found
            self.relabel()

    def problem(self, error: QuizappError) -> None:
        """Say what is wrong with the database, found after the first frame."""
        self.notice(error.sentence, problem=True)

    # --- what is drawn

    @property
    def rows(self) -> list[present.Row]:
        """What the cursor can stand on."""
        return present.rows(self.glance, self.opened)

    @property
    def row(self) -> present.Row:
        """Where the cursor stands."""
        return self.rows[min(self.cursor, len(self.rows) - 1)]

    def _header_lines(self, width: int) -> list[Line]:
        return [present.header(self.glance, self.language, self.display_language, width)]

    def _today_lines(self, width: int) -> list[Line]:
        return present.today(self.glance, self.language, width, chosen=self.cursor == 0)

    def _list_lines(self, width: int) -> list[Line]:
        found = present.list_lines(self.rows, self.cursor, self.opened, self.glance, self.language, width)
        if not self.glance.begun and self.glance.areas:
            found += [(), *present.welcome(self.glance, self.language, width)]
        return found

    def _side_lines(self, width: int) -> list[Line]:
        return present.side(self.glance, self.row, self.language, width, self.side.size.height)

    def _moved(self) -> None:
        self.today.redraw()
        self.list.redraw()
        self.list.reach(max(self.cursor - 1, 0))
        if self.has_class("wide"):
            self.side.redraw()
        self.refresh_footer()

    # --- actions

    def can(self, action: str) -> bool:
        """Tell whether an action can be carried out on the row of the cursor."""
        row = self.row
        match action:
            case "open":
                return bool(row.area is not None or self.glance.waiting)
            case "decks":
                return row.area is not None and row.deck is None
            case "fold":
                return row.area is not None and row.area.area in self.opened
            case "browse" | "more" | "export" | "exercises":
                return bool(self.glance.areas)
            case _:
                return True

    def on_key(self, event: Key) -> None:
        """Take a notice away at the next key."""
        self.clear_notice()

    def action_up(self) -> None:
        """Move the cursor up."""
        self.point(self.cursor - 1)

    def action_down(self) -> None:
        """Move the cursor down."""
        self.point(self.cursor + 1)

    def action_page_down(self) -> None:
        """Move the cursor down by what is in sight."""
        self.point(self.cursor + max(self.list.size.height - 2, 1))

    def action_page_up(self) -> None:
        """Move the cursor up by what is in sight."""
        self.point(self.cursor - max(self.list.size.height - 2, 1))

    def point(self, row: int) -> None:
        """Put the cursor on a row."""
        self.cursor = min(max(row, 0), len(self.rows) - 1)
        self._moved()

    def action_point(self, row: int) -> None:
        """Put the cursor on the row clicked, or study it if it stands there already."""
        if row == self.cursor:
            self.action_open()
        else:
            self.point(row)

    def action_everything(self) -> None:
        """Study everything for today, wherever the cursor is."""
        self.point(0)
        self.action_open()

    def action_open(self) -> None:
        """Study what the cursor is on."""
        row = self.row
        waiting = self.glance.waiting
        if row.deck is not None:
            waiting = row.deck.due + row.deck.learning
        elif row.area is not None:
            waiting = row.area.due + row.area.learning + row.area.new
        # A deck that its prerequisites hold back may still be chosen by name.
        if waiting or row.deck is not None:
            self._study(0)
        else:
            self.notice(say.NOTHING_HERE)

    def action_more(self) -> None:
        """Learn new items beyond the day's limit."""
        self._study(EXTRA_NEW)

    def _study(self, extra: int) -> None:
        row = self.row
        self.quiz.study(
            deck=None if row.deck is None else row.deck.deck,
            area=row.area.area if row.area is not None and row.deck is None else None,
            extra_new=extra,
        )

    def action_decks(self) -> None:
        """Open or close the decks of the area."""
        area = self.row.area
        if area is not None:
            self.opened = self.opened ^ {area.area}
            self._moved()

    def action_fold(self) -> None:
        """Close the decks of the area and go to its row."""
        area = self.row.area
        if area is not None and area.area in self.opened:
            self.opened = self.opened - {area.area}
            names = [None if row.area is None else row.area.area for row in self.rows]
            self.point(names.index(area.area))

    def action_exercises(self) -> None:
        """List the coding exercises."""
        from quizapp.tui.screens.exercise_list import ExerciseListScreen

        self.app.push_screen(ExerciseListScreen())

    def action_browse(self) -> None:
        """Look through all items."""
        self.quiz.browse()

    def action_export(self) -> None:
        """Write decks for other programs."""
        self.quiz.export()

    async def action_exit(self) -> None:
        """Quit."""
        await self.quiz.action_quit()
