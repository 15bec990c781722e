"""What a submission's source may not contain, decided on its syntax tree: comments and strings can't fool it.

Only code that the asked function reaches counts, so a learner's own tests at the end of the file cost nothing.
"""

import ast
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from engine.rules_names import definitions, imported, reaching, renamed
from engine.rules_rows import rows_looped_over

ALLOWED_PACKAGES = frozenset({"numpy"}) | sys.stdlib_module_names
HIDDEN_LOOPS = frozenset(
    {
        "vectorize",
        "frompyfunc",
        "apply_along_axis",
        "apply_over_axes",
        "nditer",
        "ndenumerate",
        "fromfunction",
        "fromiter",
    }
)
LOOPING = frozenset({"map", "filter", "functools.reduce", "itertools.starmap", "itertools.accumulate"})
EVALUATORS = frozenset({"eval", "exec", "compile", "__import__", "importlib.import_module"})
DETOURS = frozenset({"globals", "__builtins__", "sys.modules"})
"""Ways to a function by a name that only the running program knows."""
INTERNALS = frozenset(
    {
        "_getframe",
        "f_back",
        "f_locals",
        "f_globals",
        "tb_frame",
        "gi_frame",
        "cr_frame",
        "__globals__",
        "__subclasses__",
    }
)
"""Attributes by which code reaches whoever calls it: the sandbox's own, which watches inputs and warnings."""
INTERNAL_MODULES = frozenset({"ctypes", "_ctypes", "gc", "inspect"})
SHORT = 8
LONGEST = 200_000
"""Characters of a source that are worth reading; no person writes so many for one function."""
_LOOPS = (ast.For, ast.While, ast.AsyncFor)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts besides the result.

    Parameters
    ----------
    loops : int or None
        How deep loops may be nested: 0 forbids them, 1 allows one over steps or clusters, ``None`` allows any.
        A loop over a few literal values is none.
    over : str
        What the forbidden loop would run over: ``"elements"``, ``"samples"``, ``"parameters"`` …; picks the words.
    whole : tuple of str
        Arguments whose first axis may not be looped over at any depth.
    forbidden : tuple of str
        Names that may not be called, as ``"np.linalg.norm"``.
    no_warnings : bool
        Whether a NumPy warning fails a case.
    no_mutation : bool
        Whether changing an argument fails a case.
    """

    loops: int | None = None
    over: str = "elements"
    whole: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    no_warnings: bool = False
    no_mutation: bool = True

    @property
    def slugs(self) -> tuple[str, ...]:
        """The rules that apply, in the order in which they are told."""
        found = ["numpy-only"]
        if self.loops is not None:
            found.append(f"no-loop-over-{self.over}")
        if self.forbidden:
            found.append("forbidden-call")
        if self.no_warnings:
            found.append("no-warnings")
        if self.no_mutation:
            found.append("no-mutation")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that is broken, where, and by what."""

    rule: str
    line: int
    found: str


def violations(source: str, function: str, rules: Rules) -> tuple[Violation, ...]:
    """Return the rules that the source breaks, by line; a source that can't be read breaks none.

    Parameters
    ----------
    source : str
        The learner's module.
    function : str
        The asked function.
    rules : Rules
    """
    if len(source) > LONGEST:
        return (Violation("too-long", 1, f"{len(source)} > {LONGEST}"),)
    try:
        tree = parsed(source)
    except SyntaxError:
        return ()
    try:
        found = set(_Checker(tree, function, rules).all())
    except RecursionError:
        # An expression nested thousands deep: no person writes one, and it must not stop the grader.
        found = {Violation("unreadable", 1, "nesting")}
    return tuple(sorted(found, key=lambda violation: (violation.line, violation.rule, violation.found)))


