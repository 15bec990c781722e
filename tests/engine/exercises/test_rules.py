"""Rules about the source are decided on its syntax tree: nothing written in a comment or a string counts."""

import time

import pytest

from engine.rules import Rules, defines, parsed, violations

NO_LOOPS = Rules(loops=0)
ONE_LOOP = Rules(loops=1)


def found(source: str, rules: Rules = NO_LOOPS) -> list[tuple[str, int]]:
    return [(violation.rule, violation.line) for violation in violations(source, "f", rules)]


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    for v in x:\n        pass",
        "def f(x):\n    while len(x):\n        pass",
        "def f(x):\n    return [v for v in x]",
        "def f(x):\n    return {v for v in x}",
        "def f(x):\n    return {v: 1 for v in x}",
        "def f(x):\n    return sum(v for v in x)",
        "def f(x):\n    return list(map(abs, x))",
        "def f(x):\n    return list(filter(None, x))",
        "from functools import reduce\ndef f(x):\n    return reduce(max, x)",
        "import functools as ft\ndef f(x):\n    return ft.reduce(max, x)",
        "import numpy as np\ndef f(x):\n    return np.vectorize(abs)(x)",
        "import numpy\ndef f(x):\n    return numpy.apply_along_axis(sum, 0, x)",
        "from numpy import vectorize as v\ndef f(x):\n    return v(abs)(x)",
        "from numpy import *\ndef f(x):\n    return vectorize(abs)(x)",
        "import numpy as np\ng = np.vectorize(abs)\ndef f(x):\n    return g(x)",
        "import numpy as np\ndef f(x):\n    return getattr(np, 'vectorize')(abs)(x)",
        "def f(x):\n    def g(v):\n        for each in v:\n            pass\n    return g(x)",
        "def g(x):\n    for v in x:\n        pass\ndef f(x):\n    return g(x)",
        "def g(x):\n    return x if len(x) < 2 else g(x[1:])\ndef f(x):\n    return g(x)",
        "def f(x):\n    return f(x[1:]) if len(x) else x",
        "f = lambda x: [v for v in x]",
        "class C:\n    def run(self, x):\n        for v in x:\n            pass\ndef f(x):\n    return C().run(x)",
        "if True:\n    def f(x):\n        for v in x:\n            pass",
        "def f(x):\n    for i in range(len(x)):\n        pass",
        "def f(x):\n    for i in range(1000):\n        pass",
        "import numpy as np\nq = np\ndef f(x):\n    return q.vectorize(abs)(x)",
        "import numpy as np\ndef f(x):\n    q = np\n    return q.vectorize(abs)(x)",
        "m = map\ndef f(x):\n    return list(m(abs, x))",
        "from functools import *\ndef f(x):\n    return reduce(max, x)",
        "def g(x):\n    return f(x[1:])\ndef f(x):\n    return g(x) if len(x) else x",
    ],
)
def test_loops_over_elements_are_found(source: str) -> None:
    rules = {rule for rule, _ in found(source)}
    assert rules == {"no-loop-over-elements"}


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    # for v in x: pass\n    return x",
        'def f(x):\n    "for v in x: np.vectorize(v)"\n    return x',
        "def f(x):\n    for a in (1, 2):\n        x = x + a\n    return x",
        "def f(x, y):\n    x, y = (abs(a) for a in (x, y))\n    return x",
        "def f(x):\n    for i in range(3):\n        x = x + i\n    return x",
        "def f(x, y):\n    for a, b in zip((x, y), (1, 2)):\n        pass",
        "def f(x):\n    return list(map(abs, (1, 2)))",
        "import numpy as np\ndef f(x):\n    return np.logaddexp.reduce(x) + np.add.accumulate(x)",
        "import numpy as np\ndef f(x):\n    add = np.add\n    return add.reduce(x)",
        "import numpy as np\ndef g(x):\n    return x\ndef f(x):\n    return g(g(x))",
        "def unused(x):\n    for v in x:\n        pass\ndef f(x):\n    return x",
        "def f(x):\n    return x\nif __name__ == '__main__':\n    for i in range(100):\n        print(f(i))",
        "def f(x):\n    return x.max()\nprint([f(v) for v in ()])",
        "vectorize = 3\ndef f(x):\n    return vectorize * x",
    ],
)
def test_what_is_no_loop_over_elements(source: str) -> None:
    assert found(source) == []


def test_one_loop_may_be_allowed_and_a_second_inside_it_not() -> None:
    single = "def f(g):\n    for t in g:\n        pass\n    for t in g:\n        pass"
    double = "def f(g):\n    for t in g:\n        for i in t:\n            pass"
    helped = "def h(v):\n    return [i for i in v]\ndef f(g):\n    for t in g:\n        h(t)"
    assert found(single, ONE_LOOP) == []
    assert found(double, ONE_LOOP) == [("no-loop-over-elements", 3)]
    assert found(helped, ONE_LOOP) == [("no-loop-over-elements", 2)]


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ("for x in X: pass", True),
        ("for i in range(len(X)): pass", True),
        ("for i in range(X.shape[0]): pass", True),
        ("for i, x in enumerate(X): pass", True),
        ("n, d = X.shape\n    for i in range(n): pass", True),
        ("n = len(X)\n    m = n\n    for i in range(m): pass", True),
        ("A = np.asarray(X)\n    for x in A: pass", True),
        ("A = X.copy()\n    labels = [0 for x in A]", True),
        ("n, k = len(X), len(init)\n    for i in range(n): pass", True),
        ("for k in range(len(init)): pass", False),
        ("for c in init: pass", False),
        ("n, d = X.shape\n    for j in range(d): pass", False),
        ("for j in range(X.shape[1]): pass", False),
        ("for step in range(100): pass", False),
    ],
)
def test_loops_over_the_rows_of_an_argument(body: str, broken: bool) -> None:
    rules = Rules(loops=2, over="samples", whole=("X",))
    rules_broken = {rule for rule, _ in found(f"import numpy as np\ndef f(X, init):\n    {body}", rules)}
    assert rules_broken == ({"no-loop-over-samples"} if broken else set())


