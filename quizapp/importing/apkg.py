"""Anki packages of the legacy form: every card becomes an item, its schedule comes along.

A note's cards are read through its own templates, so that any note type makes sense; scripts, styles and media stay
out.
"""

import json
import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, ClassVar

from quizapp.errors import UsageProblem
from quizapp.importing import anki_templates as templates
from quizapp.importing.anki_package import opened, text_of
from quizapp.importing.anki_past import first_day, past
from quizapp.importing.base import LONGEST_TEXT, TOO_LONG, Importer, Incoming, IncomingDeck, IncomingItem, flashcard
from quizapp.importing.cloze_text import as_item, deleted
from quizapp.importing.html_text import markdown
from quizapp.importing.tags import tag_slugs
from quizapp.text import same

LONGEST_FIELD = 200_000
MOST_CARDS = 500_000
SEPARATOR = "\x1f"
OWN = "quizapp"
"""How the names of the note types begin that quizapp exports."""

_MEDIA = re.compile(r"<img\b|\[sound:|<audio\b|<video\b", re.IGNORECASE)
_CLOZE_FIELD = re.compile(r"\{\{(?:[^{}]*:)?cloze:([^{}]*?)\}\}")

CARDS = """
    SELECT cards.id, notes.guid, notes.mid, notes.flds, notes.tags, cards.ord,
        CASE WHEN cards.odid <> 0 THEN cards.odid ELSE cards.did END,
        cards.type, cards.queue, cards.due, CASE WHEN cards.odid <> 0 THEN cards.odue ELSE 0 END,
        cards.ivl, cards.factor, cards.reps, cards.lapses, cards.data
    FROM cards JOIN notes ON notes.id = cards.nid ORDER BY notes.id, cards.ord, cards.id LIMIT ?
"""
LOG = "SELECT cid, id, ease, ivl, time, type FROM revlog ORDER BY cid, id"


@dataclass(slots=True)
class _Collection:
    """What stands around the notes."""

    note_types: dict[str, dict[str, Any]]
    decks: dict[str, str]
    first_day: int
    log: dict[int, list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))


class Apkg(Importer):
    """See the module."""

    name: ClassVar[str] = "apkg"
    suffixes: ClassVar[tuple[str, ...]] = (".apkg", ".colpkg")
    summary: ClassVar[str] = "Anki packages (exported with support for older versions), with schedules"

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def read(self, path: Path) -> Incoming:
        """Read a package."""
        zone = self._zone or datetime.now().astimezone().tzinfo
        if zone is None:
            raise ValueError("the system gives no time zone")
        items: list[IncomingItem] = []
        skipped: list[tuple[str, str]] = []
        with_media = 0
        with opened(path) as connection:
            collection = _surroundings(connection, path, zone)
            for row in connection.execute(CARDS, (MOST_CARDS,)):
                card, guid, model, fields, tags, place, deck = row[:7]
                name = _name(text_of(fields), text_of(guid))
                with_media += bool(_MEDIA.search(text_of(fields)))
                try:
                    data = _item(collection.note_types.get(text_of(model)), text_of(fields), place)
                except _Unusable as reason:
                    skipped.append((name, str(reason)))
                    continue
                if own := _own_item(collection.note_types.get(text_of(model)), text_of(fields)):
                    known = past(row[7:], collection.log.get(card, ()), collection.first_day, zone)
                    items.append(IncomingItem(f"quizapp:{name}", own, {}, name, slug=_identity(name)[1], past=known))
                    continue
                common = tag_slugs(text_of(tags))
                source = f"anki:{text_of(guid)}" + (f"#{place}" if place else "")
                known = past(row[7:], collection.log.get(card, ()), collection.first_day, zone)
                home = _deck(collection.decks.get(text_of(deck), path.stem))
                items.append(
                    IncomingItem(source, home, {**data, "tags": list(common)} if common else data, name, past=known)
                )
        notes = []
        if with_media:
            notes.append(
                f"{with_media} cards have pictures or sounds; those stay in Anki, their names stand in the text."
            )
        return Incoming(tuple(items), tuple(skipped), tuple(notes))


class _Unusable(Exception):
    """A card that makes no item; the message says why."""


