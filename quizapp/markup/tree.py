"""The tree of a LaTeX formula."""

from typing import NamedTuple

from quizapp.markup.symbols import Class


class Atom(NamedTuple):
    """One symbol, function name or run of digits, with the words it reads as."""

    glyph: str
    words: str
    kind: Class


class Row(NamedTuple):
    """Things side by side."""

    items: tuple["Node", ...]


class Script(NamedTuple):
    """A base with what stands at its corners, or above and below it."""

    base: "Node"
    sub: "Node | None"
    sup: "Node | None"


class Fraction(NamedTuple):
    """A numerator over a denominator; a binomial has no bar."""

    numerator: "Node"
    denominator: "Node"
    bar: bool = True


class Root(NamedTuple):
    """A root with an optional degree."""

    radicand: "Node"
    degree: "Node | None" = None


class Accent(NamedTuple):
    """A mark on top of something."""

    name: str
    body: "Node"


class Fenced(NamedTuple):
    """Something between delimiters that grow with it; an empty delimiter is invisible."""

    left: str
    body: "Node"
    right: str


class Grid(NamedTuple):
    """A matrix, cases or aligned lines."""

    environment: str
    rows: tuple[tuple["Node", ...], ...]


class Stack(NamedTuple):
    """A body with a note above or below it; ``line`` is the character of the brace or arrow between them."""

    body: "Node"
    note: "Node | None"
    above: bool
    line: str = ""


Node = Atom | Row | Script | Fraction | Root | Accent | Fenced | Grid | Stack

EMPTY = Row(())
