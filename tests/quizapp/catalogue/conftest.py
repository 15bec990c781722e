from pathlib import Path

import pytest

from quizapp.paths import Folders
from tests.quizapp.catalogue.shelf import CONV_DECK, SOFTMAX_DECK, SYLLABUS, Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty shelf."""
    root = tmp_path / "content"
    root.mkdir()
    return Shelf(root, Folders(data=tmp_path / "data", content=(root,), cache=tmp_path / "cache"))


@pytest.fixture
def library(shelf: Shelf) -> Shelf:
    """Two decks of three items and their syllabus, without a mistake."""
    shelf.write("syllabus.yaml", SYLLABUS)
    shelf.write("decks/activations/softmax.yaml", SOFTMAX_DECK)
    shelf.write("decks/convolution/conv-size.yaml", CONV_DECK)
    return shelf
