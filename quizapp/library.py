"""Catalogue and store together: what there is, what is due, what has lost its item.

Nothing here needs NumPy, pydantic or YAML: the first screen and ``quizapp due`` are answered from two SQLite files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from quizapp.catalogue.catalogue import Catalogue
from quizapp.catalogue.entries import DeckEntry, ItemEntry
from quizapp.clock import Clock
from quizapp.errors import DatabaseProblem
from quizapp.paths import Folders
from quizapp.scheduling.days import day_start, milliseconds_of, study_day
from quizapp.scheduling.prerequisites import missing_requirements
from quizapp.settings import Settings, dump, load, system_language
from quizapp.store.counts import DeckCounts
from quizapp.store.store import Store
from quizapp.text import Text, same

if TYPE_CHECKING:
    from quizapp.scheduling.model import CardState, Review

BALANCED_DAYS = 90
"""How far ahead load balancing looks: longer intervals spread by themselves."""

PACE_ANSWERS, PACE_FROM = 200, 10
"""How many of the latest answers tell a person's pace, and from how many on it is trusted."""

SECONDS_PER_ANSWER = 20.0
"""Assumed until a person's own pace is known."""

ANSWERS_PER_NEW_ITEM = 2.0
"""A new item is asked about twice on its first day: once at first sight, once after its learning step."""

_NONE = DeckCounts(0, 0, 0)


class DeckDue(NamedTuple):
    """How a deck stands today.

    Parameters
    ----------
    deck, area : str
    title : Text
    due, learning : int
        Reviews due today; items in their steps.
    new : int
        New items that today's limit gives to this deck.
    unseen, seen, items : int
    opens_after : tuple of str
        Decks that come first; empty when it is open.
    """

    deck: str
    area: str
    title: Text
    due: int
    learning: int
    new: int
    unseen: int
    seen: int
    items: int
    opens_after: tuple[str, ...] = ()


class Today(NamedTuple):
    """What is to be done today, in all and by deck. ``next_due``: milliseconds since 1970 UTC, when nothing is due."""

    due: int
    new: int
    learning: int
    minutes: float
    decks: tuple[DeckDue, ...]
    next_due: int | None = None


