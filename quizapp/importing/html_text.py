r"""HTML of other programs as Markdown: marks and lists stay, MathJax becomes ``$…$``, scripts and styles are dropped.

Formulas are taken out first, since tags and entities stand in the middle of them; each is a private character until the
text around it is done.
"""

import re
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple, Protocol

from quizapp.importing.text_files import clean

_FIRST_FORMULA = 0xF0000
_DELIMITER = re.compile(
    r"\\[()\[\]]|\[/?\${1,2}\]|\[/?latex\]|<anki-mathjax(?P<display>\s[^>]*block=[\"']?true)?[^>]*>|</anki-mathjax>"
)
_CLOSERS = {
    "\\(": "\\)",
    "\\[": "\\]",
    "[$]": "[/$]",
    "[$$]": "[/$$]",
    "[latex]": "[/latex]",
    "<anki-mathjax": "</anki-mathjax>",
}
_DISPLAYED = ("\\[", "[$$]")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*>")
_SPECIAL = re.compile(r"[\\`*$]")
_LINE_START = re.compile(r"(#{1,6}|[-+]|\d+[.)])(?=\s)")
_SOUND = re.compile(r"\[sound:([^\]]*)\]")
_PLACEHOLDER = re.compile("[\U000f0000-\U000ffffd]")

_DROPPED = frozenset({"script", "style", "template", "iframe", "object", "embed", "noscript", "svg", "head", "title"})
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "blockquote",
        "ul",
        "ol",
        "table",
        "pre",
        "hr",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
    }
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
DEEPEST = 60


def markdown(html: str) -> str:
    """Return HTML as Markdown."""
    text, formulas = _set_aside(clean(html))
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return restore(reader.text(), formulas)


def _set_aside(text: str) -> tuple[str, list[str]]:
    """Return text with a private character for each formula, and the formulas."""
    formulas: list[str] = []

    def kept(latex: str, *, display: bool) -> str:
        formula = _formula(latex, display=display)
        if not formula:
            return ""
        formulas.append(formula)
        return chr(_FIRST_FORMULA + len(formulas) - 1)

    return _with_formulas(_PLACEHOLDER.sub("", text), kept), formulas


def restore(text: str, formulas: list[str]) -> str:
    """Put the formulas back where their characters stand."""
    parts: list[str] = []
    for index, character in enumerate(text):
        place = ord(character) - _FIRST_FORMULA
        if 0 <= place < len(formulas):
            # A digit right after a closing dollar would keep the formula open.
            following = text[index + 1 : index + 2]
            parts.append(formulas[place] + (" " if following.isdigit() else ""))
        else:
            parts.append(character)
    return "".join(parts).strip()


def tex_delimiters(text: str) -> str:
    r"""Return plain text in which ``\(…\)`` and ``\[…\]`` are written with dollars."""
    return restore(*_set_aside(text))


class _Replace(Protocol):
    def __call__(self, latex: str, *, display: bool) -> str: ...


def _with_formulas(text: str, replace: _Replace) -> str:
    """Replace every formula, in one pass: a thousand that never close must not cost a million steps."""
    marks = list(_DELIMITER.finditer(text))
    last = {mark.group(): place for place, mark in enumerate(marks)}
    parts: list[str] = []
    end = 0
    opened: re.Match[str] | None = None
    closer = ""
    for place, mark in enumerate(marks):
        if opened is None:
            name = "<anki-mathjax" if mark.group().startswith("<anki-mathjax") else mark.group()
            closer = _CLOSERS.get(name, "")
            opened = mark if closer and last.get(closer, -1) > place else None
        elif mark.group() == closer:
            display = opened.group() in _DISPLAYED or opened["display"] is not None
            formula = replace(text[opened.end() : mark.start()], display=display)
            parts += (text[end : opened.start()], formula)
            end, opened = mark.end(), None
    return "".join((*parts, text[end:]))


def _formula(latex: str, *, display: bool) -> str:
    bare = unescape(_TAG.sub(" ", re.sub(r"<br\s*/?>", " ", latex)))
    bare = " ".join(re.sub(r"(?<!\\)\$", "", bare).split()).rstrip("\\")
    if not bare:
        return ""
    return f"$${bare}$$" if display else f"${bare}$"


