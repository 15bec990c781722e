"""A real Anki collection to import into: the judge of packages."""

import html
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    # Anki's own imports are not ours to mend; their order matters, because they are circular.
    warnings.simplefilter("ignore")
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest  # isort: skip
    from anki.cards import Card
    from anki.notes import Note


@dataclass(frozen=True)
class Imported:
    """How many notes an import treated in which way."""

    new: int
    updated: int
    same: int
    conflicting: int


class Profile:
    """Somebody's Anki."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.collection = Collection(str(folder / "collection.anki2"))

    def close(self) -> None:
        self.collection.close()

    def take(self, package: bytes, *, with_scheduling: bool = False) -> Imported:
        path = self.folder / "package.apkg"
        path.write_bytes(package)
        options = ImportAnkiPackageOptions(with_scheduling=with_scheduling)
        log = self.collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log
        return Imported(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))

    def sound(self) -> bool:
        _, sound = self.collection.fix_integrity()
        return bool(sound)

    def notes(self) -> dict[str, Note]:
        """Return all notes by their names."""
        found = (self.collection.get_note(number) for number in self.collection.find_notes(""))
        return {str(note.fields[0]): note for note in found}

    def card(self, name: str) -> Card:
        note = self.notes()[name]
        (card,) = note.cards()
        return card

    def cards(self) -> list[Card]:
        return [self.collection.get_card(number) for number in self.collection.find_cards("")]

    def rows(self, sql: str) -> list[Any]:
        db = self.collection.db
        if db is None:
            raise RuntimeError("the collection is closed")
        return db.all(sql)


def words(markup: str) -> str:
    """Return what a page says, without its tags, styles and scripts."""
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))
