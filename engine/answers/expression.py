"""Evaluate typed arithmetic: a Pratt parser over a closed list of operators, functions and constants, with bounds.

Whole numbers stay exact as long as the operations allow it. Every failure is an ``AnswerFormatError``.
"""

import math
from collections.abc import Callable

from engine.answers.characters import FRACTIONS, superscript_integer
from engine.answers.kinds import Number
from engine.answers.tokens import CLOSER, Token
from engine.errors import AnswerFormatError

MAX_DEPTH = 32
MAX_EXPONENT = 1024
MAX_MAGNITUDE = 1e300

CONSTANTS = {"e": math.e, "pi": math.pi, "π": math.pi, "inf": math.inf, "infinity": math.inf, "∞": math.inf}
FUNCTIONS: dict[str, Callable[[Number], Number]] = {
    "sqrt": math.sqrt,
    "√": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "log2": math.log2,
    "log_2": math.log2,
    "log₂": math.log2,
    "log10": math.log10,
    "log_10": math.log10,
    "log₁₀": math.log10,
    "abs": lambda number: abs(number),
    "float": float,
    **{f"{name}{bits}": (lambda number: number) for name in ("float", "int") for bits in (16, 32, 64)},
}
# "lg" is the decimal logarithm in schools and the binary one in computing.
AMBIGUOUS_LOGARITHMS = ("log", "lg")
# In a module's namespace "log" has one meaning.
MODULES = ("np.", "numpy.", "math.", "torch.")
SCALES = {
    "k": 10**3,
    "K": 10**3,
    "m": 10**6,
    "M": 10**6,
    "g": 10**9,
    "G": 10**9,
    "b": 10**9,
    "B": 10**9,
    "T": 10**12,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}

# Binding powers: -2^2 is -(2^2), √2*3 is (√2)*3, 2^3^2 is 2^(3^2).
_SUM, _PRODUCT, _SIGN, _POWER, _POSTFIX = 10, 20, 25, 30, 40
_BINARY = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER, "**": _POWER}

Entry = tuple[Number, int | None]
"""A number and how many decimals it was typed with; ``None`` when it was computed and so has full precision."""


