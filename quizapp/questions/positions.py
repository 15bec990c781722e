"""Reading of positions such as ``3 1 2``, ``312``, ``c, a, b`` or ``３、１、２``."""

import re
from string import ascii_lowercase
from unicodedata import normalize

from engine.errors import AnswerFormatError

# Longer numbers are no positions; int() refuses strings of thousands of digits.
LONGEST_NUMBER = 9
LONGEST_ANSWER = 500
_TOKEN = re.compile(r"[^\s,;:/|、。.>→()\[\]{}+&\-]+")


def plain_form(raw: str) -> str:
    """Return the text with full-width characters made plain and letters small, each character at its old place."""
    return "".join(_same_length(character) for character in raw)


def _same_length(character: str) -> str:
    plain = normalize("NFKC", character).lower()
    return plain if len(plain) == 1 else character


def letter(position: int) -> str:
    """Return the letter of a position counted from 1."""
    return ascii_lowercase[position - 1]


def answered(raw: str) -> str:
    """Return the plain form of an answer that is neither empty nor absurdly long.

    Raises
    ------
    AnswerFormatError
        ``empty`` or ``too-long``.
    """
    if not raw.strip():
        raise AnswerFormatError("empty", raw)
    if len(raw) > LONGEST_ANSWER:
        raise AnswerFormatError("too-long", raw, (LONGEST_ANSWER, len(raw)), most=LONGEST_ANSWER)
    return plain_form(raw)


def positions(raw: str, count: int, *, joined: bool = True) -> tuple[int, ...]:
    """Read positions from 1 to ``count``, as digits or letters.

    Parameters
    ----------
    raw : str
        What was typed.
    count : int
        Number of options.
    joined : bool
        Read ``312`` as three positions where no position has two digits.

    Raises
    ------
    AnswerFormatError
        ``empty`` or ``no-such-option`` (``expected``: the number of options).
    """
    found: list[int] = []
    for token in _TOKEN.finditer(answered(raw)):
        word = token.group()
        if word.isdecimal():
            apart = joined and count <= 9 and len(word) > 1
            read = [int(digit) for digit in word] if apart else [int(word[-LONGEST_NUMBER:])]
            fits = (apart or len(word) <= LONGEST_NUMBER) and all(1 <= number <= count for number in read)
        else:
            read = [ascii_lowercase.find(character) + 1 for character in word]
            fits = (joined or len(read) == 1) and all(1 <= number <= count for number in read)
        if not fits:
            raise AnswerFormatError("no-such-option", raw, token.span(), expected=count, got=word)
        found.extend(read)
    if not found:
        raise AnswerFormatError("no-such-option", raw, expected=count, got=raw.strip())
    return tuple(found)
