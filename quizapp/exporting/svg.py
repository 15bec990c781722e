"""Figures as SVG: dark lines on nothing, which the dark side of a page can invert."""

from hashlib import sha256
from html import escape

from engine.figure import Curve, Dot, Figure, Rectangle, Table

WIDTH, HEIGHT, MARGIN = 360, 240, 24
CELL_WIDTH, CELL_HEIGHT = 56, 28
COLOURS = ("#1f5fa8", "#b3541e", "#1a6b3c", "#7a3f98", "#a3312a", "#4a5560")
"""Told apart by people who confuse red and green as well, because lightness differs; dashes and labels help."""

DASHES = ("", "6 4", "2 3", "8 3 2 3", "1 3", "10 5")
INK = "#1d2327"


def file_name(drawing: bytes) -> str:
    """Return the name of a drawing, the same for the same drawing."""
    return f"quizapp-{sha256(drawing).hexdigest()[:16]}.svg"


def draw(figure: Figure) -> str:
    """Return a figure as an SVG document."""
    tables = [shape for shape in figure.shapes if isinstance(shape, Table)]
    if tables:
        return _table(tables[0])
    shapes = [shape for shape in figure.shapes if not isinstance(shape, Table)]
    roles = list(dict.fromkeys(shape.role for shape in shapes))
    drawn = (_shape(figure, shape, roles.index(shape.role)) for shape in shapes)
    legend = (_legend(role, place) for place, role in enumerate(roles))
    return _document(WIDTH, HEIGHT + 18 * len(roles), [_frame(figure), *drawn, *legend])


def _document(width: int, height: int, parts: list[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="12" fill="none" stroke-width="2">{"".join(parts)}</svg>\n'
    )


def _x(figure: Figure, x: float) -> float:
    low, high = figure.x_range
    return MARGIN + (x - low) / ((high - low) or 1) * (WIDTH - 2 * MARGIN)


def _y(figure: Figure, y: float) -> float:
    low, high = figure.y_range
    share = (y - low) / ((high - low) or 1)
    return MARGIN + (share if figure.y_down else 1 - share) * (HEIGHT - 2 * MARGIN)


def _frame(figure: Figure) -> str:
    bottom, right = HEIGHT - MARGIN, WIDTH - MARGIN
    ends = [
        (MARGIN, bottom + 14, "start", figure.x_range[0]),
        (right, bottom + 14, "end", figure.x_range[1]),
        (MARGIN - 4, bottom, "end", figure.y_range[int(figure.y_down)]),
        (MARGIN - 4, MARGIN + 8, "end", figure.y_range[int(not figure.y_down)]),
    ]
    numbers = "".join(
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="10" fill="{INK}">{value:g}</text>'
        for x, y, anchor, value in ends
    )
    return f'<path d="M{MARGIN} {MARGIN}V{bottom}H{right}" stroke="{INK}" stroke-width="1"/>{numbers}'


def _shape(figure: Figure, shape: Rectangle | Dot | Curve, role: int) -> str:
    colour = COLOURS[role % len(COLOURS)]
    dash = f' stroke-dasharray="{DASHES[role % len(DASHES)]}"' if role % len(DASHES) else ""
    match shape:
        case Rectangle():
            xs, ys = (
                sorted((_x(figure, shape.x0), _x(figure, shape.x1))),
                sorted((_y(figure, shape.y0), _y(figure, shape.y1))),
            )
            return (
                f'<rect x="{xs[0]:.1f}" y="{ys[0]:.1f}" width="{xs[1] - xs[0]:.1f}" height="{ys[1] - ys[0]:.1f}" '
                f'stroke="{colour}" fill="{colour}" fill-opacity="0.08"{dash}/>'
            )
        case Dot():
            x, y = _x(figure, shape.x), _y(figure, shape.y)
            words = (
                f'<text x="{x + 7:.1f}" y="{y - 5:.1f}" fill="{INK}">{escape(shape.label)}</text>'
                if shape.label
                else ""
            )
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>{words}'
        case Curve():
            points = " ".join(f"{_x(figure, x):.1f},{_y(figure, y):.1f}" for x, y in shape.points)
            return f'<polyline points="{points}" stroke="{colour}"{dash}/>'


def _legend(role: str, place: int) -> str:
    y = HEIGHT + 18 * place
    dash = f' stroke-dasharray="{DASHES[place % len(DASHES)]}"' if place % len(DASHES) else ""
    return (
        f'<path d="M{MARGIN} {y}h28" stroke="{COLOURS[place % len(COLOURS)]}"{dash}/>'
        f'<text x="{MARGIN + 36}" y="{y + 4}" fill="{INK}">{escape(role)}</text>'
    )


def _table(table: Table) -> str:
    columns = max([len(table.column_labels), *map(len, table.rows)])
    left, top = (CELL_WIDTH if table.row_labels else 0), (CELL_HEIGHT if table.column_labels else 0)
    parts: list[str] = []

    def word(text: str, x: float, y: float, weight: str = "normal") -> None:
        parts.append(
            f'<text x="{x:g}" y="{y + 4:g}" text-anchor="middle" fill="{INK}" font-weight="{weight}">'
            f"{escape(text)}</text>"
        )

    for column, name in enumerate(table.column_labels):
        word(name, left + (column + 0.5) * CELL_WIDTH, CELL_HEIGHT / 2, "bold")
    for row, cells in enumerate(table.rows):
        middle = top + (row + 0.5) * CELL_HEIGHT
        if row < len(table.row_labels):
            word(table.row_labels[row], CELL_WIDTH / 2, middle, "bold")
        for column, cell in enumerate(cells):
            parts.append(
                f'<rect x="{left + column * CELL_WIDTH + 1}" y="{top + row * CELL_HEIGHT + 1}" width="{CELL_WIDTH}" '
                f'height="{CELL_HEIGHT}" stroke="{INK}" stroke-width="1"/>'
            )
            word(cell, left + (column + 0.5) * CELL_WIDTH, middle)
    return _document(left + columns * CELL_WIDTH + 2, top + len(table.rows) * CELL_HEIGHT + 2, parts)
