import json
from typing import Any

import pytest

from quizapp.coding.notebook import NotebookError, code_cells, defined, needed_source, plain_python


def notebook(*cells: str, **extra: Any) -> str:
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {},
            "cells": [{"cell_type": "markdown", "source": "def softmax(): not code"}]
            + [{"cell_type": "code", "source": cell.splitlines(keepends=True), "outputs": []} for cell in cells],
        }
        | extra
    )


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install numpy\nx = 1", "pass\nx = 1"),
        ("%%time\nx = 1", "\nx = 1"),
        ("%%bash\nrm -rf x", ""),
        ("%%writefile softmax.py\ndef softmax(x): pass", ""),
        ("files = !ls\nx = 1", "files = None\nx = 1"),
        ("np.exp?", "pass"),
        ("if True:\n    %timeit f(1)\nx = 1", "if True:\n    pass\nx = 1"),
        ("x = (7\n% 4)", "x = (7\n% 4)"),
        ('x = """\n%matplotlib\n!ls\n"""', 'x = """\n%matplotlib\n!ls\n"""'),
    ],
)
def test_ipython_syntax_goes_and_python_stays(cell: str, plain: str) -> None:
    assert plain_python(cell) == plain


def test_only_what_the_function_needs_is_taken() -> None:
    cells = code_cells(
        notebook(
            "%matplotlib inline\nimport numpy as np\nimport matplotlib.pyplot as plt",
            "EPS = 1e-9\nTABLE = {}\nTABLE['a'] = EPS\nunused = open('data.csv').read()",
            "def _shift(x, axis):\n    '''% and !'''\n    return x - x.max(axis, keepdims=True) * TABLE.get(2, 1)",
            "def softmax(x, axis=-1):\n    e = np.exp(_shift(x, axis))\n    return e / e.sum(axis=axis, keepdims=True)",
            "x = np.arange(3.0)\nplt.plot(softmax(x))",
        )
    )
    source = needed_source(cells, ["softmax"])
    assert "matplotlib" not in source
    assert "open(" not in source
    assert "plt" not in source
    space: dict[str, Any] = {}
    exec(source, space)  # noqa: S102 - written above
    assert {"np", "EPS", "TABLE", "_shift", "softmax"} <= set(space)
    assert space["softmax"](space["np"].zeros(4)).tolist() == [0.25] * 4
    assert "x" not in space


@pytest.mark.parametrize(
    ("cells", "kept", "dropped"),
    [
        (["from numpy import *", "def f(x): return exp(x)"], "from numpy import *", "zzz"),
        (["import functools as ft", "@ft.cache\ndef f(x):\n    return x"], "@ft.cache", "zzz"),
        (["class C:\n    k = K\nK = 2", "def f(x): return C.k"], "K = 2", "zzz"),
        (["try:\n    import numpy as np\nexcept ImportError:\n    np = None", "def f(x): return np"], "try:", "zzz"),
        (["x = 1", "def f(x): return x"], "def f", "x = 1"),
        (["n = 5", "def f(v): return [n for n in v]"], "def f", "n = 5"),
        (["def f(x): return g(x)\ndef g(x): return f(x)", "g(1)"], "def g", "g(1)"),
    ],
)
def test_names_are_followed_as_python_scopes_them(cells: list[str], kept: str, dropped: str) -> None:
    source = needed_source(cells, ["f"])
    assert kept in source
    assert dropped not in source.splitlines()


def test_the_last_definition_counts() -> None:
    space: dict[str, Any] = {}
    exec(needed_source(["def f(): return 1", "def f(): return 2"], ["f"]), space)  # noqa: S102 - written here
    assert space["f"]() == 2


def test_a_broken_cell_counts_only_where_the_function_is() -> None:
    assert needed_source(["def g(:", "def f(): return 1"], ["f"]) == "def f(): return 1\n"
    assert needed_source(["def f(:", "x = 1"], ["f"]) == "def f(:"


def test_functions_are_found_even_in_invalid_code() -> None:
    assert defined("def softmax(x):\n  (\n\nasync def adam (x): pass\nclass A:\n  def inner(): pass") == [
        "softmax",
        "adam",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "{" * 10, '{"cells": 3}', "[" * 100_000, '{"nbformat": 3, "worksheets": 1}', "null", '"a"'],
)
def test_what_is_no_notebook_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotebookError) as caught:
        code_cells(text)
    assert caught.value.words.en
    assert caught.value.words.zh


def test_odd_cells_do_no_harm() -> None:
    cells: list[Any] = [None, 1, {"cell_type": "code"}, {"cell_type": "code", "source": 5}]
    cells.append({"cell_type": "code", "source": ["a = 1\n", 7, "b = 2"]})
    assert code_cells(json.dumps({"nbformat": 4, "cells": cells})) == ["", "", "a = 1\nb = 2"]


@pytest.mark.filterwarnings("default")  # nbformat's own
def test_an_old_notebook_is_converted() -> None:
    pytest.importorskip("nbformat")
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [
            {"cells": [{"cell_type": "code", "input": "def f(): return 1", "outputs": [], "language": "py"}]}
        ],
    }
    assert code_cells(json.dumps(old)) == ["def f(): return 1"]
