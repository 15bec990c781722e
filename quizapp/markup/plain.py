"""A content text in words alone: for the line mode, screen readers, CSV and search."""

from functools import lru_cache

from quizapp.markup.formula import linear
from quizapp.markup.nodes import (
    Block,
    Break,
    Bullets,
    Code,
    CodeBlock,
    Heading,
    Inline,
    Math,
    MathBlock,
    Paragraph,
    Plain,
    Styled,
    Table,
)
from quizapp.markup.parse import parse


@lru_cache(maxsize=1024)
def plain(text: str, width: int | None = None) -> str:
    """Return a content text without marks, boxes or two-dimensional formulas.

    Parameters
    ----------
    text : str
        Markdown with formulas.
    width : int, optional
        Cells at which running text is wrapped; without it each paragraph is one line.
    """
    return "\n\n".join(_block(block, width) for block in parse(text))


def plain_inline(children: tuple[Inline, ...]) -> str:
    """Return inline nodes in words."""
    parts: list[str] = []
    for child in children:
        match child:
            case Plain() | Code():
                parts.append(child.text)
            case Styled():
                parts.append(plain_inline(child.children))
            case Math():
                parts.append(linear(child.latex))
            case Break():
                parts.append("\n")
    return "".join(parts)


def _block(block: Block, width: int | None) -> str:
    match block:
        case Paragraph() | Heading():
            return _wrapped(plain_inline(block.children), width)
        case MathBlock():
            return _wrapped(linear(block.latex), width)
        case CodeBlock():
            return block.text
        case Bullets():
            return _list(block, width)
        case Table():
            return "\n".join(_wrapped(_record(block, row), width) for row in block.rows)


def _record(table: Table, row: tuple[tuple[Inline, ...], ...]) -> str:
    names = [plain_inline(name) for name in table.header]
    cells = [plain_inline(cell) for cell in row]
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(names, cells, strict=True))


def _list(block: Bullets, width: int | None) -> str:
    lines: list[str] = []
    for index, item in enumerate(block.items):
        marker = f"{block.numbers[index]}. " if block.numbers else "- "
        inner = None if width is None else max(width - len(marker), 1)
        body = "\n".join(_block(part, inner) for part in item).split("\n")
        lines.append(marker + body[0])
        lines.extend(" " * len(marker) + line if line else "" for line in body[1:])
    return "\n".join(lines)


def _wrapped(text: str, width: int | None) -> str:
    if width is None:
        return text
    from quizapp.markup.wrap import fill, line_text

    lines = (fill((Plain(part),), width).lines for part in text.split("\n"))
    return "\n".join(line_text(line) for part in lines for line in part)