class Library:
    """A person's content and progress, open. Use as a context manager."""

    def __init__(self, folders: Folders, catalogue: Catalogue, store: Store | None, clock: Clock) -> None:
        self.folders = folders
        self.catalogue = catalogue
        self.clock = clock
        self._store = store
        self.settings = self._load_settings()

    @classmethod
    def open(cls, folders: Folders, clock: Clock, *, readonly: bool = False, care: bool = True) -> "Library":
        """Open content and progress.

        Parameters
        ----------
        folders : Folders
        clock : Clock
        readonly : bool
            Only look: a missing database stays missing and reads as "nothing learned yet".
        care : bool
            As for ``Store.open``.
        """
        catalogue = Catalogue.open(folders)
        store: Store | None = None
        if readonly:
            if folders.database.exists():
                store = Store.open(folders.database, clock, readonly=True)
        else:
            store = Store.open(folders.database, clock, care=care)
        return cls(folders, catalogue, store, clock)

    def close(self) -> None:
        """Close both files."""
        if self._store is not None:
            self._store.close()
        self.catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def store(self) -> Store:
        """The progress database; ``DatabaseProblem`` where it was only looked for and does not exist."""
        if self._store is None:
            database = self.folders.database
            raise DatabaseProblem(
                Text(f"There is no progress database at {database} yet.", f"{database}处还没有进度数据库。"),
                Text("Study something first: quizapp study", "请先学习：quizapp study"),
            )
        return self._store

    @property
    def has_progress(self) -> bool:
        """Whether there is a progress database at all."""
        return self._store is not None

    # --- settings

    def _load_settings(self) -> Settings:
        stored = {} if self._store is None else self._store.settings()
        settings = load(
            {name: value for name, value in stored.items() if isinstance(value, str)}, language=system_language()
        )
        parameters = stored.get("parameters")
        if isinstance(parameters, list):
            settings = replace(settings, parameters=tuple(float(value) for value in parameters))
        return settings

    def save_settings(self, settings: Settings) -> None:
        """Keep the settings."""
        for name, text in dump(settings).items():
            self.store.set_setting(name, text)
        self.settings = settings

    def save_parameters(self, parameters: tuple[float, ...]) -> None:
        """Keep fitted parameters of the memory model; the states are the caller's to fold anew."""
        self.store.set_setting("parameters", list(parameters))
        self.settings = replace(self.settings, parameters=parameters)

    # --- days

    def day(self, moment: datetime) -> int:
        """Return the study day that a moment lies in."""
        return study_day(moment, self.settings.rollover_hour)

    def end_of_day(self, moment: datetime) -> int:
        """Return the end of the present study day, in milliseconds since 1970 UTC."""
        zone = moment.tzinfo
        if zone is None:
            raise ValueError("a moment without a time zone has no study day")
        return day_start(self.day(moment) + 1, self.settings.rollover_hour, zone)

    def load(self, moment: datetime) -> dict[int, int] | None:
        """Return the reviews due on the coming days, as load balancing weighs them; ``None`` if it is off."""
        if not self.settings.load_balance:
            return None
        day = self.day(moment)
        return self.store.due_per_day(day + 1, day + BALANCED_DAYS)

    # --- what is due

    def today(self, deck: str | None = None) -> Today:
        """Return what is to be done today, in all or in one deck."""
        if deck is not None:
            self.catalogue.deck(deck)
        now = self.clock.now()
        day, end = self.day(now), self.end_of_day(now)
        counts = {} if self._store is None else self._store.due_counts(end, day)
        decks = self.catalogue.decks()
        opened = self._opened(decks, counts)
        fresh: dict[str, int] = {}
        for entry in self.new_items(deck=deck):
            fresh[entry.deck] = fresh.get(entry.deck, 0) + 1
        shown = tuple(
            DeckDue(
                deck=entry.id,
                area=entry.area,
                title=entry.title,
                due=(count := counts.get(entry.id, _NONE)).due,
                learning=count.learning,
                new=fresh.get(entry.id, 0),
                unseen=max(0, entry.items - count.seen),
                seen=count.seen,
                items=entry.items,
                opens_after=opened[entry.id],
            )
            for entry in decks
            if deck in (None, entry.id)
        )
        due, learning, new = (
            (sum(each) for each in zip(*((d.due, d.learning, d.new) for d in shown), strict=True))
            if (shown)
            else (0, 0, 0)
        )
        answers = due + learning + new * ANSWERS_PER_NEW_ITEM
        return Today(
            due=due,
            new=new,
            learning=learning,
            minutes=round(answers * self.pace() / 60, 1),
            decks=shown,
            next_due=None if self._store is None else self._store.next_due(milliseconds_of(now), day),
        )

    def pace(self) -> float:
        """Return the seconds an answer takes this person, from the latest ones."""
        recent = [] if self._store is None else self._store.recent_milliseconds(PACE_ANSWERS)
        return sum(recent) / len(recent) / 1000 if len(recent) >= PACE_FROM else SECONDS_PER_ANSWER

    def _opened(self, decks: Sequence[DeckEntry], counts: Mapping[str, DeckCounts]) -> dict[str, tuple[str, ...]]:
        """Return for each deck the required decks that are not seen far enough yet; none if it has been begun."""
        totals = {entry.id: entry.items for entry in decks}
        seen = {name: count.seen for name, count in counts.items()}
        return {entry.id: missing_requirements(entry.id, entry.requires, seen, totals) for entry in decks}

    def new_items(
        self, *, deck: str | None = None, area: str | None = None, beyond_limit: int = 0
    ) -> tuple[ItemEntry, ...]:
        """Return the new items of today in the order of the syllabus, as far as today's limit and prerequisites go.

        Parameters
        ----------
        deck, area : str, optional
            Only from there; who names a deck has chosen it, so its prerequisites don't hold it back.
        beyond_limit : int
            How many more than the day's limit.
        """
        day = self.day(self.clock.now())
        introduced = set() if self._store is None else self._store.introduced(day)
        room = self.settings.new_per_day - len(introduced) + beyond_limit
        if room <= 0:
            return ()
        decks = self.catalogue.decks()
        counts = {} if self._store is None else self._store.due_counts(0, 0)
        opened = self._opened(decks, counts)
        suspended = set() if self._store is None else self._store.suspended()
        groups = {entry.skill for entry in map(self.known, introduced) if entry is not None and entry.skill}
        found: list[ItemEntry] = []
        for entry in decks:
            if (deck is not None and entry.id != deck) or (area is not None and entry.area != area):
                continue
            if deck is None and opened[entry.id]:
                continue
            items = self.catalogue.items(entry.id)
            begun = self._store is not None and counts.get(entry.id, _NONE).seen
            # Asked item by item: the deck's own count also holds those that it has lost.
            seen = self.store.seen_among([item.id for item in items]) if begun else set()
            for item in items:
                if item.id in seen or item.id in suspended or item.skill in groups:
                    continue
                found.append(item)
                if len(found) >= room:
                    return tuple(found)
                if item.skill:
                    groups.add(item.skill)
        return tuple(found)

    # --- what does not fit together any more

    def orphans(self) -> dict[str, tuple[str, ...]]:
        """Return the reviewed items that no deck contains any more, each with the likeliest new names."""
        from difflib import get_close_matches

        present = {item.id for item in self.catalogue.items()}
        seen = set() if self._store is None else self._store.seen()
        return {item: tuple(get_close_matches(item, present, n=3, cutoff=0.6)) for item in sorted(seen - present)}

    def follow_aliases(self) -> int:
        """Re-attach the progress of items whose former names the content lists; return how many."""
        aliases = self.catalogue.aliases()
        if not aliases:
            return 0
        known, seen = self.store.aliases(), self.store.seen()
        moved = 0
        for old, new in aliases.items():
            if old in seen and known.get(old) != new:
                self.store.rename(old, new, self.fold)
                moved += 1
        return moved

    def fold(self, reviews: "list[Review]") -> "CardState | None":
        """Replay the log of one item under the present settings."""
        # The home screen and ``quizapp due`` count without it.
        from quizapp.scheduling.policy import fold

        zone = self.clock.now().tzinfo
        if zone is None:
            raise ValueError("the clock must give aware times")
        return fold(reviews, self.settings, zone)

    def area_title(self, area: str) -> Text:
        """Return the title of an area; its id where the content gives none."""
        return next((entry.title for entry in self.catalogue.areas() if entry.id == area), same(area))

    def known(self, item: str) -> ItemEntry | None:
        """Return an item of the catalogue, ``None`` for an orphan."""
        return self._entries.get(item)

    @cached_property
    def _entries(self) -> dict[str, ItemEntry]:
        # A log may hold any number of items that the content has lost; none of them is worth a query.
        return {entry.id: entry for entry in self.catalogue.items()}
