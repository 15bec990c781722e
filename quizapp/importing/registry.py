"""Discovers the importers: a module of this package that ends with ``IMPORTERS = (…,)`` has some, no list is kept."""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import quizapp.importing
from quizapp.errors import UnknownName, UsageProblem
from quizapp.importing.base import Importer

NOT_IMPORTED = (".gift.txt", ".gift", ".xml")


@cache
def importers() -> dict[str, Importer]:
    """Return all importers by name, sorted."""
    found: dict[str, Importer] = {}
    for leaf in iter_modules(quizapp.importing.__path__):
        module = import_module(f"{quizapp.importing.__name__}.{leaf.name}")
        found |= {importer.name: importer for importer in getattr(module, "IMPORTERS", ())}
    return dict(sorted(found.items()))


def importer_for(path: Path, name: str | None = None) -> Importer:
    """Return the importer of a named format, or the one that a file's ending asks for.

    Raises
    ------
    UsageProblem
        If the ending says nothing; ``UnknownName`` for a format that does not exist.
    """
    if name is not None:
        if name not in importers():
            raise UnknownName("import format", name, importers())
        return importers()[name]
    if path.name.lower().endswith(NOT_IMPORTED):
        raise UsageProblem(f"{path.name} is for Moodle; it can't be imported here.", "An archive can: export jsonl.")
    for importer in importers().values():
        if path.name.lower().endswith(importer.suffixes):
            return importer
    known = ", ".join(suffix for importer in importers().values() for suffix in importer.suffixes)
    raise UsageProblem(f"{path.name} has no ending that says what it is.", f"Known are {known}; or name it: --format.")
