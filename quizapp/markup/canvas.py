"""A formula drawn on rows of cells. TeXicode draws the bars, roots, growing brackets and grids; this module arranges.

A canvas is TeXicode's own: rows of cells and the index of the row that stands on the line of text. One cell holds one
glyph with its marks; the second half of a wide glyph is an empty string, so that columns stay columns.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import TypeAlias

from texicode import renderer

from quizapp.markup import symbols
from quizapp.markup.oneline import oneline, scripts
from quizapp.markup.spacing import core, gaps, kind, visible
from quizapp.markup.symbols import Class
from quizapp.markup.tree import EMPTY, Accent, Atom, Fenced, Fraction, Grid, Node, Root, Row, Script, Stack
from quizapp.markup.width import cell_width, clusters

Rows: TypeAlias = list[list[str]]
Canvas: TypeAlias = tuple[Rows, int]

_MATRIX_FENCES = {"pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||", "Vmatrix": "‖‖", "cases": "{"}
_LINES = ("aligned", "align", "split", "eqnarray")


def text_canvas(text: str) -> Canvas:
    """Return one row with a cell for each cell of ``text``."""
    row: list[str] = []
    for cluster in clusters(text):
        row.append(cluster)
        row.extend([""] * (cell_width(cluster) - 1))
    return [row], 0


def _beside(*parts: Canvas) -> Canvas:
    rows, baseline = renderer.util_concat([part for part in parts if part[0] != [[]]])
    return rows, baseline


def _pile(top: Rows, centre: Canvas, bottom: Rows, align: str = "center") -> Canvas:
    if centre[0] == [[]]:
        centre = text_canvas(" ")
    rows, _ = renderer.util_vert_pile(top, centre[0], centre[1], bottom, align)
    return rows, centre[1] + (len(top) if top != [[]] else 0)


def draw(node: Node, inner: bool = False) -> Canvas:
    """Draw a formula.

    Parameters
    ----------
    node : Node
    inner : bool
        Inside a fraction or a script, where limits stand beside their operator to keep the formula low.
    """
    match node:
        case Atom():
            return text_canvas(node.glyph)
        case Row():
            return _row(node, inner)
        case Script():
            return _script(node, inner)
        case Fraction():
            return _fraction(node)
        case Root():
            return _root(node, inner)
        case Accent():
            return _accent(node, inner)
        case Fenced():
            return _fence(node.left, draw(node.body, inner=True), node.right)
        case Stack():
            return _stack(node, inner)
        case Grid():
            return _grid(node)


def _row(node: Row, inner: bool) -> Canvas:
    items = visible(node)
    parts: list[Canvas] = []
    for index, (item, space) in enumerate(zip(items, gaps(items), strict=True)):
        part = draw(item, inner)
        if space or (index and _collides(items[index - 1], parts[-1], part)):
            parts.append(text_canvas(" "))
        parts.append(part)
    return _beside(*parts) if parts else ([[]], 0)


def _collides(left: Node, drawn: Canvas, following: Canvas) -> bool:
    """Tell whether a letter right after would read as part of a flat or raised script."""
    first = following[0][following[1]][:1]
    if not isinstance(left, Script) or not first or not (first[0][:1].isalnum()):
        return False
    line = "".join(drawn[0][drawn[1]])
    return "_" in line and line[-1].isalnum()


def _fraction(node: Fraction) -> Canvas:
    above, below = draw(node.numerator, inner=True), draw(node.denominator, inner=True)
    if not node.bar:
        blank = [[" "] * max(len(above[0][0]), len(below[0][0]))]
        return _pile(above[0], (blank, 0), below[0])
    rows, baseline = renderer.render_fraction([above, below])
    return rows, baseline


def _root(node: Root, inner: bool) -> Canvas:
    body = draw(node.radicand, inner)
    line = oneline(node) if len(body[0]) == 1 else None
    if line is not None:
        return text_canvas(line)
    rows, baseline = renderer.util_multichar_square_root([body])
    if node.degree is None:
        return rows, baseline
    degree = oneline(node.degree, tight=True) or ""
    small = text_canvas(symbols.raised(degree) or degree)[0][0]
    rows = [[" "] * len(small) + row for row in rows]
    rows[-2][1 : len(small) + 1] = small
    return rows, baseline


def _accent(node: Accent, inner: bool) -> Canvas:
    line = oneline(node)
    if line is not None:
        return text_canvas(line)
    body = draw(node.body, inner)
    width = len(body[0][0])
    mark = {"overline": "─" * width, "bar": "─" * width, "vec": "─" * (width - 1) + "→", "hat": "^", "widehat": "^"}
    return _pile([list(mark.get(node.name, "~"))], body, [[]])


def _fence(left: str, body: Canvas, right: str) -> Canvas:
    height, baseline = len(body[0]), body[1]
    return _beside(_delimiter(left, height, baseline), body, _delimiter(right, height, baseline))


def _delimiter(glyph: str, height: int, baseline: int) -> Canvas:
    if not glyph:
        return [[]], 0
    if height == 1 or glyph not in "(){}[]⌊⌋⌈⌉|‖":
        return text_canvas(glyph)
    rows, horizon = renderer.util_delimiter(glyph, height, baseline)
    straight = {"|": "│", "‖": "║"}.get(glyph)
    if straight:
        rows = [[straight] for _ in rows]
    elif glyph in "⌊⌋":
        rows = [[{"⌊": "⎢", "⌋": "⎥"}[glyph]] for _ in rows[:-1]] + [[{"⌊": "⎣", "⌋": "⎦"}[glyph]]]
    elif glyph in "⌈⌉":
        rows = [[{"⌈": "⎡", "⌉": "⎤"}[glyph]]] + [[{"⌈": "⎢", "⌉": "⎥"}[glyph]] for _ in rows[1:]]
    return rows, horizon


def _has_limits(base: Node) -> bool:
    heart = core(base)
    if not isinstance(heart, Atom):
        return False
    large = kind(base) is Class.LARGE and heart.glyph not in symbols.INTEGRALS
    return large or heart.glyph in symbols.LIMIT_FUNCTIONS


def _script(node: Script, inner: bool) -> Canvas:
    base = draw(node.base, inner)
    if not inner and _has_limits(node.base):
        above = [[]] if node.sup is None else _limit(node.sup)
        below = [[]] if node.sub is None else _limit(node.sub)
        return _pile(above, base, below)
    corners = scripts(node)
    if len(base[0]) > 1:
        return _corners(node, base)
    if corners is None:
        return _raised(node, base, "")
    below_text, above_text = corners
    if not above_text.startswith("^") and not below_text.startswith("_("):
        line = oneline(node)
        return text_canvas(line) if line is not None else _raised(node, base, below_text)
    if below_text.startswith("_("):
        return _corners(node, base)
    return _raised(node, base, below_text)


def _limit(node: Node) -> Rows:
    line = oneline(node, tight=True)
    return draw(node, inner=True)[0] if line is None else text_canvas(line)[0]


def _raised(node: Script, base: Canvas, below: str) -> Canvas:
    """Put the superscript on the rows above, the flat subscript beside the base."""
    if node.sup is None:
        return _corners(node, base)
    column = _pile(_limit(node.sup), text_canvas(below or " "), [[]], "left")
    return _beside(base, column)


def _corners(node: Script, base: Canvas) -> Canvas:
    """Put scripts at the corners: small ones level with a tall base's edge, others beyond it."""
    rows, baseline = base
    tall = len(rows) > 1
    top: Rows = [[]]
    bottom: Rows = [[]]
    if node.sup is not None:
        top = _small(node.sup, symbols.raised)
    if node.sub is not None:
        bottom = _small(node.sub, symbols.lowered)
    if not tall:
        return _beside(base, _pile(top, ([[" "]], 0), bottom, "left"))
    level = [[" "] for _ in rows]
    column = (level, baseline)
    if node.sup is not None and len(top) == 1:
        level[0] = top[0]
        top = [[]]
    if node.sub is not None and len(bottom) == 1:
        level[-1] = bottom[0]
        bottom = [[]]
    width = max(len(row) for row in level)
    column = ([row + [" "] * (width - len(row)) for row in level], baseline)
    return _beside(base, _pile(top, column, bottom, "left"))


