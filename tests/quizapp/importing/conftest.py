from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quizapp.importing.base import Incoming
from quizapp.importing.intake import Outcome, intake
from quizapp.library import Library
from quizapp.paths import Folders
from quizapp.store.adopting import adopt
from tests.quizapp.exporting.nasty import NASTY
from tests.quizapp.shelf import Hours, make_folders, open_library


@pytest.fixture
def shelf(tmp_path: Path) -> Folders:
    """The small content, and the person's own decks after it."""
    return with_own_decks(make_folders(tmp_path))


@pytest.fixture
def nasty_shelf(tmp_path: Path) -> Folders:
    return with_own_decks(make_folders(tmp_path / "nasty", NASTY))


@pytest.fixture
def nasty(nasty_shelf: Folders, hours: Hours) -> Iterator[Library]:
    with open_library(nasty_shelf, hours) as opened:
        yield opened


def with_own_decks(folders: Folders) -> Folders:
    return replace(folders, content=(*folders.content, folders.data))


class Taker:
    """Imports as the command does: decides, writes the files, adopts the histories."""

    def __init__(self, where: Folders, hours: Hours) -> None:
        self.where = where
        self.hours = hours

    def __call__(self, incoming: Incoming, *, into: str | None = None, replace: bool = False) -> Outcome:
        with open_library(self.where, self.hours) as library:
            outcome = intake(library, incoming, into=into, replace=replace)
            self.where.decks.mkdir(parents=True, exist_ok=True)
            for path, content in outcome.files.items():
                path.write_bytes(content)
            adopt(library.store, outcome.histories)
        return outcome


@pytest.fixture
def take(shelf: Folders, hours: Hours) -> Taker:
    return Taker(shelf, hours)
