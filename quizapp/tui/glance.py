"""What the home screen says, read from the library in one go."""

from datetime import datetime
from typing import NamedTuple

from quizapp.library import Library, Today
from quizapp.stats.mastery import AreaProgress, areas
from quizapp.stats.overview import forecast, retention, streak

FORECAST_DAYS = 14


class Glance(NamedTuple):
    """How everything stands at one moment.

    Parameters
    ----------
    today : Today
    areas : tuple of AreaProgress
    retention : float or None
        Share of reviews recalled in the last 30 days; ``None`` before the first.
    streak : int
        Days in a row with an answer.
    forecast : tuple of int
        Reviews that fall due on each of the coming days, today first.
    next_due : str
        Time of day, with the date unless it is today, of the next due item; empty if there is none.
    """

    today: Today
    areas: tuple[AreaProgress, ...]
    retention: float | None
    streak: int
    forecast: tuple[int, ...]
    next_due: str = ""

    @property
    def begun(self) -> bool:
        """Whether anything has ever been answered."""
        return any(area.seen for area in self.areas)

    @property
    def waiting(self) -> int:
        """How many items today holds."""
        return self.today.due + self.today.learning + self.today.new


def moment(milliseconds: int | None, now: datetime) -> str:
    """Return a moment as ``16:40``, or with its date if it is not today; empty for none."""
    if milliseconds is None:
        return ""
    then = datetime.fromtimestamp(milliseconds / 1000, now.tzinfo)
    return f"{then:%H:%M}" if then.date() == now.date() else f"{then:%Y-%m-%d %H:%M}"


def read(library: Library) -> Glance:
    """Return how everything stands now."""
    today = library.today()
    return Glance(
        today=today,
        areas=areas(library, today),
        retention=retention(library)[0],
        streak=streak(library),
        forecast=tuple(forecast(library, FORECAST_DAYS)),
        next_due=moment(today.next_due, library.clock.now()),
    )
