"""What the names in a module stand for: definitions, imports, copies, and which function calls which."""

import ast
from collections.abc import Collection, Iterator, Mapping


def definitions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Return what the module's top level defines by name, inside ``if`` and ``try`` as well."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name):
                        yield name.id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, node.value
        elif isinstance(node, ast.If | ast.Try | ast.With):
            waiting += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
            if isinstance(node, ast.Try):
                waiting += [statement for handler in node.handlers for statement in handler.body]


def reaching(name: str, callees: Mapping[str, set[str]]) -> set[str]:
    """Return the definitions from which calls lead to this one, itself included."""
    callers: dict[str, list[str]] = {}
    for caller, called in callees.items():
        for callee in called:
            callers.setdefault(callee, []).append(caller)
    found = {name}
    waiting = [name]
    while waiting:
        new = [caller for caller in callers.get(waiting.pop(), ()) if caller not in found]
        found.update(new)
        waiting += new
    return found


def renamed(tree: ast.Module, names: Mapping[str, str], functions: Collection[str]) -> Iterator[tuple[str, str]]:
    """Return the names that are mere copies of a module, or of a function that loops: ``q = np``, ``m = map``."""
    known = {**{name: name for name in functions}, **names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in known:
            for target in node.targets:
                if isinstance(target, ast.Name):
                    known[target.id] = known[node.value.id]
                    yield target.id, known[node.value.id]


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Return every name that an import binds, with the full name it stands for; later rebinding is seen through."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    yield alias.asname, alias.name
                else:
                    root = alias.name.partition(".")[0]
                    yield root, root
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"
