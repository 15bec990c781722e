"""YAML text to plain data with the place of every value, all problems reported at once, nothing silently reinterpreted.

The data is built straight from libyaml's events: one pass gives values, places, duplicate keys and surprises, in less
time than PyYAML needs to construct the same data without them. A syntax error costs its list entry (the item), not the
file: the entry is blanked and the rest read again.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from quizapp.catalogue.finding import Finding, Severity, ordered
from quizapp.catalogue.yaml_places import Branch, Place, Places, descend
from quizapp.catalogue.yaml_scalars import Surprise, read_plain
from quizapp.catalogue.yaml_syntax import explain_syntax

LARGEST_FILE: Final = 5_000_000
DEEPEST: Final = 30
MOST_RECOVERIES: Final = 20
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPED = re.compile("[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ENTRY = re.compile(r"( *)- ")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Document:
    """One YAML file as data, with the place of everything in it.

    ``data`` is None when nothing could be read; ``findings`` holds what the reader itself found wrong; ``blanked``
    counts the list entries that became None because of a syntax error.
    """

    path: str
    text: str = ""
    data: Any = None
    places: Places = None
    findings: list[Finding] = field(default_factory=list)
    blanked: int = 0

    def place(self, path: Sequence[str | int] = (), *, key: bool = False) -> Place:
        """Return line and column, from 1, of a value (or of its key); of the nearest thing around it, if absent."""
        mark = descend(self.places, path, key=key)
        return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)

    def source(self, path: Sequence[str | int]) -> str:
        """Return a plain scalar as it is written, e.g. ``0.50``."""
        mark = descend(self.places, path)
        written = re.compile(r"[^,}\]\n#]*").match(self.text, 0 if mark is None else mark.index)
        return written.group().strip() if written else ""

    def report(self, place: Place, rule: str, message: str, hint: str = "", *, warning: bool = False) -> None:
        """Add a finding at a place."""
        severity = Severity.WARNING if warning else Severity.ERROR
        self.findings.append(Finding(self.path, *place, severity, rule, message, hint))


def read_file(path: Path, name: str | None = None) -> Document:
    """Read one file; whatever is wrong with it becomes findings, never an exception."""
    name = str(path) if name is None else name
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        document = Document(name)
        document.report(
            (1, 1), "unreadable-file", f"the file can't be read ({error.strerror})", "check its permissions"
        )
        return document
    if size > LARGEST_FILE:
        document = Document(name)
        message = f"the file has {size:,} bytes; at most {LARGEST_FILE:,} are read"
        document.report((1, 1), "huge-file", message, "split it into several decks")
        return document
    return read_bytes(content, name)


def read_bytes(content: bytes, name: str) -> Document:
    """Read YAML from bytes."""
    document = Document(name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        place = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        document.report(place, "not-utf-8", "the file is not UTF-8 text from here on", "save it as UTF-8")
        return document
    if text.startswith("\ufeff"):
        text = text[1:]
        message = "the file begins with a byte order mark"
        document.report((1, 1), "byte-order-mark", message, "save it as UTF-8 without BOM", warning=True)
    document.text = text
    if odd := UNPRINTABLE.search(text):
        start = odd.start()
        place = (text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1)
        message = f"the character U+{ord(odd.group()):04X} can't be shown and is not allowed in YAML"
        document.report(place, "unprintable-character", message, "delete it")
        return document
    _read_text(document)
    return document


def _read_text(document: Document) -> None:
    text = document.text
    while True:
        try:
            _Builder(document, text).build()
        except yaml.MarkedYAMLError as error:
            document.data, document.places = None, None
            line, column, message, hint = explain_syntax(error)
            document.report((line + 1, column + 1), "yaml-syntax", message, hint)
            document.blanked += 1
            start = error.context_mark.line if error.context_mark else line
            shorter = _without_entry(text, start) or _without_entry(text, line)
            if shorter is None or document.blanked > MOST_RECOVERIES:
                break
            text = shorter
        except (yaml.YAMLError, ValueError) as error:
            document.data, document.places = None, None
            document.report((1, 1), "yaml-syntax", f"the file is not YAML ({error})")
            break
        else:
            break
    document.findings = ordered(document.findings)
    if document.data is None and not document.findings:
        document.report((1, 1), "empty-file", "the file is empty", "write its content or delete it")


def _without_entry(text: str, line: int) -> str | None:
    """Make the entry around a line (of the outermost list) null, keeping all line numbers; None if there is none."""
    lines = text.split("\n")
    starts = [match for match in map(ENTRY.match, lines) if match]
    if not starts:
        return None
    opening = " " * min(len(match.group(1)) for match in starts) + "- "
    first = next((at for at in range(min(line, len(lines) - 1), -1, -1) if lines[at].startswith(opening)), None)
    if first is None or lines[first] == opening + "null":
        return None
    after = next((at for at in range(first + 1, len(lines)) if lines[at].startswith(opening)), len(lines))
    return "\n".join([*lines[:first], opening + "null", *[""] * (after - first - 1), *lines[after:]])


class _Builder:
    """Turns events into data and places."""

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        loader = _Loader(text)
        self.next_event: Callable[[], Any] = loader.get_event

    def build(self) -> None:
        """Read the first document; a second one is reported."""
        document = self.document
        document.data, document.places = None, None
        while type(event := self.next_event()) is not StreamEndEvent:
            if type(event) is DocumentStartEvent:
                if document.places is not None:
                    mark = event.start_mark
                    self._report(mark, "yaml-documents", "a second document begins here", "remove the line ---")
                    return
                document.data, document.places = self._node(self.next_event(), 0)

    def _node(self, event: Any, depth: int) -> tuple[Any, Places]:
        kind = type(event)
        if event.anchor is not None:
            self._anchored(event)
        if kind is ScalarEvent:
            if event.implicit[0]:
                return self._plain(event), event.start_mark
            if event.tag is not None:
                self._tagged(event)
            if event.style == '"' and not event.value.isprintable():
                self._escaped(event)
            return event.value, event.start_mark
        if kind is AliasEvent:
            return None, event.start_mark
        if event.tag is not None:
            self._tagged(event)
        if depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="nests deeper than is allowed", problem_mark=event.start_mark)
        return self._mapping(event, depth) if kind is MappingStartEvent else self._list(event, depth)

    def _list(self, start: Any, depth: int) -> tuple[list[Any], Branch]:
        data: list[Any] = []
        children: list[Places] = []
        while type(event := self.next_event()) is not SequenceEndEvent:
            value, places = self._node(event, depth + 1)
            data.append(value)
            children.append(places)
        return data, Branch(start.start_mark, None, children)

    def _mapping(self, start: Any, depth: int) -> tuple[dict[str, Any], Branch]:
        data: dict[str, Any] = {}
        keys: dict[str, Any] = {}
        children: dict[str, Places] = {}
        while type(event := self.next_event()) is not MappingEndEvent:
            mark = event.start_mark
            name = self._node(event, depth + 1)[0]
            if type(name) is not str:
                name = self._odd_name(event)
            value_event = self.next_event()
            value, places = self._node(value_event, depth + 1)
            if name in data:
                message = f"{name}: given twice, first on line {keys[name].line + 1}"
                self._report(mark, "duplicate-key", message, "keep one of the two")
                continue
            if value is None and type(value_event) is ScalarEvent and not value_event.value:
                in_braces = "inside { } a comma begins a new name: quote the text"
                hint = in_braces if start.flow_style else "give it one or remove it"
                self._report(mark, "empty-value", f"{name}: has no value", hint)
            data[name] = value
            keys[name] = mark
            children[name] = places
        return data, Branch(start.start_mark, keys, children)

    def _odd_name(self, event: Any) -> str:
        if type(event) is ScalarEvent:
            hint = f'write "{event.value}" with quotes'
            self._report(event.start_mark, "yaml-key", f"{event.value}: a name must be text", hint)
            return str(event.value)
        message = "a list or mapping stands where a name must stand"
        self._report(event.start_mark, "yaml-key", message, "quote text that begins with { or [")
        return f"(line {event.start_mark.line + 1}, column {event.start_mark.column + 1})"

    def _plain(self, event: Any) -> Any:
        text = event.value
        try:
            return read_plain(text)
        except Surprise as surprise:
            if text == "<<":
                hint = "repeat the values"
                self._report(event.start_mark, "yaml-surprise", "<<: merging mappings is not used here", hint)
            else:
                message = f"{text}: without quotes this may be read as {surprise}"
                self._report(event.start_mark, "yaml-surprise", message, f'write "{text}" with quotes')
            return text

    def _escaped(self, event: Any) -> None:
        """Report what a backslash has made inside double quotes, mostly of LaTeX: of theta a tab and ``heta``."""
        if odd := ESCAPED.search(event.value):
            rest = re.split(r"\s", event.value[odd.start() + 1 :], maxsplit=1)[0][:12]
            message = f"a backslash makes a control character here, before {rest!r}"
            self._report(event.start_mark, "control-character", message, "use single quotes for LaTeX")

    def _tagged(self, event: Any) -> None:
        if event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(event.start_mark, "yaml-surprise", f"{tag}: tags are not used here", "remove it; quote text")

    def _anchored(self, event: Any) -> None:
        if type(event) is AliasEvent:
            message, hint = (
                f"*{event.anchor}: aliases are not used here",
                "repeat the value; quote text that begins with *",
            )
        else:
            message, hint = f"&{event.anchor}: anchors are not used here", "remove it; quote text that begins with &"
        self._report(event.start_mark, "yaml-alias", message, hint)

    def _report(self, mark: Any, rule: str, message: str, hint: str) -> None:
        self.document.report((mark.line + 1, mark.column + 1), rule, message, hint)
