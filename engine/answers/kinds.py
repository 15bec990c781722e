"""The closed set of answer kinds, their values and how a value is written the way a learner would type it.

Values are plain Python: ``int`` for Integer, ``float`` (or ``int``) for Real, a tuple of numbers for Vector, Shape and
Named (in the order of its labels), a tuple of rows for Matrix, a label (``str``) for Choice.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias, assert_never

Number = int | float
Value = int | float | str | tuple[Number, ...] | tuple[tuple[Number, ...], ...]
Json: TypeAlias = "int | float | str | list[Json] | dict[str, Json]"


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number, compared exactly. ``scale`` suffixes k/M/G are read where ``count`` is true."""

    count: bool = False
    name: ClassVar[str] = "integer"

    @property
    def decimals(self) -> None:
        """An integer is exact."""
        return


@dataclass(frozen=True, slots=True)
class Real:
    """One real number asked to ``decimals`` places; ``None`` asks for the exact value."""

    decimals: int | None
    name: ClassVar[str] = "real"


@dataclass(frozen=True, slots=True)
class Vector:
    """A list of numbers."""

    decimals: int | None
    name: ClassVar[str] = "vector"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of numbers of equal length."""

    decimals: int | None
    name: ClassVar[str] = "matrix"


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of an array: whole numbers, compared exactly, length included."""

    name: ClassVar[str] = "shape"

    @property
    def decimals(self) -> None:
        """A shape is exact."""
        return


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few labels."""

    labels: tuple[str, ...]
    name: ClassVar[str] = "choice"

    @property
    def decimals(self) -> None:
        """A label is exact."""
        return


@dataclass(frozen=True, slots=True)
class Named:
    """Several labelled numbers, in this order; typed bare or as ``label = value``."""

    labels: tuple[str, ...]
    decimals: int | None
    name: ClassVar[str] = "named"


AnswerKind = Integer | Real | Vector | Matrix | Shape | Choice | Named

# A union in isinstance is rebuilt at each call, which costs more than the comparison of a number.
EXACT_KINDS = (Integer, Shape, Choice)
EXACT_RELATIVE = 1e-9
"""How far, relative to max(1, |truth|), an answer without asked decimals may lie from the truth."""

_NON_FINITE = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}


def tolerance(kind: AnswerKind) -> float:
    """How far a typed number may lie from the truth.

    Returns
    -------
    float
        One unit in the last asked decimal, so that truncation and a rounded intermediate result pass; 0 where a whole
        number or a label is asked; ``EXACT_RELATIVE``, times the larger of 1 and the truth, where the exact value is.
    """
    if isinstance(kind, EXACT_KINDS):
        return 0.0
    return EXACT_RELATIVE if kind.decimals is None else 10.0**-kind.decimals


def canonical(kind: AnswerKind, raw: object) -> Value:
    """Turn what a reference function returned into a plain value of this kind.

    Parameters
    ----------
    kind : AnswerKind
        The kind of the answer.
    raw : object
        A Python number, list, tuple or mapping, or anything with ``.tolist()`` (NumPy and torch scalars and arrays).

    Raises
    ------
    TypeError
        If ``raw`` has not the structure of this kind.
    ValueError
        If it has, but a number is not whole, rows differ in length, labels are missing or the label is unknown.
    """
    if isinstance(kind, Named) and isinstance(raw, Mapping):
        if set(raw) != set(kind.labels):
            raise ValueError(f"labels {sorted(map(str, raw))} are not {list(kind.labels)}")
        raw = [raw[label] for label in kind.labels]
    plain = _plain(raw)
    match kind:
        case Integer():
            return _whole(plain)
        case Real():
            return _number(plain)
        case Vector():
            return tuple(_number(entry) for entry in _sequence(plain))
        case Matrix():
            rows = tuple(tuple(_number(entry) for entry in _sequence(row)) for row in _sequence(plain))
            if len({len(row) for row in rows}) != 1 or not rows[0]:
                raise ValueError("a matrix needs rows of one length, and at least one entry")
            return rows
        case Shape():
            return tuple(_whole(entry) for entry in _sequence(plain))
        case Choice():
            return _label(kind, plain)
        case Named():
            values = tuple(_number(entry) for entry in _sequence(plain))
            if len(values) != len(kind.labels):
                raise ValueError(f"{len(values)} values for {len(kind.labels)} labels")
            return values
        case _:
            assert_never(kind)


def format_value(kind: AnswerKind, value: Value) -> str:
    """Write a value the way a learner would type it, for example ``"[0.018, 0.245]"``; ``parse`` accepts every one."""
    if isinstance(value, str):
        return value
    decimals = kind.decimals
    if not isinstance(value, tuple):
        return _digits(value, decimals)
    if isinstance(kind, Named):
        pairs = zip(kind.labels, value, strict=True)
        return ", ".join(f"{label} = {_digits(_number(entry), decimals)}" for label, entry in pairs)
    texts = [
        f"[{', '.join([_digits(x, decimals) for x in entry])}]"
        if isinstance(entry, tuple)
        else _digits(entry, decimals)
        for entry in value
    ]
    if isinstance(kind, Shape):
        return f"({texts[0]},)" if len(texts) == 1 else f"({', '.join(texts)})"
    return f"[{', '.join(texts)}]"


def plain_number(number: Number, digits: int = 12) -> str:
    """Write a number without padding: ``"3"``, ``"0.25"``, ``"1.38e-5"``.

    Twelve significant digits hide the last bits of floating point (0.1 + 0.2), which nobody types and which would make
    one value look like two.
    """
    if isinstance(number, int):
        return str(int(number))
    # The shortest form is most often the typed one, and formatting twice costs as much as all else here.
    text = repr(number)
    if digits >= 17 and "e" not in text and "n" not in text and not text.endswith(".0"):
        return text
    if not math.isfinite(number):
        return "nan" if number != number else "inf" if number > 0 else "-inf"
    rounded = float(f"{number:.{digits}g}")
    if rounded.is_integer() and abs(rounded) < 1e16:
        return str(int(rounded))
    text = repr(rounded)
    if "e" in text:
        mantissa, exponent = text.split("e")
        return f"{mantissa}e{int(exponent)}"
    return text


def to_json(kind: AnswerKind, value: Value) -> Json:
    """Give the value as JSON: a number, nested lists, an object for Named, a string for Choice (and for inf, nan)."""
    if isinstance(value, str):
        return value
    if isinstance(kind, Named) and isinstance(value, tuple):
        return {label: _to_json(entry) for label, entry in zip(kind.labels, value, strict=True)}
    return _to_json(value)


def from_json(kind: AnswerKind, data: Json) -> Value:
    """Read back what ``to_json`` gave; raises as ``canonical`` does."""
    return canonical(kind, data if isinstance(kind, Choice) else _from_json(data))


def _digits(number: Number, decimals: int | None) -> str:
    if decimals is None or not math.isfinite(number):
        return plain_number(number)
    text = f"{number:.{decimals}f}"
    # A zero has no sign for a learner, whichever side it was rounded from.
    return text[1:] if text[0] == "-" and not text.strip("-0.") else text


def _plain(raw: object) -> object:
    tolist = getattr(raw, "tolist", None)
    return tolist() if callable(tolist) else raw


def _number(raw: object) -> Number:
    plain = _plain(raw)
    if isinstance(plain, int):
        return int(plain)
    if isinstance(plain, float):
        return plain
    raise TypeError(f"expected a real number, got {type(raw).__name__}")


def _whole(raw: object) -> int:
    number = _number(raw)
    if isinstance(number, int):
        return number
    if not number.is_integer():
        raise ValueError(f"{number!r} is not a whole number")
    return int(number)


def _sequence(raw: object) -> Sequence[object]:
    plain = _plain(raw)
    if isinstance(plain, Sequence) and not isinstance(plain, str | bytes):
        return plain
    raise TypeError(f"expected a list of numbers, got {type(raw).__name__}")


def _label(kind: Choice, raw: object) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = str(raw)
    if text in kind.labels:
        return text
    same = [label for label in kind.labels if label.casefold() == text.casefold()]
    if len(same) != 1:
        raise ValueError(f"{text!r} is none of {list(kind.labels)}")
    return same[0]


def _to_json(value: Value) -> Json:
    if isinstance(value, tuple):
        return [_to_json(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return plain_number(value)
    return value


def _from_json(data: Json) -> object:
    if isinstance(data, list):
        return [_from_json(entry) for entry in data]
    if isinstance(data, dict):
        return {label: _from_json(entry) for label, entry in data.items()}
    return _NON_FINITE.get(data, data) if isinstance(data, str) else data
