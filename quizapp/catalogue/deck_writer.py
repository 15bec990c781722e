"""A person's own decks as files: items are added and replaced as blocks of lines, everything else stays as it is.

So comments, spacing and the order of a hand-edited file survive. What was written is read back before it is kept.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from quizapp.catalogue.finding import Severity
from quizapp.catalogue.yaml_reader import Document, read_bytes
from quizapp.catalogue.yaml_scalars import Surprise, read_plain
from quizapp.errors import ContentProblem

HEADER: Final = (
    "# Your own deck: edit it freely. The tag imported-… lets the next import find an item again;\n"
    "# what you have changed here is never overwritten unless you ask for it.\n"
)
_ITEM = re.compile(r"( *)- ")
_IN_A_LINE = ("topics", "errata", "tags", "aliases", "requires")
_WIDTH = 110


class _Line(list[Any]):
    """A list that is written in one line."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Write equal values twice: the decks have no anchors."""
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    if style is None:
        try:
            style = None if isinstance(read_plain(text), str) else "'"
        except Surprise:
            style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


def _represent_line(dumper: yaml.SafeDumper, values: _Line) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=True)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(_Line, _represent_line)


@dataclass(slots=True)
class OwnDeck:
    """One deck file, read or to be made.

    Parameters
    ----------
    path : Path
    id : str
    text : str
    items : dict of str to dict
        What each item says, by its id, in the order of the file.
    names : set of str
        The ids of all items, the new ones included.
    """

    path: Path
    id: str
    text: str
    items: dict[str, dict[str, Any]]
    _spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    _indent: str = "  "
    _changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.names.update(self.items)

    @property
    def changed(self) -> bool:
        """Whether anything was added or replaced."""
        return bool(self._changes)

    def put(self, data: Mapping[str, Any]) -> None:
        """Add an item, or replace the one with the same id."""
        self._changes[str(data["id"])] = dict(data)
        self.names.add(str(data["id"]))

    def content(self) -> bytes:
        """Return the whole new file.

        Raises
        ------
        ContentProblem
            If it could not be read back as it was meant.
        """
        lines = self.text.split("\n")
        for name, (first, last) in sorted(self._spans.items(), key=lambda span: -span[1][0]):
            if name in self._changes:
                lines[first:last] = _block(self._changes[name], self._indent)
        while lines and not lines[-1].strip():
            lines.pop()
        for name, data in self._changes.items():
            if name not in self._spans:
                lines += _block(data, self._indent)
        content = ("\n".join(lines) + "\n").encode("utf-8")
        self._verify(content)
        return content

    def _verify(self, content: bytes) -> None:
        document = read_bytes(content, str(self.path))
        found = _items(document)
        for name, data in {**self.items, **self._changes}.items():
            if found.get(name) != data:
                raise ContentProblem(
                    f"{self.id}/{name} can't be written to {self.path} as it is.", "Nothing was written; leave it out."
                )


def new_deck(path: Path, deck: str, title: Mapping[str, str], area: str | None = None) -> OwnDeck:
    """Return a deck that has no file yet.

    Parameters
    ----------
    path : Path
    deck : str
        Its id, which names the file as well.
    title : mapping
        In both languages; empty for a deck that the syllabus names.
    area : str, optional
    """
    head: dict[str, Any] = {"deck": deck}
    if title:
        head["title"] = compact(dict(title))
    if area is not None:
        head["area"] = area
    return OwnDeck(path, deck, HEADER + _dumped(head) + "items:\n", {})


def read_deck(path: Path) -> OwnDeck:
    """Return a deck file as it stands.

    Raises
    ------
    ContentProblem
        If it has errors, or its items stand in one line: it can't be added to safely.
    """
    document = read_bytes(path.read_bytes(), str(path))
    errors = [finding for finding in document.findings if finding.severity is Severity.ERROR]
    if errors or not isinstance(document.data, dict):
        raise ContentProblem(
            f"{path} has errors, so nothing is added to it.", f"Mend it first: {errors[0]}" if errors else "Mend it."
        )
    items = _items(document)
    lines = document.text.split("\n")
    starts: list[tuple[int, str]] = []
    for index, entry in enumerate(document.data.get("items") or ()):
        line = document.place(("items", index))[0] - 1
        if not isinstance(entry, dict) or not _ITEM.match(lines[line]):
            raise ContentProblem(f"{path}:{line + 1} is no item on lines of its own.", "Begin every item with '- id:'.")
        starts.append((line, str(entry.get("id"))))
    ends = [line for line, _ in starts[1:]] + [len(lines)]
    spans = {name: (line, _trimmed(lines, line, end)) for (line, name), end in zip(starts, ends, strict=True)}
    indent = _ITEM.match(lines[starts[0][0]]) if starts else None
    return OwnDeck(
        path,
        str(document.data.get("deck") or path.stem),
        document.text,
        items,
        spans,
        indent[1] if indent is not None else "  ",
    )


def own_decks(folder: Path) -> dict[str, Path]:
    """Return the deck files of a person by the deck's id, which is the file's name."""
    return {path.stem: path for path in sorted(folder.rglob("*.yaml"))} if folder.is_dir() else {}


def _items(document: Document) -> dict[str, dict[str, Any]]:
    entries: Iterable[Any] = (document.data or {}).get("items") or () if isinstance(document.data, dict) else ()
    return {str(entry["id"]): entry for entry in entries if isinstance(entry, dict) and "id" in entry}


def _trimmed(lines: list[str], first: int, end: int) -> int:
    """Leave blank lines and comments before the next item where they are."""
    while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _block(data: Mapping[str, Any], indent: str) -> list[str]:
    ordered = {
        name: _Line(value) if name in _IN_A_LINE and isinstance(value, list) else value for name, value in data.items()
    }
    return [indent + line if line else line for line in _dumped([ordered]).rstrip("\n").split("\n")]


def _dumped(data: Any) -> str:
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH))


def compact(value: Any) -> Any:
    """Return data in which words that read the same in both languages stand once, as people write them."""
    if isinstance(value, dict):
        if set(value) == {"en", "zh"} and isinstance(value["en"], str) and value["en"] == value["zh"]:
            return value["en"]
        return {name: compact(inner) for name, inner in value.items()}
    return [compact(inner) for inner in value] if isinstance(value, list) else value
