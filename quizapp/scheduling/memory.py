"""The memory model: FSRS-6 as computed by fsrs-rs, Anki's own core.

Elapsed time is counted in whole local study days. fsrs-rs computes in single precision; what it returns is
kept as it is, so that a state read back from the store continues exactly where it stopped.
"""

import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview, MemoryState, check_and_fill_parameters

LENGTHS = (17, 19, 21)

BOUNDS: tuple[tuple[float, float], ...] = (
    *((0.001, 100.0),) * 4,
    (1.0, 10.0),
    (0.001, 4.0),
    (0.001, 4.0),
    (0.001, 0.75),
    (0.0, 4.5),
    (0.0, 0.8),
    (0.001, 3.5),
    (0.001, 5.0),
    (0.001, 0.25),
    (0.001, 0.9),
    (0.0, 4.0),
    (0.0, 1.0),
    (1.0, 6.0),
    (0.0, 2.0),
    (0.0, 2.0),
    (0.0, 0.8),
    (0.1, 0.8),
)
"""What each of the 21 parameters may be, both ends included."""

_ROUNDING = 1e-6  # fitted parameters come back in single precision: a bound of 0.8 reads 0.800000012


class Memory(NamedTuple):
    """FSRS stability in days and difficulty from 1 to 10."""

    stability: float
    difficulty: float


class Prospect(NamedTuple):
    """The memory after a rating, and the days until recall probability falls to the target."""

    memory: Memory
    interval: float


class Prospects(NamedTuple):
    """One prospect for each rating; ``prospects[rating - 1]``."""

    again: Prospect
    hard: Prospect
    good: Prospect
    easy: Prospect


@lru_cache(maxsize=32)
def filled(parameters: tuple[float, ...] = ()) -> tuple[float, ...]:
    """Return the 21 parameters of FSRS-6 that a stored list stands for.

    Parameters
    ----------
    parameters : tuple of float
        Empty for the defaults; 17 (FSRS-4.5) and 19 (FSRS-5) are carried over to FSRS-6.

    Returns
    -------
    tuple of float

    Raises
    ------
    ValueError
        Wrong length, or values out of bounds: all of them are named.
    """
    if not parameters:
        return tuple(DEFAULT_PARAMETERS)
    if len(parameters) not in LENGTHS:
        raise ValueError(
            f"FSRS takes 21 parameters (or 19 or 17 of its older versions, or none for the defaults), "
            f"not {len(parameters)}."
        )
    strange = [f"w{i} = {value}" for i, value in enumerate(parameters) if not math.isfinite(value)]
    if strange:
        raise ValueError(f"FSRS parameters must be finite numbers: {', '.join(strange)}.")
    whole = parameters if len(parameters) == 21 else tuple(check_and_fill_parameters(parameters))
    outside = [
        f"w{i} = {value:g} (allowed {low:g} to {high:g})"
        for i, (value, (low, high)) in enumerate(zip(whole, BOUNDS, strict=True))
        if not low - _ROUNDING <= value <= high + _ROUNDING
    ]
    if outside:
        raise ValueError(f"FSRS parameters out of range: {', '.join(outside)}.")
    return whole


@lru_cache(maxsize=32)
def model(parameters: tuple[float, ...] = ()) -> FSRS:
    """Return the fsrs-rs object of a parameter list, made once."""
    return FSRS(filled(parameters))


@lru_cache(maxsize=32)
def curve(parameters: tuple[float, ...] = ()) -> tuple[float, float]:
    """Return ``decay`` and ``factor`` of the forgetting curve ``(1 + factor·t/S)^decay``."""
    decay = -filled(parameters)[20]
    return decay, 0.9 ** (1 / decay) - 1


def prospects(memory: Memory | None, elapsed: int, retention: float, parameters: tuple[float, ...] = ()) -> Prospects:
    """Return what each of the four ratings would make of a memory.

    Parameters
    ----------
    memory : Memory or None
        None before the first review.
    elapsed : int
        Study days since the last review, 0 or more; 0 is a same-day review.
    retention : float
        Recall probability, strictly between 0 and 1, at which the item shall come back.
    parameters : tuple of float

    Returns
    -------
    Prospects
    """
    _check_retention(retention)
    held = None if memory is None else MemoryState(memory.stability, memory.difficulty)
    states = model(parameters).next_states(held, retention, elapsed)
    # Written out: a loop with getattr takes twice as long, and this runs at every card shown.
    again, hard, good, easy = states.again, states.hard, states.good, states.easy
    return Prospects(
        Prospect(Memory(again.memory.stability, again.memory.difficulty), again.interval),
        Prospect(Memory(hard.memory.stability, hard.memory.difficulty), hard.interval),
        Prospect(Memory(good.memory.stability, good.memory.difficulty), good.interval),
        Prospect(Memory(easy.memory.stability, easy.memory.difficulty), easy.interval),
    )


def remembered(history: Iterable[tuple[int, int]], parameters: tuple[float, ...] = ()) -> Memory:
    """Return the memory after a history of ratings, each with the study days since the one before."""
    reviews = [FSRSReview(rating, elapsed) for rating, elapsed in history]
    state = model(parameters).memory_state(FSRSItem(reviews))
    return Memory(state.stability, state.difficulty)


def forgetting(parameters: tuple[float, ...] = ()) -> Callable[[float, float], float]:
    """Return ``retrievability`` for one list of parameters: what a loop over many items calls."""
    decay, factor = curve(parameters)

    def recalled(stability: float, elapsed_days: float) -> float:
        chance: float = (1 + factor * (elapsed_days if elapsed_days > 0 else 0.0) / stability) ** decay
        return chance

    return recalled


def retrievability(stability: float, elapsed_days: float, parameters: tuple[float, ...] = ()) -> float:
    """Return the probability of recall after some days, which may be fractions; 0.9 when they equal the stability."""
    return forgetting(parameters)(stability, elapsed_days)


def interval_for(stability: float, retention: float, parameters: tuple[float, ...] = ()) -> float:
    """Return the days until recall probability falls to ``retention``; not rounded, not limited."""
    _check_retention(retention)
    decay, factor = curve(parameters)
    return float(stability / factor * (retention ** (1 / decay) - 1))


def memory_from_sm2(ease: float, interval: float, retention: float = 0.9, parameters: tuple[float, ...] = ()) -> Memory:
    """Return the memory that an SM-2 schedule implies (imported decks without a review log).

    Parameters
    ----------
    ease : float
        SM-2 ease factor, 2.5 to begin with.
    interval : float
        Days of the present interval.
    retention : float
        The share of recalled cards that SM-2 reached with it.
    parameters : tuple of float
    """
    _check_retention(retention)
    state = model(parameters).memory_state_from_sm2(ease, interval, retention)
    return Memory(state.stability, state.difficulty)


def _check_retention(retention: float) -> None:
    if not 0 < retention < 1:
        raise ValueError(f"A desired retention lies between 0 and 1, for instance 0.9; it is {retention:g}.")