def _surroundings(connection: sqlite3.Connection, path: Path, zone: tzinfo) -> _Collection:
    row = connection.execute("SELECT crt, models, decks, conf FROM col").fetchone()
    if row is None:
        raise UsageProblem(f"{path}: its collection is empty.", "Export it from Anki once more.")
    try:
        models, decks = json.loads(text_of(row[1])), json.loads(text_of(row[2]))
        named = {str(number): str(deck["name"]) for number, deck in decks.items()}
        known = {str(number): model for number, model in models.items() if isinstance(model, dict)}
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise UsageProblem(
            f"{path}: its note types or decks can't be read.", "Export it from Anki once more."
        ) from error
    collection = _Collection(known, named, first_day(row[0] if isinstance(row[0], int) else 0, text_of(row[3]), zone))
    for card, *entry in connection.execute(LOG):
        collection.log[card].append(tuple(entry))
    return collection


def _deck(name: str) -> IncomingDeck:
    parts = [part.strip() for part in name.replace("\x1f", "::").split("::") if part.strip()]
    return IncomingDeck("::".join(parts) or "Default", same(" › ".join(parts) or "Default"))


def _name(fields: str, guid: str) -> str:
    words = re.sub(r"<[^>]*>", " ", fields[:2000].split(SEPARATOR)[0])
    return " ".join(re.sub(r"\{\{c\d+::|(::[^{}]*)?\}\}|&\w+;", " ", words).split())[:80] or guid


def _identity(name: str) -> tuple[str, str]:
    deck, _, slug = name.partition("#")[0].strip().rpartition("/")
    return deck, slug


def _own_item(model: dict[str, Any] | None, fields: str) -> IncomingDeck | None:
    """Return the deck of a card that quizapp has exported: its words are here already, its schedule may be new."""
    try:
        names = [str(one["name"]) for one in (model or {})["flds"]]
        is_own = str((model or {})["name"]).startswith(OWN) and names[0] == "Id" and {"NoteEn", "NoteZh"} <= set(names)
    except (KeyError, TypeError, IndexError):
        return None
    deck, slug = _identity(fields.split(SEPARATOR)[0])
    return IncomingDeck(deck, same(deck), deck) if is_own and deck and slug else None


def _item(model: dict[str, Any] | None, joined: str, place: Any) -> dict[str, Any]:
    if model is None:
        raise _Unusable("Its note type is missing from the package.")
    if len(joined) > LONGEST_FIELD:
        raise _Unusable(f"Its fields have {len(joined):,} characters.")
    try:
        names = [str(one["name"]) for one in model["flds"]]
        cards = [(str(one["qfmt"]), str(one["afmt"])) for one in model["tmpls"]]
        is_cloze = model.get("type") == 1
        if not isinstance(place, int) or place < 0:
            raise TypeError("a card's number is no number")
        question, answer = cards[0] if is_cloze else cards[place]
    except (KeyError, TypeError, IndexError) as error:
        raise _Unusable("Its note type is damaged.") from error
    values = joined.split(SEPARATOR)
    fields = {name: values[at] if at < len(values) else "" for at, name in enumerate(names)}
    item = _cloze(question, answer, fields, place + 1) if is_cloze else _two_sides(question, answer, fields)
    if any(len(str(words)) > LONGEST_TEXT for words in item.values()):
        raise _Unusable(TOO_LONG)
    return item


def _two_sides(question: str, answer: str, fields: dict[str, str]) -> dict[str, Any]:
    sides = markdown(templates.front(question, fields)), markdown(templates.back(answer, fields))
    for side, what in zip(sides, ("front", "back"), strict=True):
        if not side:
            raise _Unusable(f"Its {what} has no words.")
    return flashcard(*sides)


def _cloze(question: str, answer: str, fields: dict[str, str], number: int) -> dict[str, Any]:
    names = [name.strip() for name in _CLOZE_FIELD.findall(question)]
    text = next((fields[name] for name in names if fields.get(name)), "")
    others = _CLOZE_FIELD.sub("", templates.back(answer, {**fields, **dict.fromkeys(names, "")}))
    item = as_item(markdown(deleted(text, number)), markdown(others))
    if item is None:
        raise _Unusable(f"Its text has no gap {number}.")
    return item


IMPORTERS = (Apkg(),)
