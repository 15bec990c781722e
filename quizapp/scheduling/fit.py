"""A person's own parameters, fitted to their log and kept only if they predict later reviews better."""

from dataclasses import dataclass
from typing import Literal

from fsrs_rs_python import FSRSItem, FSRSReview

from quizapp.scheduling.memory import filled, model
from quizapp.scheduling.model import Log

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
    items = prediction_items(log)
    judges = round(len(items) * LATER_SHARE)
    too_few = Fit(parameters, None, None, len(items), kept=False, reason="too-few-reviews")
    if len(items) < MINIMUM_REVIEWS:
        return too_few
    earlier, later = items[:-judges], items[-judges:]
    try:
        found = tuple(model().compute_parameters(earlier, None, True, relearning_steps))
    except ValueError:
        # fsrs-rs sorts out implausible first intervals before it counts, and may find too little left.
        return too_few
    before = model(parameters).evaluate(later).log_loss
    after = model(found).evaluate(later).log_loss
    kept = bool(after < before)
    return Fit(
        parameters=found if kept else parameters,
        log_loss_before=before,
        log_loss_after=after,
        reviews=len(items),
        kept=kept,
        reason="better" if kept else "not-better",
    )


def prediction_items(log: Log) -> list[FSRSItem]:
    """Return, in the order of time, each scored review together with the history that led to it.

    A review is scored if it came a study day or more after the one before: only then is there something to recall.
    """
    histories: dict[str, list[FSRSReview]] = {}
    last_days: dict[str, int] = {}
    items: list[FSRSItem] = []
    for i in sorted(range(len(log.item)), key=log.at.__getitem__):
        name, day = log.item[i], int(log.day[i])
        history = histories.setdefault(name, [])
        elapsed = max(0, day - last_days.get(name, day))
        history.append(FSRSReview(int(log.rating[i]), elapsed))
        last_days[name] = day
        if elapsed and len(history) <= LONGEST_HISTORY:
            items.append(FSRSItem(history))
    return items
