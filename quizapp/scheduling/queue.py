"""What to ask next: the plan of a study day from all candidates; ``session_queue`` then follows a running session.

The plan is a function of its arguments: the same candidates at the same moment give the same order.
"""

from collections import OrderedDict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

from quizapp.scheduling.days import milliseconds_of, study_day
from quizapp.scheduling.model import CardState, Options, Phase
from quizapp.scheduling.prerequisites import missing_requirements

LEARN_AHEAD_MS = 20 * 60 * 1000
"""An item in its steps may come this much early, once nothing else is left."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that might be asked; suspended ones are none.

    Parameters
    ----------
    item, deck : str
    state : CardState or None
        None for a new item.
    position : tuple of int
        The deck's place in the syllabus and the item's place in its deck.
    siblings : str
        Name of the group that shares a skill or an origin; empty for an item on its own.
    """

    item: str
    deck: str
    state: CardState | None
    position: tuple[int, int]
    siblings: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What this study day has already seen.

    Parameters
    ----------
    new, reviews : int
        Items introduced, and items reviewed outside of their steps.
    introduced : collection of str
        Sibling groups of which an item was introduced.
    """

    new: int = 0
    reviews: int = 0
    introduced: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Queue:
    """The plan of what is left of a day.

    Parameters
    ----------
    order : tuple of str
        What to ask, in this order: due steps, then reviews with new items evenly among them.
    waiting : tuple of (int, str)
        Items in their steps that are not due yet, with the moment (ms since 1970 UTC) when they will be.
    learning, reviews, new : int
        How many of each kind ``order`` holds.
    reviews_left, new_left : int
        Due reviews and open new items beyond today's limits.
    new_held : int
        New items that wait for a prerequisite deck or for a sibling introduced today.
    siblings : mapping of str to str
        Sibling group of every item in ``order`` and ``waiting`` that has one.
    """

    order: tuple[str, ...] = ()
    waiting: tuple[tuple[int, str], ...] = ()
    learning: int = 0
    reviews: int = 0
    new: int = 0
    reviews_left: int = 0
    new_left: int = 0
    new_held: int = 0
    siblings: Mapping[str, str] = field(default_factory=dict)

    def first(self, limit: int) -> "Queue":
        """Return the plan cut to its first items; steps that are not due yet are left out."""
        return replace(self, order=self.order[:limit], waiting=())


def plan(
    candidates: Iterable[Candidate],
    options: Options,
    moment: datetime,
    done: Done | None = None,
    requires: Mapping[str, Collection[str]] | None = None,
) -> Queue:
    """Plan what is left of the study day that ``moment`` lies in.

    Items in their steps come first when their time has come, the longest overdue first. Reviews follow in the order
    of recall probability, lowest first: the most overdue in relation to their stability. New items come in the
    order of the syllabus, spread evenly among the reviews; at most one of a group of siblings a day, and a deck
    is open once half of each deck it requires has been seen, or once it has been begun itself. A required deck
    without any candidate (a session on one deck) holds nothing back. Siblings do not follow one another where
    the order leaves a choice.

    Parameters
    ----------
    candidates : iterable of Candidate
        Every item that might be asked, due or not: how far a deck has been seen is counted among them.
    options : Options
    moment : datetime
        The present, aware, in the person's zone.
    done : Done, optional
        What counts towards today's limits.
    requires : mapping of str to collection of str, optional
        Decks that each deck builds on; without cycles.

    Returns
    -------
    Queue
    """
    done = done or Done()
    now, today = milliseconds_of(moment), study_day(moment, options.rollover_hour)
    candidates = list(candidates)
    due_steps: list[tuple[int, str]] = []
    waiting: list[tuple[int, str]] = []
    reviews: list[tuple[float, tuple[int, int], str]] = []
    new: list[Candidate] = []
    for candidate in candidates:
        state = candidate.state
        if state is None:
            new.append(candidate)
        elif state.phase is not Phase.REVIEW:
            (due_steps if state.due <= now else waiting).append((state.due, candidate.item))
        elif state.due_day <= today:
            # Recall probability falls with elapsed days over stability, so no power need be computed to sort by it.
            overdue = max(0, today - state.last_day) / state.stability
            reviews.append((-overdue, candidate.position, candidate.item))
    due_steps.sort()
    waiting.sort()
    reviews.sort()
    new.sort(key=lambda candidate: (candidate.position, candidate.item))

    review_limit = max(0, options.reviews_per_day - done.reviews)
    open_new = _open(new, candidates, requires or {}, done)
    new_limit = max(0, options.new_per_day - done.new)
    asked_reviews = [item for _, _, item in reviews[:review_limit]]
    asked_new = [candidate.item for candidate in open_new[:new_limit]]
    steps = [item for _, item in due_steps]
    siblings = {candidate.item: candidate.siblings for candidate in candidates if candidate.siblings}
    order = apart([*steps, *_interleaved(asked_reviews, asked_new)], siblings)
    planned = {*order, *(item for _, item in waiting)}
    return Queue(
        order=tuple(order),
        waiting=tuple(waiting),
        learning=len(steps),
        reviews=len(asked_reviews),
        new=len(asked_new),
        reviews_left=len(reviews) - len(asked_reviews),
        new_left=len(open_new) - len(asked_new),
        new_held=len(new) - len(open_new),
        siblings={item: group for item, group in siblings.items() if item in planned},
    )


def _open(
    new: list[Candidate], candidates: list[Candidate], requires: Mapping[str, Collection[str]], done: Done
) -> list[Candidate]:
    seen: dict[str, int] = {}
    total: dict[str, int] = {}
    for candidate in candidates:
        total[candidate.deck] = total.get(candidate.deck, 0) + 1
        seen[candidate.deck] = seen.get(candidate.deck, 0) + (candidate.state is not None)

    decks = {deck: not missing_requirements(deck, requires.get(deck, ()), seen, total) for deck in total}
    introduced = set(done.introduced)
    found: list[Candidate] = []
    for candidate in new:
        if not decks[candidate.deck] or candidate.siblings in introduced:
            continue
        found.append(candidate)
        if candidate.siblings:
            introduced.add(candidate.siblings)
    return found


def _interleaved(reviews: list[str], new: list[str]) -> list[str]:
    """Return both lists in their order, the new items at even distances among the reviews."""
    # Item i of n stands at (i + 1/2)/n of the way; compared as whole numbers, so that no rounding decides.
    places = [((2 * i + 1) * max(1, len(new)), 0, i, item) for i, item in enumerate(reviews)]
    places += [((2 * i + 1) * max(1, len(reviews)), 1, i, item) for i, item in enumerate(new)]
    return [item for *_, item in sorted(places)]


def apart(items: list[str], siblings: Mapping[str, str]) -> list[str]:
    """Return the items in nearly the same order, no two siblings one after the other where that can be had."""
    ahead = _postponing(items, siblings)
    if not _touches(ahead, siblings):
        return ahead
    # Siblings heaped at the end had nobody left to stand between them: the same from the end moves them forward.
    return _postponing(ahead[::-1], siblings)[::-1]


def _postponing(items: list[str], siblings: Mapping[str, str]) -> list[str]:
    """Return the items in one pass that puts off whichever would follow its sibling."""
    found: list[str] = []
    last = ""
    held: OrderedDict[str, deque[str]] = OrderedDict()

    def take(item: str) -> None:
        nonlocal last
        found.append(item)
        last = siblings.get(item, "")

    def release() -> bool:
        # Of all groups held back only one can be the last one's: the first or else the second will do.
        for group in held:
            if group != last:
                queue = held[group]
                take(queue.popleft())
                if not queue:
                    del held[group]
                return True
        return False

    for item in items:
        group = siblings.get(item, "")
        if group and (group == last or group in held):
            held.setdefault(group, deque()).append(item)
            release()
        else:
            take(item)
            release()
    while release():
        pass
    for queue in held.values():
        found.extend(queue)
    return found


def _touches(items: list[str], siblings: Mapping[str, str]) -> bool:
    groups = [siblings.get(item, "") for item in items]
    return any(a and a == b for a, b in pairwise(groups))
