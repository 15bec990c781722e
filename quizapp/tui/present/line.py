"""Lines of toned text: what a screen paints, as values.

A *tone* says what text is for; which colour and weight that means is the stylesheet's business. No line depends on its
tones to be understood.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from quizapp.markup.width import cell_width, clusters


class Tone(StrEnum):
    """What a bit of text is for."""

    PLAIN = "plain"
    BRIGHT = "bright"
    PROMPT = "prompt"
    DIM = "dim"
    FAINT = "faint"
    ACCENT = "accent"
    KEY = "key"
    RIGHT = "right"
    WRONG = "wrong"
    FORMULA = "formula"
    CODE = "code"
    ITALIC = "italic"


class Part(NamedTuple):
    """Text in one tone; ``action`` is carried out when it is clicked."""

    text: str
    tone: Tone = Tone.PLAIN
    action: str = ""


Line = tuple[Part, ...]
BLANK: Line = ()


def line(text: str, tone: Tone = Tone.PLAIN, action: str = "") -> Line:
    """Return a line in one tone."""
    return (Part(text, tone, action),)


def text_of(parts: Line) -> str:
    """Return the characters of a line."""
    return "".join(part.text for part in parts)


def width_of(parts: Line) -> int:
    """Return the cells of a line."""
    return sum(cell_width(part.text) for part in parts)


def crop(text: str, width: int) -> str:
    """Return the text, shortened with ``…`` to at most ``width`` cells."""
    if cell_width(text) <= width:
        return text
    kept, used = "", 0
    for cluster in clusters(text):
        cells = cell_width(cluster)
        if used + cells > width - 1:
            break
        kept += cluster
        used += cells
    return kept.rstrip() + "…" if width > 0 else ""


def cell(text: str, width: int, *, right: bool = False) -> str:
    """Return the text in exactly ``width`` cells, shortened or filled."""
    text = crop(text, width)
    space = " " * (width - cell_width(text))
    return space + text if right else text + space


def crop_line(parts: Line, width: int) -> Line:
    """Return a line of at most ``width`` cells."""
    if width_of(parts) <= width:
        return parts
    found: list[Part] = []
    room = width
    for part in parts:
        cells = cell_width(part.text)
        if cells > room:
            found.append(part._replace(text=crop(part.text, room)))
            break
        found.append(part)
        room -= cells
    return tuple(found)


def spread(left: Line, right: Line, width: int) -> Line:
    """Put one part at the left and one at the right edge; the left one gives way where there is no room for both."""
    room = width - width_of(right)
    left = crop_line(left, max(room - 1, 0))
    gap = width - width_of(left) - width_of(right)
    return (*left, Part(" " * max(gap, 0)), *right)


def indent(lines: Iterable[Line], cells: int, first: Line | None = None) -> list[Line]:
    """Move lines to the right; ``first`` stands before the first one instead of spaces."""
    margin = (Part(" " * cells),)
    found = []
    for number, parts in enumerate(lines):
        lead = first if number == 0 and first is not None else margin
        found.append((*lead, *parts) if parts or lead is first else BLANK)
    return found


def rule(width: int) -> Line:
    """Return a horizontal rule."""
    return line("─" * width, Tone.FAINT)


def beside(left: Sequence[Line], right: Sequence[Line], left_width: int) -> list[Line]:
    """Put two columns side by side."""
    found: list[Line] = []
    for row in range(max(len(left), len(right))):
        one = left[row] if row < len(left) else BLANK
        other = right[row] if row < len(right) else BLANK
        one = crop_line(one, left_width)
        found.append((*one, Part(" " * (left_width - width_of(one))), *other) if other else one)
    return found


def wrapped(text: str, width: int, tone: Tone = Tone.PLAIN) -> list[Line]:
    """Break running words (no markup) into lines, hanzi and Latin words by the rules of the content."""
    from quizapp.markup.layout import line_text
    from quizapp.markup.nodes import Plain
    from quizapp.markup.wrap import fill

    return [line(line_text(row), tone) for row in fill((Plain(text),), max(width, 4)).lines]
