r"""Content texts as HTML for other programs: formulas as MathJax, everything else escaped.

MathJax takes ``\(…\)`` and ``\[…\]`` wherever they stand in the text of a page, so words that merely look like one are
kept apart; so are Anki's own marks in square brackets.
"""

import re
from functools import lru_cache

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

_TAGS = {"bold": "b", "italic": "i"}
_ALIGNED = {"left": "", "center": ' style="text-align: center"', "right": ' style="text-align: right"'}
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters, the field separator of Anki among them, and halves of characters, which no file can hold."""
_CLOSING = re.compile(r"[,.;:!?)\]}%”’」』》〉】、。，；：！？）]+")
_MARKED = re.compile(r"\\(?=[()\[\]]|begin\{|(?:eq)?ref\{)|\[(?=sound:|anki:|latex\]|\$\$?\])")
_WORDS = r"[^\\`*_$#|~<>&\[\]\n\t\x00-\x1f\x7f\ud800-\udfff]++"
_FORMULA = r"\$(?=[^\s$])((?:[^$\\\n\x00-\x1f\x7f\ud800-\udfff]|\\[^$\n\x00-\x1f\x7f\ud800-\udfff])+)(?<=\S)\$(?![\d$])"
_SIMPLE = re.compile(rf"(?![ ]*(?:[-+•]|\d+[.)])[ ])(?>{_WORDS}|{_FORMULA})*+")
"""A line of words and formulas without any other mark. Most texts are one, and need no parser."""

_SIMPLE_FORMULA = re.compile(rf"{_FORMULA}([,.;:!?)}}%”’」』》〉】、。，；：！？）]+)?")


def escaped(text: str) -> str:
    """Return text as HTML, whatever stands in it."""
    text = _UNSTORABLE.sub(" ", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKED.sub(lambda mark: "&#91;" if mark.group() == "[" else "\\<span></span>", text)


def formula(latex: str, *, display: bool = False) -> str:
    """Return LaTeX as MathJax finds it in a page."""
    # A formula ends at the first closing delimiter; none can be meant inside of it.
    plain = _UNSTORABLE.sub(" ", latex).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"\\[{plain}\\]" if display else f"\\({plain}\\)"


@lru_cache(maxsize=1024)
def html(text: str) -> str:
    """Return a content text as HTML; a single paragraph stands bare, so that it fits into a line."""
    if _SIMPLE.fullmatch(text):
        return _SIMPLE_FORMULA.sub(_simple_formula, text.strip()) if "$" in text else text.strip()
    return parsed(text)


def parsed(text: str) -> str:
    """Return the HTML of a content text of any form."""
    blocks = parse(text)
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return _inlines(blocks[0].children)
    return "".join(map(_block, blocks))


def _simple_formula(found: re.Match[str]) -> str:
    shown = formula(found[1])
    return f'<span class="n">{shown}{found[2]}</span>' if found[2] else shown


def _inlines(children: tuple[Inline, ...]) -> str:
    parts = list(map(_inline, children))
    for place in range(len(children) - 1):
        formula, words = children[place], children[place + 1]
        # A browser would break the line between a formula and the comma that follows it.
        if isinstance(formula, Math) and isinstance(words, Plain) and (closing := _CLOSING.match(parts[place + 1])):
            parts[place] = f'<span class="n">{parts[place]}{closing.group()}</span>'
            parts[place + 1] = parts[place + 1][closing.end() :]
    return "".join(parts)


def _inline(node: Inline) -> str:
    match node:
        case Plain():
            return escaped(node.text)
        case Styled():
            tag = _TAGS[node.style]
            return f"<{tag}>{_inlines(node.children)}</{tag}>"
        case Code():
            return f"<code>{escaped(node.text)}</code>"
        case Math():
            return formula(node.latex, display=node.display)
        case Break():
            return "<br>"


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<p>{_inlines(block.children)}</p>"
        case Heading():
            level = min(block.level + 2, 6)
            return f"<h{level}>{_inlines(block.children)}</h{level}>"
        case Bullets():
            return _list(block)
        case CodeBlock():
            return f"<pre><code>{escaped(block.text)}</code></pre>"
        case MathBlock():
            return formula(block.latex, display=True)
        case Table():
            return _table(block)


def _list(block: Bullets) -> str:
    if not block.numbers:
        return "<ul>" + "".join(f"<li>{_inside(item)}</li>" for item in block.items) + "</ul>"
    first = block.numbers[0]
    start = f' start="{first}"' if first != 1 else ""
    counted = (first, *(number + 1 for number in block.numbers))
    entries = [
        f"<li>{_inside(item)}</li>" if number == expected else f'<li value="{number}">{_inside(item)}</li>'
        for expected, number, item in zip(counted, block.numbers, block.items, strict=False)
    ]
    return f"<ol{start}>" + "".join(entries) + "</ol>"


def _inside(blocks: tuple[Block, ...]) -> str:
    first, *rest = blocks or (Paragraph(()),)
    opening = _inlines(first.children) if isinstance(first, Paragraph) else _block(first)
    return opening + "".join(map(_block, rest))


def _table(table: Table) -> str:
    def row(cells: tuple[tuple[Inline, ...], ...], tag: str) -> str:
        aligned = zip(cells, table.alignments, strict=True)
        return "<tr>" + "".join(f"<{tag}{_ALIGNED[side]}>{_inlines(cell)}</{tag}>" for cell, side in aligned) + "</tr>"

    body = "".join(row(cells, "td") for cells in table.rows)
    return f"<table><thead>{row(table.header, 'th')}</thead><tbody>{body}</tbody></table>"
