"""A formula on one line of Unicode, where that stays readable: ``x_i²``, ``a/(b + c)``, ``√x``, ``∑ᵢ₌₁ᴺ xᵢ``."""

from unicodedata import normalize

from quizapp.markup import symbols
from quizapp.markup.spacing import gaps, kinds, visible
from quizapp.markup.symbols import Class
from quizapp.markup.tree import Accent, Atom, Fenced, Fraction, Grid, Node, Root, Row, Script, Stack
from quizapp.markup.width import cell_width, clusters

# A longer fraction reads better as two rows than with a slash.
_LONGEST_FRACTION = 40
_PRIMES = ("′", "″", "‴")
_FACTORS = (Class.ORDINARY, Class.FUNCTION, Class.CLOSE)
_DIFFERENTIALS = ("∂", "d", "Δ", "δ", "∇")


def oneline(node: Node, tight: bool = False) -> str | None:
    """Return the formula on one line, or nothing where only two dimensions can be read.

    Parameters
    ----------
    node : Node
    tight : bool
        Without the spaces around operators, as in scripts.
    """
    match node:
        case Atom():
            return node.glyph
        case Row():
            return _row(node, tight)
        case Script():
            return _script(node)
        case Fraction():
            return _fraction(node)
        case Root():
            return _root(node)
        case Accent():
            return _accent(node)
        case Fenced():
            body = oneline(node.body, tight)
            return None if body is None else f"{node.left}{body}{node.right}"
        case Stack():
            return _stack(node)
        case Grid():
            return None


def _row(node: Row, tight: bool) -> str | None:
    items = visible(node)
    line = ""
    for index, (item, space) in enumerate(zip(items, gaps(items), strict=True)):
        part = _fraction_in_row(items, index) if isinstance(item, Fraction) else oneline(item, tight)
        if part is None:
            return None
        argument = isinstance(item, Fraction) and part.startswith("(") and kinds(items)[index - 1] is Class.FUNCTION
        spaced = space and not argument and (not tight or _wordy(items, index))
        if spaced or (line and part and _runs_together(items[index - 1], part)):
            line += " "
        line += part
    return line


def _wordy(items: tuple[Node, ...], index: int) -> bool:
    """Tell whether a space keeps letters apart, so that even a script needs it."""
    found = kinds(items)
    if Class.RELATION in found[index - 1 : index + 1] or Class.BINARY in found[index - 1 : index + 1]:
        return False
    return Class.PUNCTUATION not in found[index - 1 : index + 1]


def _runs_together(left: Node, right: str) -> bool:
    """Tell whether a letter would be read as part of the flat script before it: ``W_f x``."""
    if not isinstance(left, Script) or not right[0].isalnum():
        return False
    flat = oneline(left) or ""
    return "_" in flat or "^" in flat


def _fraction_in_row(items: tuple[Node, ...], index: int) -> str | None:
    fraction = items[index]
    if not isinstance(fraction, Fraction):
        return None
    line = _fraction(fraction)
    if line is None:
        return None
    found = kinds(items)
    separate = (Class.BINARY, Class.RELATION, Class.OPEN, Class.CLOSE, Class.PUNCTUATION, Class.SPACE)
    left = found[index - 1] if index else Class.SPACE
    right = found[index + 1] if index < len(items) - 1 else Class.SPACE
    if left is Class.FUNCTION or (isinstance(items[index - 1], Atom) and index and _glyph(items[index - 1]) == "/"):
        return f"({line})"
    before = "" if left in separate or left is Class.LARGE or _is_sign(items[index - 1]) else " "
    after = "" if right in (*separate, Class.LARGE, Class.FUNCTION) else " "
    return f"{before}{line}" if right in separate else f"{before}({line}){after}"


def _glyph(node: Node) -> str:
    return node.glyph if isinstance(node, Atom) else ""


def _is_sign(node: Node) -> bool:
    return isinstance(node, Atom) and node.glyph in ("−", "+", "±", "|")


def _fraction(node: Fraction) -> str | None:
    if not node.bar or _holds_fraction(node.numerator) or _holds_fraction(node.denominator):
        return None
    above, below = oneline(node.numerator), oneline(node.denominator)
    if above is None or below is None:
        return None
    if not stands_alone(node.numerator, factors=True):
        above = f"({above})"
    if not stands_alone(node.denominator):
        below = f"({below})"
    line = f"{above}/{below}"
    return line if cell_width(line) <= _LONGEST_FRACTION else None


