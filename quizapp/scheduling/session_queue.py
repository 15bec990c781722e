"""The queue of a running session: a plan that changes with every answer."""

import heapq
from collections import deque
from dataclasses import dataclass

from quizapp.scheduling.queue import LEARN_AHEAD_MS, Queue


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to ask before ``until`` (ms since 1970 UTC), but something then."""

    until: int


class SessionQueue:
    """What a session still has to ask.

    ``next`` only looks: an item stays until it is removed, or pushed with the moment of its return. An item is in
    the queue once at most; one that is pushed, postponed or put back leaves its former place.

    Parameters
    ----------
    queue : Queue
        The plan to begin with.
    learn_ahead : int
        Milliseconds by which an item in its steps may come early when nothing else is left.
    """

    def __init__(self, queue: Queue, learn_ahead: int = LEARN_AHEAD_MS) -> None:
        self._learn_ahead = learn_ahead
        self._siblings = queue.siblings
        self._last_group = ""
        # Entries are never searched for. The ticket noted here is the valid one; others are dropped when met.
        self._valid: dict[str, int] = {}
        self._issued = 0
        self._front: deque[tuple[int, str]] = deque()
        self._main: deque[tuple[int, str]] = deque()
        self._timed: list[tuple[int, int, str]] = []
        for item in queue.order:
            self._main.append((self._ticket(item), item))
        for due, item in queue.waiting:
            heapq.heappush(self._timed, (due, self._ticket(item), item))

    def __len__(self) -> int:
        return len(self._valid)

    def __contains__(self, item: object) -> bool:
        return item in self._valid

    def next(self, now: int) -> str | Wait | None:
        """Return the item to ask at ``now`` (ms since 1970 UTC), or how long to wait for one, or None at the end.

        Put-back items come first, then steps that are due, then the plan; steps that are nearly due only when
        nothing else is left. A due step gives way once to the plan when its sibling was asked just before.
        """
        front, planned = self._head(self._front), self._head(self._main)
        timed = self._first_timed()
        if front is not None:
            return front
        if timed is not None and timed[0] <= now:
            if planned is not None and self._touches(timed[1]) and not self._touches(planned):
                return planned
            return timed[1]
        if planned is not None:
            return planned
        if timed is None:
            return None
        return timed[1] if timed[0] <= now + self._learn_ahead else Wait(timed[0] - self._learn_ahead)

    def push(self, item: str, due: int) -> None:
        """Let an item that was just asked come back at ``due`` (ms since 1970 UTC)."""
        self._last_group = self._siblings.get(item, "")
        heapq.heappush(self._timed, (due, self._ticket(item), item))

    def remove(self, item: str) -> None:
        """Take out an item: it was asked and does not come back today, or it was suspended."""
        self._last_group = self._siblings.get(item, "")
        self._valid.pop(item, None)

    def postpone(self, item: str) -> None:
        """Move an item that was skipped to the end of the plan."""
        self._last_group = self._siblings.get(item, "")
        self._main.append((self._ticket(item), item))

    def put_back(self, item: str) -> None:
        """Ask an item next, wherever it was: its answer has been undone."""
        self._last_group = ""
        self._front.appendleft((self._ticket(item), item))

    def _ticket(self, item: str) -> int:
        self._issued += 1
        self._valid[item] = self._issued
        return self._issued

    def _touches(self, item: str) -> bool:
        return bool(self._last_group) and self._siblings.get(item, "") == self._last_group

    def _head(self, entries: deque[tuple[int, str]]) -> str | None:
        while entries and self._valid.get(entries[0][1]) != entries[0][0]:
            entries.popleft()
        return entries[0][1] if entries else None

    def _first_timed(self) -> tuple[int, str] | None:
        while self._timed and self._valid.get(self._timed[0][2]) != self._timed[0][1]:
            heapq.heappop(self._timed)
        return (self._timed[0][0], self._timed[0][2]) if self._timed else None
