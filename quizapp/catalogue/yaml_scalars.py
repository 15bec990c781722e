"""Plain scalars, read strictly: what YAML 1.1 and 1.2 (or a person and PyYAML) would disagree on must be quoted."""

import math
import re
from typing import Final

WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None, "": None}
SURPRISES: Final = frozenset(
    form
    for word in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    for form in (word, word.capitalize(), word.upper())
    if form not in WORDS
) | {"~", "=", "<<"}
# Nothing outside these first characters can be read as anything but text.
MAYBE_NUMBER: Final = frozenset("0123456789+-.")
LONGEST_NUMBER: Final = 300

INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?")
ODD_FORMS: Final = (
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"), "a number in base 60"),
    (re.compile(r"[-+]?0[0-9_]+"), "an octal number"),
    (re.compile(r"[-+]?0o[0-7_]+"), "an octal number"),
    (re.compile(r"[-+]?0x[0-9a-fA-F_]+"), "a hexadecimal number"),
    (re.compile(r"[-+]?0b[01_]+"), "a binary number"),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)[eE][-+]?[0-9]+"), "text by some readers, a number by others"),
    (re.compile(r"[-+]?[0-9]+_[0-9_]*(\.[0-9_]*)?|[-+]?[0-9]*\.[0-9]*_[0-9_]*"), "a number without its underscores"),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), "infinity or not-a-number"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?"), "a date"),
)

Scalar = str | int | float | bool | None


class Surprise(ValueError):
    """A plain scalar that does not mean what it looks like; the message says what it would be read as."""


def read_plain(text: str) -> Scalar:
    """Return the value of a plain (unquoted) scalar: only true, false, null, decimals and empty are not text.

    Raises
    ------
    Surprise
        If readers of YAML disagree about it.
    """
    if text in WORDS:
        return WORDS[text]
    if text[0] in MAYBE_NUMBER:
        return _read_number(text)
    if text in SURPRISES:
        raise Surprise(_reading(text))
    return text


def _read_number(text: str) -> Scalar:
    if INTEGER.fullmatch(text) and len(text) <= LONGEST_NUMBER:
        return int(text)
    if FLOAT.fullmatch(text) and len(text) <= LONGEST_NUMBER:
        number = float(text)
        if not math.isfinite(number):
            raise Surprise("infinity")
        return number
    if len(text) > LONGEST_NUMBER and FLOAT.fullmatch(text + "."):
        raise Surprise("a number of absurd size")
    for form, reading in ODD_FORMS:
        if form.fullmatch(text):
            raise Surprise(reading)
    return text


def _reading(text: str) -> str:
    if text == "~":
        return "nothing"
    if text in ("=", "<<"):
        return "a command of YAML 1.1"
    return "nothing" if text.lower() == "null" else "true or false"
