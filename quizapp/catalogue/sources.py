"""Which files a content folder consists of, found without reading them."""

import os
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from quizapp.catalogue.finding import Finding, Severity


class Kind(StrEnum):
    """What a file holds, by the folder that it lies in."""

    SYLLABUS = "syllabus"
    DECK = "deck"
    SKILL = "skill"
    EXERCISE = "exercise"


FOLDERS = {"decks": Kind.DECK, "skills": Kind.SKILL, "exercises": Kind.EXERCISE}


class Source(NamedTuple):
    """One file of content; ``folder`` is its path below ``decks``, ``skills`` or ``exercises``, empty at the top."""

    kind: Kind
    path: str
    folder: str = ""

    @property
    def stem(self) -> str:
        """The file's name without ``.yaml``."""
        return Path(self.path).stem


class Inventory(NamedTuple):
    """The files of all content folders, the folders they were found in, and what lies there without being content."""

    sources: tuple[Source, ...]
    folders: tuple[str, ...]
    findings: tuple[Finding, ...]


def take_inventory(roots: Iterable[Path]) -> Inventory:
    """List the content of some folders; one that does not exist is empty."""
    sources: list[Source] = []
    folders: list[str] = []
    findings: list[Finding] = []
    for root in dict.fromkeys(roots):
        folders.append(str(root))
        syllabus = root / "syllabus.yaml"
        if syllabus.is_file():
            sources.append(Source(Kind.SYLLABUS, str(syllabus)))
        findings.extend(_stray_at_top(root))
        for name, kind in FOLDERS.items():
            top = root / name
            for folder, files in _walk(top):
                folders.append(folder)
                below = Path(folder).relative_to(top).as_posix()
                for file in files:
                    path = str(Path(folder, file))
                    if file.endswith(".yaml"):
                        sources.append(Source(kind, path, "" if below == "." else below))
                    else:
                        findings.append(_stray(path))
    return Inventory(tuple(sources), tuple(folders), tuple(findings))


def source_of(path: Path) -> Source:
    """Return what a single named file is, judged by the folders on its way; a deck unless they say otherwise."""
    if path.name == "syllabus.yaml":
        return Source(Kind.SYLLABUS, str(path))
    parts = path.absolute().parts[:-1]
    for position in range(len(parts) - 1, -1, -1):
        if parts[position] in FOLDERS:
            return Source(FOLDERS[parts[position]], str(path), "/".join(parts[position + 1 :]))
    return Source(Kind.DECK, str(path))


def _walk(top: Path) -> Iterator[tuple[str, list[str]]]:
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        yield folder, sorted(name for name in files if not name.startswith(".") and not name.endswith("~"))


def _stray(path: str) -> Finding:
    hint = "rename it to .yaml" if path.endswith((".yml", ".YAML", ".YML")) else "move it out of the content"
    return Finding(path, 1, 1, Severity.WARNING, "stray-file", "this file is not read", hint)


def _stray_at_top(root: Path) -> Iterator[Finding]:
    try:
        names = sorted(entry.name for entry in os.scandir(root) if entry.is_file())
    except OSError:
        return
    for name in names:
        if name.endswith((".yaml", ".yml")) and name != "syllabus.yaml":
            yield Finding(str(root / name), 1, 1, Severity.WARNING, "stray-file", "this file is not read",
                          "decks go into decks/, words into skills/ or exercises/")  # fmt: skip
