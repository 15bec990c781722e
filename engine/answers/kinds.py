"""The closed set of answer kinds, their values and how a value is written the way a learner would type it.

Values are plain Python: ``int`` for Integer, ``float`` (or ``int``) for Real, a tuple of numbers for Vector, Shape and
Named (in the order of its labels), a tuple of rows for Matrix, a label (``str``) for Choice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, assert_never

Number = int | float
Value = int | float | str | tuple[Number, ...] | tuple[tuple[Number, ...], ...]


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number, compared exactly. ``scale`` suffixes k/M/G are read where ``count`` is true."""

    count: bool = False
    name: ClassVar[str] = "integer"

    @property
    def decimals(self) -> None:
        """An integer is exact."""
        return


@dataclass(frozen=True, slots=True)
class Real:
    """One real number asked to ``decimals`` places; ``None`` asks for the exact value."""

    decimals: int | None
    name: ClassVar[str] = "real"


@dataclass(frozen=True, slots=True)
class Vector:
    """A list of numbers."""

    decimals: int | None
    name: ClassVar[str] = "vector"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of numbers of equal length."""

    decimals: int | None
    name: ClassVar[str] = "matrix"


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of an array: whole numbers, compared exactly, length included."""

    name: ClassVar[str] = "shape"

    @property
    def decimals(self) -> None:
        """A shape is exact."""
        return


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few labels."""

    labels: tuple[str, ...]
    name: ClassVar[str] = "choice"

    @property
    def decimals(self) -> None:
        """A label is exact."""
        return


@dataclass(frozen=True, slots=True)
class Named:
    """Several labelled numbers, in this order; typed bare or as ``label = value``."""

    labels: tuple[str, ...]
    decimals: int | None
    name: ClassVar[str] = "named"


AnswerKind = Integer | Real | Vector | Matrix | Shape | Choice | Named
