"""All coding exercises, with how each stands."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key, ScreenResume

from engine.registry import exercise_ids
from quizapp.coding.passed import passed
from quizapp.coding.runner import find_exercise
from quizapp.coding.workspace import file_name
from quizapp.errors import UnknownName
from quizapp.i18n import screens as say
from quizapp.tui.actions import of_screen
from quizapp.tui.present import exercise as present
from quizapp.tui.present.line import Line, rule
from quizapp.tui.screens.base import TableScreen, bindings
from quizapp.tui.widgets.panel import Panel


class ExerciseListScreen(TableScreen):
    """A list to choose from."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(of_screen("exercises"))
    name_in_table = "exercises"

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[present.Entry] = []
        self.cursor = 0
        self.header = Panel(self._header_lines, id="header")
        self.list = Panel(self._list_lines, id="list")

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield self.header
        yield Panel(lambda width: [rule(width)], id="rule")
        yield self.list
        yield from self.compose_frame()

    def on_mount(self) -> None:
        """Say how the scroll hints read."""
        self.list.more = (self.say(say.MORE_BELOW), self.say(say.MORE_ABOVE))

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Look again after an exercise."""
        self.entries = self.attempt(self._read) or []
        self.cursor = min(self.cursor, max(len(self.entries) - 1, 0))
        self.relabel()

    def _read(self) -> list[present.Entry]:
        library = self.quiz.library
        workspace = library.folders.workspace
        known = passed(workspace)
        order = {area.id: number for number, area in enumerate(library.catalogue.areas())}
        found: list[tuple[int, present.Entry]] = []
        for name in exercise_ids():
            exercise = find_exercise(name)
            try:
                title = library.catalogue.exercise_words(name).title.text
            except UnknownName:
                continue
            state: present.State = "started" if (workspace / file_name(name)).exists() else "new"
            if name in known and known[name].version == exercise.version:
                state = "passed"
            entry = present.Entry(name, library.area_title(exercise.area), title, state)
            found.append((order.get(exercise.area, len(order)), entry))
        return [entry for _, entry in sorted(found, key=lambda pair: (pair[0], pair[1].area.en))]

    def _header_lines(self, width: int) -> list[Line]:
        return [present.list_header(self.entries, self.language, self.display_language, width)]

    def _list_lines(self, width: int) -> list[Line]:
        return present.list_lines(self.entries, self.cursor, self.language, self.display_language, width)

    # --- actions

    def can(self, action: str) -> bool:
        """Tell whether there is an exercise to act on."""
        return action != "open_exercise" or bool(self.entries)

    def on_key(self, event: Key) -> None:
        """Take a notice away at the next key."""
        self.clear_notice()

    def _move(self, rows: int) -> None:
        if self.entries:
            self.cursor = min(max(self.cursor + rows, 0), len(self.entries) - 1)
            self.list.redraw()
            self.list.reach(self.cursor)

    def action_up(self) -> None:
        """Move the cursor up."""
        self._move(-1)

    def action_down(self) -> None:
        """Move the cursor down."""
        self._move(1)

    def action_page_down(self) -> None:
        """Go down a page."""
        self._move(max(self.list.size.height - 2, 1))

    def action_page_up(self) -> None:
        """Go up a page."""
        self._move(-max(self.list.size.height - 2, 1))

    def action_point(self, row: int) -> None:
        """Put the cursor on the row clicked, or open it if it stands there already."""
        if row == self.cursor:
            self.action_open_exercise()
        else:
            self._move(row - self.cursor)

    def action_open_exercise(self) -> None:
        """Open the exercise under the cursor."""
        from quizapp.tui.screens.exercise import opened

        screen = self.attempt(lambda: opened(self.quiz, self.entries[self.cursor].id))
        if screen is not None:
            self.app.push_screen(screen)

    def action_close(self) -> None:
        """Go home."""
        self.dismiss()
