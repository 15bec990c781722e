r"""Filling of ``<<placeholders>>`` with numbers: braces belong to LaTeX.

``<<name>>`` shows a number with up to six significant digits, a tuple as ``[1, 2, 3]``, text as it is;
``<<name:4>>`` with four decimals; ``<<name:tex>>`` and ``<<name:4tex>>`` as LaTeX inside a formula.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from quizapp.errors import ContentProblem

SIGNIFICANT_DIGITS = 6
# Outside of these an exponent reads better than zeros.
SMALLEST_POSITIONAL, LARGEST_POSITIONAL = 1e-5, 1e7
_PLACEHOLDER = re.compile(r"<<([^<>]*)>>")
_INSIDE = re.compile(r"\s*([A-Za-z_][\w-]*)\s*(?::(\d{1,2})?(tex)?)?\s*")


class PlaceholderError(ContentProblem):
    """Words with a placeholder that can't be filled."""


def placeholders(text: str) -> set[str]:
    """Return the names of the values that a text asks for.

    Raises
    ------
    PlaceholderError
        If something between ``<<`` and ``>>`` is not a placeholder.
    """
    return {_read(match)[0] for match in _PLACEHOLDER.finditer(text)}


def fill(text: str, values: Mapping[str, Any]) -> str:
    """Return the text with every placeholder replaced by its value.

    Raises
    ------
    PlaceholderError
        If a placeholder is malformed or has no value.
    """

    def replacement(match: re.Match[str]) -> str:
        name, decimals, tex = _read(match)
        if name not in values:
            nearest = get_close_matches(name, values, n=1, cutoff=0.5)
            known = ", ".join(sorted(values)) or "none"
            hint = f"Did you mean <<{nearest[0]}>>?" if nearest else f"There are: {known}."
            raise PlaceholderError(f"No value is named {name!r}, which {match.group()} asks for.", hint)
        try:
            return shown(values[name], decimals, tex=tex)
        except (TypeError, ValueError) as error:
            raise PlaceholderError(f"{match.group()} can't show {values[name]!r}.", str(error)) from error

    return _PLACEHOLDER.sub(replacement, text)


def _read(match: re.Match[str]) -> tuple[str, int | None, bool]:
    inside = _INSIDE.fullmatch(match.group(1))
    if inside is None or match.group(1).rstrip().endswith(":"):
        raise PlaceholderError(
            f"{match.group()} is not a placeholder.", "Write <<name>>, <<name:4>>, <<name:tex>> or <<name:4tex>>."
        )
    name, decimals, tex = inside.groups()
    return name, int(decimals) if decimals else None, tex is not None


def shown(value: Any, decimals: int | None = None, *, tex: bool = False) -> str:
    """Return one value as words show it.

    Parameters
    ----------
    value : bool, int, float, str or nested tuple of numbers
    decimals : int, optional
        Fixed number of decimals; otherwise up to six significant digits.
    tex : bool
        Write vectors, matrices and exponents as LaTeX.
    """
    if isinstance(value, str):
        if decimals is not None:
            raise TypeError("text has no decimals")
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number(value, decimals, tex=tex)
    rows = tuple(value)
    if not tex:
        return "[" + ", ".join(shown(entry, decimals) for entry in rows) + "]"
    if rows and all(isinstance(row, tuple | list) for row in rows):
        body = r"\\".join(" & ".join(shown(entry, decimals, tex=True) for entry in row) for row in rows)
        return rf"\begin{{bmatrix}}{body}\end{{bmatrix}}"
    return "(" + r",\,".join(shown(entry, decimals, tex=True) for entry in rows) + ")"


def number(value: float, decimals: int | None = None, *, tex: bool = False) -> str:
    """Return a number as words show it; never a negative zero."""
    if value != value or value in (float("inf"), float("-inf")):
        sign = "-" if value == float("-inf") else ""
        if value != value:
            return r"\text{NaN}" if tex else "NaN"
        return sign + (r"\infty" if tex else "∞")
    if decimals is not None:
        fixed = f"{value:.{decimals}f}"
        return fixed.lstrip("-") if not float(fixed) else fixed
    if isinstance(value, int):
        return str(value)
    if value == 0:
        return "0"
    rounded = Decimal(f"{value:.{SIGNIFICANT_DIGITS - 1}e}")
    if SMALLEST_POSITIONAL <= abs(value) < LARGEST_POSITIONAL:
        # A whole number keeps its last digit: 1234567 is not 1234570.
        exact = Decimal(int(value)) if value.is_integer() else rounded
        text = f"{exact:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, exponent = f"{rounded:e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    power = int(exponent)
    if not tex:
        return f"{mantissa}e{power}"
    if mantissa in ("1", "-1"):
        return f"{mantissa.rstrip('1')}10^{{{power}}}"
    return rf"{mantissa} \times 10^{{{power}}}"
