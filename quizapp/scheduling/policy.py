"""When an item comes back: what each rating would grant, and the fold of an item's log.

``outcomes`` is the one place where a rating becomes a state; ``apply`` and ``fold`` only choose among its results,
so what a button shows, what is granted and what a rebuild of all states finds cannot differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Literal

from quizapp.scheduling.days import DAY_SECONDS, day_start, milliseconds_of, moment_of, study_day
from quizapp.scheduling.intervals import Granting, draw, rounded, seed_of, target
from quizapp.scheduling.memory import Memory, Prospect, prospects
from quizapp.scheduling.model import CardState, Options, Phase, Rating, Review

__all__ = ["Delay", "Outcomes", "apply", "day_start", "fold", "hard_delay", "is_leech_now", "outcomes", "study_day"]


@dataclass(frozen=True, slots=True)
class Delay:
    """How far off a due moment is, for a label: ``<1m``, ``10 min``, ``3 d``.

    Parameters
    ----------
    kind : {"minutes", "days"}
    amount : int
        Minutes are rounded up; 0 stands for "within a minute".
    """

    kind: Literal["minutes", "days"]
    amount: int


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What each rating would make of an item now; ``outcomes[rating]`` is the state, ``delay(rating)`` its label."""

    again: CardState
    hard: CardState
    good: CardState
    easy: CardState
    delays: tuple[Delay, Delay, Delay, Delay]

    def __getitem__(self, rating: Rating) -> CardState:
        return (self.again, self.hard, self.good, self.easy)[rating - 1]

    def delay(self, rating: Rating) -> Delay:
        """Return how far off the item's return would be."""
        return self.delays[rating - 1]


def outcomes(
    state: CardState | None,
    item: str,
    moment: datetime,
    options: Options,
    load: Mapping[int, int] | None = None,
) -> Outcomes:
    """Return what each of the four ratings would grant.

    Parameters
    ----------
    state : CardState or None
        None for an item that was never reviewed.
    item : str
        Its id, from which the fuzz follows.
    moment : datetime
        The present, aware, in the person's zone.
    options : Options
    load : mapping of int to int, optional
        Reviews due per study day. With ``options.load_balance`` (and ``options.fuzz``, which it works within)
        the emptier days of the fuzz range are preferred.

    Returns
    -------
    Outcomes
    """
    zone = moment.tzinfo
    if zone is None:
        raise ValueError("Scheduling needs a moment with a time zone.")
    day = study_day(moment, options.rollover_hour)
    return _Review(item, milliseconds_of(moment), day, zone, options, load).outcomes(state)


def apply(
    state: CardState | None,
    rating: Rating,
    item: str,
    moment: datetime,
    options: Options,
    load: Mapping[int, int] | None = None,
) -> CardState:
    """Return the state after a rating: the one that ``outcomes`` showed."""
    return outcomes(state, item, moment, options, load)[rating]


def fold(reviews: Iterable[Review], options: Options, zone: tzinfo) -> CardState | None:
    """Return the state that the log of one item leads to; None for an empty log.

    Parameters
    ----------
    reviews : iterable of Review
        Of one item, in the order of the log, without the annulled ones. Elapsed days come from the study days
        stored with them, so travelling never changes what was remembered; intervals granted are kept.
    options : Options
    zone : tzinfo
        Where the person is now: decides at which instant a due day begins.
    """
    state: CardState | None = None
    for review in reviews:
        situation = _Review(review.item, review.at, review.day, zone, options, None)
        state = situation.outcomes(state)[review.rating]
        if review.granted and state.phase is Phase.REVIEW and state.interval != review.granted:
            due_day = review.day + review.granted
            due = day_start(due_day, options.rollover_hour, zone)
            state = state._replace(interval=review.granted, due_day=due_day, due=due)
    return state


