"""Beginning a session: what is due, the new items of today, or a drill of what was chosen."""

from collections.abc import Iterable
from dataclasses import replace

from quizapp.catalogue.entries import ItemEntry
from quizapp.coding import marking
from quizapp.errors import UnknownName
from quizapp.library import Library
from quizapp.scheduling.model import CardState
from quizapp.scheduling.queue import Candidate, Done, plan
from quizapp.scheduling.session_queue import SessionQueue
from quizapp.study.session import StudySession


def start(
    library: Library,
    *,
    deck: str | None = None,
    area: str | None = None,
    limit: int | None = None,
    seed: int | None = None,
    extra_new: int = 0,
) -> StudySession:
    """Begin a session.

    Parameters
    ----------
    library : Library
    deck, area : str, optional
        Only items from there.
    limit : int, optional
        At most so many items.
    seed : int, optional
        Makes the questions reproducible.
    extra_new : int
        New items beyond today's limit.
    """
    marking.install()
    if deck is not None:
        library.catalogue.deck(deck)
    if area is not None:
        known = [entry.id for entry in library.catalogue.areas()]
        if area not in known:
            raise UnknownName("area", area, known)
    library.follow_aliases()
    now = library.clock.now()
    day, end = library.day(now), library.end_of_day(now)
    due = library.store.due_items(end, day, deck=deck)
    candidates = [
        *_candidates(library, due, area),
        *(_candidate(entry, None) for entry in library.new_items(deck=deck, area=area, beyond_limit=extra_new)),
    ]
    # The day's limit of new items was spent when they were chosen; only reviews are still to be limited.
    options = replace(library.settings, new_per_day=len(candidates))
    queue = plan(candidates, options, now, Done(reviews=library.store.reviews_today(day)))
    if limit is not None:
        queue = queue.first(limit)
    return StudySession(library, SessionQueue(queue), seed=seed)


def _candidates(library: Library, due: Iterable[tuple[str, CardState]], area: str | None) -> Iterable[Candidate]:
    for item, state in due:
        # An orphan keeps its progress but can't be asked.
        entry = library.known(item)
        if entry is not None and area in (None, entry.area):
            yield _candidate(entry, state)


def _candidate(entry: ItemEntry, state: CardState | None) -> Candidate:
    # Items that ask for the same skill are siblings: two of them in a row would give each other away.
    return Candidate(entry.id, entry.deck, state, (entry.position, 0), entry.skill or "")
