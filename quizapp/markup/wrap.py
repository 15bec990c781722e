"""Running text and formulas filled into lines of a given width, by the rules of both scripts.

Between two hanzi a line may break, but none begins with closing or ends with opening punctuation; Latin words stay
whole unless one alone is wider than the line; a formula stays whole unless it alone is.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from quizapp.markup.formula import Formula, break_formula, render_formula
from quizapp.markup.inline import is_cjk
from quizapp.markup.nodes import Break, Code, Inline, Math, Plain, Styled
from quizapp.markup.width import cell_width, clusters


class Style(StrEnum):
    """How a span is to be shown."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    FORMULA = "formula"
    HEADING = "heading"
    BULLET = "bullet"
    DIM = "dim"


class Span(NamedTuple):
    """Text in one style."""

    text: str
    style: Style


Line = tuple[Span, ...]

NO_START = frozenset("，。、；：？！）】」』》〉〕］｝％‰…—～·・”’％,.;:?!)]}%°℃")
NO_END = frozenset("（【「『《〈〔［｛“‘([{￥＄")
NARROWEST = 4
_SHORT_CODE = 24


class Piece(NamedTuple):
    """An inseparable bit of text, or a formula."""

    text: str
    style: Style
    width: int
    formula: Formula | None = None
    latex: str = ""


class Box(NamedTuple):
    """Pieces between which no line breaks, and the space that separates them from the box before."""

    pieces: tuple[Piece, ...]
    space: Piece | None
    forced: bool = False

    @property
    def width(self) -> int:
        """Cells without the space before."""
        return sum(piece.width for piece in self.pieces)


class Rows(NamedTuple):
    """Drawn lines, and which of them the first line of text stands on."""

    lines: list[Line]
    baseline: int = 0


def _pieces(children: Iterable[Inline], style: Style) -> Iterator[Piece | None]:
    """Yield words, single hanzi, spaces and formulas; nothing stands for a forced break."""
    for child in children:
        match child:
            case Plain():
                yield from _words(child.text, style)
            case Code():
                width = cell_width(child.text)
                if child.text and width <= _SHORT_CODE:
                    yield Piece(child.text, Style.CODE, width)
                else:
                    yield from _words(child.text, Style.CODE)
            case Styled():
                inner = style if style is Style.HEADING else Style(child.style)
                yield from _pieces(child.children, inner)
            case Math():
                formula = render_formula(child.latex)
                yield Piece("\ufffc", Style.FORMULA, formula.width, formula, child.latex)
            case Break():
                yield None


def _words(text: str, style: Style) -> Iterator[Piece]:
    word = ""
    for cluster in clusters(text):
        single = cluster in " \t\n" or is_cjk(cluster[0]) or cell_width(cluster) > 1
        if single and word:
            yield Piece(word, style, cell_width(word))
            word = ""
        if single:
            cluster = " " if cluster in "\t\n" else cluster
            yield Piece(cluster, style, cell_width(cluster))
        elif cell_width(cluster) or word:
            word += cluster
    if word:
        yield Piece(word, style, cell_width(word))


def may_break(left: str, right: str) -> bool:
    """Tell whether a line may break between two characters that no space separates."""
    if right in NO_START or left in NO_END:
        return False
    return _is_wide(left) or _is_wide(right)


def _is_wide(character: str) -> bool:
    return is_cjk(character) or cell_width(character) > 1


def boxes(children: Iterable[Inline], style: Style = Style.PLAIN) -> list[Box]:
    """Return the inseparable boxes of a paragraph."""
    found: list[Box] = []
    current: list[Piece] = []
    space: Piece | None = None
    forced = False

    def flush() -> None:
        nonlocal space, forced
        if current:
            found.append(Box(tuple(current), space, forced))
            current.clear()
            space, forced = None, False

    for piece in _pieces(children, style):
        if piece is None:
            flush()
            forced, space = True, None
        elif piece.text == " " and piece.formula is None:
            flush()
            if space is None or piece.style is not Style.CODE:
                space = piece
            else:
                space = Piece(space.text + " ", Style.CODE, space.width + 1)
        else:
            if current and may_break(current[-1].text[-1], piece.text[0]):
                flush()
            current.append(piece)
    flush()
    return found


