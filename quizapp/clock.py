"""The only source of the time of day: injected everywhere, so that no test ever waits."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import NamedTuple


def _local_now() -> datetime:
    return datetime.now().astimezone()


class Clock(NamedTuple):
    """``now`` gives an aware local time; ``elapsed`` seconds from an arbitrary start, never going back."""

    now: Callable[[], datetime] = _local_now
    elapsed: Callable[[], float] = monotonic

    def milliseconds(self) -> int:
        """Return the present as milliseconds since 1970-01-01 UTC."""
        return round(self.now().timestamp() * 1000)
