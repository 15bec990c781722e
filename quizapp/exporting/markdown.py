"""Markdown cards as hashcards reads them: ``Q:`` and ``A:``, ``C:`` with ``[gaps]``, ``---`` between cards.

hashcards takes one file for one deck; several decks in one file become one, so export them one by one with ``--deck``.
A comment before each card keeps its identity for the way back.
"""

import json
from typing import BinaryIO, ClassVar

from quizapp.exporting.base import Exporter, Selection
from quizapp.exporting.markdown_cards import Card, as_two_sides, cards, filled
from quizapp.exporting.markdown_escapes import hashcards_guarded
from quizapp.text import Language


def deck_name(selection: Selection) -> str:
    """Return the name of the file's deck."""
    language: Language = "zh" if selection.display == "zh" else "en"
    if len(selection.decks) == 1:
        return " ".join(selection.decks[0].title.in_language(language).split())
    return selection.title


def written(card: Card) -> str:
    """Return a card; a text whose gaps could be mistaken is written as question and answer."""
    # Every bracket is a gap to hashcards, also in formulas and code; what follows a gap can't be told from its text.
    if card.gaps and not card.back and not any(mark in card.front + "".join(card.gaps) for mark in "[]"):
        return f"C: {hashcards_guarded(filled(card, '[', ']'))}"
    sides = as_two_sides(card)
    return f"{_side('Q:', sides.front)}\n\n{_side('A:', sides.back)}"


def _side(mark: str, text: str) -> str:
    # A list or a block of code must begin a line of its own to be one.
    opening = " " if text[:1].isalnum() or text[:1] == "$" else "\n"
    return mark + opening + hashcards_guarded(text)


class Markdown(Exporter):
    """See the module."""

    name: ClassVar[str] = "markdown"
    suffix: ClassVar[str] = ".md"
    summary: ClassVar[str] = "Markdown cards for hashcards: Q: and A:, C: with [gaps]"

    def write(self, selection: Selection, out: BinaryIO) -> None:
        """Write the cards."""
        parts = [f"---\nname = {json.dumps(deck_name(selection), ensure_ascii=False)}\n---\n"]
        parts += [
            f"<!-- quizapp {card.name} -->\n{written(card)}\n"
            for item in selection.items
            for card in cards(item, selection.display)
        ]
        text = parts[0] + "\n" + "\n---\n\n".join(parts[1:])
        out.write(text.encode("utf-8", "replace"))


EXPORTERS = (Markdown(),)