class _Checker:
    """The rules applied to one module."""

    def __init__(self, tree: ast.Module, function: str, rules: Rules) -> None:
        self._tree = tree
        self._rules = rules
        # Inner functions first: a name at the top level wins.
        inner = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        self._definitions: dict[str, ast.AST] = {**inner, **dict(definitions(tree))}
        self._names = dict(imported(tree))
        self._wildcard = self._names.pop("*", "").removesuffix("*")
        for name, meaning in dict(renamed(tree, self._names, LOOPING | EVALUATORS)).items():
            self._names.setdefault(name, meaning)
            if isinstance(self._definitions.get(name), ast.Name):
                del self._definitions[name]
        self._reached = self._reach(function)
        self._walked: set[tuple[int, int]] = set()

    def _reach(self, function: str) -> dict[str, ast.AST]:
        """Return the module's definitions that the function uses, however indirectly."""
        reached: dict[str, ast.AST] = {}
        read: set[int] = set()  # many names may stand for one value
        waiting = [function]
        while waiting:
            name = waiting.pop()
            if name in reached or name not in self._definitions:
                continue
            reached[name] = self._definitions[name]
            if id(reached[name]) not in read:
                read.add(id(reached[name]))
                waiting += [node.id for node in ast.walk(reached[name]) if isinstance(node, ast.Name)]
        return reached

    def all(self) -> Iterator[Violation]:
        yield from self._imports()
        each_once = tuple({id(definition): definition for definition in self._reached.values()}.values())
        for definition in each_once:
            for node in ast.walk(definition):
                yield from self._calls(node)
        if self._rules.loops is not None:
            yield from self._recursions()
            for definition in each_once:
                yield from self._nested(definition, 0)
        for argument in self._rules.whole:
            for definition in each_once:
                for line, kind in rows_looped_over(definition, argument):
                    yield Violation(f"no-loop-over-{self._rules.over}", line, kind)

    def _imports(self) -> Iterator[Violation]:
        for node in ast.walk(self._tree):
            names: list[str] = []
            if isinstance(node, ast.Attribute) and node.attr in INTERNALS:
                yield Violation("no-introspection", node.lineno, node.attr)
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "."]
                if INTERNALS & {alias.name for alias in node.names}:
                    yield Violation("no-introspection", node.lineno, names[0])
            for name in names:
                if name.partition(".")[0] in INTERNAL_MODULES:
                    yield Violation("no-introspection", getattr(node, "lineno", 1), name)
                elif name.partition(".")[0] not in ALLOWED_PACKAGES:
                    yield Violation("numpy-only", getattr(node, "lineno", 1), name)

    def _calls(self, node: ast.AST) -> Iterator[Violation]:
        name = self._full_name(node)
        if not name:
            return
        line = getattr(node, "lineno", 1)
        last = name.rpartition(".")[2]
        if name in EVALUATORS:
            yield Violation("numpy-only", line, name)
        if name in DETOURS or (name.startswith("numpy.") and last == "__dict__"):
            yield Violation("by-name", line, name)
        forbidden = {self._canonical(each) for each in self._rules.forbidden}
        if name in forbidden:
            yield Violation("forbidden-call", line, name)
        if self._rules.loops == 0 and self._is_hidden_loop(name):
            yield Violation(f"no-loop-over-{self._rules.over}", line, name)

    @staticmethod
    def _is_hidden_loop(name: str) -> bool:
        return name.startswith("numpy.") and name.rpartition(".")[2] in HIDDEN_LOOPS

    def _full_name(self, node: ast.AST) -> str:
        """Return the dotted name that an expression refers to, aliases of imports resolved."""
        if isinstance(node, ast.Name):
            if node.id in self._definitions:
                return ""
            if node.id in self._names:
                return self._names[node.id].removeprefix("builtins.")
            starred = f"{self._wildcard}{node.id}"
            return starred if starred in LOOPING or self._is_hidden_loop(starred) else node.id
        if isinstance(node, ast.Attribute):
            owner = self._full_name(node.value)
            return f"{owner}.{node.attr}".removeprefix("builtins.") if owner else ""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
            match node.args:
                case [owner_node, ast.Constant(value=str(attribute)), *_]:
                    return f"{self._full_name(owner_node)}.{attribute}"
        return ""

    @staticmethod
    def _canonical(name: str) -> str:
        return f"numpy.{name.removeprefix('np.')}" if name.startswith("np.") else name

    def _recursions(self) -> Iterator[Violation]:
        """Return the calls by which a definition comes back to itself, directly or through others."""
        calls = {
            name: [call for call in ast.walk(definition) if self._callee(call)]
            for name, definition in self._reached.items()
            if isinstance(definition, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef)
        }
        callees = {name: {self._callee(call) for call in made} for name, made in calls.items()}
        for name, made in calls.items():
            leading_back = reaching(name, callees)
            for call in made:
                if self._callee(call) in leading_back:
                    yield Violation(f"no-loop-over-{self._rules.over}", getattr(call, "lineno", 1), "recursion")

    def _callee(self, node: ast.AST) -> str:
        """Return the name of the definition of this module that is called here, if one is."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self._reached:
            return node.func.id
        return ""

    def _nested(self, node: ast.AST, depth: int) -> Iterator[Violation]:
        """Walk down, counting loops; a call of another definition goes on inside that one."""
        # Deeper than forbidden is all the same, so each place is walked a few times at most, however calls are woven.
        most = self._rules.loops or 0
        if (id(node), depth) in self._walked:
            return
        self._walked.add((id(node), depth))
        for child in ast.iter_child_nodes(node):
            inside = min(depth + self._loops_opened(child), most + 1)
            if inside > most and self._loops_opened(child):
                yield Violation(f"no-loop-over-{self._rules.over}", getattr(child, "lineno", 1), _kind(child))
            callee = self._callee(child)
            if callee and inside:
                yield from self._nested(self._reached[callee], inside)
            yield from self._nested(child, inside)

    def _loops_opened(self, node: ast.AST) -> int:
        if isinstance(node, ast.For):
            return 0 if self._is_short(node.iter) else 1
        if isinstance(node, _LOOPS):
            return 1
        if isinstance(node, _COMPREHENSIONS):
            return sum(not self._is_short(generator.iter) for generator in node.generators)
        if isinstance(node, ast.Call):
            name = self._full_name(node.func)
            if name in LOOPING:
                return 0 if len(node.args) > 1 and all(self._is_short(each) for each in node.args[1:]) else 1
            if self._is_hidden_loop(name):
                return 1
        return 0

    def _is_short(self, iterated: ast.AST) -> bool:
        """Tell whether this runs over a few values written down in the source."""
        match iterated:
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                return len(parts) <= SHORT and not any(isinstance(part, ast.Starred) for part in parts)
            case ast.Call(func=ast.Name(id="range"), args=bounds):
                values = [bound.value for bound in bounds if isinstance(bound, ast.Constant)]
                if len(values) != len(bounds) or not all(isinstance(value, int) for value in values):
                    return False
                try:
                    return len(range(*values)) <= SHORT  # type: ignore[arg-type]  # checked to be integers above
                except (TypeError, ValueError, OverflowError):
                    return False
            case ast.Call(func=ast.Name(id="zip" | "enumerate" | "reversed"), args=parts):
                return any(self._is_short(part) for part in parts)
        return False


def _kind(node: ast.AST) -> str:
    match node:
        case ast.For() | ast.AsyncFor():
            return "for"
        case ast.While():
            return "while"
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name
    return "comprehension"


def parsed(source: str) -> ast.Module:
    """Return the syntax tree of a learner's module, silently.

    Raises
    ------
    SyntaxError
        If it is no Python, whatever the parser says to that.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an odd escape sequence is the learner's, not the application's
        try:
            return ast.parse(source)
        except (ValueError, RecursionError, MemoryError) as error:
            raise SyntaxError("the source can't be read") from error


def defines(source: str, function: str) -> bool:
    """Tell whether the source binds this name at its top level.

    Raises
    ------
    SyntaxError
        If it is no Python.
    """
    tree = parsed(source)
    return function in dict(definitions(tree)) or function in dict(imported(tree))