def is_leech_now(state: CardState, options: Options) -> bool:
    """Return whether this number of lapses calls for attention: the threshold, then every half of it again.

    To be asked when a review has just added a lapse. A threshold of 0 switches leeches off.
    """
    threshold = options.leech_threshold
    if threshold <= 0 or state.lapses < threshold:
        return False
    return (state.lapses - threshold) % ((threshold + 1) // 2) == 0


def hard_delay(steps: tuple[int, ...], step: int) -> int:
    """Return the seconds after Hard: on the first step between Again and Good, else the same step once more."""
    if step > 0:
        return steps[step]
    if len(steps) > 1:
        return (steps[0] + steps[1]) // 2
    return min(steps[0] * 3 // 2, steps[0] + DAY_SECONDS)


@dataclass(frozen=True, slots=True)
class _Review:
    """One review of one item: where and when, but not yet with which rating."""

    item: str
    at: int
    day: int
    zone: tzinfo
    options: Options
    load: Mapping[int, int] | None

    def outcomes(self, state: CardState | None) -> Outcomes:
        options = self.options
        aim = target(options, self.day)
        phase = Phase.LEARNING if state is None else state.phase
        reps = 0 if state is None else state.reps
        lapses = 0 if state is None else state.lapses
        held = None if state is None else Memory(state.stability, state.difficulty)
        elapsed = 0 if state is None else max(0, self.day - state.last_day)
        again, hard, good, easy = prospects(held, elapsed, aim.retention, options.parameters)

        granting = Granting(
            aim,
            self.day,
            last=0 if state is None else state.interval,
            u=draw(seed_of(self.item), reps) if options.fuzz else None,
            load=self.load if options.load_balance else None,
        )
        in_review = phase is Phase.REVIEW
        failing = Phase.LEARNING if phase is Phase.LEARNING else Phase.RELEARNING
        steps = options.learning_steps if failing is Phase.LEARNING else options.relearning_steps
        # The steps may have been shortened since; an item beyond their end stands on the last one.
        step = 0 if state is None else max(0, min(state.step, len(steps) - 1))

        hard_graduates = in_review or not steps
        good_graduates = in_review or step + 1 >= len(steps)
        hard_days = granting.days(hard.interval, 1) if hard_graduates else 0
        good_days = granting.days(good.interval, hard_days + 1)
        easy_days = granting.days(easy.interval, good_days + 1)

        returns = (
            self._step(failing, 0, steps[0])
            if steps
            else self._days(replace(granting, last=0).days(again.interval, 1)),
            self._days(hard_days) if hard_graduates else self._step(failing, step, hard_delay(steps, step)),
            self._days(good_days) if good_graduates else self._step(failing, step + 1, steps[step + 1]),
            self._days(easy_days),
        )
        failed = lapses + 1 if in_review else lapses
        return Outcomes(
            self._state(again, returns[0], reps, failed),
            self._state(hard, returns[1], reps, lapses),
            self._state(good, returns[2], reps, lapses),
            self._state(easy, returns[3], reps, lapses),
            (returns[0].delay, returns[1].delay, returns[2].delay, returns[3].delay),
        )

    def _state(self, prospect: Prospect, back: "_Return", reps: int, lapses: int) -> CardState:
        return CardState(
            phase=back.phase,
            step=back.step,
            stability=prospect.memory.stability,
            difficulty=prospect.memory.difficulty,
            due=back.due,
            due_day=back.due_day,
            last_review=self.at,
            last_day=self.day,
            interval=back.interval,
            reps=reps + 1,
            lapses=lapses,
        )

    def _days(self, days: int) -> "_Return":
        due_day = self.day + days
        due = day_start(due_day, self.options.rollover_hour, self.zone)
        return _Return(Phase.REVIEW, 0, due, due_day, days, Delay("days", days))

    def _step(self, phase: Phase, step: int, seconds: int) -> "_Return":
        rollover = self.options.rollover_hour
        if seconds >= DAY_SECONDS:
            # A step of days is due on a day, not at an hour: earlier or later practice must not shift it.
            days = rounded(seconds / DAY_SECONDS)
            due = day_start(self.day + days, rollover, self.zone)
            return _Return(phase, step, due, self.day + days, 0, Delay("days", days))
        now = moment_of(self.at, self.zone)
        then = moment_of(self.at + seconds * 1000, self.zone)
        due_day = self.day + study_day(then, rollover) - study_day(now, rollover)
        minutes = 0 if seconds <= 60 else -(-seconds // 60)
        return _Return(phase, step, self.at + seconds * 1000, due_day, 0, Delay("minutes", minutes))


@dataclass(frozen=True, slots=True)
class _Return:
    """When an item comes back, and as what."""

    phase: Phase
    step: int
    due: int
    due_day: int
    interval: int
    delay: Delay
