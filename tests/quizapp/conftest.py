from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.library import Library
from quizapp.paths import Folders
from tests.quizapp.shelf import Hours, make_folders, open_library


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def shelf(tmp_path: Path) -> Folders:
    return make_folders(tmp_path)


@pytest.fixture
def library(shelf: Folders, hours: Hours) -> Iterator[Library]:
    with open_library(shelf, hours) as opened:
        yield opened