@pytest.mark.parametrize("name", ["scipy.special", "torch", "sklearn", "jax.numpy"])
def test_other_packages_are_named_wherever_they_are_imported(name: str) -> None:
    assert found(f"def f(x):\n    import {name}\n    return x") == [("numpy-only", 2)]
    assert found(f"from {name} import thing\ndef f(x):\n    return x") == [("numpy-only", 1)]


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return eval('x')",
        "def f(x):\n    return __import__('scipy')",
        "import importlib\ndef f(x):\n    return importlib.import_module('scipy')",
    ],
)
def test_ways_around_an_import_are_named(source: str) -> None:
    assert [rule for rule, _ in found(source)] == ["numpy-only"]


def test_the_standard_library_is_fine() -> None:
    assert found("import math\nfrom typing import Any\nfrom collections import deque\ndef f(x):\n    return x") == []


@pytest.mark.parametrize(
    "call", ["np.linalg.norm(x)", "norm(x)", "numpy.linalg.norm(x)", "la.norm(x)", "getattr(np.linalg, 'norm')(x)"]
)
def test_forbidden_calls_under_any_name(call: str) -> None:
    source = (
        "import numpy as np\nimport numpy\nimport numpy.linalg as la\nfrom numpy.linalg import norm\n"
        f"def f(x):\n    return {call}"
    )
    assert ("forbidden-call", 6) in found(source, Rules(forbidden=("np.linalg.norm",)))


@pytest.mark.parametrize("source", ["def f(:", "\x00", "(" * 5000, "f = 1\n  g"])
def test_what_is_no_python_breaks_no_rule(source: str) -> None:
    assert violations(source, "f", NO_LOOPS) == ()
    with pytest.raises(SyntaxError):
        parsed(source)


def test_a_deeply_nested_source_stops_nobody() -> None:
    source = "def f(x):\n    return " + "-" * 3000 + "x"
    assert {rule for rule, _ in found(source)} <= {"unreadable"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x): return x", True),
        ("f = abs", True),
        ("from math import sqrt as f", True),
        ("if True:\n    def f(x): return x", True),
        ("class f: pass", True),
        ("def g(x): return x", False),
        ("# def f(x): return x", False),
        ("def g():\n    def f(x): return x", False),
        ("s = '\\d'\ndef f(x): return x", True),
    ],
)
def test_defines(source: str, expected: bool) -> None:
    assert defines(source, "f") is expected


@pytest.mark.parametrize(
    "body",
    [
        "import builtins\n    return builtins.exec(x)",
        "from builtins import exec as go\n    return go(x)",
        "go = eval\n    return go(x)",
    ],
)
def test_evaluation_is_found_under_any_name(body: str) -> None:
    assert {rule for rule, _ in found(f"def f(x):\n    {body}")} == {"numpy-only"}


@pytest.mark.parametrize(
    "body",
    [
        "return __builtins__['eval'](x)",
        "return globals()['g'](x)",
        "import numpy as np\n    return np.__dict__['vectorize'](x)",
    ],
)
def test_no_detour_leads_around_the_rules(body: str) -> None:
    assert {rule for rule, _ in found(f"def f(x):\n    {body}")} == {"by-name"}


@pytest.mark.parametrize(
    "source",
    [
        "import sys\ndef f(x):\n    sys._getframe(1).f_locals['before'].clear()\n    return x",
        "from sys import _getframe as look\ndef f(x):\n    return look(1)",
        "import gc\nfor each in gc.get_objects():\n    each\ndef f(x):\n    return x",
        "from ctypes import pythonapi\ndef f(x):\n    return x",
        "def f(x):\n    try:\n        1 / 0\n    except ArithmeticError as e:\n        return e.__traceback__.tb_frame",
    ],
)
def test_nobody_looks_over_the_shoulder_of_the_caller(source: str) -> None:
    assert {rule for rule, _ in found(source)} == {"no-introspection"}


def test_a_source_too_long_to_be_read_breaks_a_rule() -> None:
    assert found("def f(x):\n    return x\n" + "#" * 200_000) == [("too-long", 1)]


FUNCTIONS = range(25)
WOVEN = {
    "each calls all others": "\n".join(
        f"def g{each}():\n    " + "; ".join(f"g{other}()" for other in FUNCTIONS if other != each) for each in FUNCTIONS
    )
    + "\ndef f(x):\n    for v in x: g0()",
    "each calls the next three times": "\n".join(
        f"def g{each}():\n    g{each + 1}(); g{each + 1}(); g{each + 1}()" for each in FUNCTIONS
    )
    + "\ndef g25():\n    pass\ndef f(x):\n    for v in x: g0()",
    "many names of one long value": "=".join(f"a{each}" for each in range(3000))
    + f"=[{'1,' * 3000}]\ndef f(x):\n    return [{','.join(f'a{each}' for each in range(3000))}]",
    "copies of copies": "def f(x):\n"
    + "\n".join(f"    x{each} = x{each + 1}" for each in range(3000))
    + "\n    x3000 = x\n",
    "two million entries": f"def f(x):\n    return [{'1,' * 2_000_000}]",
}


@pytest.mark.parametrize("source", WOVEN.values(), ids=WOVEN)
def test_no_source_keeps_the_grader_busy(source: str) -> None:
    started = time.process_time()
    violations(source, "f", Rules(loops=1, whole=("x",)))
    assert time.process_time() - started < 2.0
