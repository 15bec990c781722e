"""What the catalogue hands out: small frozen records, free of YAML, SQL and pydantic.

Named tuples, because making a dataclass takes ten times as long and every start makes all of these.
"""

from typing import NamedTuple

from quizapp.text import Text


class AreaEntry(NamedTuple):
    """A field of knowledge."""

    id: str
    title: Text


class DeckEntry(NamedTuple):
    """A deck that has a file; ``items`` counts those that can be studied."""

    id: str
    area: str
    position: int
    title: Text
    requires: tuple[str, ...]
    topics: tuple[str, ...]
    items: int
    file: str


class ItemEntry(NamedTuple):
    """An item without its words; ``id`` is ``deck/slug``, ``position`` counts through all decks in learning order.

    ``title`` is the prompt's first line: formulas as LaTeX, gaps of a cloze as ``…``. ``revision`` changes whenever the
    words do.
    """

    id: str
    deck: str
    area: str
    type: str
    position: int
    topics: tuple[str, ...]
    errata: tuple[str, ...]
    tags: tuple[str, ...]
    title: Text
    skill: str | None
    exercise: str | None
    languages: tuple[str, ...]
    file: str
    line: int
    revision: str


class TopicEntry(NamedTuple):
    """One piece of knowledge of the notes."""

    id: str
    title: Text
    note: str
    section: str


class ErratumEntry(NamedTuple):
    """One thing that the notes get wrong."""

    id: str
    note: str
    section: str
    severity: str
