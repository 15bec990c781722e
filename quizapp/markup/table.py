"""Pipe tables in columns, by cells; a table too wide for columns becomes one short record for each row."""

from quizapp.markup.nodes import Alignment, Inline, Plain, Styled, Table
from quizapp.markup.wrap import Line, Span, Style, fill, line_width, merged

_GAP = 2
_NARROWEST_COLUMN = 6
_UNBOUNDED = 10_000

Cells = tuple[tuple[Inline, ...], ...]


def table_lines(table: Table, width: int) -> list[Line]:
    """Return the lines of a table no wider than ``width``."""
    widths = column_widths(table, width)
    if widths is None:
        return _records(table, width)
    header = tuple((Styled("bold", cell),) if cell else () for cell in table.header)
    rule = (" " * _GAP).join("─" * column for column in widths)
    lines = _row(header, widths, table.alignments)
    lines.append((Span(rule, Style.DIM),))
    for row in table.rows:
        lines.extend(_row(row, widths, table.alignments))
    return lines


def column_widths(table: Table, width: int) -> list[int] | None:
    """Return the widths of the columns, the widest narrowed until they fit; nothing if they can't."""
    rows: tuple[Cells, ...] = (table.header, *table.rows)
    natural = [max(_natural(row[column]) for row in rows) for column in range(len(table.header))]
    widths = [max(column, 1) for column in natural]
    room = width - _GAP * (len(widths) - 1)
    while sum(widths) > room:
        widest = widths.index(max(widths))
        if widths[widest] <= _NARROWEST_COLUMN:
            return None
        widths[widest] -= 1
    return widths


def _natural(cell: tuple[Inline, ...]) -> int:
    return max(map(line_width, fill(cell, _UNBOUNDED).lines), default=0)


def _row(cells: Cells, widths: list[int], alignments: tuple[Alignment, ...]) -> list[Line]:
    filled = [fill(cell, width) for cell, width in zip(cells, widths, strict=True)]
    above = max(rows.baseline for rows in filled)
    height = max(above - rows.baseline + len(rows.lines) for rows in filled)
    lines: list[Line] = []
    for index in range(height):
        spans: list[Span] = []
        for rows, width, alignment in zip(filled, widths, alignments, strict=True):
            here = index - above + rows.baseline
            line = rows.lines[here] if 0 <= here < len(rows.lines) else ()
            free = width - max(map(line_width, rows.lines), default=0)
            inner = max(map(line_width, rows.lines), default=0) - line_width(line)
            left = {"left": 0, "right": free, "center": free // 2}[alignment]
            if len(rows.lines) > 1 and rows.baseline == 0 and alignment == "right":
                left, inner = free + inner, 0
            spans += (Span(" " * left, Style.PLAIN), *line, Span(" " * (free - left + inner + _GAP), Style.PLAIN))
        lines.append(merged(spans))
    return lines


def _records(table: Table, width: int) -> list[Line]:
    lines: list[Line] = []
    for index, row in enumerate(table.rows):
        if index:
            lines.append(())
        for name, cell in zip(table.header, row, strict=True):
            label = (Styled("bold", (*name, Plain(":"))), Plain(" ")) if name else ()
            lines.extend(fill((*label, *cell), width).lines)
    return lines
