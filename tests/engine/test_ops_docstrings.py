"""Every reference function is documented in full and its examples run."""

import doctest
import inspect
import re
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest

import engine.ops

SECTIONS = ("Parameters", "Returns", "Notes", "References", "Examples")
MODULES = [import_module(f"engine.ops.{module.name}") for module in iter_modules(engine.ops.__path__)]
FUNCTIONS = [
    function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_examples_run(module: ModuleType) -> None:
    failed, attempted = doctest.testmod(module)
    assert attempted > 0
    assert failed == 0


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_sections_and_parameters_are_documented(function: Callable[..., Any]) -> None:
    text = inspect.getdoc(function) or ""
    headings = re.findall(r"^(\w+)\n-+$", text, flags=re.MULTILINE)
    assert [heading for heading in headings if heading in SECTIONS] == list(SECTIONS)
    described = text.partition("Parameters\n")[2].partition("Returns\n")[0]
    names = [
        name
        for line in re.findall(r"^(\w[\w, ]*) : ", described, flags=re.MULTILINE)
        for name in line.replace(" ", "").split(",")
    ]
    assert names == list(inspect.signature(function).parameters)
