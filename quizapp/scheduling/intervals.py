"""From the memory model's exact interval to the whole days that are granted: fuzz, load, exam date.

The fuzz follows Anki's rules (ranges, flat distribution, never a step back without need). Its random number is
a function of item and repetition alone: the interval on the button is the interval granted, today, after a
restart, and when the log is folded again.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from quizapp.scheduling.model import Options

FUZZ_FROM = 2.5
FUZZ_SHARES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, math.inf, 0.05))
"""(from day, to day, share of the days in between by which an interval may move either way)."""

BALANCED_UP_TO = 90
"""Longer intervals are not balanced: too far away for today's load to say anything."""

LONGEST = 36_500
"""A hundred years, FSRS's own limit of stability: beyond it the calendar's end would come in reach."""

EXAM_RETENTION = 0.97
EXAM_RAMP_DAYS = 30
EXAM_SPREAD_DAYS = 14

SPLITMIX_GAMMA = 0x9E3779B97F4A7C15
SPLITMIX_FACTORS = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_MASK = 0xFFFFFFFFFFFFFFFF


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed at on one study day.

    Parameters
    ----------
    retention : float
    maximum : int
        Longest interval in days.
    spread : int
        Over how many days before ``maximum`` the intervals that are longer get spread; 0 for none.
    """

    retention: float
    maximum: int
    spread: int = 0


def target(options: Options, day: int) -> Target:
    """Return what is aimed at on a study day, given the options and the exam that may lie ahead.

    Before an exam no interval reaches past its eve, so that every item comes back at least once; those that
    would are spread over the days before it (a quarter of the time left, two weeks at most) instead of piling
    up on the eve. Over the last 30 days the target retention rises linearly towards 0.97. From the day of the
    exam on nothing of this applies.
    """
    longest = min(options.maximum_interval, LONGEST)
    if options.exam_date is None or (left := options.exam_date.toordinal() - day) <= 0:
        return Target(options.desired_retention, longest)
    nearness = max(0.0, 1 - left / EXAM_RAMP_DAYS)
    raised = max(options.desired_retention, EXAM_RETENTION)
    return Target(
        retention=options.desired_retention + nearness * (raised - options.desired_retention),
        maximum=min(longest, max(1, left - 1)),
        spread=min(EXAM_SPREAD_DAYS, left // 4),
    )


@lru_cache(maxsize=1024)
def seed_of(item: str) -> int:
    """Return the 64-bit seed of an item's fuzz: the 8-byte BLAKE2b digest of its id."""
    return int.from_bytes(blake2b(item.encode(), digest_size=8).digest(), "little")


def draw(seed: int, reps: int) -> float:
    """Return the random number in [0, 1) for an item's review: number ``reps`` of SplitMix64 under ``seed``."""
    z = (seed + (reps + 1) * SPLITMIX_GAMMA) & _MASK
    z = ((z ^ (z >> 30)) * SPLITMIX_FACTORS[0]) & _MASK
    z = ((z ^ (z >> 27)) * SPLITMIX_FACTORS[1]) & _MASK
    return float((z ^ (z >> 31)) >> 11) * 2.0**-53


def rounded(days: float) -> int:
    """Return the nearest whole number of days, halves upwards (``round`` would go to the even one)."""
    return math.floor(days + 0.5)


def fuzz_range(interval: float, minimum: int, maximum: int) -> tuple[int, int]:
    """Return the first and the last day among which an interval may be moved.

    Parameters
    ----------
    interval : float
        Days as the memory model has them.
    minimum, maximum : int
        Limits in days; ``maximum`` wins.

    Returns
    -------
    tuple of int
        Both ends included. Intervals under 2.5 days stay where they are.
    """
    minimum = min(minimum, maximum)
    interval = min(max(interval, minimum), maximum)
    width = 0.0
    if interval >= FUZZ_FROM:
        width = 1.0
        for start, end, share in FUZZ_SHARES:
            if interval > start:
                width += share * (min(interval, end) - start)
    lower = min(max(rounded(interval - width), minimum), maximum)
    upper = min(max(rounded(interval + width), minimum), maximum)
    if upper == lower and 2 < upper < maximum:
        upper = lower + 1
    return lower, upper


def least(interval: float, last: int, maximum: int) -> int:
    """Return the days below which fuzz shall not take an interval, given the one granted before.

    A growing interval stays above the last one; one that stays about the same does not fall below it.
    """
    if rounded(interval) > last:
        return last + 1
    lower, upper = fuzz_range(interval, 1, maximum)
    return last if lower <= last <= upper else 0


@dataclass(frozen=True, slots=True)
class Granting:
    """Everything that turns exact intervals of one item at one review into whole days.

    Parameters
    ----------
    target : Target
    day : int
        Study day of the review.
    last : int
        Days granted before; 0 out of steps.
    u : float or None
        Random number in [0, 1); None for no fuzz.
    load : mapping of int to int, optional
        Reviews already due per study day, where days shall be balanced.
    """

    target: Target
    day: int
    last: int
    u: float | None
    load: Mapping[int, int] | None = None

    def days(self, interval: float, minimum: int) -> int:
        """Return the whole days granted for an exact interval, at least ``minimum``, at most the target's maximum."""
        maximum = self.target.maximum
        if self.u is None:
            return min(max(rounded(interval), minimum), maximum)
        minimum = max(minimum, least(interval, self.last, maximum))
        lower, upper = fuzz_range(interval, minimum, maximum)
        if self.target.spread and interval > maximum:
            lower = max(min(minimum, maximum), maximum - self.target.spread)
        if self.load is not None and interval <= BALANCED_UP_TO:
            return self._balanced(lower, upper, self.u, self.load)
        # The product first: added to ``lower``, a number just below 1 would round up past ``upper``.
        return lower + math.floor(self.u * (1 + upper - lower))

    def _balanced(self, lower: int, upper: int, u: float, load: Mapping[int, int]) -> int:
        weights = [_weight(days, load.get(self.day + days, 0)) for days in range(lower, upper + 1)]
        rest = u * sum(weights)
        for days, weight in enumerate(weights, start=lower):
            rest -= weight
            if rest < 0:
                return days
        return upper


def _weight(days: int, reviews: int) -> float:
    """Return how likely a day is taken: surely an empty one, the less the fuller and the later."""
    return 1.0 if reviews <= 0 else reviews**-2.15 * float(days) ** -3