class _Reader(HTMLParser):
    """Collects Markdown lines from tags and text; unknown tags are passed through as if they were not there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._written: list[_Line] = []
        self._words: list[str] = []
        self._apart = True
        self._entry = ""
        self._dropped: list[str] = []
        self._lists: list[int | None] = []
        self._pre: list[str] | None = None
        self._shift = ""
        self._in_code = False
        self._cells: list[str] | None = None
        self._rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        if self._dropped or tag in _DROPPED:
            self._dropped.append(tag)
        elif self._pre is not None:
            if tag == "br":
                self._pre.append("\n")
        elif tag == "img":
            name = (dict(attrs).get("src") or dict(attrs).get("alt") or "").rsplit("/", 1)[-1]
            self._words.append(f"(image: {_escaped(name[:100])})" if name else "")
        elif tag == "br":
            self._line_break()
        elif tag == "pre":
            self._flush(apart=True)
            self._pre = []
        elif tag == "li":
            self._begin_entry()
        elif tag in ("td", "th"):
            self._words = []
        elif tag == "tr":
            self._cells = []
        else:
            self._mark_or_block(tag, opening=True)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if self._dropped:
            if tag in self._dropped:
                while self._dropped.pop() != tag:
                    pass
        elif tag == "pre" and self._pre is not None:
            self._end_pre()
        elif self._pre is not None:
            return
        elif tag in ("td", "th") and self._cells is not None:
            self._cells.append("".join(self._words).strip().replace("|", "\\|"))
            self._words = []
        elif tag == "tr" and self._cells is not None:
            self._rows.append(self._cells)
            self._cells = None
        elif tag == "table":
            self._end_table()
        else:
            self._mark_or_block(tag, opening=False)

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._dropped:
            return
        if self._pre is not None:
            self._pre.append(clean(data).replace("```", "'''"))
            return
        text = re.sub("[ \n\xa0]+", " ", _SOUND.sub(r"(sound: \1)", clean(data)))
        if self._shift and text.strip():
            text = _shifted(text.strip(), self._shift)
        self._words.append(text.replace("`", "'") if self._in_code else _escaped(text))

    def text(self) -> str:
        """Return what was collected."""
        if self._pre is not None:
            self._end_pre()
        self._flush()
        parts: list[str] = []
        last: _Line | None = None
        for line in self._written:
            if last is not None:
                broken = not line.apart and not line.entry and not last.raw
                parts.append("\n\n" if line.apart else "\\\n" if broken else "\n")
            inside = "" if line.entry or line.raw or not self._continues(last, line) else "  "
            parts.append(line.entry + inside + line.text)
            last = line
        return "".join(parts)

    def _continues(self, last: "_Line | None", line: "_Line") -> bool:
        return last is not None and bool(last.entry) and not line.apart

    def _mark_or_block(self, tag: str, *, opening: bool) -> None:
        if tag in _MARKS or tag == "code":
            mark = _MARKS.get(tag, "`")
            if opening:
                self._words.append(mark)
            else:
                self._close(mark)
            self._in_code = opening if tag == "code" else self._in_code
        elif tag in ("sup", "sub"):
            self._shift = tag if opening else ""
        elif re.fullmatch("h[1-6]", tag):
            if opening:
                self._flush(apart=True)
            self._words.append("**")
            if not opening:
                self._flush(apart=True)
        elif tag in ("ul", "ol"):
            self._flush(apart=not self._lists)
            if opening:
                self._lists.append(0 if tag == "ol" else None)
            elif self._lists:
                self._lists.pop()
                self._apart = not self._lists
        elif tag in _BLOCKS:
            self._flush(apart=tag in ("p", "blockquote", "hr", "table"))

    def _close(self, mark: str) -> None:
        """Close a mark tightly around its words; around nothing there is none."""
        if mark not in self._words:
            return
        at = len(self._words) - 1 - self._words[::-1].index(mark)
        inside = "".join(self._words[at + 1 :])
        bare = inside.strip()
        if not bare:
            self._words[at:] = [inside]
            return
        before, after = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
        self._words[at:] = [before, mark + bare + mark, after]

    def _begin_entry(self) -> None:
        self._flush()
        depth = min(max(len(self._lists) - 1, 0), DEEPEST)
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        self._entry = "   " * depth + ("- " if number is None else f"{number + 1}. ")

    def _line_break(self) -> None:
        if any(part.strip() for part in self._words):
            self._flush()
        elif not self._entry:
            self._apart = True

    def _flush(self, *, apart: bool = False) -> None:
        """End the present line; ``apart``: what follows is another paragraph."""
        words = "".join(self._words).strip()
        self._words = []
        if words:
            self._written.append(_Line(self._apart, words if self._entry else _guarded(words), self._entry))
            self._apart, self._entry = False, ""
        self._apart = self._apart or apart

    def _raw(self, text: str) -> None:
        self._flush()
        self._written.append(_Line(True, text, raw=True))
        self._apart = True

    def _end_pre(self) -> None:
        text = "".join(self._pre or ()).strip("\n")
        self._pre = None
        if text.strip():
            self._raw(f"```\n{text}\n```")

    def _end_table(self) -> None:
        if self._rows:
            width = max(map(len, self._rows))
            lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in self._rows]
            lines.insert(1, "|" + " --- |" * width)
            self._raw("\n".join(lines))
        self._rows = []


class _Line(NamedTuple):
    """One line: whether a paragraph begins with it, its words, the mark of a list entry, whether it is a block."""

    apart: bool
    text: str
    entry: str = ""
    raw: bool = False


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found.group(), text)


def _shifted(text: str, shift: str) -> str:
    changed = text.translate(_SUPERSCRIPTS if shift == "sup" else _SUBSCRIPTS)
    if not any(character in changed for character in text):
        return changed
    return ("^" if shift == "sup" else "_") + (text if len(text) == 1 else f"({text})")


def _guarded(line: str) -> str:
    """Protect what only looks like the mark of a list or heading."""
    found = _LINE_START.match(line)
    if found is None:
        return line
    mark = found[1]
    return f"{mark[:-1]}\\{mark[-1]}" + line[found.end() :]
