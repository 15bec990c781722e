"""From the library to what is exported: the items that fit, their questions, their schedules."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from quizapp.catalogue.entries import ItemEntry
from quizapp.errors import UnknownName, UsageProblem
from quizapp.exporting.base import ExportDeck, ExportItem, ExportQuestion, Schedule, Scheduling, Selection
from quizapp.exporting.realising import Unexportable, realised
from quizapp.library import Library
from quizapp.questions.base import Draw, ItemSpec
from quizapp.questions.computed import ComputedSpec
from quizapp.scheduling.model import CardState
from quizapp.text import Display

TITLE = "quizapp"
VARIANTS = 3
MOST_VARIANTS = 1000
TRIES_PER_VARIANT = 8
"""How many seeds are tried for a variant with new numbers before a skill's numbers count as used up."""

EVERYTHING = 1_000_000
"""A search limit that no content reaches."""

Progress = Callable[[int, int], None]
"""Told how many items are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items to export: any of the decks, and any of the topics, and any of the tags, and what is searched."""

    decks: Collection[str] = ()
    topics: Collection[str] = ()
    tags: Collection[str] = ()
    search: str | None = None
    due: bool = False


@dataclass(frozen=True, slots=True)
class _Progress:
    """States, suspensions and reviews, by item."""

    states: dict[str, CardState] = field(default_factory=dict)
    suspended: set[str] = field(default_factory=set)
    reviews: dict[str, tuple[Any, ...]] = field(default_factory=dict)


def matching(library: Library, wanted: Wanted) -> list[ItemEntry]:
    """Return the items that fit, in learning order; fast enough for a preview.

    Raises
    ------
    UnknownName
        For a deck, topic or tag that does not exist.
    """
    catalogue = library.catalogue
    for deck in wanted.decks:
        catalogue.deck(deck)
    entries = catalogue.items()
    if wanted.topics:
        known = {topic.id for topic in catalogue.topics()} | {topic for entry in entries for topic in entry.topics}
        _require("topic", wanted.topics, known)
    if wanted.tags:
        _require("tag", wanted.tags, {tag for entry in entries for tag in entry.tags})
    found = None if wanted.search is None else {entry.id for entry in catalogue.search(wanted.search, EVERYTHING)}
    due = _due(library) if wanted.due else None
    return [
        entry
        for entry in entries
        if (not wanted.decks or entry.deck in wanted.decks)
        and (not wanted.topics or not set(wanted.topics).isdisjoint(entry.topics))
        and (not wanted.tags or not set(wanted.tags).isdisjoint(entry.tags))
        and (found is None or entry.id in found)
        and (due is None or entry.id in due)
    ]


def select(
    library: Library,
    wanted: Wanted | None = None,
    *,
    display: Display = "both",
    variants: int = VARIANTS,
    seed: int = 0,
    with_schedule: bool = False,
    progress: Progress | None = None,
) -> Selection:
    """Return the items that fit as an exporter needs them.

    Parameters
    ----------
    library : Library
    wanted : Wanted, optional
        Without it everything.
    display : {"en", "zh", "both"}
    variants : int
        How many questions a computed item becomes.
    seed : int
        Where their seeds begin.
    with_schedule : bool
        Whether states and reviews are taken along.
    progress : callable, optional

    Raises
    ------
    UnknownName
        For a deck, topic or tag that does not exist.
    UsageProblem
        For a number of variants that is none.
    """
    if not 1 <= variants <= MOST_VARIANTS:
        raise UsageProblem(f"{variants} variants can't be made.", f"Ask for 1 to {MOST_VARIANTS}.")
    entries = matching(library, wanted or Wanted())
    known = _progress(library, entries) if with_schedule else _Progress()
    changed = _Changed(library.folders.content)
    items: dict[str, list[ExportItem]] = {}
    left_out: list[tuple[str, str]] = []
    for done, entry in enumerate(entries, start=1):
        spec = library.catalogue.spec(entry.id)
        try:
            made = tuple(questions(library, entry.id, spec, variants, seed))
        except Unexportable as refusal:
            left_out.append((entry.id, str(refusal)))
        else:
            items.setdefault(entry.deck, []).append(_item(entry, spec, made, known, changed))
        if progress is not None:
            progress(done, len(entries))
    return Selection(
        title=TITLE,
        display=display,
        decks=tuple(
            ExportDeck(deck.id, deck.title, deck.area, library.area_title(deck.area), tuple(items[deck.id]))
            for deck in library.catalogue.decks()
            if deck.id in items
        ),
        scheduling=_scheduling(library) if with_schedule else None,
        left_out=tuple(left_out),
    )