def _small(node: Node, shrink: Callable[[str], str | None]) -> Rows:
    line = oneline(node, tight=True)
    return draw(node, inner=True)[0] if line is None else text_canvas(shrink(line) or line)[0]


def _stack(node: Stack, inner: bool) -> Canvas:
    note = [[]] if node.note is None else _limit(node.note)
    if node.line in ("→", "←"):
        width = max(len(note[0]) + 2, 3)
        shaft = "─" * (width - 1)
        arrow = f"{shaft}→" if node.line == "→" else f"←{shaft}"
        return _pile(note, text_canvas(arrow), [[]])
    body = draw(node.body, inner)
    if node.line:
        width = max(len(body[0][0]), 3)
        left = (width - 3) // 2
        start, middle, end = "╰┬╯" if node.line == "⏟" else "╭┴╮"
        brace = list(start + "─" * left + middle + "─" * (width - 3 - left) + end)
        note = [brace] if note == [[]] else _pile(*_ordered(note, [brace], node.above))[0]
    return _pile(note, body, [[]]) if node.above else _pile([[]], body, note)


def _ordered(note: Rows, brace: Rows, above: bool) -> tuple[Rows, Canvas, Rows]:
    return (note, (brace, 0), [[]]) if above else ([[]], (brace, 0), note)