def _holds_fraction(node: Node) -> bool:
    match node:
        case Fraction():
            return True
        case Row():
            return any(_holds_fraction(item) for item in node.items)
        case Fenced() | Accent():
            return _holds_fraction(node.body)
        case Root():
            return _holds_fraction(node.radicand)
        case Script():
            return any(part is not None and _holds_fraction(part) for part in node)
        case _:
            return False


def stands_alone(node: Node, factors: bool = False) -> bool:
    """Tell whether a part needs no brackets beside a slash, under a root or in a flat script.

    Parameters
    ----------
    node : Node
    factors : bool
        A product of symbols counts as alone, as in a numerator.
    """
    match node:
        case Atom():
            return " " not in node.glyph.strip()
        case Script() | Accent() | Root() | Fenced():
            return True
        case Row():
            items = visible(node)
            if len(items) == 2 and isinstance(items[0], Atom) and items[0].glyph in _DIFFERENTIALS:
                return stands_alone(items[1])
            if len(items) == 2 and is_application(items[0], items[1]):
                return True
            found = kinds(items)
            signed = any(_is_sign(item) for item in items)
            return factors and not signed and all(part in _FACTORS for part in found)
        case _:
            return False


def is_application(left: Node, right: Node) -> bool:
    """Tell whether two neighbours read as a function and its argument, ``P(i)``, rather than as a product."""
    if not isinstance(right, Fenced) or right.left != "(" or not isinstance(left, Atom | Script):
        return False
    return not isinstance(right.body, Row) or Class.BINARY not in kinds(visible(right.body))


def flat_script(mark: str, text: str, node: Node) -> str:
    """Return a script that has no Unicode form: ``_new``, ``^(a+b)``."""
    bracketed = isinstance(node, Fenced) and node.left and node.right
    squared = isinstance(node, Script) and (node.sup is not None or mark == "_") and not text.endswith(_PRIMES)
    nested = "_" in text or "^" in text or squared
    simple = bracketed or len(clusters(text)) == 1 or (not nested and (text.isalnum() or stands_alone(node)))
    return f"{mark}{text}" if simple else f"{mark}({text})"


def scripts(node: Script) -> tuple[str, str] | None:
    """Return the sub- and superscript as they stand on one line."""
    below = above = ""
    if node.sub is not None:
        text = oneline(node.sub, tight=True)
        if text is None:
            return None
        below = symbols.lowered(text) or flat_script("_", text, node.sub)
    if node.sup is not None:
        text = oneline(node.sup, tight=True)
        if text is None:
            return None
        above = symbols.raised(text) or flat_script("^", text, node.sup)
    return below, above


def _script(node: Script) -> str | None:
    base, corners = oneline(node.base), scripts(node)
    if base is None or corners is None:
        return None
    if isinstance(node.base, Row | Fraction) and base:
        base = f"({base})"
    below, above = corners
    sup_first = above.startswith(_PRIMES) or (below.startswith("_") and not above.startswith("^"))
    return base + (above + below if sup_first else below + above)


def _root(node: Root) -> str | None:
    body = oneline(node.radicand)
    if body is None:
        return None
    sign = "√"
    if node.degree is not None:
        degree = oneline(node.degree, tight=True)
        small = symbols.raised(degree) if degree else None
        if small is None:
            return None
        sign = {"3": "∛", "4": "∜"}.get(degree or "", f"{small}√")
    bare = stands_alone(node.radicand) and not isinstance(node.radicand, Row | Root)
    if isinstance(node.radicand, Fenced) and node.radicand.left != "(":
        bare = False
    return f"{sign}{body}" if bare else f"{sign}({body})"


def _accent(node: Accent) -> str | None:
    body = oneline(node.body)
    letters = (
        isinstance(node.body, Row) and all(isinstance(part, Atom) for part in node.body.items) and " " not in str(body)
    )
    if body is None or not (letters or isinstance(node.body, Atom | Script | Accent)):
        return None
    if not body:
        return body
    mark = symbols.ACCENTS[node.name]
    parts = clusters(body)
    if node.name in ("overline", "underline") and len(parts) > 1:
        mark = "\u0305" if node.name == "overline" else mark
        return "".join(part + mark for part in parts)
    middle = 0 if len(parts) == 1 or isinstance(node.body, Script) else (len(parts) - 1) // 2
    parts[middle] = normalize("NFC", parts[middle] + mark)
    return "".join(parts)


def _stack(node: Stack) -> str | None:
    if node.line or node.above or node.note is None:
        return None
    return _script(Script(node.body, node.note, None))