class Reader:
    """Reads numbers off a list of tokens.

    Parameters
    ----------
    text : str
        The plain text, for error messages.
    tokens : list of Token
        What to read; brackets balance.
    flat : bool
        Whether a space separates numbers outside brackets, as in a list: ``1 -2`` is two numbers, ``1 - 2`` one.
    scales : bool
        Whether k, M, 万 and the like may follow a number.
    """

    __slots__ = ("_depth", "_end", "_position", "_text", "_tokens", "flat", "percent", "scales")

    def __init__(self, text: str, tokens: list[Token], *, flat: bool, scales: bool = False) -> None:
        self._text = text
        self._tokens = tokens
        last = tokens[-1].span[1] if tokens else len(text)
        self._end = Token("end", "", last)
        self._position = 0
        self._depth = 0
        self.flat = flat
        self.scales = scales
        self.percent = False

    def entries(self) -> list[Entry]:
        """Read all numbers up to the end; a separator may follow the last."""
        entries: list[Entry] = []
        while (token := self._peek()).type != "end":
            entries.append(self._expression(0, self.flat))
            following = self._peek()
            if following.type == "sep":
                self._position += 1
            elif following.type == "end":
                break
            elif not following.gap and following.type in ("num", "vulgar", "name"):
                raise self._error("unreadable-number", (token.start, following.span[1]))
        return entries

    def _peek(self) -> Token:
        return self._tokens[self._position] if self._position < len(self._tokens) else self._end

    def _error(self, slug: str, span: tuple[int, int], **details: object) -> AnswerFormatError:
        return AnswerFormatError(slug, self._text, span, **details)

    def _expression(self, binding: int, flat: bool) -> Entry:
        value, decimals = self._operand(flat)
        while True:
            token = self._peek()
            kind = token.type
            if kind == "op" and (power := _BINARY.get(token.text)):
                if power <= binding or (flat and power == _SUM and token.gap and not self._gap_after()):
                    break
                self._position += 1
                if token.text == "*" and decimals is not None and (shift := self._power_of_ten()) is not None:
                    value = self._bounded(_shifted(value, shift), token)
                    decimals -= shift
                    continue
                # Right-associative, and each exponent is a level deeper.
                deeper = power == _POWER
                right = self._deeper(token, power - 1, flat) if deeper else self._expression(power, flat)[0]
                value, decimals = self._binary(token, value, right), None
            elif kind == "sup":
                self._position += 1
                value, decimals = self._power(value, superscript_integer(token.text), token), None
            elif kind == "op" and token.text == "%":
                self._position += 1
                self.percent = True
                value = value / 100 if decimals is None else _shifted(value, -2)
                decimals = None if decimals is None else decimals + 2
            elif kind == "name" and self.scales and token.text in SCALES:
                self._position += 1
                value, decimals = self._bounded(value * SCALES[token.text], token), None
            elif kind == "vulgar" and not token.gap and isinstance(value, int) and decimals == 0:
                self._position += 1
                numerator, denominator = FRACTIONS[token.text]
                value, decimals = value + numerator / denominator, None
            elif kind == "name" or (kind == "open" and token.text == "(") or token.text == "√":
                if (flat and token.gap) or binding >= _PRODUCT:
                    break
                right = self._expression(_PRODUCT, flat)[0]
                value, decimals = self._result(value * right, token, value, right), None
            else:
                break
        return value, decimals

    def _operand(self, flat: bool) -> Entry:
        token = self._peek()
        self._position += 1
        match token.type:
            case "num":
                return self._literal(token)
            case "op" if token.text in "+-":
                self._enter(token)
                value, decimals = self._expression(_SIGN, flat)
                self._depth -= 1
                return (-value if token.text == "-" else value), decimals
            case "op" if token.text == "√":
                return self._apply("√", self._deeper(token, _PRODUCT, flat), token), None
            case "open":
                return self._group(token)
            case "name":
                return self._named(token, flat), None
            case "vulgar":
                numerator, denominator = FRACTIONS[token.text]
                return numerator / denominator, None
            case "sep":
                raise self._error("misplaced-separator", token.span)
        raise self._error("incomplete-expression", token.span)

    def _literal(self, token: Token) -> Entry:
        text = token.text
        if text.isdecimal():
            return self._bounded(int(text), token), 0
        text = text.replace(" ", "").replace(",", "").replace("_", "").replace("'", "").lower()
        if text.isdecimal():
            return self._bounded(int(text), token), 0
        mantissa, _, exponent = text.partition("e")
        decimals = len(mantissa.partition(".")[2]) - (int(exponent) if exponent else 0)
        return self._bounded(float(text), token), decimals

    def _group(self, token: Token) -> Entry:
        if token.text != "(" and self.flat:
            raise self._error("too-many-dimensions", token.span)
        self._enter(token)
        entry = self._expression(0, False)
        self._depth -= 1
        following = self._peek()
        if following.text != CLOSER[token.text]:
            slug = "too-many-dimensions" if self.flat else "expected-one-number"
            raise self._error(slug, (token.start, following.span[1]), got=2)
        self._position += 1
        return entry

    def _named(self, token: Token, flat: bool) -> Number:
        name = token.text.casefold()
        qualified = next((module for module in MODULES if name.startswith(module)), "")
        name = name[len(qualified) :]
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name == "nan":
            raise self._error("not-a-number", token.span)
        if name in AMBIGUOUS_LOGARITHMS:
            if not qualified:
                raise self._error("ambiguous-log", token.span, word=token.text)
            name = "ln"
        if name not in FUNCTIONS:
            raise self._error("unknown-word", token.span, word=token.text)
        return self._apply(name, self._deeper(token, _POWER, flat), token)

    def _deeper(self, token: Token, binding: int, flat: bool) -> Number:
        self._enter(token)
        following = self._peek()
        # A function takes just its brackets: sqrt(4)^2 squares the root, exp(1)(2) multiplies.
        if token.type == "name" and following.type == "open":
            self._position += 1
            value = self._group(following)[0]
        else:
            value = self._expression(binding, flat)[0]
        self._depth -= 1
        return value

    def _enter(self, token: Token) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error("too-deep", token.span, most=MAX_DEPTH)

    def _gap_after(self) -> bool:
        following = self._position + 1
        return following >= len(self._tokens) or bool(self._tokens[following].gap)

    def _power_of_ten(self) -> int | None:
        """Consume ``10^k`` after a multiplication sign, so that 1.38×10⁻⁴ stays the number 1.38e-4 as typed."""
        tokens = self._tokens[self._position : self._position + 5]
        if len(tokens) < 2 or tokens[0].text != "10":
            return None
        if tokens[1].type == "sup":
            used, digits = 2, str(superscript_integer(tokens[1].text))
        elif tokens[1].text in ("^", "**"):
            sign = "-" if len(tokens) > 2 and tokens[2].text == "-" else ""
            used = 4 if sign or (len(tokens) > 2 and tokens[2].text == "+") else 3
            digits = sign + (tokens[used - 1].text if len(tokens) >= used else "")
        else:
            return None
        after = tokens[used] if used < len(tokens) else self._end
        if not digits.lstrip("-").isdecimal() or after.type == "sup" or after.text in ("^", "**"):
            return None
        if len(digits) > 5 or abs(int(digits)) > MAX_EXPONENT:
            raise self._error("too-large", (tokens[0].start, tokens[used - 1].span[1]))
        self._position += used
        return int(digits)

    def _bounded(self, value: Number, token: Token) -> Number:
        if abs(value) > MAX_MAGNITUDE:
            raise self._error("too-large", token.span)
        return value

    def _result(self, value: Number, token: Token, *operands: Number) -> Number:
        if value != value:
            raise self._error("undefined", token.span)
        if math.inf in operands or -math.inf in operands:
            return value
        return self._bounded(value, token)

    def _binary(self, token: Token, left: Number, right: Number) -> Number:
        match token.text:
            case "+":
                value = left + right
            case "-":
                value = left - right
            case "*":
                value = left * right
            case "/":
                if not right:
                    raise self._error("division-by-zero", token.span)
                exact = isinstance(left, int) and isinstance(right, int) and left % right == 0
                value = left // right if exact else left / right
            case _:
                return self._power(left, right, token)
        return self._result(value, token, left, right)

    def _power(self, base: Number, exponent: Number, token: Token) -> Number:
        if abs(exponent) > MAX_EXPONENT:
            raise self._error("too-large", token.span)
        if not base and exponent < 0:
            raise self._error("division-by-zero", token.span)
        if base < 0 and exponent != int(exponent):
            raise self._error("undefined", token.span)
        if isinstance(base, int) and isinstance(exponent, int):
            # Checked before computing: 999^1024 is within the bounds on both numbers.
            if abs(exponent) * math.log10(max(abs(base), 1)) > 300:
                raise self._error("too-large", token.span)
            whole: int = base ** abs(exponent)
            return whole if exponent >= 0 else 1 / whole
        try:
            value: float = float(base) ** float(exponent)
        except OverflowError:
            raise self._error("too-large", token.span) from None
        return self._result(value, token, base)

    def _apply(self, name: str, argument: Number, token: Token) -> Number:
        try:
            return self._result(FUNCTIONS[name](argument), token, argument)
        except ValueError:
            raise self._error("undefined", token.span) from None
        except OverflowError:
            raise self._error("too-large", token.span) from None


def _shifted(value: Number, shift: int) -> Number:
    """Multiply a typed number by a power of ten without the rounding that a product would add."""
    if isinstance(value, int) and 0 <= shift <= 300:
        scaled: int = value * 10**shift
        return scaled
    mantissa, _, exponent = repr(value).partition("e")
    return float(f"{mantissa}e{int(exponent or 0) + shift}")
