r"""What a dialect would take for its own marks, made harmless by a backslash, and back again.

Every guard adds one backslash to what is already there and its reverse takes one away: so any text survives the way
there and back. In rendered Markdown a backslash before punctuation is not shown.
"""

import re
from collections.abc import Callable, Iterable

FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`]*$)|~{3,})")
"""What opens or closes a block of code; words after three backticks have none of their own."""

_PROTECTED = re.compile(r"(`+)[^`].*?\1|\$\$.+?\$\$|\$(?=\S)(?:\\.|[^$\\])*?(?<=\S)\$(?!\d)", re.DOTALL)

_Q_AND_A = re.compile(r"^([QAC])(\\*):")
_Q_AND_A_BACK = re.compile(r"^([QAC])\\(\\*):")
_RULE = re.compile(r"^(\\*)(---+\s*|<!-- quizapp )")
_RULE_BACK = re.compile(r"^\\(\\*)(---+\s*|<!-- quizapp )")

_LINE_MARK = re.compile(r"^(\\*)(\?\??\s*$|<!--|<br>\s*$|#flashcards)")
_LINE_MARK_BACK = re.compile(r"^\\(\\*)(\?\??\s*$|<!--|<br>\s*$|#flashcards)")
_COMMENT = re.compile(r"^(\\*)(<!-- quizapp )")
_COMMENT_BACK = re.compile(r"^\\(\\*)(<!-- quizapp )")
_PAIR = re.compile(r"([:=])(\\*)(?=\1)")
_PAIR_BACK = re.compile(r"([:=])\\(\\*)(?=\1)")

BLANK = "<br>"


def hashcards_guarded(text: str) -> str:
    """Return a text in which no line begins a card or ends one."""
    return _each_line(text, lambda line: _RULE.sub(r"\\\1\2", _Q_AND_A.sub(r"\1\\\2:", line)))


def hashcards_plain(text: str) -> str:
    """Return what was guarded."""
    return _each_line(text, lambda line: _RULE_BACK.sub(r"\1\2", _Q_AND_A_BACK.sub(r"\1\2:", line)))


def obsidian_guarded(text: str) -> str:
    """Return a text that is one block, without a line or a mark that would cut it or turn the page."""
    lines = (_blank(line, fenced) for line, fenced in _fenced(_outside(text, lambda part: _PAIR.sub(r"\1\\\2", part))))
    return "\n".join(lines)


def obsidian_plain(text: str) -> str:
    """Return what was guarded."""
    lines = (_filled(line, fenced) for line, fenced in _fenced(text))
    return _outside("\n".join(lines), lambda part: _PAIR_BACK.sub(r"\1\2", part))


def _blank(line: str, fenced: bool) -> str:
    if fenced:
        # This comment begins a card wherever it stands, so that code which never ends spoils one card and no more.
        return _COMMENT.sub(r"\\\1\2", line)
    return BLANK if not line.strip() else _LINE_MARK.sub(r"\\\1\2", line)


def _filled(line: str, fenced: bool) -> str:
    if fenced:
        return _COMMENT_BACK.sub(r"\1\2", line)
    return "" if line.strip() == BLANK else _LINE_MARK_BACK.sub(r"\1\2", line)


def _each_line(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(map(change, text.split("\n")))


def _fenced(text: str) -> Iterable[tuple[str, bool]]:
    """Yield lines, each with whether it stands in a block of code."""
    mark = ""
    for line in text.split("\n"):
        fence = FENCE.match(line)
        if mark:
            yield line, True
            if fence and fence[1].startswith(mark) and not line.strip().strip(mark[0]):
                mark = ""
        elif fence:
            mark = fence[1]
            yield line, True
        else:
            yield line, False


def _outside(text: str, change: Callable[[str], str]) -> str:
    """Change what stands outside of code and formulas."""
    parts: list[str] = []
    end = 0
    for found in _PROTECTED.finditer(text):
        parts += (change(text[end : found.start()]), found.group())
        end = found.end()
    return "".join((*parts, change(text[end:])))
