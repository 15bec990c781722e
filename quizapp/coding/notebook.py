"""Takes the Python source of some functions out of a Jupyter notebook: the functions and all that they need, no more.

Running a whole notebook would run its plots, downloads and experiments as well, most of which a sandbox forbids.
"""

import ast
import json
import re
import symtable
import warnings
from collections.abc import Collection, Iterable, Iterator
from importlib import import_module
from typing import Any

from quizapp.text import Text

FORMAT = 4
CELL_MAGIC = re.compile(r"\s*%%(\w*)")
MAGICS_AROUND_PYTHON = frozenset({"time", "timeit", "capture", "prun"})
LINE_MAGIC = re.compile(r"(?P<indent>\s*)([%!?].*|.*\?\s*)$")
ASSIGNED_MAGIC = re.compile(r"(?P<target>\s*[\w, ]+=\s*)[%!].*$")
DEFINITION = re.compile(r"^(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)

BROKEN = Text("This is no Jupyter notebook: {why}.", "这不是Jupyter notebook：{why}。")
OLD = Text(
    "The notebook is in an old format. Save it in Jupyter anew, or install quizapp[notebooks].",
    "notebook的格式过旧。请用Jupyter重新保存，或安装quizapp[notebooks]。",
)
UNPARSABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


class NotebookError(Exception):
    """A notebook that can't be read; ``words`` says why."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


def defined(source: str) -> list[str]:
    """Return the functions that a source defines at its top level, even if it is not valid Python."""
    return list(dict.fromkeys(DEFINITION.findall(source)))


def code_cells(text: str) -> list[str]:
    """Return the Python code of a notebook's cells, without magics.

    Raises
    ------
    NotebookError
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _broken("not JSON") from error
    if not isinstance(document, dict):
        raise _broken("no cells")
    if document.get("nbformat", FORMAT) != FORMAT:
        document = _converted(text)
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise _broken("no cells")
    return [plain_python(_source(cell)) for cell in cells if isinstance(cell, dict) and cell.get("cell_type") == "code"]


def _broken(why: str) -> NotebookError:
    return NotebookError(BROKEN.map(lambda words: words.format(why=why)))


def _converted(text: str) -> Any:
    """Read an older format by the library that knows them all."""
    try:
        nbformat = import_module("nbformat")
    except ImportError as error:
        raise NotebookError(OLD) from error
    try:
        return nbformat.reads(text, as_version=FORMAT)
    except Exception as error:  # a notebook from anywhere fails in any way
        raise _broken(type(error).__name__) from error


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def plain_python(cell: str) -> str:
    """Return a cell without IPython's own syntax; the number of its lines stays."""
    magic = CELL_MAGIC.match(cell)
    if magic is not None:
        if magic[1] not in MAGICS_AROUND_PYTHON:
            return ""
        cell = re.sub(r"%%.*", "", cell, count=1)
    # A line may begin with % or ! inside a string or an expression; such a cell is valid as it is.
    if _tree(cell) is not None:
        return cell
    return "\n".join(_without_magic(line) for line in cell.split("\n"))


def _without_magic(line: str) -> str:
    assigned = ASSIGNED_MAGIC.match(line)
    if assigned is not None:
        return f"{assigned['target']}None"
    magic = LINE_MAGIC.match(line)
    return f"{magic['indent']}pass" if magic is not None else line


def needed_source(cells: Iterable[str], functions: Collection[str]) -> str:
    """Return the code that defines some functions: their definitions and every top-level statement these rely on.

    A cell that does not parse is left out, unless it is the one that defines a function: then that error is the answer.
    """
    good = []
    for cell in cells:
        if _tree(cell) is not None:
            good.append(cell)
        elif not set(functions).isdisjoint(defined(cell)):
            return cell
    source = "\n".join(good)
    tree = _tree(source)
    if tree is None:
        return source
    try:
        statements = [_Statement(node) for node in tree.body]
    except UNPARSABLE:
        return source
    lines = source.split("\n")
    chosen = _needed(statements, set(functions))
    return "\n".join(line for statement in chosen for line in lines[statement.first - 1 : statement.last]) + "\n"


def _tree(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the learner's code, which is not ours to warn of
            return ast.parse(source)
    except UNPARSABLE:
        return None


class _Statement:
    """A top-level statement: its lines, the names it binds and the names it reads."""

    def __init__(self, node: ast.stmt) -> None:
        decorators = getattr(node, "decorator_list", [])
        self.first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        self.last = node.end_lineno or node.lineno
        self.always = isinstance(node, ast.ImportFrom) and (
            node.module == "__future__" or any(name.name == "*" for name in node.names)
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = symtable.symtable(ast.unparse(node), "cell", "exec")
        self.binds = set(_bound(table)) | set(_changed(node))
        self.reads = set(_read(table))


def _bound(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
            yield symbol.get_name()


def _changed(node: ast.stmt) -> Iterator[str]:
    """Yield the names whose objects an assignment such as ``table["a"] = 1`` fills."""
    for part in ast.walk(node) if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.For) else ():
        if isinstance(part, ast.Subscript | ast.Attribute) and isinstance(part.ctx, ast.Store):
            base: ast.expr = part
            while isinstance(base, ast.Subscript | ast.Attribute):
                base = base.value
            if isinstance(base, ast.Name):
                yield base.id


def _read(table: symtable.SymbolTable) -> Iterator[str]:
    at_top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (at_top or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _read(child)


def _needed(statements: list[_Statement], names: set[str]) -> list[_Statement]:
    chosen = {index for index, statement in enumerate(statements) if statement.always}
    grown = True
    while grown:
        grown = False
        for index, statement in enumerate(statements):
            if index not in chosen and not names.isdisjoint(statement.binds):
                chosen.add(index)
                names |= statement.reads
                grown = True
    return [statements[index] for index in sorted(chosen)]
