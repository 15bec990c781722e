"""All content, as the rest of the application asks for it; opened without YAML, pydantic or NumPy when up to date."""

import sqlite3
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from quizapp.catalogue import index_read
from quizapp.catalogue.entries import AreaEntry, DeckEntry, ErratumEntry, ItemEntry, TopicEntry
from quizapp.catalogue.finding import Finding, ordered
from quizapp.catalogue.index import open_index
from quizapp.errors import UnknownName
from quizapp.paths import Folders

if TYPE_CHECKING:
    from quizapp.catalogue.models import ExerciseWords
    from quizapp.questions.base import ItemSpec
    from quizapp.questions.words import SkillWords

T = TypeVar("T")


class Catalogue:
    """The content of some folders. Items with errors are left out; ``findings`` says which and why.

    It is also the word book in which item types look up the words of skills.
    """

    def __init__(self, folders: Folders, connection: sqlite3.Connection) -> None:
        self.folders = folders
        self._connection = connection
        self._lock = Lock()
        self._skill_words: dict[str, SkillWords] = {}

    @classmethod
    def open(cls, folders: Folders) -> "Catalogue":
        """Open the content of some folders, reading again what has changed since the last time."""
        return cls(folders, open_index(folders))

    def close(self) -> None:
        """Release the index."""
        self._connection.close()

    def __enter__(self) -> "Catalogue":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        with self._lock:
            try:
                return question(self._connection)
            except sqlite3.DatabaseError:
                # The compiled file is damaged; the content is not.
                self._connection.close()
                self._connection = open_index(self.folders, rebuild=True)
                return question(self._connection)

    def areas(self) -> list[AreaEntry]:
        """Return the fields of knowledge in learning order."""
        return self._ask(index_read.areas)

    def decks(self) -> list[DeckEntry]:
        """Return the decks in learning order."""
        return self._ask(index_read.decks)

    def deck(self, name: str) -> DeckEntry:
        """Return one deck.

        Raises
        ------
        UnknownName
        """
        found = self._ask(lambda connection: index_read.decks(connection, name))
        if not found:
            raise UnknownName("deck", name, [deck.id for deck in self.decks()])
        return found[0]

    def items(self, deck: str | None = None) -> list[ItemEntry]:
        """Return the items of one or all decks in learning order.

        Raises
        ------
        UnknownName
            If there is no such deck.
        """
        if deck is not None:
            self.deck(deck)
        return self._ask(lambda connection: index_read.items(connection, deck))

    def entry(self, item: str) -> ItemEntry:
        """Return one item by its id ``deck/slug``.

        Raises
        ------
        UnknownName
        """
        found = self._ask(lambda connection: index_read.item(connection, item))
        if found is None:
            raise self._unknown_item(item)
        return found

    def spec(self, item: str) -> "ItemSpec":
        """Return what an item says.

        Raises
        ------
        UnknownName
        """
        from quizapp.questions.registry import item_type

        found = self._ask(lambda connection: index_read.spec(connection, item))
        if found is None:
            raise self._unknown_item(item)
        kind, content = found
        spec: ItemSpec = item_type(kind).spec_type.model_validate_json(content)
        return spec

    def skill_words(self, skill: str) -> "SkillWords":
        """Return the words of a skill.

        Raises
        ------
        UnknownName
        """
        if skill not in self._skill_words:
            from quizapp.questions.words import SkillWords

            self._skill_words[skill] = SkillWords.model_validate_json(self._wording("skill", skill))
        return self._skill_words[skill]

    def exercise_words(self, exercise: str) -> "ExerciseWords":
        """Return the words of a coding exercise.

        Raises
        ------
        UnknownName
        """
        from quizapp.catalogue.models import ExerciseWords

        return ExerciseWords.model_validate_json(self._wording("exercise", exercise))

    def skills_with_words(self) -> list[str]:
        """Return the ids of the skills that have words, sorted."""
        return self._ask(lambda connection: index_read.wording_names(connection, "skill"))

    def aliases(self) -> dict[str, str]:
        """Return item ids by the former ids whose progress belongs to them."""
        return self._ask(index_read.aliases)

    def topics(self) -> list[TopicEntry]:
        """Return the topics of the syllabus."""
        return self._ask(index_read.topics)

    def errata(self) -> list[ErratumEntry]:
        """Return the errata of the notes."""
        return self._ask(index_read.errata)

    def search(self, text: str, limit: int = 50) -> list[ItemEntry]:
        """Return the items that contain all words of a search, best first; Chinese is found inside sentences."""
        from quizapp.catalogue.folding import spellings

        terms = [spellings(term) for term in text.split()]
        if not terms:
            return []
        return self._ask(lambda connection: index_read.search(connection, terms[:MOST_TERMS], limit))

    def findings(self) -> list[Finding]:
        """Return what is wrong with the content, by file and place; ``check`` looks deeper."""
        return ordered(self._ask(index_read.findings))

    def _wording(self, kind: str, name: str) -> str:
        found = self._ask(lambda connection: index_read.wording(connection, kind, name))
        if found is None:
            known = self._ask(lambda connection: index_read.wording_names(connection, kind))
            raise UnknownName(kind, name, known)
        return found

    def _unknown_item(self, name: str) -> UnknownName:
        return UnknownName("item", name, self._ask(index_read.item_ids))


MOST_TERMS = 20