def _require(what: str, names: Collection[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise UnknownName(what, name, known)


def _due(library: Library) -> set[str]:
    if not library.has_progress:
        return set()
    now = library.clock.now()
    return {item for item, _ in library.store.due_items(library.end_of_day(now), library.day(now))}


def questions(library: Library, item: str, spec: ItemSpec, variants: int, seed: int) -> Iterator[ExportQuestion]:
    """Make the questions of one item, one after the other: one, or for a computed item as many as asked for.

    Raises
    ------
    Unexportable
    """
    if not isinstance(spec, ComputedSpec):
        yield realised(item, spec, Draw(0), library.catalogue)
        return
    asked: list[object] = []
    for number in range(seed, seed + variants * TRIES_PER_VARIANT):
        # The level follows from the seed alone, so that a seed names the same question in every export.
        level = spec.levels[number % len(spec.levels)]
        question = realised(item, spec, Draw(number, level), library.catalogue)
        params = None if question.drawn is None else question.drawn.params
        if params in asked:
            continue
        asked.append(params)
        yield question
        if len(asked) == variants:
            return


def _item(
    entry: ItemEntry, spec: ItemSpec, questions: tuple[ExportQuestion, ...], known: _Progress, changed: "_Changed"
) -> ExportItem:
    state = known.states.get(entry.id)
    return ExportItem(
        identity=entry.id,
        type=entry.type,
        title=entry.title,
        topics=entry.topics,
        errata=entry.errata,
        tags=entry.tags,
        revision=entry.revision,
        modified=changed.when(entry),
        spec=spec,
        questions=questions,
        schedule=None
        if state is None
        else Schedule(state, known.reviews.get(entry.id, ()), entry.id in known.suspended),
    )


def _progress(library: Library, entries: Sequence[ItemEntry]) -> _Progress:
    if not library.has_progress:
        return _Progress()
    from quizapp.store.reading import LOG_COLUMNS
    from quizapp.store.rows import logged_of

    store = library.store
    states = store.states([entry.id for entry in entries])
    place = LOG_COLUMNS.index("item")
    reviews = {
        item: tuple(logged_of((*row, None)) for row in rows)
        for item, rows in groupby(store.log(*LOG_COLUMNS), key=lambda row: str(row[place]))
        if item in states
    }
    return _Progress(states, store.suspended(), reviews)


def _scheduling(library: Library) -> Scheduling:
    from quizapp.scheduling.memory import filled
    from quizapp.settings import dump

    settings = library.settings
    zone = library.clock.now().tzinfo
    if zone is None:
        raise ValueError("the clock must give aware times")
    return Scheduling(
        rollover_hour=settings.rollover_hour,
        zone=zone,
        desired_retention=settings.desired_retention,
        decay=filled(settings.parameters)[20],
        settings=dump(settings),
    )


class _Changed:
    """When the words of items last changed: the time of their file, and of their skill's file."""

    def __init__(self, content: Sequence[Path]) -> None:
        self._content = content
        self._files: dict[str, int] = {}
        self._skills: dict[str, int] = {}

    def when(self, entry: ItemEntry) -> int:
        """Return the time in seconds since 1970 UTC."""
        if entry.file not in self._files:
            self._files[entry.file] = _seconds(Path(entry.file))
        skill = entry.skill
        if skill is None:
            return self._files[entry.file]
        if skill not in self._skills:
            words = (path for folder in self._content for path in folder.glob(f"skills/*/{skill}.yaml"))
            self._skills[skill] = max(map(_seconds, words), default=0)
        return max(self._files[entry.file], self._skills[skill])


def _seconds(path: Path) -> int:
    try:
        return int(path.stat().st_mtime)
    except OSError:
        return 0
