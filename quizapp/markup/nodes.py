r"""The tree of a content text. Formulas keep their LaTeX, so that an exporter can hand them to MathJax.

``Paragraph | Heading | Bullets | CodeBlock | Table | MathBlock`` are blocks,
``Plain | Styled | Code | Math | Break`` stand in a line.
"""

from dataclasses import dataclass
from typing import Literal

Alignment = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Plain:
    """Words, with escapes resolved."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Bold or italic words."""

    style: Literal["bold", "italic"]
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Code in a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula: LaTeX source without its dollars."""

    latex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A line break the author asked for."""


Inline = Plain | Styled | Code | Math | Break


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``start`` is the first number, or nothing for bullets."""

    items: tuple[tuple["Block", ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Fenced code, kept as it is."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; every row has as many cells as there are columns."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    alignments: tuple[Alignment, ...]


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A displayed formula on rows of its own."""

    latex: str


Block = Paragraph | Heading | Bullets | CodeBlock | Table | MathBlock
