"""Phases, steps and intervals of all cards, round by round. Imported by ``replay`` when it is called, never before.

The automaton of phases and steps and the intervals come out exactly as ``policy.fold`` has them. The memory is
computed in double precision where fsrs-rs uses single (about 1e-6 apart). So intervals are granted twice, for a little
less and a little more than the exact interval: a card for which that makes a difference is folded again, one by one.
"""

from datetime import tzinfo

import numpy as np
from numpy.typing import NDArray

from quizapp.scheduling.columns import Flags, Floats, Ints, Layout, Model
from quizapp.scheduling.days import DAY_SECONDS, day_start, moment_of, study_day
from quizapp.scheduling.intervals import (
    FUZZ_FROM,
    FUZZ_SHARES,
    SPLITMIX_FACTORS,
    SPLITMIX_GAMMA,
    rounded,
    seed_of,
    target,
)
from quizapp.scheduling.model import CardState, Log, Options, Phase, Rating, Review
from quizapp.scheduling.policy import fold, hard_delay

EDGE = 2e-5
"""Relative error that an interval may carry: four times what single precision was ever seen to do to a stability."""

_NEW, _LEARNING, _REVIEW, _RELEARNING = range(4)
_PHASES = (Phase.LEARNING, Phase.LEARNING, Phase.REVIEW, Phase.RELEARNING)


class Replay:
    """One replay: the memory as in ``Layout``, and beside it phases, steps and intervals."""

    def __init__(self, log: Log, options: Options, zone: tzinfo) -> None:
        self.laid = Layout(log)
        self.model = Model(options.parameters)
        self.options = options
        self.zone = zone
        cards = len(self.laid.names)
        self.phase: Ints = np.zeros(cards, np.int64)
        self.step: Ints = np.zeros(cards, np.int64)
        self.delay: Ints = np.zeros(cards, np.int64)
        # Two rows: what is granted at the lower and at the upper end of the doubt; equal where there is none.
        self.interval: Ints = np.zeros((2, cards), np.int64)
        self.lapses: Ints = np.zeros(cards, np.int64)
        self.doubtful: Flags = np.zeros(cards, np.bool_)
        self.seeds: NDArray[np.uint64] = np.array([seed_of(name) for name in self.laid.names], np.uint64)
        steps = (options.learning_steps, options.relearning_steps)
        self.step_counts: Ints = np.array([len(steps[0]), len(steps[0]), 0, len(steps[1])])
        # Delays by (relearning?, after Hard?, step); padded so that lookups of other cards' steps stay in bounds.
        self.delays: Ints = np.zeros((2, 2, max(map(len, steps)) + 1), np.int64)
        for i, seconds in enumerate(steps):
            for step, delay in enumerate(seconds):
                self.delays[i, 0, step] = delay
                self.delays[i, 1, step] = hard_delay(seconds, step)

    def states(self) -> dict[str, CardState]:
        """Go through all rounds and return every item's state, in the order of first appearance."""
        laid = self.laid
        for first, count in laid.rounds():
            self._round(first, count)
        last = laid.starts + laid.counts - 1
        columns = zip(
            laid.names,
            self.phase.tolist(),
            self.step.tolist(),
            self.delay.tolist(),
            self.interval[0].tolist(),
            laid.stability.tolist(),
            laid.difficulty.tolist(),
            laid.at[last].tolist(),
            laid.day[last].tolist(),
            laid.counts.tolist(),
            self.lapses.tolist(),
            strict=True,
        )
        found: dict[str, CardState] = {}
        for name, phase, step, delay, interval, stability, difficulty, at, day, reps, lapses in columns:
            due, due_day = self._due(at, day, interval, delay)
            found[name] = CardState(
                _PHASES[phase], step, stability, difficulty, due, due_day, at, day, interval, reps, lapses
            )
        for card in np.flatnonzero(self.doubtful | laid.fragile | (self.interval[0] != self.interval[1])).tolist():
            state = fold(self._reviews(card), self.options, self.zone)
            if state is not None:
                found[laid.names[card]] = state
        return {name: found[name] for name in laid.seen_order}

    def _due(self, at: int, day: int, interval: int, delay: int) -> tuple[int, int]:
        rollover = self.options.rollover_hour
        days = interval or (rounded(delay / DAY_SECONDS) if delay >= DAY_SECONDS else 0)
        if days:
            return day_start(day + days, rollover, self.zone), day + days
        due = at + delay * 1000
        now, then = moment_of(at, self.zone), moment_of(due, self.zone)
        return due, day + study_day(then, rollover) - study_day(now, rollover)

    def _reviews(self, card: int) -> list[Review]:
        laid = self.laid
        start, name = int(laid.starts[card]), laid.names[card]
        rows = range(start, start + int(laid.counts[card]))
        return [
            Review(name, Rating(int(laid.rating[i])), int(laid.at[i]), int(laid.day[i]), int(laid.granted[i]))
            for i in rows
        ]

    def _round(self, first: int, count: int) -> None:
        laid = self.laid
        rows = laid.starts[:count] + first
        ratings = laid.rating[rows]
        phase, in_review = self.phase[:count], self.phase[:count] == _REVIEW
        relearning = in_review | (phase == _RELEARNING)
        failing = np.where(relearning, _RELEARNING, _LEARNING)
        steps = self.step_counts[failing]
        step = np.maximum(0, np.minimum(self.step[:count], steps - 1))

        again, hard, good = (ratings == rating for rating in (Rating.AGAIN, Rating.HARD, Rating.GOOD))
        hard_graduates = in_review | (steps == 0)
        good_graduates = in_review | (step + 1 >= steps)
        stays = (again & (steps > 0)) | (hard & ~hard_graduates) | (good & ~good_graduates)
        next_step = np.where(again, 0, step + good)

        granted = laid.granted[rows]
        last = self.interval[:, :count].copy()
        self.interval[:, :count] = np.where(stays, 0, granted)
        fresh = np.flatnonzero(~stays & (granted == 0))
        if len(fresh):
            self.interval[:, fresh] = self._grant(fresh, first, ratings[fresh], hard_graduates[fresh], last[:, fresh])
        laid.remember(self.model, first, count)

        self.lapses[:count] += again & in_review
        self.delay[:count] = np.where(stays, self.delays[relearning * 1, hard * 1, next_step * stays], 0)
        self.phase[:count] = np.where(stays, failing, _REVIEW)
        self.step[:count] = np.where(stays, next_step, 0)

    def _grant(self, cards: Ints, first: int, ratings: Ints, hard_graduates: Flags, last: Ints) -> Ints:
        """Return the days granted at either end of the doubt, each rating's above those of the one below it."""
        laid, options = self.laid, self.options
        study_days, which = np.unique(laid.day[laid.starts[cards] + first], return_inverse=True)
        targets = [target(options, day) for day in study_days.tolist()]
        maximum = np.array([aim.maximum for aim in targets])[which]
        spread = np.array([aim.spread for aim in targets])[which]
        power, factor = 1 / self.model.decay, self.model.factor
        stretch = np.array([(aim.retention**power - 1) / factor for aim in targets])[which]
        u = _draws(self.seeds[cards], first) if options.fuzz else None
        elapsed = laid.elapsed(first, int(cards[-1]) + 1)[cards]

        granted = np.zeros_like(last)
        floor = np.zeros_like(last)
        again = ratings == Rating.AGAIN
        for rating, applies in (
            (Rating.AGAIN, again),
            (Rating.HARD, ~again & hard_graduates),
            (Rating.GOOD, ratings >= Rating.GOOD),
            (Rating.EASY, ratings == Rating.EASY),
        ):
            who = np.flatnonzero(applies)
            given = np.full(len(who), int(rating))
            if first:
                stability = laid.stability[cards[who]], laid.difficulty[cards[who]]
                exact = self.model.stability(*stability, elapsed[who], given)[0] * stretch[who]
            else:
                exact = self.model.initial(given)[0] * stretch[who]
            before = last[:, who] * (rating != Rating.AGAIN)
            ends = exact * np.array([[1 - EDGE], [1 + EDGE]])
            luck = None if u is None else u[who]
            floor[:, who] = _days(ends, floor[:, who] + 1, maximum[who], spread[who], before, luck)
            asked = ratings == rating
            granted[:, asked] = floor[:, asked]
            # In these two places the rules are not monotone: the ends need not enclose what lies between them.
            over = ends > maximum[who]
            self.doubtful[cards[who]] |= (spread[who] > 0) & (over[0] != over[1])
            self.doubtful[cards[who]] |= (before[0] != before[1]) & (before.max(axis=0) >= np.floor(ends[0]))
        return granted


