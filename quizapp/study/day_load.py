"""How many reviews the coming days hold, kept along with a session instead of being counted at every question."""

from datetime import datetime

from quizapp.library import Library
from quizapp.scheduling.model import CardState, Phase


class DayLoad:
    """The reviews due on each coming study day: counted once a day, then moved with every answer.

    Parameters
    ----------
    library : Library
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._day: int | None = None
        self._reviews: dict[int, int] | None = None

    def on(self, moment: datetime) -> dict[int, int] | None:
        """Return the load as load balancing weighs it; ``None`` if it is off."""
        day = self._library.day(moment)
        if day != self._day:
            self._day, self._reviews = day, self._library.load(moment)
        return self._reviews

    def move(self, before: CardState | None, after: CardState | None) -> None:
        """Follow an item from one state to another."""
        for state, step in ((before, -1), (after, 1)):
            if self._reviews is not None and state is not None and state.phase is Phase.REVIEW:
                self._reviews[state.due_day] = max(0, self._reviews.get(state.due_day, 0) + step)
