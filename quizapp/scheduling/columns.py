"""Logs as NumPy columns, and the memory model over them. Imported by ``replay`` when it is called, never before.

Reviews are laid out card by card and processed in rounds: the first review of every card, then the second of
those that have one, and so on.
"""

import numpy as np
from numpy.typing import NDArray

from quizapp.scheduling.memory import curve, filled
from quizapp.scheduling.model import Log, Rating

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

STABILITY = (0.001, 36_500.0)
DIFFICULTY = (1.0, 10.0)

SINGLE = 1.2e-7
"""Distance of 1 from the next number in single precision."""

FRAGILE = 5e-6
"""Relative error of one step from which on a stability is not trusted."""


class Model:
    """The formulas of FSRS-6 over arrays."""

    def __init__(self, parameters: tuple[float, ...]) -> None:
        # The single-precision values that fsrs-rs computes with.
        self.w: Floats = np.asarray(filled(parameters), np.float32).astype(np.float64)
        self.decay, self.factor = curve(parameters)

    def initial(self, ratings: Ints) -> tuple[Floats, Floats]:
        """Return stability and difficulty after the first rating."""
        w = self.w
        difficulty = w[4] - np.exp(w[5] * (ratings - 1)) + 1
        return np.clip(w[ratings - 1], *STABILITY), np.clip(difficulty, *DIFFICULTY)

    def difficulty(self, d: Floats, ratings: Ints) -> Floats:
        """Return the difficulty after a rating."""
        w = self.w
        easiest = w[4] - np.exp(w[5] * 3) + 1
        moved: Floats = d - w[6] * (ratings - 3) * (10 - d) / 9
        reverted: Floats = np.clip(w[7] * easiest + (1 - w[7]) * moved, *DIFFICULTY)
        return reverted

    def stability(self, s: Floats, d: Floats, elapsed: Ints, ratings: Ints) -> tuple[Floats, Flags]:
        """Return the stability after a rating, and where single precision cannot be expected to agree.

        Parameters
        ----------
        s, d : ndarray of float
            Stability and difficulty before the rating.
        elapsed, ratings : ndarray of int

        Returns
        -------
        tuple of ndarray
            fsrs-rs subtracts 1 from powers and exponentials in single precision. Where these are close to 1, little
            is left of seven digits: there only fsrs-rs itself gives fsrs-rs's result.
        """
        w = self.w
        after = np.empty_like(s)
        fragile = np.zeros(len(s), np.bool_)
        same_day = elapsed == 0
        failed = ~same_day & (ratings == Rating.AGAIN)
        passed = ~same_day & ~failed
        if same_day.any():
            s0, g = s[same_day], ratings[same_day]
            gain = np.exp(w[17] * (g - 3 + w[18])) * s0 ** -w[19]
            after[same_day] = s0 * np.where(g >= Rating.HARD, np.maximum(gain, 1.0), gain)
        recall = np.empty_like(s)
        late = ~same_day
        recall[late] = (1 + self.factor * elapsed[late] / s[late]) ** self.decay
        if failed.any():
            s0 = s[failed]
            held = (s0 + 1) ** w[13] - 1
            lapsed = w[11] * d[failed] ** -w[12] * held * np.exp(w[14] * (1 - recall[failed]))
            after[failed] = np.minimum(lapsed, s0 / np.exp(w[17] * w[18]))
            fragile[failed] = FRAGILE * held < SINGLE
        if passed.any():
            bonus = np.array([1.0, 1.0, w[15], 1.0, w[16]])[ratings[passed]]
            scale = np.exp(w[8]) * (11 - d[passed]) * s[passed] ** -w[9] * bonus
            growth = scale * np.expm1(w[10] * (1 - recall[passed]))
            after[passed] = s[passed] * (1 + growth)
            fragile[passed] = SINGLE * scale > FRAGILE * (1 + growth)
        return np.clip(after, *STABILITY), fragile


class Layout:
    """The log regrouped: cards sorted by number of reviews, most first, so that each round is a prefix of them."""

    def __init__(self, log: Log) -> None:
        self.seen_order = list(dict.fromkeys(log.item))
        index = dict(zip(self.seen_order, range(len(self.seen_order)), strict=True))
        size = len(log.item)
        numbers = np.fromiter(map(index.__getitem__, log.item), np.int64, size)
        counts = np.bincount(numbers)
        by_count = np.argsort(-counts, kind="stable")
        rank = np.empty_like(by_count)
        rank[by_count] = np.arange(len(by_count))
        # By card, within a card in the order of the log: sorting the pairs as one number is far faster than a
        # stable argsort.
        order = np.sort(rank[numbers] * size + np.arange(size)) % size
        self.names = [self.seen_order[i] for i in by_count.tolist()]
        self.counts: Ints = counts[by_count]
        self.starts: Ints = np.concatenate(([0], np.cumsum(self.counts)[:-1]))
        self.rating: Ints = np.asarray(log.rating, np.int64)[order]
        self.at: Ints = np.asarray(log.at, np.int64)[order]
        self.day: Ints = np.asarray(log.day, np.int64)[order]
        self.granted: Ints = (
            np.zeros(len(order), np.int64) if log.granted is None else np.asarray(log.granted, np.int64)[order]
        )
        self.stability: Floats = np.zeros(len(self.names))
        self.difficulty: Floats = np.zeros(len(self.names))
        self.fragile: Flags = np.zeros(len(self.names), np.bool_)

    def rounds(self) -> list[tuple[int, int]]:
        """Return (index of the review within its card, number of cards that have one) for every round."""
        ascending = self.counts[::-1]
        numbers = np.arange(int(self.counts[0]))
        return list(enumerate((len(ascending) - np.searchsorted(ascending, numbers, side="right")).tolist()))

    def elapsed(self, first: int, count: int) -> Ints:
        """Return the study days since each card's previous review; 0 where a clock was set back."""
        at = self.starts[:count] + first
        return np.maximum(0, self.day[at] - self.day[at - 1]) if first else np.zeros(count, np.int64)

    def remember(self, model: Model, first: int, count: int) -> None:
        """Take the memory of one round's cards past their ratings."""
        ratings = self.rating[self.starts[:count] + first]
        if first == 0:
            self.stability[:count], self.difficulty[:count] = model.initial(ratings)
            return
        s, d = self.stability[:count], self.difficulty[:count]
        elapsed = self.elapsed(first, count)
        after, fragile = model.stability(s, d, elapsed, ratings)
        self.difficulty[:count] = model.difficulty(d, ratings)
        self.stability[:count] = after
        self.fragile[:count] |= fragile

    def history(self, card: int) -> list[tuple[int, int]]:
        """Return a card's ratings, each with the study days since the one before."""
        rows = slice(int(self.starts[card]), int(self.starts[card] + self.counts[card]))
        elapsed = np.maximum(0, np.diff(self.day[rows], prepend=self.day[rows.start]))
        return list(zip(self.rating[rows].tolist(), elapsed.tolist(), strict=True))
