"""Where a formula has spaces, and where it may be cut: TeX's rules for atom classes, reduced to whole cells."""

from collections.abc import Sequence

from quizapp.markup.symbols import LIMIT_FUNCTIONS, Class
from quizapp.markup.tree import Accent, Atom, Fenced, Fraction, Node, Row, Script, Stack

_NO_OPERAND = frozenset((Class.BINARY, Class.RELATION, Class.OPEN, Class.PUNCTUATION, Class.LARGE, Class.FUNCTION))
_GRAPPLING = frozenset("·")


def kind(node: Node) -> Class:
    """Return the class a node counts as among its neighbours."""
    match node:
        case Atom():
            return node.kind
        case Script() | Accent() | Stack():
            return Class.RELATION if isinstance(node, Stack) and node.line in ("→", "←") else kind(_core(node))
        case _:
            return Class.ORDINARY


def _core(node: Script | Accent | Stack) -> Node:
    return node.base if isinstance(node, Script) else node.body


def core(node: Node) -> Node:
    """Return what scripts, accents and notes are attached to."""
    while isinstance(node, Script | Accent | Stack):
        node = _core(node)
    return node


def kinds(items: Sequence[Node]) -> list[Class]:
    """Return the classes of a row; an operator without a left or right operand is a sign and counts as ordinary."""
    found = [kind(item) for item in items]
    before: Class | None = None
    for index, here in enumerate(found):
        if here is Class.BINARY and (before is None or before in _NO_OPERAND or index == len(found) - 1):
            found[index] = Class.ORDINARY
        if here is not Class.SPACE:
            before = found[index]
    return found


def is_limit(node: Node) -> bool:
    """Tell whether scripts of this node are its limits."""
    heart = core(node)
    return isinstance(heart, Atom) and heart.glyph in LIMIT_FUNCTIONS


def _is_word(node: Node) -> bool:
    return isinstance(node, Atom) and len(node.glyph) > 1 and node.glyph[-1].isalpha()


def _opens(node: Node) -> bool:
    node = node.base if isinstance(node, Script) else node
    return isinstance(node, Fenced) and node.left in ("(", "[", "{")


def gap(left: Node, left_kind: Class, right: Node, right_kind: Class) -> bool:
    """Tell whether a space stands between two neighbours."""
    both = (left_kind, right_kind)
    if Class.SPACE in both:
        return False
    if Class.RELATION in both:
        return left_kind is not right_kind
    if Class.BINARY in both:
        operator = core(left if left_kind is Class.BINARY else right)
        return not (isinstance(operator, Atom) and operator.glyph in _GRAPPLING)
    if left_kind is Class.PUNCTUATION:
        return True
    if Class.OPEN in both[:1] or right_kind in (Class.CLOSE, Class.PUNCTUATION):
        return False
    if right_kind in (Class.FUNCTION, Class.LARGE):
        return not (isinstance(left, Atom) and left.glyph in ("−", "/", "|", "‖", "∂", "∇", "Δ"))
    if left_kind is Class.FUNCTION:
        if isinstance(left, Script) and left.sub is not None and is_limit(left.base):
            return True
        return not (_opens(right) or right_kind is Class.OPEN)
    if left_kind is Class.LARGE:
        return True
    return _words_touch(left, right)


def _words_touch(left: Node, right: Node) -> bool:
    if isinstance(left, Row | Fraction) or isinstance(right, Row | Fraction):
        return False
    inner = core(right)
    return (_is_word(core(left)) or _is_word(inner)) and isinstance(inner, Atom) and inner.glyph[:1].isalnum()


def gaps(items: Sequence[Node]) -> list[bool]:
    """Return for each item of a row whether a space stands before it."""
    found = kinds(items)
    return [
        index > 0 and gap(items[index - 1], found[index - 1], items[index], found[index]) for index in range(len(items))
    ]


def visible(row: Row) -> tuple[Node, ...]:
    """Return the items that take part in spacing: without the empty rows that size switches leave."""
    return tuple(item for item in row.items if item != Row(()))


def cut_points(items: Sequence[Node]) -> list[int]:
    """Return the indices of the items before which a formula may be cut: relations and operators."""
    found = kinds(items)
    return [index for index in range(1, len(items)) if found[index] in (Class.RELATION, Class.BINARY)]