def _days(exact: Floats, minimum: Ints, maximum: Ints, spread: Ints, last: Ints, u: Floats | None) -> Ints:
    """Return the whole days granted: ``intervals.Granting.days`` over arrays."""
    whole = _rounded(exact)
    if u is None:
        return np.minimum(np.maximum(whole, minimum), maximum)
    lower, upper = _fuzz_range(exact, np.ones_like(minimum), maximum)
    kept = np.where((lower <= last) & (last <= upper), last, 0)
    minimum = np.maximum(minimum, np.where(whole > last, last + 1, kept))
    lower, upper = _fuzz_range(exact, minimum, maximum)
    beyond = (spread > 0) & (exact > maximum)
    lower = np.where(beyond, np.maximum(np.minimum(minimum, maximum), maximum - spread), lower)
    return lower + np.floor(u * (1 + upper - lower)).astype(np.int64)


def _fuzz_range(exact: Floats, minimum: Ints, maximum: Ints) -> tuple[Ints, Ints]:
    """Return ``intervals.fuzz_range`` over arrays."""
    minimum = np.minimum(minimum, maximum)
    inside = np.minimum(np.maximum(exact, minimum), maximum)
    width = np.ones_like(inside)
    for start, end, share in FUZZ_SHARES:
        width += share * np.maximum(0.0, np.minimum(inside, end) - start)
    width[inside < FUZZ_FROM] = 0.0
    lower = np.minimum(np.maximum(_rounded(inside - width), minimum), maximum)
    upper = np.minimum(np.maximum(_rounded(inside + width), minimum), maximum)
    narrow = (upper == lower) & (upper > 2) & (upper < maximum)
    return lower, upper + narrow


def _rounded(days: Floats) -> Ints:
    return np.floor(days + 0.5).astype(np.int64)


def _draws(seeds: NDArray[np.uint64], reps: int) -> Floats:
    """Return ``intervals.draw`` of many seeds; unsigned arithmetic wraps round as SplitMix64 asks."""
    z = seeds + np.uint64((reps + 1) * SPLITMIX_GAMMA & 0xFFFFFFFFFFFFFFFF)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(SPLITMIX_FACTORS[0])
    z = (z ^ (z >> np.uint64(27))) * np.uint64(SPLITMIX_FACTORS[1])
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) * 2.0**-53
