"""What the YAML files other than items and skills look like: a deck's head, the syllabus, an exercise's words."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from quizapp.questions.base import Slug, TopicId
from quizapp.questions.words import Bilingual
from quizapp.questions.words import ExerciseWords as ExerciseWords

Label = Annotated[str, StringConstraints(min_length=1)]


class Frozen(BaseModel):
    """Base of these models: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DeckHead(Frozen):
    """A deck file: ``decks/<area>/<deck>.yaml``. Items are validated one by one, so that one can't hide the others."""

    deck: Slug = Field(description="Id of the deck; the file is named after it.")
    title: Bilingual | None = Field(default=None, description="Only for decks that are not in syllabus.yaml.")
    area: Slug | None = Field(default=None, description="Only for decks that are not in syllabus.yaml.")
    requires: tuple[Slug, ...] = Field(default=(), description="Decks to learn first; not for decks in syllabus.yaml.")
    items: tuple[Any, ...] = Field(description="Flashcards and questions in learning order.")


class Area(Frozen):
    """A field of knowledge, as the home screen lists it."""

    id: Slug
    title: Bilingual


class SyllabusDeck(Frozen):
    """A study subject: the topics that belong together and the decks to learn first."""

    id: Slug
    area: Slug
    title: Bilingual
    requires: tuple[Slug, ...] = ()
    topics: tuple[TopicId, ...] = ()


class Topic(Frozen):
    """One piece of knowledge and the place in the notes that it comes from."""

    id: TopicId
    title: Bilingual
    note: str = Field(default="", description="Number of the note, in quotes: '003'.")
    section: str = ""


class Erratum(Frozen):
    """Something that a note gets wrong, by id."""

    id: TopicId
    note: str = ""
    section: str = ""
    severity: Literal["wrong", "misleading", "incomplete", "outdated"]


class Syllabus(Frozen):
    """``syllabus.yaml``: areas and decks in learning order, topics and errata."""

    areas: tuple[Area, ...] = ()
    decks: tuple[SyllabusDeck, ...] = ()
    topics: tuple[Topic, ...] = ()
    errata: tuple[Erratum, ...] = ()
