"""Entries to be put in order: with J and K, Shift and the arrows, or by dragging."""

from typing import cast

from textual.events import MouseDown, MouseUp

from quizapp.questions.base import Grade
from quizapp.questions.responses import OrderResponse
from quizapp.tui.present.answers import ordered, worded
from quizapp.tui.present.line import Line
from quizapp.tui.widgets.response import ResponsePanel

MOVES = {"J": 1, "shift+down": 1, "K": -1, "shift+up": -1}


class OrderList(ResponsePanel):
    """The entries in the order in which they are to be answered."""

    _order: tuple[int, ...] = ()
    _places: tuple[int, ...] = ()
    _grabbed: int | None = None

    def texts(self) -> list[str]:
        """Return the entries as first shown."""
        if self.question is None:
            return []
        return worded(cast("OrderResponse", self.question.response).entries, self.shown_display)

    def entries(self) -> int:
        """Return how many entries there are."""
        return len(self.texts())

    def raw(self) -> str:
        """Return the shown positions in the order answered."""
        return " ".join(str(index + 1) for index in self._order)

    def _reset(self) -> None:
        self._order = tuple(range(self.entries()))

    def _answer_lines(self, width: int) -> list[Line]:
        lines, places = ordered(
            self.texts(),
            self._order,
            width,
            cursor=self.cursor if self.is_open else None,
            marks=self.marks or [None] * self.entries(),
        )
        self._places = tuple(places)
        return lines

    def _judge(self, grade: Grade, *, hidden: bool) -> list[bool | None]:
        return [placed for placed, _ in grade.parts]

    def press(self, key: str) -> bool:
        """Move the entry of the cursor."""
        if key not in MOVES:
            return False
        self.move(self.cursor, self.cursor + MOVES[key])
        return True

    def move(self, start: int, end: int) -> None:
        """Move the entry at one place to another."""
        if self.is_open and 0 <= end < len(self._order):
            order = list(self._order)
            order.insert(end, order.pop(start))
            self._order = tuple(order)
            self.point(end)

    def _place_at(self, y: int) -> int | None:
        row = self.row_at(y)
        return self._places[row] if 0 <= row < len(self._places) else None

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take hold of an entry."""
        self._grabbed = self._place_at(event.y) if self.is_open else None
        if self._grabbed is not None:
            self.point(self._grabbed)
            self.capture_mouse()

    def on_mouse_up(self, event: MouseUp) -> None:
        """Let the entry go where the mouse is."""
        self.release_mouse()
        target = self._place_at(event.y)
        if self._grabbed is not None and target is not None and target != self._grabbed:
            self.move(self._grabbed, target)
        self._grabbed = None
