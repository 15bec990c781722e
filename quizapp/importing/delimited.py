"""CSV and TSV, with the directives that Anki reads at the top, such as ``#separator:tab`` and ``#guid column:1``.

Without ``#html:true`` a text is taken as Markdown, as it stands.
"""

import csv
import re
from collections.abc import Iterator
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any, ClassVar

from quizapp.errors import UsageProblem
from quizapp.importing.base import Importer, Incoming, IncomingDeck, IncomingItem, flashcard
from quizapp.importing.cloze_text import as_item, deleted, deletions
from quizapp.importing.html_text import markdown, tex_delimiters
from quizapp.importing.tags import tag_slugs
from quizapp.importing.text_files import read_text
from quizapp.text import same

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
TWO_SIDED = "Basic"
"""How the names of the note types begin in which ``{{c1::…}}`` is no gap but words."""

_LAST_ROW = "\ue002"
"""A private character, which no text contains: see ``_rows``."""

_DIRECTIVE = re.compile(r"^#([a-z ]+):(.*)$")
_COLUMNS = ("guid column", "deck column", "tags column", "notetype column")


class Delimited(Importer):
    """See the module."""

    name: ClassVar[str] = "csv"
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".txt")
    summary: ClassVar[str] = "CSV and TSV with Anki's header directives"

    def read(self, path: Path) -> Incoming:
        """Read the rows."""
        directives, body = _directives(read_text(path, keep_tabs=True))
        separator = _separator(directives, body, path)
        as_html = directives.get("html", "").lower() == "true"
        convert = markdown if as_html else tex_delimiters
        special = {name: _column(directives, name) for name in _COLUMNS}
        items: list[IncomingItem] = []
        skipped: list[tuple[str, str]] = []
        seen: dict[str, int] = {}
        for number, row in _rows(body, separator, path):
            given = {name: row[place] for name, place in special.items() if place is not None and place < len(row)}
            taken = set(special.values())
            words = [convert(field).strip() for place, field in enumerate(row) if place not in taken]
            raw = [field for place, field in enumerate(row) if place not in taken]
            deck = given.get("deck column") or directives.get("deck") or path.stem
            home = IncomingDeck(deck, same(" › ".join(part for part in deck.split("::") if part) or deck))
            common = tag_slugs(f"{directives.get('tags', '')} {given.get('tags column', '')}")
            two_sided = (given.get("notetype column") or directives.get("notetype", "")).startswith(TWO_SIDED)
            found = list(_items(words, raw, convert, gaps=not two_sided))
            if not found:
                skipped.append((f"row {number}", "It needs two columns with words in them."))
            for place, data in enumerate(found):
                source = given.get("guid column") or sha256("\x1f".join(raw[:1]).encode()).hexdigest()
                source = f"csv:{source}" if "guid column" not in given else f"anki:{source}"
                count = seen[source] = seen.get(source, 0) + 1
                source = source if count == 1 else f"{source}#{count - 1}"
                tagged = {**data, "tags": list(common)} if common else data
                items.append(IncomingItem(source, home, tagged, words[0] if place == 0 else f"{words[0]} {place + 1}"))
        return Incoming(tuple(items), tuple(skipped))


def _items(words: list[str], raw: list[str], convert: Any, *, gaps: bool) -> Iterator[dict[str, Any]]:
    if gaps and words and (numbers := deletions(raw[0])):
        extra = "\n\n".join(filter(None, words[1:]))
        for number in numbers:
            item = as_item(convert(deleted(raw[0], number)), extra)
            if item is not None:
                yield item
    elif len(words) > 1 and words[0] and words[1]:
        yield flashcard(words[0], "\n\n".join(filter(None, words[1:])))


def _directives(text: str) -> tuple[dict[str, str], str]:
    found: dict[str, str] = {}
    lines = text.split("\n")
    at = 0
    while at < len(lines) and lines[at].startswith("#"):
        if directive := _DIRECTIVE.match(lines[at]):
            found[directive[1].strip()] = directive[2].strip() or directive[2]
        at += 1
    return found, "\n".join(lines[at:])


def _separator(directives: dict[str, str], body: str, path: Path) -> str:
    named = directives.get("separator", "")
    if named:
        found = SEPARATORS.get(named.lower(), named)
        if len(found) != 1:
            raise UsageProblem(f"{path}: the separator {named!r} is none.", f"Use one of {', '.join(SEPARATORS)}.")
        return found
    first = re.sub(r'"(?:[^"]|"")*"|&#?\w+;', "", body.split("\n", 1)[0])
    return next((mark for mark in "\t|;," if mark in first), ",")


def _column(directives: dict[str, str], name: str) -> int | None:
    text = directives.get(name, "")
    return int(text) - 1 if text.isdecimal() and int(text) > 0 else None


def _rows(body: str, separator: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    lines = body.split("\n")
    # A quotation mark that never closes takes everything to the end, so this row as well.
    reader = csv.reader(StringIO(f"{body.rstrip(chr(10))}\n{_LAST_ROW}", newline=""), delimiter=separator)
    begins = 0
    try:
        for row in reader:
            if row == [_LAST_ROW]:
                return
            if row and row[-1].endswith(_LAST_ROW):
                raise UsageProblem(
                    f"{path}, row {begins + 1}: a quotation mark opens a field and never closes it.",
                    "Close it, or write it twice where it is meant as such.",
                )
            # A quoted field may begin with a number sign; a line that does is a comment.
            if any(field.strip() for field in row) and not lines[begins].startswith("#"):
                yield reader.line_num, row
            begins = reader.line_num
    except csv.Error as error:
        raise UsageProblem(f"{path}, row {reader.line_num}: {error}.", "Is a quotation mark not closed?") from error


IMPORTERS = (Delimited(),)
