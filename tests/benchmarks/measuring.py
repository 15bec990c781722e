"""Paired measurement: both sides in turn, many times, so that a busy machine slows both."""

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """Seconds (or bytes) of ours and of the floor or peer beside it, and the goal of the design."""

    what: str
    ours: float
    theirs: float
    goal: str
    bytes: bool = False

    def __str__(self) -> str:
        return (
            f"{self.what:<58} {self._shown(self.ours):>10} {self._shown(self.theirs):>10} "
            f"{self.ours / self.theirs:>7.3f}×   {self.goal}"
        )

    def _shown(self, amount: float) -> str:
        if self.bytes:
            return f"{amount / 1e6:.3g} MB"
        for unit, factor in (("s", 1.0), ("ms", 1e3)):
            if amount * factor >= 1:
                return f"{amount * factor:.3g} {unit}"
        return f"{amount * 1e6:.3g} µs"


def paired(
    what: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    goal: str,
    *,
    rounds: int = 15,
    quantile: float = 0.5,
) -> Ratio:
    """Time two callables in turn and compare a quantile of each (the median unless told)."""
    ours(), theirs()  # warm caches on both sides
    mine: list[float] = []
    other: list[float] = []
    gc.collect()
    for _ in range(rounds):
        for run, times in ((ours, mine), (theirs, other)):
            started = time.perf_counter()
            run()
            times.append(time.perf_counter() - started)
    return Ratio(what, at_quantile(mine, quantile), at_quantile(other, quantile), goal)


def at_quantile(times: Sequence[float], quantile: float) -> float:
    """Return a quantile of measured times."""
    if quantile == 0.5:
        return statistics.median(times)
    return sorted(times)[min(len(times) - 1, int(quantile * len(times)))]


def process(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Callable[[], object]:
    """Return a callable that runs a Python process to its end."""

    def run() -> object:
        return subprocess.run(
            [sys.executable, *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            check=True,
        )

    return run
