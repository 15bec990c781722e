"""What an Anki collection remembers of a card: its review log, its FSRS memory or SM-2 ease, and when it is due."""

import json
import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from quizapp.importing.base import Past, PastReview, Standing
from quizapp.scheduling.model import Phase

NEW, LEARNING, REVIEW, RELEARNING = range(4)
_QUEUE_LEARNING, _SUSPENDED = 1, -1
_REAL_REVIEWS = (0, 1, 2, 3)
"""Kinds of rows in the log that a person's answer made; the others are changes by hand and re-scheduling."""

SECOND, DAY = 1_000, 86_400_000
_EARLIEST, _LATEST = 0, 4_102_444_800_000
_MOST_DAYS, _MOST_REVIEWS, _LONGEST, _MINUTES = 36_500, 1_000_000, 3_600_000, 1_440


def past(card: Sequence[Any], log: Sequence[Sequence[Any]], first_day: int, zone: tzinfo) -> Past:
    """Return what is known of a card.

    Parameters
    ----------
    card : sequence
        ``type, queue, due, odue, ivl, factor, reps, lapses, data`` as Anki has them.
    log : sequence of sequence
        ``id, ease, ivl, time, type`` of its reviews, oldest first.
    first_day : int
        Proleptic ordinal of the day from which due days are counted.
    zone : tzinfo
    """
    reviews = tuple(
        PastReview(at, ease, min(max(0, interval), _MOST_DAYS), min(max(0, took), _LONGEST))
        for at, ease, interval, took, kind in (tuple(map(_integer, row)) for row in log)
        if 1 <= ease <= 4 and kind in _REAL_REVIEWS and _EARLIEST < at < _LATEST
    )
    standing = _standing(card, reviews, first_day, zone)
    return Past(reviews, standing, suspended=_integer(card[1]) == _SUSPENDED and (standing is not None))


def _standing(card: Sequence[Any], reviews: Sequence[PastReview], first_day: int, zone: tzinfo) -> Standing | None:
    kind, queue, due, original_due, interval, factor, reps, lapses = map(_integer, card[:8])
    if kind not in (LEARNING, REVIEW, RELEARNING) or (kind != REVIEW and not reviews):
        return None
    memory = _object(card[8])
    due = original_due or due
    is_moment = queue == _QUEUE_LEARNING or due > _MOST_DAYS * 2
    day = _day(due * SECOND, zone) if is_moment else first_day + due
    if not 1 <= day <= _day(_LATEST, zone):
        return None
    interval = min(max(interval, 0), _MOST_DAYS)
    last = _integer(memory.get("lrt")) * SECOND
    if not _EARLIEST < last < _LATEST:
        last = reviews[-1].at if reviews else max(_EARLIEST + 1, (day - interval - _day(0, UTC)) * DAY)
    stability, difficulty = memory.get("s"), memory.get("d")
    known = _is_number(stability, 1e-3, 1e5) and _is_number(difficulty, 1, 10)
    return Standing(
        due_day=day,
        interval=interval,
        last_review=last,
        stability=float(stability) if known and stability is not None else None,
        difficulty=float(difficulty) if known and difficulty is not None else None,
        ease=min(max(factor / 1000, 1.3), 5.0) if factor else 2.5,
        reps=min(max(reps, len(reviews), 1), _MOST_REVIEWS),
        lapses=min(max(lapses, 0), _MOST_REVIEWS),
        due_at=min(max(due * SECOND, _EARLIEST), _LATEST) if is_moment and kind != REVIEW else 0,
        phase={LEARNING: Phase.LEARNING, REVIEW: Phase.REVIEW, RELEARNING: Phase.RELEARNING}[kind],
    )


def first_day(created: int, conf: Any, zone: tzinfo) -> int:
    """Return the day from which a collection counts: the date of its creation where it was made, not where it is read.

    Parameters
    ----------
    created : int
        Seconds since 1970 UTC.
    conf : object
        Its configuration as JSON; ``creationOffset`` says how many minutes west of UTC it was made.
    zone : tzinfo
        Where nothing is said.
    """
    west = _object(conf).get("creationOffset")
    if isinstance(west, int) and abs(west) < _MINUTES:
        zone = timezone(-timedelta(minutes=west))
    return _day(created * SECOND, zone)


def _object(data: Any) -> dict[str, Any]:
    try:
        found = json.loads(data) if isinstance(data, str) and data else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_number(value: Any, low: float, high: float) -> bool:
    return isinstance(value, int | float) and math.isfinite(value) and low <= value <= high


def _integer(value: Any) -> int:
    return int(value) if isinstance(value, int | float) and math.isfinite(value) else 0


def _day(milliseconds: int, zone: tzinfo) -> int:
    bounded = min(max(milliseconds, _EARLIEST), _LATEST)
    return datetime.fromtimestamp(bounded / 1000, zone).toordinal()
