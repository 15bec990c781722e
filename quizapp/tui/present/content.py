"""Content texts (Markdown with formulas) as toned lines."""

from quizapp.markup.layout import layout
from quizapp.markup.plain import plain
from quizapp.markup.wrap import Style
from quizapp.text import Display, Text
from quizapp.tui.present.line import Line, Part, Tone

_TONES = {
    Style.PLAIN: Tone.PLAIN,
    Style.BOLD: Tone.BRIGHT,
    Style.ITALIC: Tone.ITALIC,
    Style.CODE: Tone.CODE,
    Style.FORMULA: Tone.FORMULA,
    Style.HEADING: Tone.BRIGHT,
    Style.BULLET: Tone.DIM,
    Style.DIM: Tone.DIM,
}


def content(text: str, width: int, tone: Tone = Tone.PLAIN) -> list[Line]:
    """Lay a content text out; ``tone`` is that of its plain words."""
    return [
        tuple(Part(span.text, tone if span.style is Style.PLAIN else _TONES[span.style]) for span in row)
        for row in layout(text, width)
    ]


def shown(text: Text, display: Display, width: int, tone: Tone = Tone.PLAIN) -> list[Line]:
    """Lay out what is to be seen of a bilingual text; in both languages one stands below the other."""
    return content(text.shown(display), width, tone)


def short(text: Text, display: Display) -> str:
    """Return a bilingual text on one line, formulas in line."""
    return " ".join(plain(text.shown(display, " · ")).split())
