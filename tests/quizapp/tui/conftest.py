from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.clock import Clock
from quizapp.library import Library
from quizapp.paths import folders
from quizapp.text import Display
from quizapp.tui.app import QuizApp
from quizapp.tui.glance import read

CONTENT = Path(__file__).parent / "content"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Ticking:
    """A clock that a test moves; every look at ``elapsed`` takes a second."""

    now: datetime = START
    seconds: float = 0.0
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = Clock(lambda: self.now, self._elapsed)

    def _elapsed(self) -> float:
        self.seconds += 1.0
        return self.seconds

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def ticking() -> Ticking:
    return Ticking()


@pytest.fixture
def library(tmp_path: Path, ticking: Ticking) -> Iterator[Library]:
    with Library.open(folders(tmp_path / "data", (CONTENT,), {}), ticking.clock, care=False) as opened:
        yield opened


def nothing() -> None:
    """Stand in for freezing the heap and loading modules in a thread."""


def app_of(library: Library, display: Display = "en") -> QuizApp:
    return QuizApp(library, read(library), display, seed=7, after_first_frame=nothing)