def _grid(node: Grid) -> Canvas:
    columns = max(len(row) for row in node.rows)
    lined = node.environment in _LINES
    drawn = [[_cell(row, index, lined) for index in range(columns)] for row in node.rows]
    flat = [cell for row in drawn for cell in row]
    starts = list(range(0, len(flat) + 1, columns))
    skies, oceans, widths = renderer.util_cell_stats(flat, starts, len(drawn), columns)
    aligns = {"cases": ["l"] * columns, "gathered": ["l"] * columns, "gather": ["l"] * columns}.get(node.environment)
    if lined:
        aligns = ["r", "l"] * columns
    airy = any(len(cell[0]) > 1 for cell in flat) and len(drawn) > 1
    lines = [
        renderer.util_assemble_grid(
            flat[start:end], [0, columns], 1, columns, aligns or ["c"] * columns,
            0 if lined else 2 if node.environment != "cases" else 3, False, False, [sky], [ocean], widths,
        )[0]
        for (start, end), sky, ocean in zip(pairwise(starts), skies, oceans, strict=True)
    ]  # fmt: skip
    rows: Rows = []
    blank = [" "] * len(lines[0][0])
    split = len(lines) // 2 if node.environment == "cases" and len(lines) % 2 == 0 else -1
    for index, line in enumerate(lines):
        if index and (airy or index == split):
            rows.append(list(blank))
        rows.extend(line)
    fence = _MATRIX_FENCES.get(node.environment, "")
    baseline = skies[0] if len(lines) == 1 else (len(rows) - 1) // 2 if node.environment == "cases" else len(rows) // 2
    left, right = fence[:1], fence[1:]
    if node.environment == "cases":
        left_canvas = _beside(_delimiter(left, len(rows), baseline), ([[" "] for _ in rows], baseline))
        return _beside(left_canvas, (rows, baseline))
    return _fence(left, (rows, baseline), right)


def _cell(row: tuple[Node, ...], index: int, lined: bool) -> Canvas:
    cell = row[index] if index < len(row) else EMPTY
    canvas = draw(cell)
    if lined and index % 2 and canvas[0] != [[]]:
        first = visible(cell)[:1] if isinstance(cell, Row) else (cell,)
        if first and kind(first[0]) in (Class.RELATION, Class.BINARY):
            return _beside(text_canvas(" "), canvas)
    return canvas
