"""Read a typed answer: generous about spelling, strict about meaning.

What can't be read raises ``AnswerFormatError`` with one of ``FORMAT_ERRORS`` and the offending span; no other exception
leaves this module, whatever the text.
"""

import re
from dataclasses import dataclass
from typing import assert_never

from engine.answers.characters import plain_text
from engine.answers.expression import Entry, Reader
from engine.answers.kinds import AnswerKind, Choice, Integer, Matrix, Named, Number, Real, Shape, Value, Vector
from engine.answers.kinds import plain_number as _plain_number
from engine.answers.labels import find_choice, split_labelled
from engine.answers.tokens import Token, closing, tokenise, unwrap
from engine.errors import AnswerFormatError

MAX_LENGTH = 500
_SCALARS = (Real, Integer)

FORMAT_ERRORS: tuple[tuple[str, str], ...] = (
    ("empty", "nothing was typed"),
    ("too-long", "more characters than any answer needs; details: most"),
    ("unexpected-character", "a character that no answer contains; details: character"),
    ("unbalanced-brackets", "a bracket without its partner"),
    ("unknown-word", "a word that is no function or constant; details: word"),
    ("ambiguous-log", "log without a base: type ln, log2 or log10; details: word"),
    ("incomplete-expression", "an operand is missing, as in 3 *"),
    ("unreadable-number", "digits that run into each other, as in 1.2.3"),
    ("misplaced-separator", "a comma with no number before it, as in [1,, 2]"),
    ("expected-one-number", "several numbers where one is asked; details: got"),
    ("expected-n-values", "too many or too few values; details: expected, got"),
    ("missing-number", "a label without a number; details: label"),
    ("missing-label", "some values carry labels, others don't; details: missing"),
    ("unknown-label", "a label that is not asked; details: label, labels"),
    ("ambiguous-label", "an abbreviation that fits several labels; details: label, candidates"),
    ("duplicate-label", "one label twice; details: label"),
    ("unknown-choice", "none of the labels to choose from; details: labels"),
    ("ragged-rows", "rows of different length; details: lengths"),
    ("too-many-dimensions", "a list inside a list where a flat one is asked"),
    ("not-whole", "a fraction where a whole number is asked"),
    ("not-a-number", "nan, which equals nothing"),
    ("division-by-zero", "a division by zero"),
    ("undefined", "no real value: the root or logarithm of a negative number, inf - inf"),
    ("too-large", "an exponent beyond 1024 or a magnitude beyond 1e300"),
    ("too-deep", "brackets nested too deeply; details: most"),
)
"""Every slug an ``AnswerFormatError`` of this package may carry, and what it says."""

