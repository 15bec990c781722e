"""A list of items as lines."""

from collections.abc import Sequence

from quizapp.catalogue.entries import ItemEntry
from quizapp.text import Display
from quizapp.tui.present.content import short
from quizapp.tui.present.line import Line, Part, Tone, cell

DECK_CELLS = 24


def item_lines(items: Sequence[ItemEntry], cursor: int, display: Display, width: int) -> list[Line]:
    """Return one row per item: its deck, its type, and how its question begins."""
    found: list[Line] = []
    for index, item in enumerate(items):
        here = index == cursor
        room = max(10, width - DECK_CELLS - 16)
        found.append(
            (
                Part(" ▸ " if here else "   ", Tone.ACCENT),
                Part(cell(item.deck, DECK_CELLS), Tone.BRIGHT if here else Tone.PLAIN),
                Part(cell(item.type, 12), Tone.DIM),
                Part(cell(short(item.title, display), room), Tone.BRIGHT if here else Tone.PLAIN),
            )
        )
    return found
