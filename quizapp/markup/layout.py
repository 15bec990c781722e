"""A content text laid out for a terminal: lines of styled spans no wider than asked."""

from functools import lru_cache

from quizapp.markup.formula import break_formula
from quizapp.markup.nodes import Block, Bullets, CodeBlock, Heading, MathBlock, Paragraph, Table
from quizapp.markup.parse import parse
from quizapp.markup.table import table_lines
from quizapp.markup.width import cell_width, clusters
from quizapp.markup.wrap import NARROWEST, Line, Rows, Span, Style, fill, line_text, line_width, merged

__all__ = ["Line", "Span", "Style", "layout", "layout_blocks", "line_text", "line_width"]

_INDENT = 2


def layout(text: str, width: int) -> list[Line]:
    """Lay a content text out.

    Parameters
    ----------
    text : str
        Markdown with formulas, see ``parse.py``.
    width : int
        Cells available; less than 4 counts as 4.

    Returns
    -------
    list of Line
        A line is a tuple of spans; blocks are separated by an empty line.
    """
    return list(_layout(text, max(width, NARROWEST)))


@lru_cache(maxsize=512)
def _layout(text: str, width: int) -> tuple[Line, ...]:
    return tuple(layout_blocks(parse(text), width).lines)


def layout_blocks(blocks: tuple[Block, ...], width: int, depth: int = 0) -> Rows:
    """Lay parsed blocks out; ``baseline`` is the row of the first line of text."""
    width = max(width, NARROWEST)
    lines: list[Line] = []
    baseline = 0
    for index, block in enumerate(blocks):
        rows = _block(block, width, depth)
        if index == 0:
            baseline = rows.baseline
        elif not (depth and isinstance(block, Bullets)):
            lines.append(())
        lines.extend(rows.lines)
    return Rows(lines, baseline)


def _block(block: Block, width: int, depth: int) -> Rows:
    match block:
        case Paragraph():
            return fill(block.children, width)
        case Heading():
            return fill(block.children, width, Style.HEADING)
        case Bullets():
            return _list(block, width, depth)
        case CodeBlock():
            return Rows(_code(block.text, width))
        case MathBlock():
            return _formula(block.latex, width)
        case Table():
            return Rows(table_lines(block, width))


def _formula(latex: str, width: int) -> Rows:
    """Set a displayed formula off by an indent; give the indent up before cutting the formula."""
    indent = _INDENT if width > 4 * _INDENT else 0
    pieces = break_formula(latex, width - indent)
    if len(pieces) > 1:
        whole = break_formula(latex, width)
        if len(whole) == 1:
            pieces, indent = whole, 0
        else:
            pieces = break_formula(latex, width - 2 * indent)
    lines: list[Line] = []
    for index, piece in enumerate(pieces):
        margin = " " * (indent if index == 0 else 2 * indent)
        lines.extend(merged((Span(margin, Style.PLAIN), Span(row, Style.FORMULA))) for row in piece.rows)
    return Rows(lines, pieces[0].baseline)


def _code(text: str, width: int) -> list[Line]:
    indent = _INDENT if width > 20 else 0
    lines: list[Line] = []
    for source in text.split("\n"):
        parts = [""]
        for cluster in clusters(source):
            if cell_width(parts[-1]) + cell_width(cluster) > width - indent:
                parts.append("")
            parts[-1] += cluster
        lines.extend((Span(" " * indent + part, Style.CODE),) if part else () for part in parts)
    return lines


def _list(block: Bullets, width: int, depth: int) -> Rows:
    if block.numbers:
        digits = len(str(block.numbers[-1]))
        markers = [f"{number:>{digits}}. " for number in block.numbers]
    else:
        markers = ["• " if depth == 0 else "◦ "] * len(block.items)
    loose = any(len([part for part in item if not isinstance(part, Bullets)]) > 1 for item in block.items)
    lines: list[Line] = []
    first = 0
    for index, (marker, item) in enumerate(zip(markers, block.items, strict=True)):
        indent = len(marker) if width - len(marker) >= NARROWEST else 0
        rows = layout_blocks(item, width - indent, depth + 1)
        if index == 0:
            first = rows.baseline
        elif loose:
            lines.append(())
        if not indent:
            lines.append((Span(marker.strip(), Style.BULLET),))
        for row, line in enumerate(rows.lines or [()]):
            lead = Span(marker, Style.BULLET) if row == rows.baseline else Span(" " * len(marker), Style.PLAIN)
            lines.append(merged((lead, *line)) if indent else line)
    return Rows(lines, first)
