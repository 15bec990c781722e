"""A formula in words on one line, for screen readers, plain output and search."""

from quizapp.markup import symbols
from quizapp.markup.oneline import stands_alone
from quizapp.markup.spacing import core, is_limit, kind, kinds, visible
from quizapp.markup.symbols import Class
from quizapp.markup.tree import Accent, Atom, Fenced, Fraction, Grid, Node, Root, Row, Script, Stack

_BRACKETS = {"⌊": ("floor(", ")"), "⌈": ("ceil(", ")"), "‖": ("norm(", ")"), "|": ("|", "|"), "⟨": ("<", ">")}
_OVER = {"∑": "sum", "∏": "product", "∫": "integral", "∬": "integral", "∮": "integral"}


def words(node: Node) -> str:
    """Return the formula in words."""
    match node:
        case Atom():
            return node.words
        case Row():
            return _row(visible(node))
        case Script():
            return _script(node)
        case Fraction():
            if not node.bar:
                return f"{_operand(node.numerator)} choose {_operand(node.denominator)}"
            return f"{_operand(node.numerator, factors=True)} / {_operand(node.denominator)}"
        case Root():
            degree = "" if node.degree is None else f", {words(node.degree)}"
            return f"sqrt({words(node.radicand)})" if not degree else f"root({words(node.radicand)}{degree})"
        case Accent():
            return _accent(node)
        case Fenced():
            return _fenced(node)
        case Stack() if not node.line and not node.above and node.note is not None and is_limit(node.body):
            return _script(Script(node.body, node.note, None))
        case Stack():
            note = "" if node.note is None else f" ({words(node.note)})"
            body = words(node.body) or {"→": "->", "←": "<-"}.get(node.line, "")
            return f"{_operand(node.body) if node.line in '⏞⏟' and node.line else body}{note}"
        case Grid():
            return _grid(node)


def _operand(node: Node, factors: bool = False) -> str:
    alone = stands_alone(node, factors) and not (isinstance(node, Row) and " " in words(node) and not factors)
    return words(node) if alone else f"({words(node)})"


def _row(items: tuple[Node, ...]) -> str:
    found = kinds(items)
    parts: list[str] = []
    for index, item in enumerate(items):
        text = words(item)
        if isinstance(item, Fraction) and index and _binds(items[index - 1], found[index - 1]):
            text = f"({text})"
        if parts and text and _multiplied(items, found, index):
            parts.append(" * ")
        elif parts and text and _apart(items, found, index):
            parts.append(" ")
        parts.append(text)
    return " ".join("".join(parts).split())


def _binds(left: Node, left_kind: Class) -> bool:
    """Tell whether a fraction after ``left`` needs brackets to be read as one thing."""
    if left_kind is Class.FUNCTION:
        return not (isinstance(left, Script) and is_limit(left.base))
    if isinstance(left, Atom) and left.glyph == "/":
        return True
    return left_kind is Class.BINARY and isinstance(left, Atom) and left.words not in ("+", "-", "*", "×")


def _multiplied(items: tuple[Node, ...], found: list[Class], index: int) -> bool:
    """Tell whether a fraction touches a factor: ``eta * m / v``."""
    left, right = items[index - 1], items[index]
    if isinstance(right, Fraction):
        sign = isinstance(left, Atom) and left.glyph in ("−", "+", "/", "|")
        return found[index - 1] in (Class.ORDINARY, Class.CLOSE) and not sign
    sign = isinstance(right, Atom) and right.glyph in ("/", "|", "!")
    return isinstance(left, Fraction) and found[index] in (Class.ORDINARY, Class.FUNCTION, Class.LARGE) and not sign


