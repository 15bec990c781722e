r"""The Markdown subset of content texts, read into the nodes of ``nodes.py``.

Blocks: paragraphs, ``#`` headings, lists, fenced code, pipe tables, ``$$…$$``. In a line: ``**bold**``, ``*italic*``,
```code```, ``$formula$``, backslash escapes. A dollar opens a formula as in Pandoc: a non-space must follow the opening
one and precede the closing one, after which no digit may stand; every other dollar is a dollar.
"""

import re
from functools import lru_cache

from quizapp.markup.inline import inlines, is_cjk, math_at, skip_code
from quizapp.markup.nodes import (
    Alignment,
    Block,
    Break,
    Bullets,
    CodeBlock,
    Heading,
    Inline,
    Math,
    MathBlock,
    Paragraph,
    Plain,
    Table,
)

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)\s*$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"^(\s*)(?:([-*+•])|(\d{1,9})[.)])(\s+)(?=\S)")
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_TEXT_COMMAND = re.compile(r"\\(?:text\w*|mbox|operatorname\*?|mathrm)\s*\{[^{}]*\}")
_CURRENCY = re.compile(r"\$\d[\d,.]*(?:[kKMB]|bn|m)?(?![\w\\^_{])")


@lru_cache(maxsize=512)
def parse(text: str) -> tuple[Block, ...]:
    """Return the blocks of a content text."""
    return _blocks(text.replace("\r\n", "\n").expandtabs(4).split("\n"))


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    found: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif fence := _FENCE.match(line):
            at = _code(lines, at, fence, found)
        elif heading := _HEADING.match(line):
            found.append(Heading(len(heading[1]), inlines(heading[2])))
            at += 1
        elif _ITEM.match(line):
            at = _list(lines, at, found)
        elif "|" in line and at + 1 < len(lines) and "|" in lines[at + 1] and _RULE.match(lines[at + 1]):
            at = _table(lines, at, found)
        else:
            at = _paragraph(lines, at, found)
    return tuple(found)


def _code(lines: list[str], at: int, fence: re.Match[str], found: list[Block]) -> int:
    mark = fence[1]
    indent = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    while end < len(lines) and not (lines[end].strip().startswith(mark) and not lines[end].strip().strip(mark[0])):
        end += 1
    body = [line[indent:] if not line[:indent].strip() else line for line in lines[at + 1 : end]]
    found.append(CodeBlock("\n".join(body), fence[2]))
    return end + 1


def _list(lines: list[str], at: int, found: list[Block]) -> int:
    first = _ITEM.match(lines[at])
    if first is None:
        return at + 1
    depth, numbered = len(first[1]), first[3] is not None
    items: list[tuple[Block, ...]] = []
    numbers: list[int] = []
    while at < len(lines):
        item = _ITEM.match(lines[at])
        if item is None or len(item[1]) != depth or (item[3] is not None) != numbered:
            break
        if numbered:
            # Numbers may leave some out (the right options of five); those that do not rise are counted on.
            numbers.append(max(int(item[3]), numbers[-1] + 1 if numbers else 0))
        body = [lines[at][item.end() :]]
        inner = item.end()
        at += 1
        while at < len(lines) and _belongs(lines, at, depth, inner):
            body.append(lines[at][inner:] if not lines[at][:inner].strip() else lines[at].lstrip())
            at += 1
        items.append(_blocks(body))
        following = at
        while following < len(lines) and not lines[following].strip():
            following += 1
        if following < len(lines) and following > at and _ITEM.match(lines[following]):
            at = following
    found.append(Bullets(tuple(items), tuple(numbers)))
    return at


def _belongs(lines: list[str], at: int, depth: int, inner: int) -> bool:
    """Tell whether a line continues a list item: indented, or a lazy continuation of its paragraph."""
    line = lines[at]
    if not line.strip():
        following = next((later for later in lines[at + 1 :] if later.strip()), "")
        return bool(following) and not following[:inner].strip()
    indent = len(line) - len(line.lstrip())
    if _ITEM.match(line):
        return indent > depth
    return indent > depth or bool(lines[at - 1].strip() and not _FENCE.match(line) and not _HEADING.match(line))


def _cells(line: str) -> list[str]:
    """Split a table row at the bars that are not escaped and stand in no code and no formula."""
    cells, start, at = list[str](), 0, 0
    while at < len(line):
        math = math_at(line, at)
        if math is not None:
            at = math[2]
        elif line[at] == "`":
            at = skip_code(line, at)
        elif line[at] == "\\":
            at += 2
        elif line[at] == "|":
            cells.append(line[start:at])
            at = start = at + 1
        else:
            at += 1
    cells.append(line[start:])
    if not cells[0].strip():
        del cells[0]
    if cells and not cells[-1].strip():
        del cells[-1]
    return [cell.strip() for cell in cells]


