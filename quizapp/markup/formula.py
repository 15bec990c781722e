"""LaTeX formulas as rows of Unicode, as one line of words, and cut to a width.

Nothing here raises: what can't be read is shown as it was written.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quizapp.markup.width import cell_width, clusters

if TYPE_CHECKING:
    from quizapp.markup.tree import Node, Row


class Formula(NamedTuple):
    """A drawn formula: rows of equal width, and the index of the row that stands on the line of text."""

    rows: tuple[str, ...]
    baseline: int
    width: int


def _single(text: str) -> Formula:
    return Formula((text,), 0, cell_width(text))


def source_line(latex: str) -> str:
    """Return the LaTeX source on one line."""
    return " ".join(latex.split())


def renders(latex: str) -> bool:
    """Tell whether the formula is understood."""
    from quizapp.markup.latex import FormulaError, parse

    try:
        parse(latex)
    except FormulaError:
        return False
    return True


@lru_cache(maxsize=4096)
def render_formula(latex: str, display: bool = False) -> Formula:
    """Draw a formula.

    Parameters
    ----------
    latex : str
        Without its dollars.
    display : bool
        Drawn for rows of its own: fractions are stacked, limits stand above and below. Otherwise it is drawn for a line
        of text and takes one row wherever that can be read.
    """
    from quizapp.markup.latex import FormulaError, parse
    from quizapp.markup.oneline import oneline

    try:
        node = parse(latex)
    except FormulaError:
        return _single(source_line(latex))
    line = None if display else oneline(node)
    if line is not None:
        return _single(line.strip())
    return _drawn(node)


def _drawn(node: "Node") -> Formula:
    from quizapp.markup.canvas import draw

    rows, baseline = draw(node)
    texts = tuple("".join(row) for row in rows)
    if not any(text.strip() for text in texts):
        return _single("")
    return Formula(texts, baseline, max(map(cell_width, texts)))


@lru_cache(maxsize=1024)
def break_formula(latex: str, width: int, display: bool = True) -> tuple[Formula, ...]:
    """Draw a formula in pieces no wider than ``width``.

    Tried in turn: as it is; on one line; cut before relations and operators of the outermost level (for aligned lines:
    of each line), and what is still too wide at any space, on one line or in words.
    """
    whole = render_formula(latex, display)
    if whole.width <= width:
        return (whole,)
    from quizapp.markup.latex import FormulaError, parse
    from quizapp.markup.oneline import oneline
    from quizapp.markup.tree import Grid, Row

    try:
        node = parse(latex)
    except FormulaError:
        return _chunks(source_line(latex), width)
    line = oneline(node)
    if line is not None and cell_width(line) <= width:
        return (_single(line),)
    rows: list[Node] = [node]
    if isinstance(node, Grid) and node.environment in ("aligned", "align", "split", "gathered", "gather"):
        rows = [Row(tuple(part for cell in row for part in _parts(cell))) for row in node.rows]
    return tuple(piece for row in rows for piece in _cut(row, width, display))


def _parts(node: "Node") -> "tuple[Node, ...]":
    from quizapp.markup.spacing import visible
    from quizapp.markup.tree import Row

    return visible(node) if isinstance(node, Row) else (node,)


def _cut(node: "Node", width: int, display: bool) -> list[Formula]:
    """Cut one line of a formula before its operators, filling each piece as far as it goes."""
    from quizapp.markup.linear import words
    from quizapp.markup.oneline import oneline
    from quizapp.markup.spacing import cut_points

    items = _parts(node)
    cuts = [0, *cut_points(items), len(items)]
    pieces: list[Formula] = []
    start = 0
    for index in range(1, len(cuts)):
        last = index == len(cuts) - 1
        if last or _segment(items[start : cuts[index + 1]], start > 0, display).width > width:
            segment = _segment(items[start : cuts[index]], start > 0, display)
            if segment.width <= width:
                pieces.append(segment)
            else:
                row = _from_cut(items[start : cuts[index]], start > 0)
                line = oneline(row) or words(row)
                # A left side alone on its line is waste where what follows is one line of text as well.
                if pieces and len(pieces[-1].rows) == 1:
                    line = f"{pieces.pop().rows[0]} {line}"
                pieces.extend(_chunks(line, width))
            start = cuts[index]
    return pieces


def _segment(items: "tuple[Node, ...]", continued: bool, display: bool) -> Formula:
    """Draw part of a row."""
    from quizapp.markup.oneline import oneline

    row = _from_cut(items, continued)
    line = None if display else oneline(row)
    return _drawn(row) if line is None else _single(line.strip())


def _from_cut(items: "tuple[Node, ...]", continued: bool) -> "Row":
    """Return part of a row; one that continues keeps the space after the operator it begins with."""
    from quizapp.markup.symbols import Class
    from quizapp.markup.tree import Atom, Row

    if continued and isinstance(items[0], Atom) and items[0].kind is Class.BINARY:
        items = (items[0], Atom(" ", " ", Class.SPACE), *items[1:])
    return Row(items)


def _chunks(text: str, width: int) -> tuple[Formula, ...]:
    """Cut words at spaces, and inside a word only where it alone is too wide."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cell_width(lines[-1]) + 1 + cell_width(word) <= width:
            lines[-1] += f" {word}"
            continue
        lines.append("")
        for cluster in clusters(word):
            if cell_width(lines[-1]) + cell_width(cluster) > width:
                lines.append("")
            lines[-1] += cluster
    return tuple(_single(line) for line in lines)


@lru_cache(maxsize=4096)
def linear(latex: str) -> str:
    """Return the formula in words on one line: ``theta - eta * m_hat / (sqrt(v_hat) + epsilon)``."""
    from quizapp.markup.latex import FormulaError, parse
    from quizapp.markup.linear import words

    try:
        return words(parse(latex)).strip()
    except FormulaError:
        return source_line(latex)
