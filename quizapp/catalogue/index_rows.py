"""One loaded file as rows of the index."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any, Final

from pydantic import BaseModel

from quizapp.catalogue.finding import Finding
from quizapp.catalogue.folding import folded
from quizapp.catalogue.language import languages_of
from quizapp.catalogue.loader import LoadedFile, LoadedItem
from quizapp.catalogue.models import Area, Erratum, SyllabusDeck, Topic
from quizapp.catalogue.names import Names
from quizapp.questions.base import ItemSpec
from quizapp.questions.words import Wording
from quizapp.text import EMPTY, Text

LONGEST_TITLE: Final = 200
# What may change without the question becoming another one.
NOT_REVISED: Final = frozenset({"id", "topics", "errata", "tags", "aliases"})
# The field that says what is asked, whatever the type.
ASKING: Final = ("prompt", "front", "text")
_as_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
INSERT_ITEM: Final = "INSERT INTO item VALUES (NULL" + ", ?" * 19 + ", NULL)"
INSERT_SYLLABUS: Final = "INSERT INTO syllabus VALUES (?" + ", ?" * 11 + ")"
GAP = re.compile(r"(\$[^$]*\$|`[^`]*`)|\[\[.*?\]\]")
EMPHASIS = re.compile(r"\*\*|`|^#+ ")


def insert_file(connection: sqlite3.Connection, loaded: LoadedFile) -> None:
    """Store everything that one file says, and what is wrong with it."""
    file = loaded.source.path
    names = Names()
    names.add(loaded)
    if loaded.deck is not None:
        deck, title = loaded.deck, loaded.deck.title
        head = names.decks[0]
        connection.execute(
            "INSERT INTO deck_head VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(deck.deck, file, head.folder, head.line, head.column),
                *(title.en if title else "", title.zh if title else "", deck.area, " ".join(deck.requires)),
            ),
        )
        rows = [_item_row(item, deck.deck, file, place) for place, item in enumerate(loaded.items)]
        connection.executemany(INSERT_ITEM, rows)
    for kind, name, words in (
        ("skill", loaded.skill and loaded.skill.skill, loaded.skill),
        ("exercise", loaded.exercise and loaded.exercise.exercise, loaded.exercise),
    ):
        if words is not None:
            row = (kind, name, file, words.title.en, words.title.zh, words.model_dump_json())
            found = folded("\n".join(_strings(words.model_dump(), [])))
            connection.execute("INSERT INTO wording VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, found))
    rows = [_syllabus_row(entry, file, place) for place, entry in enumerate(_syllabus_entries(loaded))]
    connection.executemany(INSERT_SYLLABUS, rows)
    connection.executemany("INSERT INTO declaration VALUES (?, ?, ?, ?, ?)", map(_fields, names.declarations))
    connection.executemany("INSERT INTO reference VALUES (?, ?, ?, ?, ?, ?)", map(_fields, names.references))
    insert_findings(connection, "file", loaded.findings)


def insert_findings(connection: sqlite3.Connection, phase: str, findings: Iterable[Finding]) -> None:
    """Store findings."""
    rows = [(phase, *finding) for finding in dict.fromkeys(findings)]
    connection.executemany("INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def title_of(spec: ItemSpec) -> Text:
    """Return the first line of what an item asks; empty where its skill or exercise says it."""
    asking = (getattr(spec, name, None) for name in ASKING)
    words = next((words for words in asking if isinstance(words, Wording)), None)
    return EMPTY if words is None else words.text.map(_first_line)


def _first_line(text: str) -> str:
    line = next((line for line in text.splitlines() if line.strip()), "").strip()
    line = EMPHASIS.sub("", GAP.sub(lambda gap: gap[1] or "…", line))
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


def _fields(record: Any) -> tuple[Any, ...]:
    return tuple([getattr(record, name) for name in record.__slots__])


def _item_row(item: LoadedItem, deck: str, file: str, place: int) -> tuple[Any, ...]:
    spec, data = item.spec, item.data
    title = title_of(spec)
    revised = {name: value for name, value in data.items() if name not in NOT_REVISED}
    content = repr(sorted(revised.items())).encode()
    return (
        *(f"{deck}/{spec.id}", deck, file, place, item.line, data["type"], _as_json(data)),
        *(title.en, title.zh, " ".join(spec.topics), " ".join(spec.errata), " ".join(spec.tags)),
        *(" ".join(spec.aliases), getattr(spec, "skill", None), getattr(spec, "exercise", None)),
        " ".join(languages_of(spec, data)),
        blake2b(content, digest_size=8).hexdigest(),
        folded("\n".join(_strings(revised, []))),
        int(item.sound),
    )


def _strings(data: Any, found: list[str]) -> list[str]:
    if isinstance(data, str):
        found.append(data)
    elif isinstance(data, dict):
        for value in data.values():
            _strings(value, found)
    elif isinstance(data, (list, tuple)):
        for value in data:
            _strings(value, found)
    return found


def _syllabus_entries(loaded: LoadedFile) -> Iterator[BaseModel]:
    for entries in loaded.syllabus.values():
        yield from (entry for entry, _ in entries)


def _syllabus_row(entry: BaseModel, file: str, place: int) -> tuple[Any, ...]:
    match entry:
        case Area():
            return ("area", entry.id, file, place, entry.title.en, entry.title.zh, "", "", "", "", "", "")
        case SyllabusDeck():
            title, requires, topics = entry.title, " ".join(entry.requires), " ".join(entry.topics)
            return ("deck", entry.id, file, place, title.en, title.zh, entry.area, requires, topics, "", "", "")
        case Topic():
            title = entry.title
            return ("topic", entry.id, file, place, title.en, title.zh, "", "", "", entry.note, entry.section, "")
        case Erratum():
            return ("erratum", entry.id, file, place, "", "", "", "", "", entry.note, entry.section, entry.severity)
        case _:
            raise TypeError(f"not an entry of a syllabus: {type(entry).__name__}")
