"""Discovers the exporters: a module of this package that ends with ``EXPORTERS = (…,)`` has some, no list is kept."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

import quizapp.exporting
from quizapp.errors import UnknownName
from quizapp.exporting.base import Exporter


@cache
def exporters() -> Mapping[str, Exporter]:
    """Return all exporters by name, sorted."""
    found: dict[str, Exporter] = {}
    for leaf in iter_modules(quizapp.exporting.__path__):
        module = import_module(f"{quizapp.exporting.__name__}.{leaf.name}")
        found |= {exporter.name: exporter for exporter in getattr(module, "EXPORTERS", ())}
    return MappingProxyType(dict(sorted(found.items())))


def exporter(name: str) -> Exporter:
    """Return one exporter.

    Raises
    ------
    UnknownName
        With the nearest names.
    """
    if name not in exporters():
        raise UnknownName("export format", name, exporters())
    return exporters()[name]
