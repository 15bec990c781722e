from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.library import Library
from quizapp.paths import Folders
from tests.quizapp.exporting.anki_profile import Profile
from tests.quizapp.exporting.nasty import NASTY
from tests.quizapp.shelf import Hours, make_folders, open_library


@pytest.fixture
def nasty_shelf(tmp_path: Path) -> Folders:
    return make_folders(tmp_path, NASTY)


@pytest.fixture
def nasty(nasty_shelf: Folders, hours: Hours) -> Iterator[Library]:
    with open_library(nasty_shelf, hours) as opened:
        yield opened


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Profile]:
    profile = Profile(tmp_path / "anki")
    yield profile
    profile.close()
