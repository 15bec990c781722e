from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.store.store import Store
from tests.quizapp.store.samples import Ticking


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "progress.db"


@pytest.fixture
def store(path: Path, clock: Ticking) -> Iterator[Store]:
    with Store.open(path, clock.clock) as opened:
        yield opened