def _table(lines: list[str], at: int, found: list[Block]) -> int:
    header = _cells(lines[at])
    alignments: list[Alignment] = []
    for rule in _cells(lines[at + 1]):
        ends = rule.startswith(":"), rule.endswith(":")
        alignments.append("center" if all(ends) else "right" if ends[1] else "left")
    at += 2
    rows: list[list[str]] = []
    while at < len(lines) and "|" in lines[at] and lines[at].strip():
        rows.append(_cells(lines[at]))
        at += 1
    columns = max(len(header), len(alignments), *map(len, rows))
    alignments += ["left"] * (columns - len(alignments))

    def complete(row: list[str]) -> tuple[tuple[Inline, ...], ...]:
        return tuple(inlines(cell) for cell in row + [""] * (columns - len(row)))

    found.append(Table(complete(header), tuple(map(complete, rows)), tuple(alignments)))
    return at


def _paragraph(lines: list[str], at: int, found: list[Block]) -> int:
    body: list[str] = []
    display = False
    while at < len(lines):
        line = lines[at]
        if (
            not display
            and body
            and (not line.strip() or _FENCE.match(line) or _HEADING.match(line) or _starts_list(line))
        ):
            break
        body.append(line)
        at += 1
        display = display != bool(_open_displays(line) % 2) and any("$$" in later for later in lines[at:])
    _split_displays(inlines(join_lines(body)), found)
    return at


def _starts_list(line: str) -> bool:
    item = _ITEM.match(line)
    # As in CommonMark only a list that starts at 1 interrupts a paragraph: "… in\n1986. That year" is no list.
    return item is not None and (item[2] is not None or item[3] == "1")


def _open_displays(line: str) -> int:
    return line.replace("\\$", "").count("$$")


def join_lines(lines: list[str]) -> str:
    """Join source lines: with a space between words, with nothing between hanzi, with a break after two spaces."""
    text = lines[0].lstrip() if lines else ""
    for line in lines[1:]:
        following = line.lstrip()
        if text.endswith("  ") or (text.endswith("\\") and not text.endswith("\\\\")):
            text = text.rstrip("\\").rstrip() + "\n"
        else:
            text = text.rstrip()
            if text and following and not (is_cjk(text[-1]) and is_cjk(following[0])):
                text += " "
        text += following
    return text.rstrip()


def _split_displays(children: tuple[Inline, ...], found: list[Block]) -> None:
    """Give each displayed formula a block of its own."""
    line: list[Inline] = []
    for child in (*children, None):
        if child is None or (isinstance(child, Math) and child.display):
            if stripped := _stripped(line):
                found.append(Paragraph(stripped))
            line = []
            if child is not None:
                found.append(MathBlock(child.latex))
        else:
            line.append(child)


def _stripped(line: list[Inline]) -> tuple[Inline, ...]:
    while line and (isinstance(line[0], Break) or (isinstance(line[0], Plain) and not line[0].text.strip())):
        line.pop(0)
    while line and (isinstance(line[-1], Break) or (isinstance(line[-1], Plain) and not line[-1].text.strip())):
        line.pop()
    if line and isinstance(line[0], Plain):
        line[0] = Plain(line[0].text.lstrip())
    if line and isinstance(line[-1], Plain):
        line[-1] = Plain(line[-1].text.rstrip())
    return tuple(line)


def problems(text: str) -> list[tuple[int, str]]:
    r"""Return what is wrong with the formulas of a text, as offsets and slugs.

    The slugs are ``unclosed-formula``, ``chinese-in-formula`` (hanzi outside of ``\text``) and
    ``formula-does-not-render``.
    """
    from quizapp.markup.formula import renders

    found: list[tuple[int, str]] = []
    at = 0
    while at < len(text):
        if (at == 0 or text[at - 1] == "\n") and (fence := _FENCE.match(text[at:].split("\n", 1)[0])):
            close = re.compile(rf"^ {{0,3}}{re.escape(fence[1])}[`~]*\s*$", re.MULTILINE).search(
                text, at + len(fence[0])
            )
            at = close.end() if close else len(text)
            continue
        character = text[at]
        if character == "\\":
            at += 2
        elif character == "`":
            at = skip_code(text, at)
        elif character != "$":
            at += 1
        elif math := math_at(text, at):
            latex, _, end = math
            if any(is_cjk(letter) for letter in _TEXT_COMMAND.sub("", latex)):
                found.append((at, "chinese-in-formula"))
            if not renders(latex):
                found.append((at, "formula-does-not-render"))
            at = end
        else:
            double = text.startswith("$$", at)
            follows = text[at + 1 + double : at + 2 + double]
            if double or (follows and not follows.isspace() and not _CURRENCY.match(text, at)):
                found.append((at, "unclosed-formula"))
            at += 1 + double
    return found
