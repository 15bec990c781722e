"""CSV: for Anki's text import with its header lines, and plainly for spreadsheets.

A cell that begins like a formula is made harmless: as HTML the first character becomes an entity, so that Anki shows
the very same text; in the plain form an apostrophe stands before it, which every spreadsheet takes as "this is text".
"""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import BinaryIO, ClassVar

from quizapp.exporting import two_sided
from quizapp.exporting.apkg_names import deck_name, note_name, tags
from quizapp.exporting.base import Exporter, ExportItem, ExportQuestion, Selection
from quizapp.exporting.html import html
from quizapp.text import LANGUAGES, Text

STARTS_FORMULA = "=+-@\t\r\n＝＋－＠"
"""Also the full-width forms, which Chinese and Japanese spreadsheets read as the others."""

HEADER = (
    "#separator:Comma",
    "#html:true",
    "#notetype:Basic",
    "#guid column:1",
    "#deck column:2",
    "#tags column:5",
    "#columns:guid,deck,Front,Back,tags",
)
COLUMNS = (
    *("id", "deck", "area", "type", "prompt_en", "prompt_zh", "answer_en", "answer_zh", "hints_en", "hints_zh"),
    *("topics", "errata", "tags", "skill", "level", "seed", "due", "interval", "stability", "difficulty", "reviews"),
)
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def safe_html(content: str) -> str:
    """Return HTML that no spreadsheet takes for a formula, and that shows the same."""
    return f"&#{ord(content[0])};{content[1:]}" if content and content[0] in STARTS_FORMULA else content


def safe_plain(content: str) -> str:
    """Return text that no spreadsheet takes for a formula; leading apostrophes before such a sign count one more."""
    content = _UNSTORABLE.sub(" ", content)
    bare = content.lstrip("'")
    return f"'{content}" if bare and bare[0] in STARTS_FORMULA else content


def _write(out: BinaryIO, head: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    text = StringIO()
    text.writelines(f"{line}\n" for line in head)
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    # Spreadsheets take a file for UTF-8 only if it says so; Anki skips the mark.
    out.write(text.getvalue().encode("utf-8-sig"))


class Csv(Exporter):
    """Cards of two sides for Anki's text import; a second import updates by the first column."""

    name: ClassVar[str] = "csv"
    suffix: ClassVar[str] = ".csv"
    summary: ClassVar[str] = "CSV for Anki's text import, safe to open in a spreadsheet"

    def write(self, selection: Selection, out: BinaryIO) -> None:
        """Write the cards."""
        _write(out, HEADER, self._rows(selection))

    def _rows(self, selection: Selection) -> Iterator[Sequence[str]]:
        for deck in selection.decks:
            place = deck_name(deck, selection)
            for item in deck.items:
                for question in item.questions:
                    sides = (two_sided.front(question, item.identity), two_sided.back(question, item.identity))
                    yield (
                        note_name(item, question),
                        safe_html(place),
                        *(safe_html(_shown(side, selection)) for side in sides),
                        tags(deck, item, question),
                    )


def _shown(text: Text, selection: Selection) -> str:
    return "<hr>".join(dict.fromkeys(html(text.in_language(language)) for language in selection.languages))


class PlainCsv(Exporter):
    """One row for each question, Markdown in the cells, a header row."""

    name: ClassVar[str] = "csv-plain"
    suffix: ClassVar[str] = ".csv"
    summary: ClassVar[str] = "CSV for spreadsheets and scripts: a header row, Markdown in the cells"

    def write(self, selection: Selection, out: BinaryIO) -> None:
        """Write the table."""
        _write(out, (), self._rows(selection))

    def _rows(self, selection: Selection) -> Iterator[Sequence[str]]:
        yield COLUMNS
        for deck in selection.decks:
            for item in deck.items:
                for question in item.questions:
                    cells = (
                        *(note_name(item, question), deck.id, deck.area, item.type),
                        *self._both(two_sided.front(question, item.identity), selection),
                        *self._both(two_sided.back(question, item.identity), selection),
                        *self._both(
                            Text("\n".join(h.en for h in question.hints), "\n".join(h.zh for h in question.hints)),
                            selection,
                        ),
                        *(" ".join(names) for names in (item.topics, item.errata, item.tags)),
                        *_drawn(question),
                        *_schedule(item),
                    )
                    yield [safe_plain(cell) for cell in cells]

    @staticmethod
    def _both(text: Text, selection: Selection) -> tuple[str, ...]:
        return tuple(text.in_language(language) if language in selection.languages else "" for language in LANGUAGES)


def _drawn(question: ExportQuestion) -> tuple[str, str, str]:
    drawn = question.drawn
    return ("", "", "") if drawn is None else (drawn.skill, str(drawn.level), str(drawn.seed))


def _schedule(item: ExportItem) -> tuple[str, ...]:
    if item.schedule is None:
        return ("",) * 5
    from datetime import date

    state = item.schedule.state
    return (
        date.fromordinal(state.due_day).isoformat(),
        str(state.interval),
        f"{state.stability:.4f}",
        f"{state.difficulty:.3f}",
        str(len(item.schedule.reviews)),
    )


EXPORTERS = (Csv(), PlainCsv())
