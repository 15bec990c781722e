"""The dark and the light theme, and what each tone of text looks like in them.

Tones are looked up here and not through the stylesheet: a dozen component classes on every panel would cost more time
at the start than everything else that is drawn.
"""

from functools import cache
from typing import assert_never

from rich.style import Style
from textual.theme import Theme

from quizapp.tui.present.line import Tone

DARK = Theme(
    name="dark",
    primary="#82aaff",
    secondary="#7fd1c7",
    accent="#82aaff",
    warning="#e8b36b",
    error="#e8b36b",
    success="#93d19b",
    foreground="#cdd3de",
    background="#14171c",
    surface="#1a1e25",
    panel="#20252e",
    dark=True,
    variables={
        "input-cursor-background": "#82aaff",
        "input-cursor-foreground": "#14171c",
        "input-selection-background": "#5c4a2c",
        "block-cursor-background": "#26303f",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
    },
)

LIGHT = Theme(
    name="light",
    primary="#2456c4",
    secondary="#0f766e",
    accent="#2456c4",
    warning="#9a5b00",
    error="#9a5b00",
    success="#1f7a3f",
    foreground="#2b313b",
    background="#fcfbf8",
    surface="#f4f2ed",
    panel="#ebe8e1",
    dark=False,
    variables={
        "input-cursor-background": "#2456c4",
        "input-cursor-foreground": "#fcfbf8",
        "input-selection-background": "#f0d9ae",
        "block-cursor-background": "#e3e9f6",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
    },
)

THEMES = (DARK, LIGHT)

_COLOURS = {
    "dark": ("#ffffff", "#8e97a6", "#3f4754", "#82aaff", "#93d19b", "#e8b36b", "#a9d1ff", "#dfc08c"),
    "light": ("#000000", "#646b77", "#c4c1b8", "#2456c4", "#1f7a3f", "#9a5b00", "#174a9c", "#7a4a12"),
}


@cache
def tone_style(theme: str, tone: Tone) -> Style:
    """Return what a tone looks like in a theme."""
    bright, dim, faint, accent, right, wrong, formula, code = _COLOURS.get(theme, _COLOURS["dark"])
    match tone:
        case Tone.PLAIN:
            return Style()
        case Tone.BRIGHT:
            return Style(color=bright, bold=True)
        case Tone.PROMPT:
            return Style(color=bright)
        case Tone.DIM:
            return Style(color=dim)
        case Tone.FAINT:
            return Style(color=faint)
        case Tone.ACCENT:
            return Style(color=accent)
        case Tone.KEY:
            return Style(color=accent, bold=True)
        case Tone.RIGHT:
            return Style(color=right, bold=True)
        case Tone.WRONG:
            return Style(color=wrong, bold=True)
        case Tone.FORMULA:
            return Style(color=formula)
        case Tone.CODE:
            return Style(color=code)
        case Tone.ITALIC:
            return Style(italic=True)
        case _:
            assert_never(tone)
