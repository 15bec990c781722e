"""How well each area is known: the mean recall probability of its items today, not a count of what was seen."""

from collections import defaultdict
from typing import NamedTuple

from quizapp.library import Library, Today
from quizapp.scheduling.memory import forgetting
from quizapp.text import Text


class AreaProgress(NamedTuple):
    """How an area stands.

    Parameters
    ----------
    area : str
    title : Text
    mastery : float
        Mean probability of recalling its items today; unseen items count as 0.
    due, learning, new, items, seen : int
    opens_after : Text or None
        The deck to begin with, while all of its unseen decks wait for another one.
    weakest : Text or None
        The deck of the area that is remembered worst among those begun.
    """

    area: str
    title: Text
    mastery: float
    due: int
    learning: int
    new: int
    items: int
    seen: int
    opens_after: Text | None = None
    weakest: Text | None = None


def areas(library: Library, today: Today | None = None) -> tuple[AreaProgress, ...]:
    """Return how each area with items stands, in learning order.

    Parameters
    ----------
    library : Library
    today : Today, optional
        Where it has been read already.
    """
    today = library.today() if today is None else today
    day = library.day(library.clock.now())
    known: defaultdict[str, float] = defaultdict(float)
    if library.has_progress:
        recalled = forgetting(library.settings.parameters)
        for deck, stability, last_day in library.store.strengths():
            known[deck] += recalled(stability, day - last_day)
    titles = {deck.deck: deck.title for deck in today.decks}
    found = []
    for entry in library.catalogue.areas():
        decks = [deck for deck in today.decks if deck.area == entry.id]
        items = sum(deck.items for deck in decks)
        if not items:
            continue
        seen = sum(deck.seen for deck in decks)
        begun = [deck for deck in decks if deck.seen]
        weakest = min(begun, key=lambda deck: known[deck.deck] / deck.seen, default=None)
        waiting = [needed for deck in decks for needed in deck.opens_after]
        closed = not seen and all(deck.opens_after for deck in decks)
        found.append(
            AreaProgress(
                area=entry.id,
                title=entry.title,
                mastery=sum(known[deck.deck] for deck in decks) / items,
                due=sum(deck.due for deck in decks),
                learning=sum(deck.learning for deck in decks),
                new=sum(deck.new for deck in decks),
                items=items,
                seen=seen,
                opens_after=titles.get(waiting[0]) if closed and waiting else None,
                weakest=weakest.title if weakest is not None and len(begun) > 1 else None,
            )
        )
    return tuple(found)
