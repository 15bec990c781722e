"""A person's own decks during an import: which items came from where, what has been edited since, where new ones go."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, NamedTuple

from quizapp.catalogue.deck_writer import OwnDeck, new_deck, own_decks, read_deck
from quizapp.errors import UsageProblem
from quizapp.importing.tags import slug
from quizapp.text import Text

FULLEST = 4_000_000
"""Characters of a deck file before the next part is begun: the catalogue reads no larger ones than five million."""

_MARK = re.compile(r"imported-([0-9a-f]{12})-([0-9a-f]{8})")
_DECK_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 120
_NOT_WORDS = frozenset({"id", "topics", "tags", "errata", "aliases"})


def key_of(source: str) -> str:
    """Return the short form of an identity in another program."""
    return sha256(source.encode("utf-8", "backslashreplace")).hexdigest()[:12]


def fingerprint(data: Mapping[str, Any]) -> str:
    """Return what changes whenever the words of an item do."""
    words = {name: value for name, value in data.items() if name not in _NOT_WORDS}
    text = json.dumps(words, ensure_ascii=True, sort_keys=True)
    return blake2b(text.encode(), digest_size=4).hexdigest()


def mark(source: str, data: Mapping[str, Any]) -> str:
    """Return the tag by which the next import finds an item, and sees whether it was edited."""
    return f"imported-{key_of(source)}-{fingerprint(data)}"


class Held(NamedTuple):
    """An item that came from elsewhere: where it is, and the fingerprint of what came."""

    deck: str
    slug: str
    imported: str


@dataclass(slots=True)
class Shelf:
    """The decks, read as they are needed, changed in memory only."""

    folder: Path
    decks: dict[str, OwnDeck] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)
    _sizes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> "Shelf":
        """Read all decks of a person.

        Raises
        ------
        ContentProblem
            If one has errors.
        """
        shelf = cls(folder)
        for path in own_decks(folder).values():
            deck = read_deck(path)
            shelf.decks[deck.id] = deck
            shelf._sizes[deck.id] = len(deck.text)
            for name, data in deck.items.items():
                for tag in data.get("tags") or ():
                    if found := _MARK.fullmatch(str(tag)):
                        shelf.held[found[1]] = Held(deck.id, name, found[2])
        return shelf

    def item(self, deck: str, name: str) -> dict[str, Any] | None:
        """Return what an item says; None if there is none."""
        return self.decks[deck].items.get(name) if deck in self.decks else None

    def deck(self, name: str, title: Text, area: str | None = None) -> str:
        """Return the id of a deck with room in it, making it if there is none: ``name``, else ``name-2``.

        Raises
        ------
        UsageProblem
            If the name is no id: it becomes that of a file, and must not lead anywhere else.
        """
        if not _DECK_ID.fullmatch(name) or len(name) > _LONGEST_ID:
            raise UsageProblem(f"{name!r} is no deck id.", "Use lower-case words joined by hyphens.")
        part = 1
        while True:
            current = name if part == 1 else f"{name}-{part}"
            if current not in self.decks:
                path = self.folder / f"{current}.yaml"
                self.decks[current] = new_deck(path, current, {"en": title.en, "zh": title.zh}, area)
                self._sizes[current] = 0
            if self._sizes[current] < FULLEST:
                return current
            part += 1

    def put(self, deck: str, name: str, data: Mapping[str, Any]) -> None:
        """Add or replace an item: first what identifies it, then what it says."""
        ordered = {"id": name, **{key: data[key] for key in ("type", "topics") if key in data}, **data}
        self.decks[deck].put(ordered)
        self._sizes[deck] += len(json.dumps(ordered, ensure_ascii=False)) * 5 // 4

    def free_slug(self, deck: str, words: str, key: str) -> str:
        """Return an id for a new item: its first words, and its key where they are taken or there are none."""
        short = "-".join(slug(words, 200).split("-")[:6])[:48].strip("-")
        taken = self.decks[deck].names
        if short and short not in taken:
            return short
        return f"{short}-{key[:6]}" if short and f"{short}-{key[:6]}" not in taken else f"card-{key}"

    def files(self) -> dict[Path, bytes]:
        """Return the new content of all files that change."""
        return {deck.path: deck.content() for deck in self.decks.values() if deck.changed}
