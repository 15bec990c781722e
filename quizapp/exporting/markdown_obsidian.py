"""Markdown cards as Obsidian's plug-in Spaced Repetition reads them: two sides around ``?``, gaps as ``==gap==``.

An empty line ends a card there, so inside of one it is written as ``<br>``. The schedule stands in a comment after the
card, in the form that the plug-in writes for FSRS.
"""

from datetime import UTC, date, datetime
from typing import BinaryIO, ClassVar

from quizapp.exporting.base import Exporter, ExportItem, Selection
from quizapp.exporting.markdown_cards import Card, as_two_sides, cards, filled
from quizapp.exporting.markdown_escapes import obsidian_guarded
from quizapp.scheduling.model import CardState, Phase

STATES = {Phase.LEARNING: 1, Phase.REVIEW: 2, Phase.RELEARNING: 3}


def written(card: Card) -> str:
    """Return a card; a text whose gaps could be mistaken is written as two sides."""
    plain = not any(mark in part for part in (card.front, *card.gaps) for mark in ("=", "::"))
    if card.gaps and not card.back and plain:
        return filled(Card(card.name, obsidian_guarded(card.front), "", card.gaps), "==", "==")
    sides = as_two_sides(card)
    return f"{obsidian_guarded(sides.front)}\n?\n{obsidian_guarded(sides.back)}"


def schedule(state: CardState, copies: int) -> str:
    """Return the comment that carries a schedule, once for each card that the plug-in makes of the text."""
    due = date.fromordinal(state.due_day).isoformat()
    seen = datetime.fromtimestamp(state.last_review / 1000, UTC).isoformat(timespec="milliseconds")
    group = (
        f"!fsrs,{due},{state.interval},{state.stability:.4f},{state.difficulty:.4f},{STATES[state.phase]},"
        f"{state.reps},{state.lapses},{state.step},{seen.replace('+00:00', 'Z')}"
    )
    return f"<!--SR:{group * copies}-->"


class ObsidianMarkdown(Exporter):
    """See the module."""

    name: ClassVar[str] = "markdown-obsidian"
    suffix: ClassVar[str] = ".md"
    summary: ClassVar[str] = "Markdown cards for Obsidian's Spaced Repetition, with schedules"

    def write(self, selection: Selection, out: BinaryIO) -> None:
        """Write the cards, below a tag for each deck."""
        parts: list[str] = []
        for deck in selection.decks:
            parts.append(f"#flashcards/{selection.title}/{deck.area}/{deck.id}\n")
            for item in deck.items:
                found = cards(item, selection.display)
                parts += [self._card(item, card, first=place == 0) for place, card in enumerate(found)]
        out.write("\n".join(parts).encode("utf-8", "replace"))

    def _card(self, item: ExportItem, card: Card, *, first: bool) -> str:
        lines = [f"<!-- quizapp {card.name} -->", written(card)]
        # One item has one memory: the first of several variants takes it.
        if first and item.schedule is not None:
            copies = len(card.gaps) if card.gaps and "\n?\n" not in lines[1] else 1
            lines.append(schedule(item.schedule.state, copies))
        return "\n".join(lines) + "\n"


EXPORTERS = (ObsidianMarkdown(),)
