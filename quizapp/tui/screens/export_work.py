"""What the export screen has done in a thread of its own: the first cards, and the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from quizapp.catalogue.entries import ItemEntry
from quizapp.clock import Clock
from quizapp.errors import UsageProblem
from quizapp.exporting.realising import Unexportable
from quizapp.exporting.registry import exporter
from quizapp.exporting.selection import Wanted, matching, questions, select
from quizapp.exporting.two_sided import front, solution
from quizapp.exporting.writing import replace_file, written
from quizapp.library import Library
from quizapp.paths import Folders
from quizapp.text import EMPTY
from quizapp.tui.present.export import Card, Outcome, Plan


class Cancelled(Exception):
    """A person has asked to stop; nothing has been written."""


@dataclass(slots=True)
class Doing:
    """How far the writing is, for the screen to look at; ``stop`` ends it before the file appears."""

    done: int = 0
    total: int = 0
    stop: Event = field(default_factory=Event)

    def told(self, done: int, total: int) -> None:
        """Take down how far it is."""
        self.check()
        self.done, self.total = done, total

    def check(self) -> None:
        """Break off if that is asked for."""
        if self.stop.is_set():
            raise Cancelled


def wanted(plan: Plan) -> Wanted:
    """Return the plan as a question to the library."""
    return Wanted(decks=tuple(sorted(plan.decks or ())), search=plan.search, due=plan.due)


def fitting(library: Library, plan: Plan) -> list[ItemEntry]:
    """Return the items that the plan takes along."""
    # No deck at all means every deck to the library, but none to a person who has taken all ticks away.
    return [] if plan.decks == frozenset() else matching(library, wanted(plan))


def first_cards(folders: Folders, clock: Clock, entries: Sequence[ItemEntry]) -> list[Card]:
    """Make the first card of each item, as it is exported.

    A database belongs to the thread that opened it, so this opens its own.
    """
    with Library.open(folders, clock, readonly=True) as library:
        return [_card(library, entry) for entry in entries]


def _card(library: Library, entry: ItemEntry) -> Card:
    try:
        question = next(questions(library, entry.id, library.catalogue.spec(entry.id), 1, 0))
    except Unexportable:
        return Card(entry.id, EMPTY, EMPTY)
    return Card(entry.id, front(question, entry.id), solution(question, entry.id))


def carry_out(folders: Folders, clock: Clock, plan: Plan, target: Path, doing: Doing) -> Outcome:
    """Write the file.

    Raises
    ------
    Cancelled
        If it was asked for in time; the folder is as before.
    QuizappError
        If the content or the disk does not allow it; what was there before is untouched.
    """
    format_ = exporter(plan.format)
    with Library.open(folders, clock, readonly=True) as library:
        selection = select(
            library,
            wanted(plan),
            display=plan.display,
            variants=plan.variants,
            with_schedule=plan.schedule,
            progress=doing.told,
        )
    refused = {item for item, _ in format_.refused(selection)}
    items = [item for item in selection.items if item.identity not in refused]
    if not items:
        raise UsageProblem("None of these items can leave in this format.", "Choose another format, or more decks.")
    content = written(format_, selection, doing.check)
    doing.check()
    replace_file(target, content)
    return Outcome(
        path=target,
        octets=len(content),
        items=len(items),
        questions=sum(len(item.questions) for item in items),
        decks=len({item.deck for item in items}),
        left_out=(*(item for item, _ in selection.left_out), *sorted(refused)),
    )
