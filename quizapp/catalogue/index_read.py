"""Questions to the compiled catalogue; all of its SELECTs."""

import sqlite3
from typing import Any, Final

from quizapp.catalogue.entries import AreaEntry, DeckEntry, ErratumEntry, ItemEntry, TopicEntry
from quizapp.catalogue.finding import Finding, Severity
from quizapp.text import Text

# The title of a computed item or exercise is that of its words.
WORDS_TITLE: Final = """(SELECT title_{} FROM wording WHERE name = coalesce(item.skill, item.exercise)
    AND kind = CASE WHEN item.skill IS NULL THEN 'exercise' ELSE 'skill' END ORDER BY file LIMIT 1)"""
ITEM: Final = f"""
SELECT item.id, item.deck, deck.area, item.type, item.position, item.topics, item.errata, item.tags,
    coalesce(nullif(item.title_en, ''), {WORDS_TITLE.format("en")}, item.id),
    coalesce(nullif(item.title_zh, ''), {WORDS_TITLE.format("zh")}, item.id),
    item.skill, item.exercise, item.languages, item.file, item.line, item.revision
FROM item JOIN deck ON deck.id = item.deck
WHERE item.position IS NOT NULL
"""  # noqa: S608 -- the inserted text is the constant above
# What is searched is folded by Python: SQLite knows upper and lower case of ASCII only.
TERM: Final = """
AND (instr(item.words, ?) OR instr(item.words, ?) OR instr(item.id, ?) OR instr(item.id, ?)
    OR EXISTS (SELECT 1 FROM wording WHERE wording.name = coalesce(item.skill, item.exercise)
        AND (instr(wording.words, ?) OR instr(wording.words, ?))))
"""
TITLE: Final = "(instr(lower(item.title_en || ' ' || item.title_zh || ' ' || item.id), ?) > 0)"


def areas(connection: sqlite3.Connection) -> list[AreaEntry]:
    """Return all areas in learning order."""
    rows = connection.execute("SELECT id, title_en, title_zh FROM area ORDER BY position")
    return [AreaEntry(name, Text(en, zh)) for name, en, zh in rows]


def decks(connection: sqlite3.Connection, name: str | None = None) -> list[DeckEntry]:
    """Return all decks in learning order, or one."""
    rows = connection.execute(
        "SELECT id, area, position, title_en, title_zh, requires, topics, items, file FROM deck "
        "WHERE ?1 IS NULL OR id = ?1 ORDER BY position",
        (name,),
    )
    return [
        DeckEntry(deck, area, position, Text(en, zh), _list(requires), _list(topics), count, file)
        for deck, area, position, en, zh, requires, topics, count, file in rows
    ]


def items(connection: sqlite3.Connection, deck: str | None = None) -> list[ItemEntry]:
    """Return the items of one or of all decks in learning order."""
    narrowed = "AND item.deck = ?" if deck is not None else ""
    rows = connection.execute(f"{ITEM} {narrowed} ORDER BY item.position", () if deck is None else (deck,))
    return [_item(row) for row in rows]


def item(connection: sqlite3.Connection, name: str) -> ItemEntry | None:
    """Return one item."""
    row = connection.execute(f"{ITEM} AND item.id = ?", (name,)).fetchone()
    return None if row is None else _item(row)


def item_ids(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of all items in learning order."""
    return [row[0] for row in connection.execute("SELECT id FROM item WHERE position IS NOT NULL ORDER BY position")]


def spec(connection: sqlite3.Connection, name: str) -> tuple[str, str] | None:
    """Return an item's type and its spec as JSON."""
    found: tuple[str, str] | None = connection.execute(
        "SELECT type, spec FROM item WHERE id = ? AND position IS NOT NULL", (name,)
    ).fetchone()
    return found


def wording(connection: sqlite3.Connection, kind: str, name: str) -> str | None:
    """Return the words of a skill or exercise as JSON."""
    row = connection.execute("SELECT content FROM wording WHERE kind = ? AND name = ?", (kind, name)).fetchone()
    return None if row is None else str(row[0])


def wording_names(connection: sqlite3.Connection, kind: str) -> list[str]:
    """Return the ids of the skills or exercises that have words."""
    return [row[0] for row in connection.execute("SELECT name FROM wording WHERE kind = ? ORDER BY name", (kind,))]


def aliases(connection: sqlite3.Connection) -> dict[str, str]:
    """Return item ids by their former ids."""
    return dict(connection.execute("SELECT old, item FROM alias"))


def topics(connection: sqlite3.Connection) -> list[TopicEntry]:
    """Return all topics in the order of the syllabus."""
    rows = connection.execute(
        "SELECT name, title_en, title_zh, note, section FROM syllabus WHERE kind = 'topic' ORDER BY file, place"
    )
    return [TopicEntry(name, Text(en, zh), note, section) for name, en, zh, note, section in rows]


def errata(connection: sqlite3.Connection) -> list[ErratumEntry]:
    """Return all errata in the order of the syllabus."""
    rows = connection.execute(
        "SELECT name, note, section, severity FROM syllabus WHERE kind = 'erratum' ORDER BY file, place"
    )
    return [ErratumEntry(*row) for row in rows]


def findings(connection: sqlite3.Connection) -> list[Finding]:
    """Return what was found wrong while building."""
    rows = connection.execute("SELECT file, line, column, severity, rule, message, hint FROM finding")
    return [Finding(row[0], row[1], row[2], Severity(row[3]), *row[4:]) for row in rows]


def search(connection: sqlite3.Connection, terms: list[tuple[str, str]], limit: int) -> list[ItemEntry]:
    """Return the items in which all terms occur, those with a term in the title first.

    Parameters
    ----------
    connection : sqlite3.Connection
    terms : list of tuple of str
        The spellings of each term that count as the same.
    limit : int

    Notes
    -----
    A scan: every word of 2,000 items is 4 MB, which takes 5 ms. SQLite's full-text index would need trigrams to find
    Chinese words inside sentences; it can't find the two-character ones, which are most, takes longer for the others at
    this size, and doubles the time of a cold build.
    """
    values: list[str | int] = []
    conditions = ""
    for spellings in terms:
        conditions += TERM
        values.extend((*spellings, *spellings, *spellings))
    in_title = " + ".join(TITLE for _ in terms)
    values.extend(spelling for _, spelling in terms)
    statement = f"{ITEM} {conditions} ORDER BY {in_title} DESC, item.position LIMIT ?"
    return [_item(row) for row in connection.execute(statement, (*values, limit))]


def _item(row: Any) -> ItemEntry:
    name, deck, area, kind, position, topics, errata, tags, en, zh, skill, exercise, languages, *rest = row
    lists = _list(topics), _list(errata), _list(tags)
    return ItemEntry(name, deck, area, kind, position, *lists, Text(en, zh), skill, exercise, _list(languages), *rest)


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split())
