"""Which concrete question an item becomes this time: its seed, its level, or the very numbers of the last mistake."""

import secrets
from collections.abc import Sequence
from zlib import crc32

from quizapp.questions.base import Draw
from quizapp.scheduling.model import CardState
from quizapp.store.records import LoggedReview

SECOND_LEVEL_STABILITY = 7.0
THIRD_LEVEL_STABILITY = 30.0
"""Days of stability from which harder numbers are asked: what is kept a week, or a month, is ready for them."""

MAXIMUM_SEED = 2**31 - 1


def level_for(levels: Sequence[int], state: CardState | None, leech: bool) -> int:
    """Return the level to ask: it rises with the memory's stability and falls to the easiest for a leech."""
    if state is None or leech or state.stability < SECOND_LEVEL_STABILITY:
        return levels[0]
    if state.stability < THIRD_LEVEL_STABILITY:
        return levels[min(1, len(levels) - 1)]
    return levels[-1]


def draw_for(
    item: str,
    levels: Sequence[int],
    state: CardState | None,
    history: Sequence[LoggedReview],
    day: int,
    *,
    leech: bool = False,
    session_seed: int | None = None,
) -> tuple[Draw, bool]:
    """Return the draw of an item, and whether it repeats the numbers of the mistake before.

    Parameters
    ----------
    item : str
    levels : sequence of int
        Levels the item offers, ascending.
    state : CardState or None
    history : sequence of LoggedReview
        All reviews of the item, oldest first.
    day : int
        Today; numbers come back on the day of the mistake only.
    leech : bool
    session_seed : int, optional
        Makes every draw of a session reproducible; otherwise seeds are random.
    """
    counted = [logged.answer for logged in history if logged.annulled is None]
    last = counted[-1] if counted else None
    # Only numbers come back; options are better shuffled anew.
    if last is not None and last.skill and last.params and last.verdict == "wrong" and last.day == day:
        already_repeated = len(counted) > 1 and counted[-2].params == last.params and counted[-2].day == day
        if not already_repeated:
            return Draw(last.seed or 0, last.level or levels[0], last.params), True
    reps = 0 if state is None else state.reps
    if session_seed is None:
        seed = secrets.randbelow(MAXIMUM_SEED)
    else:
        seed = crc32(f"{session_seed}:{item}:{reps}".encode()) & MAXIMUM_SEED
    return Draw(seed, level_for(levels, state, leech)), False
