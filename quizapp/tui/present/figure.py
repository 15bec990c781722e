"""Figures in Unicode: curves and boxes in braille dots, points as letters, tables in columns."""

from itertools import pairwise

from engine.figure import Curve, Dot, Figure, Rectangle, Table
from quizapp.markup.width import cell_width
from quizapp.tui.present.line import BLANK, Line, Part, Tone, cell

WIDEST = 56
_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_TONES = (Tone.ACCENT, Tone.WRONG, Tone.RIGHT, Tone.FORMULA, Tone.CODE)
_LETTERS = "●▲■◆○△□◇"


def figure(shown: Figure, width: int, rows: int = 12) -> list[Line]:
    """Draw a figure with its legend and the ends of its axes; ``rows`` is the height of the picture alone."""
    for shape in shown.shapes:
        if isinstance(shape, Table):
            return table(shape, width)
    canvas = _Canvas(shown, min(WIDEST, width - 10), rows)
    for shape in shown.shapes:
        match shape:
            case Curve():
                canvas.curve(shape)
            case Rectangle():
                canvas.rectangle(shape)
            case Dot():
                canvas.dot(shape)
    return canvas.lines()


def table(shown: Table, width: int) -> list[Line]:
    """Draw a table, numbers at the right of their columns."""
    labels = list(shown.row_labels) or [""] * len(shown.rows)
    columns = list(shown.column_labels)
    count = max(len(row) for row in shown.rows)
    widths = [
        max([cell_width(row[i]) for row in shown.rows if i < len(row)] + [cell_width(columns[i]) if columns else 0])
        for i in range(count)
    ]
    margin = max(map(cell_width, labels))
    found: list[Line] = []
    if columns:
        head = "  ".join(cell(name, size, right=True) for name, size in zip(columns, widths, strict=True))
        found.append((Part(" " * (margin + 4)), Part(head, Tone.DIM)))
    for label, row in zip(labels, shown.rows, strict=True):
        body = "  ".join(cell(value, size, right=True) for value, size in zip(row, widths, strict=False))
        found.append((Part("  " + cell(label, margin, right=True) + "  ", Tone.DIM), Part(body, Tone.FORMULA)))
    return found


class _Canvas:
    """Braille dots with one tone per cell, and signs on top of them."""

    def __init__(self, shown: Figure, columns: int, rows: int) -> None:
        self._figure = shown
        self._columns, self._rows = max(columns, 12), rows
        self._dots: dict[tuple[int, int], int] = {}
        self._tones: dict[tuple[int, int], Tone] = {}
        self._signs: dict[tuple[int, int], tuple[str, Tone]] = {}
        self._roles: dict[str, tuple[str, Tone]] = {}

    def _role(self, role: str, sign: str) -> tuple[str, Tone]:
        if role not in self._roles:
            place = len(self._roles)
            letter = _LETTERS[place % len(_LETTERS)] if sign == "dot" else sign
            self._roles[role] = (letter, _TONES[place % len(_TONES)])
        return self._roles[role]

    def _place(self, x: float, y: float) -> tuple[float, float]:
        (x0, x1), (y0, y1) = self._figure.x_range, self._figure.y_range
        across = (x - x0) / ((x1 - x0) or 1)
        up = (y - y0) / ((y1 - y0) or 1)
        down = up if self._figure.y_down else 1 - up
        return across * (self._columns * 2 - 1), down * (self._rows * 4 - 1)

    def _plot(self, column: float, row: float, tone: Tone) -> None:
        x, y = round(column), round(row)
        if 0 <= x < self._columns * 2 and 0 <= y < self._rows * 4:
            at = (x // 2, y // 4)
            self._dots[at] = self._dots.get(at, 0) | _BRAILLE[y % 4][x % 2]
            self._tones[at] = tone

    def _stroke(self, start: tuple[float, float], end: tuple[float, float], tone: Tone, gap: int = 1) -> None:
        steps = max(1, round(max(abs(end[0] - start[0]), abs(end[1] - start[1]))))
        for step in range(0, steps + 1, gap):
            share = step / steps
            self._plot(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share, tone)

    def curve(self, shape: Curve) -> None:
        """Draw a polyline; the second role on is dotted, so that colour is not the only difference."""
        known = len(self._roles)
        _, tone = self._role(shape.role, "──" if known == 0 else "╌╌")
        gap = 1 if self._roles[shape.role][0] == "──" else 2
        places = [self._place(x, y) for x, y in shape.points]
        for start, end in pairwise(places):
            self._stroke(start, end, tone, gap if len(places) < 8 else 1)

    def rectangle(self, shape: Rectangle) -> None:
        """Draw the outline of a box."""
        known = len(self._roles)
        sign, tone = self._role(shape.role, "──" if known == 0 else "╌╌")
        gap = 1 if sign == "──" else 3
        (left, top), (right, bottom) = self._place(shape.x0, shape.y0), self._place(shape.x1, shape.y1)
        for start, end in (
            ((left, top), (right, top)),
            ((right, top), (right, bottom)),
            ((right, bottom), (left, bottom)),
            ((left, bottom), (left, top)),
        ):
            self._stroke(start, end, tone, gap)

    def dot(self, shape: Dot) -> None:
        """Put a sign on a point, with its label beside it."""
        sign, tone = self._role(shape.role, "dot")
        x, y = self._place(shape.x, shape.y)
        column, row = round(x) // 2, round(y) // 4
        self._signs[column, row] = (sign, tone)
        for offset, letter in enumerate(shape.label, 1):
            self._signs.setdefault((column + offset, row), (letter, Tone.DIM))

    def lines(self) -> list[Line]:
        """Return the picture with its axes and legend."""
        (x0, x1), (y0, y1) = self._figure.x_range, self._figure.y_range
        first, last = (y0, y1) if self._figure.y_down else (y1, y0)
        margin = max(len(f"{first:g}"), len(f"{last:g}"))
        found: list[Line] = []
        for row in range(self._rows):
            label = f"{first:g}" if row == 0 else f"{last:g}" if row == self._rows - 1 else ""
            parts = [Part(f"{label:>{margin}} ", Tone.DIM), Part("┤" if label else "│", Tone.FAINT)]
            parts += [self._cell(column, row) for column in range(self._columns)]
            found.append(tuple(parts))
        found.append((Part(" " * (margin + 1)), Part("└" + "─" * self._columns, Tone.FAINT)))
        ends = f"{x0:g}" + f"{x1:g}".rjust(self._columns - len(f"{x0:g}"))
        found.append((Part(" " * (margin + 2)), Part(ends, Tone.DIM)))
        legend: list[Part] = [Part(" " * (margin + 2))]
        for role, (sign, tone) in self._roles.items():
            legend += [Part(sign + " ", tone), Part(role.replace("-", " ") + "   ", Tone.DIM)]
        found.append(tuple(legend))
        return found or [BLANK]

    def _cell(self, column: int, row: int) -> Part:
        if (column, row) in self._signs:
            return Part(*self._signs[column, row])
        dots = self._dots.get((column, row), 0)
        return Part(chr(0x2800 + dots), self._tones[column, row]) if dots else Part(" ")
