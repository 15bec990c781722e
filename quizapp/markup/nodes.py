r"""The tree of a content text. Formulas keep their LaTeX, so that an exporter can hand them to MathJax.

``Paragraph | Heading | Bullets | CodeBlock | Table | MathBlock`` are blocks,
``Plain | Styled | Code | Math | Break`` stand in a line.

They are named tuples because those are four times cheaper to define at start-up than dataclasses. Tell them apart with
``match`` or ``isinstance``: as tuples, two of different kinds with the same content are equal.
"""

from typing import Literal, NamedTuple

Alignment = Literal["left", "center", "right"]


class Plain(NamedTuple):
    """Words, with escapes resolved."""

    text: str


class Styled(NamedTuple):
    """Bold or italic words."""

    style: Literal["bold", "italic"]
    children: tuple["Inline", ...]


class Code(NamedTuple):
    """Code in a line."""

    text: str


class Math(NamedTuple):
    """A formula: LaTeX source without its dollars."""

    latex: str
    display: bool = False


class Break(NamedTuple):
    """A line break the author asked for."""


Inline = Plain | Styled | Code | Math | Break


class Paragraph(NamedTuple):
    """Running text."""

    children: tuple[Inline, ...]


class Heading(NamedTuple):
    """A heading of level 1 to 6."""

    level: int
    children: tuple[Inline, ...]


class Bullets(NamedTuple):
    """A list; ``numbers`` are those of its items, none for bullets."""

    items: tuple[tuple["Block", ...], ...]
    numbers: tuple[int, ...] = ()


class CodeBlock(NamedTuple):
    """Fenced code, kept as it is."""

    text: str
    language: str = ""


class Table(NamedTuple):
    """A table with a header row; every row has as many cells as there are columns."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    alignments: tuple[Alignment, ...]


class MathBlock(NamedTuple):
    """A displayed formula on rows of its own."""

    latex: str


Block = Paragraph | Heading | Bullets | CodeBlock | Table | MathBlock
