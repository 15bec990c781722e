"""What every importer gives: items as their YAML would say them, with what is known of their past.

An importer only reads. It trusts nothing in the file: what it can't take it names in ``Incoming.skipped``.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from quizapp.scheduling.model import CardState, Phase
from quizapp.store.adopting import Adopted
from quizapp.text import Text

LONGEST_TEXT = 20_000
"""Characters of one text of an item; nobody studies a longer one."""

TOO_LONG = f"A side has more than {LONGEST_TEXT:,} characters."


@dataclass(frozen=True, slots=True)
class PastReview:
    """One rating of another program's log: milliseconds since 1970 UTC, 1 to 4, days granted, milliseconds taken."""

    at: int
    rating: int
    granted: int = 0
    milliseconds: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a card stands now.

    Parameters
    ----------
    due_day : int
        Proleptic ordinal of the local date.
    interval : int
        Days.
    last_review : int
        Milliseconds since 1970 UTC.
    stability, difficulty : float or None
        FSRS memory; without it ``ease`` of SM-2 must do.
    ease : float
    reps, lapses : int
    phase : Phase
    due_at : int
        Milliseconds since 1970 UTC, for a step of minutes; 0 where only the day is known.
    """

    due_day: int
    interval: int
    last_review: int
    stability: float | None = None
    difficulty: float | None = None
    ease: float = 2.5
    reps: int = 1
    lapses: int = 0
    phase: Phase = Phase.REVIEW
    due_at: int = 0


@dataclass(frozen=True, slots=True)
class Archived:
    """The past as quizapp itself has written it."""

    reviews: tuple[Adopted, ...]
    state: CardState


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of an item's past."""

    reviews: tuple[PastReview, ...] = ()
    standing: Standing | None = None
    archived: Archived | None = None
    suspended: bool = False

    def __bool__(self) -> bool:
        return bool(self.reviews) or self.standing is not None or self.archived is not None


@dataclass(frozen=True, slots=True)
class IncomingDeck:
    """A deck as the file names it. ``id`` is set only where the file has quizapp's own ids."""

    name: str
    title: Text
    id: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class IncomingItem:
    """One item.

    Parameters
    ----------
    source : str
        What identifies it in the other program, for ever.
    deck : IncomingDeck
    data : mapping
        Its YAML without ``id``, ``topics`` and the tag that marks it as imported.
    name : str
        From which a readable id is made.
    slug : str or None
        Its own id, where the file has quizapp's.
    past : Past
    """

    source: str
    deck: IncomingDeck
    data: Mapping[str, Any]
    name: str
    slug: str | None = None
    past: Past = field(default_factory=Past)


@dataclass(frozen=True, slots=True)
class Incoming:
    """All that a file brings.

    Parameters
    ----------
    items : tuple of IncomingItem
    skipped : tuple of (str, str)
        What was left out, with the reason.
    notes : tuple of str
        What a person should know: media that stay behind, a schedule that was approximated.
    settings : mapping of str to str
        Of an archive.
    """

    items: tuple[IncomingItem, ...]
    skipped: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)


class Importer(ABC):
    """One format."""

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    summary: ClassVar[str]

    @abstractmethod
    def read(self, path: Path) -> Incoming:
        """Read a file.

        Raises
        ------
        UsageProblem
            If it is not what its name says, damaged, or made to do harm; the message says which.
        """


def flashcard(front: str, back: str) -> dict[str, Any]:
    """Return a flashcard in one language."""
    return {"type": "flashcard", "front": front, "back": back}
