"""Finds loops over the rows of an argument, through renamed copies of it and names that hold its length."""

import ast
from collections.abc import Iterator

_COPIES = frozenset({"asarray", "array", "copy", "astype", "atleast_2d", "ascontiguousarray", "asanyarray", "tolist"})
ROUNDS = 16
"""How often names are passed on; a person's copies of copies end long before."""
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def rows_looped_over(definition: ast.AST, argument: str) -> Iterator[tuple[int, str]]:
    """Yield line and kind of every loop in a function that runs over the rows of its argument.

    Parameters
    ----------
    definition : ast.AST
        A function definition; one without that argument has no such loops.
    argument : str
        Name of the argument.
    """
    if not isinstance(definition, ast.FunctionDef | ast.Lambda):
        return
    if argument not in {each.arg for each in (*definition.args.args, *definition.args.kwonlyargs)}:
        return
    rows, lengths = _names(definition, argument)
    for node in ast.walk(definition):
        if isinstance(node, ast.For) and _runs_over(node.iter, rows, lengths):
            yield node.lineno, "for"
        elif isinstance(node, _COMPREHENSIONS) and any(
            _runs_over(generator.iter, rows, lengths) for generator in node.generators
        ):
            yield node.lineno, "comprehension"


def _names(definition: ast.AST, argument: str) -> tuple[set[str], set[str]]:
    """Return the names that hold the argument, and those that hold its number of rows."""
    rows, lengths = {argument}, set[str]()
    assignments = [node for node in ast.walk(definition) if isinstance(node, ast.Assign)]
    for _ in range(min(len(assignments), ROUNDS)):
        known = len(rows) + len(lengths)
        for node in assignments:
            for target in node.targets:
                _learn(target, node.value, rows, lengths)
        if len(rows) + len(lengths) == known:
            break
    return rows, lengths


def _learn(target: ast.AST, value: ast.AST, rows: set[str], lengths: set[str]) -> None:
    match target, value:
        case ast.Name(id=name), _ if _is_copy(value, rows):
            rows.add(name)
        case ast.Name(id=name), _ if _is_length(value, rows, lengths):
            lengths.add(name)
        case ast.Tuple(elts=[ast.Name(id=name), *_]), ast.Attribute(value=ast.Name(id=owner), attr="shape"):
            if owner in rows:
                lengths.add(name)
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
            for one, other in zip(targets, values, strict=True):
                _learn(one, other, rows, lengths)


def _is_copy(value: ast.AST, rows: set[str]) -> bool:
    match value:
        case ast.Name(id=name):
            return name in rows
        case ast.Call(func=ast.Attribute(attr=attribute, value=owner), args=arguments) if attribute in _COPIES:
            return any(_is_copy(each, rows) for each in (owner, *arguments[:1]))
    return False


def _is_length(value: ast.AST, rows: set[str], lengths: set[str]) -> bool:
    match value:
        case ast.Name(id=name):
            return name in lengths
        case ast.Call(func=ast.Name(id="len"), args=[each]):
            return _is_copy(each, rows)
        case ast.Subscript(value=ast.Attribute(value=owner, attr="shape"), slice=ast.Constant(value=0)):
            return _is_copy(owner, rows)
    return False


def _runs_over(iterated: ast.AST, rows: set[str], lengths: set[str]) -> bool:
    match iterated:
        case ast.Call(func=ast.Name(id="range"), args=bounds):
            return any(_is_length(bound, rows, lengths) for bound in bounds)
        case ast.Call(func=ast.Name(id="zip" | "enumerate" | "reversed" | "list" | "iter"), args=parts):
            return any(_runs_over(part, rows, lengths) for part in parts)
    return _is_copy(iterated, rows)
