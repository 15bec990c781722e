"""Study days: local dates that begin at a rollover hour instead of midnight, as proleptic ordinals."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

DAY_SECONDS = 86_400


def study_day(moment: datetime, rollover_hour: int) -> int:
    """Return the study day of an aware moment, told by the clock on its own zone's wall.

    Parameters
    ----------
    moment : datetime
        Aware; its ``tzinfo`` says where the person is.
    rollover_hour : int
        Hour of the wall clock, 0 to 23, at which a study day begins.

    Returns
    -------
    int
        ``date.toordinal()`` of the local date, or of the day before while the rollover hour is not reached.
    """
    if moment.tzinfo is None:
        raise ValueError("A study day needs a moment with a time zone.")
    # Wall-clock arithmetic on purpose: on a day of 23 or 25 hours the rollover stays at the same hour of the wall.
    return moment.toordinal() - (moment.hour < rollover_hour)


@lru_cache(maxsize=4096)
def day_start(day: int, rollover_hour: int, zone: tzinfo) -> int:
    """Return the first instant of a study day in a zone, as milliseconds since 1970 UTC.

    Where clocks go forward over the rollover hour, the day begins when the gap ends; where they go back over
    it, at the first of the two. A date that a zone skipped altogether begins together with the next one.
    """
    wall = datetime.combine(date.fromordinal(day), time(rollover_hour), tzinfo=zone)
    after = _epoch_seconds(wall)
    before = _epoch_seconds(wall.replace(fold=1))
    if before >= after:
        return after * 1000
    # Only inside a gap is the reading with the later offset the earlier instant: the gap ends between the two.
    while before < after:
        middle = (before + after) // 2
        if study_day(datetime.fromtimestamp(middle, zone), rollover_hour) < day:
            before = middle + 1
        else:
            after = middle
    return after * 1000


def moment_of(milliseconds: int, zone: tzinfo) -> datetime:
    """Return the aware local moment of milliseconds since 1970 UTC."""
    return (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(zone)


def milliseconds_of(moment: datetime) -> int:
    """Return an aware moment as milliseconds since 1970 UTC."""
    return round(moment.timestamp() * 1000)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _epoch_seconds(moment: datetime) -> int:
    return int(moment.timestamp())
