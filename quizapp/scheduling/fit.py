"""A person's own parameters, fitted to their log and kept only if they predict later reviews better."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fsrs_rs_python import FSRSItem, FSRSReview

from quizapp.scheduling.memory import filled, model, retrievability
from quizapp.scheduling.model import Log, Rating

MINIMUM_REVIEWS = 200
"""Fewer scored reviews than this say too little: of them a fifth must judge the rest."""

LATER_SHARE = 0.2
LONGEST_HISTORY = 256  # fsrs-rs trains on no longer ones


@dataclass(frozen=True, slots=True)
class Fit:
    """What became of a fit.

    Parameters
    ----------
    parameters : tuple of float
        Those to use from now on: the new ones if ``kept``, else the ones from before, as they were given.
    log_loss_before, log_loss_after : float or None
        On the later reviews, which the fit has not seen; None if there were too few reviews to tell.
    reviews : int
        Scored reviews: those at least a day after the one before.
    kept : bool
    reason : {"better", "not-better", "too-few-reviews"}
    """

    parameters: tuple[float, ...]
    log_loss_before: float | None
    log_loss_after: float | None
    reviews: int
    kept: bool
    reason: Literal["better", "not-better", "too-few-reviews"]


def fit(log: Log, parameters: tuple[float, ...] = (), relearning_steps: int = 1) -> Fit:
    """Fit FSRS-6 to a log and judge the result on its later part.

    The first four fifths of the scored reviews, in the order of time, train; the last fifth judges both sets. What
    is kept is the very set that was judged, not another one trained on everything.

    Parameters
    ----------
    log : Log
        Without the annulled reviews.
    parameters : tuple of float
        In use now.
    relearning_steps : int
        How many there are; several tighten the bounds of w17 and w18.

    Returns
    -------
    Fit
    """
    filled(parameters)
    scored = scored_reviews(log)
    if len(scored) < MINIMUM_REVIEWS:
        return Fit(parameters, None, None, len(scored), kept=False, reason="too-few-reviews")
    judges = round(len(scored) * LATER_SHARE)
    earlier, later = scored[:-judges], scored[-judges:]
    found = tuple(model().compute_parameters([one.item for one in earlier], None, True, relearning_steps))
    before, after = log_loss(later, parameters), log_loss(later, found)
    kept = after < before
    return Fit(
        parameters=found if kept else parameters,
        log_loss_before=before,
        log_loss_after=after,
        reviews=len(scored),
        kept=kept,
        reason="better" if kept else "not-better",
    )


@dataclass(frozen=True, slots=True)
class Scored:
    """A review that a prediction can be held against.

    Parameters
    ----------
    item : FSRSItem
        The whole history, this review included.
    elapsed : int
        Study days since the review before, 1 or more.
    recalled : bool
    """

    item: FSRSItem
    elapsed: int
    recalled: bool


def scored_reviews(log: Log) -> list[Scored]:
    """Return the scored reviews of a log in the order of time.

    A review is scored if it came a study day or more after the one before: only then is there something to recall.
    """
    histories: dict[str, list[FSRSReview]] = {}
    last_days: dict[str, int] = {}
    found: list[Scored] = []
    for i in sorted(range(len(log.item)), key=log.at.__getitem__):
        name, day, rating = log.item[i], int(log.day[i]), int(log.rating[i])
        history = histories.setdefault(name, [])
        elapsed = max(0, day - last_days.get(name, day))
        history.append(FSRSReview(rating, elapsed))
        last_days[name] = day
        if elapsed and len(history) <= LONGEST_HISTORY:
            found.append(Scored(FSRSItem(history), elapsed, rating > Rating.AGAIN))
    return found


def log_loss(scored: Sequence[Scored], parameters: tuple[float, ...] = ()) -> float:
    """Return the mean log loss of the recalls predicted by these parameters, every review counting the same.

    fsrs-rs's own ``evaluate`` weighs late reviews up to four times as much as early ones.
    """
    histories = [FSRSItem(one.item.reviews[:-1]) for one in scored]
    total = 0.0
    for one, state in zip(scored, model(parameters).memory_state_batch(histories), strict=True):
        recall = retrievability(state.stability, one.elapsed, parameters)
        total -= math.log(recall if one.recalled else 1 - recall)
    return total / len(scored)
