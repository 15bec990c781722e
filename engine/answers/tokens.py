"""Cut a typed answer into numbers, names, operators, brackets and separators."""

import re
from typing import NamedTuple

from engine.answers.characters import FRACTIONS, SUPERSCRIPTS
from engine.errors import AnswerFormatError

_LIST_NUMBER = r"(?:[0-9]+(?:[_'][0-9]+)*(?:\.[0-9]*)?|\.[0-9]+)(?:[ ]?[eE][+-]?[0-9]+)?"
# 0,018 is no thousand: a group starts with a digit above zero.
_GROUPED_NUMBER = r"[1-9][0-9]{0,2}(?P<mark>[, '])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?![0-9]|(?P=mark)[0-9])(?:\.[0-9]+)?"
_COMMA_GROUPED_NUMBER = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9]|,[0-9])(?:\.[0-9]+)?"
# Superscripts and vulgar fractions count as letters for "\w".
_LETTERS = rf"[^\W\d_{SUPERSCRIPTS}{''.join(FRACTIONS)}]+"
# A lone x between operands is a multiplication sign; no constant or function begins with x.
_REST = rf"""
    |(?P<sup>[⁺⁻]?[{SUPERSCRIPTS}]+)
    |(?P<vulgar>[{"".join(FRACTIONS)}])
    |(?P<op>\*\*|[-+*/^%√])
    |(?P<times>[xX](?![^\W\d]))
    |(?P<open>[\[({{])
    |(?P<close>[\])}}])
    |(?P<sep>[,;、])
    |(?P<name>(?:(?:np|numpy|math|torch)\.)?
        (?:log_?10(?![0-9])|log_?2(?![0-9])|log₁₀|log₂|(?:float|int)(?:16|32|64)|π|∞|{_LETTERS}))
    |(?P<bad>\S))
"""


def _compile(number: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<gap>\s*)(?:(?P<num>{number}){_REST}", re.VERBOSE)


_PATTERNS = {
    "none": _compile(_LIST_NUMBER),
    "comma": _compile(f"{_COMMA_GROUPED_NUMBER}|{_LIST_NUMBER}"),
    "any": _compile(f"{_GROUPED_NUMBER}|{_LIST_NUMBER}"),
}

CLOSER = {"(": ")", "[": "]", "{": "}"}


class Token(NamedTuple):
    """One piece of the text; ``gap`` is what stood before it: nothing, a space or a line break."""

    type: str
    text: str
    start: int
    gap: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the typed text."""
        return self.start, self.start + len(self.text)


def tokenise(text: str, start: int, end: int, grouping: str = "none") -> list[Token]:
    """Cut ``text[start:end]`` into tokens.

    Parameters
    ----------
    text : str
        Plain text (see ``plain_text``).
    start, end : int
        The part to cut; positions in the tokens refer to the whole text.
    grouping : {"none", "comma", "any"}
        Which marks may group thousands: none in lists, where a comma or a space separates numbers.

    Raises
    ------
    AnswerFormatError
        ``unexpected-character``, or ``unbalanced-brackets``.
    """
    tokens: list[Token] = []
    opened: list[Token] = []
    for found in _PATTERNS[grouping].finditer(text, start, end):
        kind = found.lastgroup or "bad"
        gap, piece = found.group("gap", kind)
        if gap:
            gap = "\n" if "\n" in gap or "\r" in gap else " "
        if kind == "times":
            kind, piece = "op", "*"
        token = Token(kind, piece, found.end() - len(piece), gap)
        if kind == "open":
            opened.append(token)
        elif kind == "close":
            if not opened or CLOSER[opened.pop().text] != piece:
                raise AnswerFormatError("unbalanced-brackets", text, token.span)
        elif kind == "bad":
            raise AnswerFormatError("unexpected-character", text, token.span, character=piece)
        tokens.append(token)
    if opened:
        raise AnswerFormatError("unbalanced-brackets", text, opened[-1].span)
    return tokens


def closing(tokens: list[Token], index: int) -> int:
    """Give the index of the bracket that closes the one at ``index``; brackets are known to balance."""
    depth = 0
    for position in range(index, len(tokens)):
        kind = tokens[position].type
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
            if not depth:
                return position
    raise ValueError("unbalanced brackets")


def unwrap(tokens: list[Token]) -> list[Token]:
    """Drop one pair of brackets that encloses everything."""
    if tokens and tokens[0].type == "open" and closing(tokens, 0) == len(tokens) - 1:
        return tokens[1:-1]
    return tokens
