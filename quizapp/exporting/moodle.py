"""Moodle XML: every item type has its counterpart; typical mistakes become wrong answers with their own feedback."""

from typing import BinaryIO, ClassVar

from quizapp.exporting.base import ExportDeck, Exporter, Selection
from quizapp.exporting.moodle_questions import Questions
from quizapp.exporting.moodle_xml import category
from quizapp.text import Language, Text


def category_path(deck: ExportDeck, selection: Selection) -> tuple[str, ...]:
    """Return where a deck stands in the question bank."""
    language: Language = "zh" if selection.display == "zh" else "en"

    def name(text: Text) -> str:
        return " ".join(text.in_language(language).split()) or "–"

    return selection.title, name(deck.area_title), name(deck.title)


class Moodle(Exporter):
    """See the module."""

    name: ClassVar[str] = "moodle"
    suffix: ClassVar[str] = ".xml"
    summary: ClassVar[str] = "Moodle XML: question bank by deck, typical mistakes with their own feedback"

    def write(self, selection: Selection, out: BinaryIO) -> None:
        """Write the question bank."""
        questions = Questions(selection.display)
        out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n')
        for deck in selection.decks:
            out.write(category(category_path(deck, selection)).encode() + b"\n")
            for item in deck.items:
                for element in questions.elements(deck, item):
                    out.write(element.encode() + b"\n")
        out.write(b"</quiz>\n")


EXPORTERS = (Moodle(),)
