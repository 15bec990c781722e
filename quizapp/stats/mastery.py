"""How well each area is known: the mean recall probability of its items today, not a count of what was seen."""

from collections import defaultdict
from dataclasses import dataclass

from quizapp.library import Library
from quizapp.scheduling.memory import retrievability
from quizapp.scheduling.model import CardState
from quizapp.text import Text


@dataclass(frozen=True, slots=True)
class AreaProgress:
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


def recall(library: Library, state: CardState, day: int) -> float:
    """Return the probability of recalling an item on a study day."""
    return retrievability(state.stability, max(0, day - state.last_day), library.settings.parameters)


def areas(library: Library) -> tuple[AreaProgress, ...]:
    """Return how each area with items stands, in learning order."""
    today = library.today()
    day = library.day(library.clock.now())
    states = library.store.all_states() if library.has_progress else {}
    known: defaultdict[str, float] = defaultdict(float)
    for item, state in states.items():
        known[item.rpartition("/")[0]] += recall(library, state, day)
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
