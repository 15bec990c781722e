"""Results of a class in the forms that other programs read. One module per form: ``render(graded) -> bytes``."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import cast

from quizapp.coding.batch import Graded

FORMATS = ("json", "csv", "junit", "gradescope")


def renderer(name: str) -> Callable[[Sequence[Graded]], bytes]:
    """Return what writes one of :data:`FORMATS`; submissions come in the order in which they were collected."""
    return cast("Callable[[Sequence[Graded]], bytes]", import_module(f"{__name__}.{name}").render)
