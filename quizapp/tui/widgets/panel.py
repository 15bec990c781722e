"""A widget that paints toned lines: the base of nearly everything on the screens."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.events import MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from quizapp.tui.present.line import BLANK, Line, Tone, line, spread
from quizapp.tui.themes import tone_style

Draw = Callable[[int], Sequence[Line]]


def _nothing(_: int) -> Sequence[Line]:
    return ()


class Panel(Widget):
    """Lines that a function draws for the width at hand; it scrolls where they are more than its rows.

    Where it scrolls, its last row says how much there is further down or up.
    """

    def __init__(self, draw: Draw = _nothing, *, more: tuple[str, str] = ("", ""), id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._draw = draw
        self._lines: Sequence[Line] | None = None
        self._drawn_at = 0
        self._top = 0
        self.more = more

    # --- what is shown

    @property
    def lines(self) -> Sequence[Line]:
        """The lines at the present width."""
        width = max(self.size.width, 1)
        if self._lines is None or self._drawn_at != width:
            self._lines, self._drawn_at = self._draw(width), width
        return self._lines

    def show(self, draw: Draw, *, top: int = 0) -> None:
        """Paint something else, from its row ``top`` on."""
        self._draw = draw
        if self._top != top:
            self._top = top
            self.refresh()
        self.redraw_changes()

    def redraw(self) -> None:
        """Paint again: what the lines are drawn from has changed."""
        self._lines = None
        self.refresh()

    def redraw_changes(self) -> None:
        """Paint again only the rows that have become others."""
        before, self._lines = self._lines, None
        if not self.size.width:
            # Hidden: when it is shown again it must not bring back what Textual has kept of its rows.
            self.refresh()
            return
        after = self.lines
        if before is None or self._top or self.overflowing or len(before) > self.size.height:
            self.refresh()
            return
        rows = range(max(len(before), len(after)))
        changed = [row for row in rows if before[row : row + 1] != after[row : row + 1]]
        if changed:
            self.refresh(Region(0, changed[0], self.size.width, changed[-1] - changed[0] + 1))

    def height_at(self, width: int) -> int:
        """Return how many rows everything takes at a width."""
        return len(self._draw(max(width, 1)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows everything takes."""
        return self.height_at(width)

    # --- scrolling

    @property
    def overflowing(self) -> bool:
        """Whether there is more than fits."""
        return len(self.lines) > self.size.height

    @property
    def _last_top(self) -> int:
        return max(0, len(self.lines) - max(self.size.height - 1, 1)) if self.overflowing else 0

    def turn(self, rows: int) -> bool:
        """Scroll by some rows; return whether that changed anything."""
        top = min(max(self._top + rows, 0), self._last_top)
        changed = top != self._top
        self._top = top
        if changed:
            self.refresh()
        return changed

    def turn_page(self, direction: int) -> bool:
        """Scroll by a screenful, one row kept for the eye."""
        return self.turn(direction * max(self.size.height - 2, 1))

    def reach(self, row: int) -> None:
        """Scroll just as far as needed to see a row."""
        visible = self.size.height - 1 if self.overflowing else self.size.height
        if row < self._top:
            self.turn(row - self._top)
        elif row >= self._top + visible:
            self.turn(row - self._top - visible + 1)

    def _on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        if self.turn(2):
            event.stop()

    def _on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        if self.turn(-2):
            event.stop()

    def row_at(self, y: int) -> int:
        """Return which line stands on a row of the widget."""
        return self._top + y

    # --- painting

    def on_resize(self, event: Resize) -> None:
        """Keep the place in what is shown."""
        self._top = min(self._top, self._last_top)

    def render_line(self, y: int) -> Strip:
        """Return one row."""
        width, height = self.size
        lines = self.lines
        row = self._top + y
        parts = lines[row] if row < len(lines) else BLANK
        if self.overflowing and y == height - 1:
            parts = self._more_line(width)
        base, theme = self.rich_style, self.app.theme
        if not parts:
            return Strip.blank(width, base)
        segments = [Segment(part.text, base + _style(theme, part.tone, part.action)) for part in parts]
        return Strip(segments).adjust_cell_length(width, base)

    def _more_line(self, width: int) -> Line:
        below = len(self.lines) - self._top - max(self.size.height - 1, 1)
        if below > 0:
            return spread(BLANK, line(f"▾ {below} {self.more[0]} ", Tone.ACCENT), width)
        return spread(BLANK, line(f"▴ {self._top} {self.more[1]} ", Tone.ACCENT), width)


@lru_cache(maxsize=1024)
def _style(theme: str, tone: Tone, action: str) -> Style:
    style = tone_style(theme, tone)
    return style + Style(meta={"@click": action}) if action else style