# Most answers are plain numbers, and the tokenizer costs ten times this match.
_PLAIN = re.compile(r"\s*([+-]?)([0-9]+)(?:\.([0-9]*))?\s*", re.ASCII)
_BETWEEN_ROWS = re.compile(r"\]\s*,?\s*\[")
_PREFIX = re.compile(r"\s*(?:[^\W\d]\w*)?\s*[=:≈~]+(?=.*\S)", re.DOTALL)
_ARRAY = re.compile(
    r"\s*(?:[A-Za-z_]\w*\.)*(?:as_?)?(?:array|tensor|matrix|Array|DeviceArray|Tensor|TensorShape|Size|list|tuple)\s*"
    r"(\(.*?)(?:,\s*(?:dtype|device|grad_fn|requires_grad)\s*=.*)?\)\s*",
    re.DOTALL,
)
# A full stop that is no decimal point: after a bracket or a unit, or after decimals.
_FULL_STOP = re.compile(r"(?:[^\d\s]|\.\d+)\.$")
# What is counted or measured, said again after the number: it decides nothing, so it is passed over.
_UNIT = re.compile(
    r"(?<=[\d%)KkMmGgBbT万亿千])\s*(?:个?参数|个|像素|比特|奈特|parameters?|params?|weights?|pixels?|px|units?|bits?|nats?"
    r"|in total|total)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A typed answer as read.

    Parameters
    ----------
    value : Value
        The value, of the structure of its kind.
    read_as : str
        The echo: how the answer was understood.
    decimals : tuple of (int or None), or None
        Typed decimals of each number, rows one after another; an entry is ``None`` where the number was computed and
        has full precision. ``None`` for kinds that are compared exactly (Integer, Shape, Choice).
    percent : bool
        Whether a percent sign was typed.
    """

    value: Value
    read_as: str
    decimals: tuple[int | None, ...] | None = None
    percent: bool = False


def parse(kind: AnswerKind, text: str) -> Parsed:
    """Read what a learner typed.

    Parameters
    ----------
    kind : AnswerKind
        What is asked.
    text : str
        As typed, in any of the accepted spellings.

    Raises
    ------
    AnswerFormatError
        If it can't be read; the answer is then invalid, not wrong.
    """
    if len(text) > MAX_LENGTH:
        raise AnswerFormatError("too-long", text, (MAX_LENGTH, len(text)), most=MAX_LENGTH)
    quick = _plain_answer(kind, text)
    if quick is not None:
        return quick
    plain = plain_text(text)
    try:
        if not plain.strip():
            raise AnswerFormatError("empty", text)
        return _parse(kind, plain)
    except AnswerFormatError as error:
        error.text = text
        raise


def _parse(kind: AnswerKind, text: str) -> Parsed:
    match kind:
        case Choice():
            label = find_choice(text, kind.labels)
            return Parsed(label, label)
        case Named():
            return _named(kind, text)
        case Integer() | Real():
            return _scalar(kind, text)
        case Matrix():
            return _matrix(text)
        case Vector() | Shape():
            return _list(kind, text)
        case _:
            assert_never(kind)


def _plain_answer(kind: AnswerKind, text: str) -> Parsed | None:
    if isinstance(kind, _SCALARS):
        number = _plain_entry(text)
        if number is None or (isinstance(kind, Integer) and not isinstance(number[0], int)):
            return None
        decimals = (number[1],) if isinstance(kind, Real) else None
        return Parsed(number[0], _echo(number), decimals)
    body = text.strip()
    if isinstance(kind, Vector):
        if body[:1] == "[" and body[-1:] == "]":
            body = body[1:-1]
        entries = _plain_entries(body)
        return _flat(entries) if entries else None
    if isinstance(kind, Matrix) and body[:2] == "[[" and body[-2:] == "]]":
        rows: list[list[Entry]] = []
        for part in _BETWEEN_ROWS.split(body[2:-2]):
            row = _plain_entries(part)
            if not row or len(row) != len(rows[0] if rows else row):
                return None
            rows.append(row)
        return _rows(rows)
    return None


def _plain_entries(text: str) -> list[Entry] | None:
    entries = []
    for part in text.split(",") if "," in text else text.split():
        entry = _plain_entry(part)
        if entry is None:
            return None
        entries.append(entry)
    return entries


def _plain_entry(text: str) -> Entry | None:
    found = _PLAIN.fullmatch(text)
    if found is None or len(text) > 300:
        return None
    sign, whole, fraction = found.groups()
    if fraction is None:
        return int(sign + whole), 0
    return float(f"{sign}{whole}.{fraction}"), len(fraction)


def _body(text: str) -> tuple[int, int]:
    """Find where the numbers stand, without ``x =`` before and ``array( , dtype=…)`` around them, nor a full stop."""
    start = found.end() if (found := _PREFIX.match(text)) else 0
    end = len(text)
    if found := _ARRAY.fullmatch(text, start):
        start = found.start(1) + 1
        end = found.end(1)
    stripped = text[start:end].rstrip()
    if _FULL_STOP.search(stripped):
        return start, start + len(stripped) - 1
    return start, end


def _tokens(text: str, start: int, end: int, grouping: str = "none") -> list[Token]:
    tokens = tokenise(text, start, end, grouping)
    if not tokens:
        raise AnswerFormatError("empty", text, (start, end))
    return tokens


def _scalar(kind: Integer | Real, text: str) -> Parsed:
    counted = isinstance(kind, Integer) and kind.count
    start, end = _body(text)
    if found := _UNIT.search(text, start, end):
        end = found.start()
    reader = Reader(text, unwrap(_tokens(text, start, end, "any")), flat=False, scales=counted)
    entry = _single(reader, text, (start, end))
    if isinstance(kind, Integer):
        whole = _whole(entry[0], text, (start, end))
        return Parsed(whole, str(whole), None, reader.percent)
    return Parsed(entry[0], _echo(entry), (entry[1],), reader.percent)


def _single(reader: Reader, text: str, span: tuple[int, int]) -> Entry:
    entries = reader.entries()
    if not entries:
        raise AnswerFormatError("empty", text, span)
    if len(entries) > 1:
        raise AnswerFormatError("expected-one-number", text, span, got=len(entries))
    return entries[0]


def _list(kind: Vector | Shape, text: str) -> Parsed:
    start, end = _body(text)
    # The second unwrapping forgives a single row in double brackets.
    tokens = unwrap(unwrap(_tokens(text, start, end)))
    if isinstance(kind, Vector):
        reader = Reader(text, tokens, flat=True)
        return _flat(reader.entries(), percent=reader.percent)
    reader = Reader(text, _dimensions(tokens), flat=True)
    sizes = tuple(_whole(number, text, (start, end)) for number, _ in reader.entries())
    listed = ", ".join(map(str, sizes))
    return Parsed(sizes, f"({listed},)" if len(sizes) == 1 else f"({listed})", None, reader.percent)


def _dimensions(tokens: list[Token]) -> list[Token]:
    """Let a multiplication sign separate the sizes of a shape: 32x64, 32×64, 32*64."""
    depth = 0
    separated = []
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.type, 0)
        multiplied = token.type == "op" and token.text == "*" and not depth
        separated.append(token._replace(type="sep") if multiplied else token)
    return separated


def _matrix(text: str) -> Parsed:
    start, end = _body(text)
    tokens = unwrap(_tokens(text, start, end))
    rows = _nested_rows(text, tokens) if _is_nested(tokens) else _typed_rows(tokens)
    percent = False
    read: list[list[Entry]] = []
    for row in rows:
        reader = Reader(text, row, flat=True)
        read.append(reader.entries())
        percent = percent or reader.percent
    lengths = tuple(len(row) for row in read)
    if not any(lengths):
        raise AnswerFormatError("empty", text, (start, end))
    if len(set(lengths)) > 1:
        raise AnswerFormatError("ragged-rows", text, (start, end), lengths=lengths)
    return _rows(read, percent=percent)


def _rows(rows: list[list[Entry]], *, percent: bool = False) -> Parsed:
    value = tuple([tuple([number for number, _ in row]) for row in rows])
    echo = ", ".join([f"[{', '.join(map(_echo, row))}]" for row in rows])
    return Parsed(value, f"[{echo}]", tuple([decimals for row in rows for _, decimals in row]), percent)


def _is_nested(tokens: list[Token]) -> bool:
    """Tell ``[1, 2], [3, 4]`` from ``(1+2), 3; 4, 5``, whose bracket belongs to a number."""
    if not tokens or tokens[0].type != "open":
        return False
    end = closing(tokens, 0)
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    inside = tokens[1:end]
    listed = any(token.type == "sep" or (token.gap and token.type == "num") for token in inside)
    return (tokens[0].text != "(" or listed) and (after is None or after.type in ("sep", "open"))


def _nested_rows(text: str, tokens: list[Token]) -> list[list[Token]]:
    rows = []
    position = 0
    while position < len(tokens):
        if tokens[position].type != "open":
            raise AnswerFormatError("ragged-rows", text, tokens[position].span, lengths=())
        end = closing(tokens, position)
        rows.append(tokens[position + 1 : end])
        position = end + 1
        if position < len(tokens) and tokens[position].type == "sep":
            position += 1
    return rows


def _typed_rows(tokens: list[Token]) -> list[list[Token]]:
    rows: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.type, 0)
        ends_row = token.type == "sep" and token.text == ";" and not depth
        if (ends_row or (token.gap == "\n" and not depth)) and rows[-1]:
            rows.append([])
        if not ends_row:
            rows[-1].append(token)
    return [row for row in rows if row]


def _named(kind: Named, text: str) -> Parsed:
    lead = re.match(r"[\s=:≈~]*", text)
    begin = lead.end() if lead else 0
    places = split_labelled(" " * begin + text[begin:], kind.labels)
    percent = False
    entries: list[Entry] = []
    if places is None:
        entries, percent = _bare_values(text, begin, len(kind.labels))
    for start, end in places or ():
        reader = Reader(text, unwrap(_tokens(text, start, end, "any")), flat=False)
        try:
            entries.append(_single(reader, text, (start, end)))
        except AnswerFormatError as error:
            if error.slug != "expected-one-number":
                raise
            raise AnswerFormatError("missing-label", text, (start, end), missing=()) from None
        percent = percent or reader.percent
    echo = ", ".join(f"{label} = {_echo(entry)}" for label, entry in zip(kind.labels, entries, strict=True))
    return Parsed(tuple(number for number, _ in entries), echo, tuple(decimals for _, decimals in entries), percent)


def _bare_values(text: str, begin: int, expected: int) -> tuple[list[Entry], bool]:
    start, end = _body(text[:begin].replace("=", " ") + text[begin:]) if begin else _body(text)
    reader = Reader(text, unwrap(_tokens(text, max(start, begin), end)), flat=True)
    entries = reader.entries()
    if len(entries) != expected:
        # "34,848, 69,696" holds two numbers if commas group thousands, and only the count can tell.
        grouped = Reader(text, unwrap(_tokens(text, max(start, begin), end, "comma")), flat=True)
        regrouped = grouped.entries()
        if len(regrouped) != expected:
            raise AnswerFormatError("expected-n-values", text, (begin, end), expected=expected, got=len(entries))
        return regrouped, grouped.percent
    return entries, reader.percent


def _flat(entries: list[Entry], *, percent: bool = False) -> Parsed:
    value = tuple([number for number, _ in entries])
    return Parsed(value, f"[{', '.join(map(_echo, entries))}]", tuple([decimals for _, decimals in entries]), percent)


def _whole(number: Number, text: str, span: tuple[int, int]) -> int:
    if isinstance(number, int):
        return number
    # Arithmetic may leave 69.99999999999999 for 70.
    if abs(number) <= 1e300 and abs(number - round(number)) <= 1e-9 * max(1.0, abs(number)):
        return round(number)
    raise AnswerFormatError("not-whole", text, span)


def _echo(entry: Entry) -> str:
    number, decimals = entry
    return _plain_number(number) if decimals is None else _plain_number(number, 17)
