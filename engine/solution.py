"""The reference as a source that a learner can read and run: no annotations, no docstring, NumPy alone imported."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from types import FunctionType

from engine.exercise import Exercise

OPS = "engine.ops"


def solution(exercise: Exercise) -> str:
    """Return a module that defines the asked function and whatever reference functions it calls."""
    reference = exercise.reference
    if not isinstance(reference, FunctionType):
        raise TypeError(f"{exercise.id}: the reference is no plain function")
    parts: list[ast.stmt] = []
    for function in [*_called(reference, set()), reference]:
        tree = _definition(function)
        if function is reference:
            tree.name = exercise.function
            # The asked signature, so that what is keyword-only in the library can be given by place.
            tree.args = exercise.definition.args
        parts.append(ast.fix_missing_locations(_Bare().visit(tree)))
    return "import numpy as np\n\n\n" + "\n\n\n".join(ast.unparse(part) for part in parts) + "\n"


def _definition(function: FunctionType) -> ast.FunctionDef:
    (found,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    if not isinstance(found, ast.FunctionDef):
        raise TypeError(f"{function.__name__} is not defined by def")
    return found


def _called(function: FunctionType, seen: set[str]) -> Iterator[FunctionType]:
    """Return the reference functions that this one calls, each after those that it calls itself."""
    for name in function.__code__.co_names:
        other = function.__globals__.get(name)
        if isinstance(other, FunctionType) and other.__module__.startswith(OPS) and name not in seen:
            seen.add(name)
            yield from _called(other, seen)
            yield other


class _Bare(ast.NodeTransformer):
    """Takes annotations and docstrings away."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """Strip one definition."""
        node.returns = None
        for argument in (*node.args.args, *node.args.kwonlyargs, *node.args.posonlyargs):
            argument.annotation = None
        if ast.get_docstring(node) is not None:
            node.body = node.body[1:]
        self.generic_visit(node)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Make an annotated assignment a plain one."""
        if node.value is None:
            return ast.Pass()
        return ast.Assign(targets=[node.target], value=node.value)