def _apart(items: tuple[Node, ...], found: list[Class], index: int) -> bool:
    """Tell whether words need a space: everywhere but after a sign, inside brackets, before a comma or an argument."""
    left, right = items[index - 1], items[index]
    if found[index] in (Class.PUNCTUATION, Class.CLOSE) or found[index - 1] is Class.OPEN:
        return False
    if isinstance(left, Atom) and left.glyph in ("−", "+", "/", "|", "∂", "!") and found[index - 1] is Class.ORDINARY:
        return False
    if isinstance(right, Atom) and right.glyph in ("/", "|", "′", "!", "%", ",") and right.kind is not Class.RELATION:
        return False
    if isinstance(left, Atom) and left.glyph == "," and found[index - 1] is Class.ORDINARY:
        return False
    if found[index - 1] is Class.LARGE or (isinstance(left, Script) and left.sub is not None and is_limit(left.base)):
        return True
    if (
        isinstance(left, Atom)
        and _letters(left)
        and _letters(right)
        and found[index - 1] is found[index] is Class.ORDINARY
    ):
        return False
    if isinstance(right, Fenced | Script) and isinstance(inner := core(right), Fenced) and inner.left in ("(", "["):
        return found[index - 1] not in (Class.ORDINARY, Class.FUNCTION)
    return True


def _letters(node: Node) -> bool:
    """Tell whether this is a single letter or a number, which read as one word with their like: ``KL``, ``2i``."""
    heart = node.base if isinstance(node, Script) else node
    return isinstance(heart, Atom) and (
        heart.words.replace(".", "").isdecimal() or (len(heart.words) == 1 and heart.words.isalpha())
    )


def _script(node: Script) -> str:
    base = words(node.base)
    if isinstance(node.base, Row | Fraction) and base:
        base = f"({base})"
    heart = core(node.base)
    if kind(node.base) is Class.LARGE and isinstance(heart, Atom):
        return _bounds(_OVER.get(heart.glyph, heart.words), node)
    if isinstance(heart, Atom) and heart.glyph in symbols.LIMIT_FUNCTIONS and node.sub is not None:
        joined = {"lim": "as"}.get(heart.glyph, "over")
        power = "" if node.sup is None else f"^{_operand(node.sup)}"
        return f"{base}{power} {joined} {words(node.sub)} of"
    below = "" if node.sub is None else f"_{_corner(node.sub, below=True)}"
    if node.sup is None:
        return base + below
    above = words(node.sup)
    if above and not above.strip("'"):
        return f"{base}{above}{below}"
    return f"{base}{below}^{_corner(node.sup)}"


def _corner(node: Node, below: bool = False) -> str:
    text = words(node)
    bracketed = isinstance(node, Fenced) and text.endswith((")", "]")) and text.startswith(("(", "["))
    name = isinstance(node, Atom | Script) and text.replace("_", "").isalnum()
    single = name or text.isalpha() or text.isdecimal() or len(text) == 1 or (below and text.isalnum())
    return text if bracketed or single else f"({text})"


def _bounds(name: str, node: Script) -> str:
    if node.sub is None:
        return f"{name} up to {words(node.sup)} of" if node.sup is not None else name
    if node.sup is None:
        return f"{name} over {words(node.sub)} of"
    return f"{name} from {words(node.sub)} to {words(node.sup)} of"


def _accent(node: Accent) -> str:
    mark = symbols.ACCENT_WORDS.get(node.name, node.name)
    body = words(node.body)
    return f"{body}_{mark}" if body.isalnum() else f"{mark}({body})"


def _fenced(node: Fenced) -> str:
    if isinstance(node.body, Grid) and node.left in ("[", "("):
        return words(node.body)
    before, after = _BRACKETS.get(node.left, (node.left, node.right))
    if node.left not in _BRACKETS:
        after = node.right
    return f"{before}{words(node.body)}{after}"


def _grid(node: Grid) -> str:
    rows = [[words(cell) for cell in row] for row in node.rows]
    match node.environment:
        case "cases":
            return "{" + "; ".join(", ".join(cell.rstrip(",") for cell in row if cell) for row in rows) + "}"
        case "aligned" | "align" | "split" | "gathered" | "gather" | "equation" | "eqnarray" | "substack":
            return "; ".join(" ".join(cell for cell in row if cell) for row in rows)
        case _:
            text = "[" + "; ".join(", ".join(row) for row in rows) + "]"
            return f"det {text}" if node.environment == "vmatrix" else text
