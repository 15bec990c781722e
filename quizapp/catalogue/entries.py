"""What the catalogue hands out: small frozen records, free of YAML, SQL and pydantic."""

from dataclasses import dataclass

from quizapp.text import Text


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """A field of knowledge."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class DeckEntry:
    """A deck that has a file; ``items`` counts those that can be studied."""

    id: str
    area: str
    position: int
    title: Text
    requires: tuple[str, ...]
    topics: tuple[str, ...]
    items: int
    file: str


@dataclass(frozen=True, slots=True)
class ItemEntry:
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


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """One piece of knowledge of the notes."""

    id: str
    title: Text
    note: str
    section: str


@dataclass(frozen=True, slots=True)
class ErratumEntry:
    """One thing that the notes get wrong."""

    id: str
    note: str
    section: str
    severity: str