def _split(box: Box, width: int) -> list[Box]:
    """Cut a box that alone is wider than the line."""
    parts: list[Piece] = []
    for piece in box.pieces:
        if piece.width <= width:
            parts.append(piece)
        elif piece.formula is not None:
            # Room for the comma after it: no line begins with one.
            room = max(width - min(box.width - piece.width, 2), NARROWEST)
            broken = break_formula(piece.latex, room, False)
            parts.extend(Piece("\ufffc", piece.style, part.width, part, piece.latex) for part in broken)
        else:
            parts.extend(Piece(cluster, piece.style, cell_width(cluster)) for cluster in clusters(piece.text))
    cut: list[Box] = []
    group: list[Piece] = []
    for part in parts:
        if group and sum(piece.width for piece in group) + part.width > width:
            carried = _carried(group, part)
            cut.append(Box(tuple(group), None))
            group = carried
        group.append(part)
    cut.append(Box(tuple(group), None))
    return [cut[0]._replace(space=box.space, forced=box.forced), *cut[1:]]


def _carried(group: list[Piece], part: Piece) -> list[Piece]:
    """Take along what must not be parted from ``part``: an opening bracket, the letter before a comma."""
    apart = part.text[0] in NO_START or group[-1].text[-1] in NO_END
    return [group.pop()] if apart and len(group) > 1 and group[-1].width <= 2 else []


def fill(children: Iterable[Inline], width: int, style: Style = Style.PLAIN) -> Rows:
    """Fill a paragraph into lines no wider than ``width`` (at least ``NARROWEST``)."""
    width = max(width, NARROWEST)
    lines: list[list[Piece]] = [[]]
    used = 0
    for whole in boxes(children, style):
        for box in [whole] if whole.width <= width else _split(whole, width):
            gap = box.space.width if box.space is not None and lines[-1] else 0
            if box.forced or used + gap + box.width > width:
                if lines[-1] or box.forced:
                    lines.append([])
                used = gap = 0
            if gap and box.space is not None:
                lines[-1].append(box.space)
            lines[-1].extend(box.pieces)
            used += gap + box.width
    drawn = [_draw(line) for line in lines if line or len(lines) > 1]
    rows = [row for part in drawn for row in part.lines]
    return Rows(rows, drawn[0].baseline if drawn else 0)


def _draw(line: list[Piece]) -> Rows:
    """Draw one line of text; tall formulas add rows above and below it."""
    formulas = [piece.formula for piece in line if piece.formula is not None]
    above = max((formula.baseline for formula in formulas), default=0)
    below = max((len(formula.rows) - formula.baseline - 1 for formula in formulas), default=0)
    return Rows([_draw_row(line, row) for row in range(-above, below + 1)], above)


def _draw_row(line: list[Piece], row: int) -> Line:
    spans: list[Span] = []
    for piece in line:
        formula = piece.formula
        if formula is None:
            spans.append(Span(piece.text, piece.style) if row == 0 else Span(" " * piece.width, Style.PLAIN))
        elif 0 <= formula.baseline + row < len(formula.rows):
            spans.append(Span(formula.rows[formula.baseline + row], piece.style))
        else:
            spans.append(Span(" " * piece.width, Style.PLAIN))
    return merged(spans)


def merged(spans: Iterable[Span]) -> Line:
    """Join neighbours of one style and drop what is invisible at the end."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].style is span.style:
            found[-1] = Span(found[-1].text + span.text, span.style)
        elif span.text:
            found.append(span)
    while found and not found[-1].text.strip(" "):
        found.pop()
    if found and found[-1].text.endswith(" "):
        found[-1] = Span(found[-1].text.rstrip(" "), found[-1].style)
    return tuple(found)


def line_text(line: Line) -> str:
    """Return the characters of a line."""
    return "".join(span.text for span in line)


def line_width(line: Line) -> int:
    """Return the cells of a line."""
    return sum(cell_width(span.text) for span in line)
