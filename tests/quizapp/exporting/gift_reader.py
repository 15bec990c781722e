r"""Reads GIFT in the steps in which Moodle does: escapes to placeholders, then braces, then answers by their marks."""

import re
from dataclasses import dataclass, field

_PLACES = {":": "\ue100", "#": "\ue101", "=": "\ue102", "{": "\ue103", "}": "\ue104", "~": "\ue105", "n": "\ue106"}
_WEIGHT = re.compile(r"^%(-?\d{1,3}(?:\.\d+)?)%")


@dataclass
class Row:
    text: str
    fraction: float
    feedback: str = ""


@dataclass
class Question:
    kind: str
    name: str
    category: str
    text: str
    rows: list[Row] = field(default_factory=list)
    general: str = ""


def read(content: str) -> list[Question]:
    found: list[Question] = []
    category = ""
    for block in re.split(r"\n[ \t]*\n", content):
        lines = [line for line in block.split("\n") if not line.strip().startswith("//")]
        text = "\n".join(lines).strip()
        if text.startswith("$CATEGORY:"):
            category = text.removeprefix("$CATEGORY:").strip()
        elif text:
            found.append(_question(_hidden(text), category))
    return found


def _hidden(text: str) -> str:
    text = text.replace("\\\\", "\ue107")
    for mark, place in _PLACES.items():
        text = text.replace("\\" + mark, place)
    return text.replace("\ue107", "\\")


def _shown(text: str) -> str:
    for mark, place in _PLACES.items():
        text = text.replace(place, "\n" if mark == "n" else mark)
    return text.strip().removeprefix("[html]")


def _question(text: str, category: str) -> Question:
    if not text.startswith("::"):
        raise ValueError(f"no name: {text!r}")
    name, _, rest = text[2:].partition("::")
    before, _, rest = rest.partition("{")
    inside, brace, after = rest.rpartition("}")
    if not brace or "{" in inside or "}" in inside or after.strip():
        raise ValueError(f"the braces of {name} don't fit")
    inside, _, general = inside.partition("####")
    asked = Question("", _shown(name), category, _shown(before), general=_shown(general))
    inside = inside.strip()
    if not inside:
        asked.kind = "essay"
    elif inside.startswith("#"):
        asked.kind = "numerical"
        asked.rows = _rows(inside[1:])
    elif found := re.match(r"(TRUE|FALSE|T|F)(?=#|$)", inside):
        wrong, _, right = inside[found.end() :].removeprefix("#").partition("#")
        is_true = found[1][0] == "T"
        asked.kind = "truefalse"
        asked.rows = [Row(str(is_true), 1, _shown(right)), Row(str(not is_true), 0, _shown(wrong))]
    elif "->" in inside and inside.startswith("="):
        asked.kind = "matching"
        asked.rows = [Row(f"{_shown(a)} -> {_shown(b)}", 1) for a, _, b in (p.partition("->") for p in _parts(inside))]
    elif "~" in inside:
        asked.kind = "multichoice"
        asked.rows = _rows(inside)
    else:
        asked.kind = "shortanswer"
        asked.rows = _rows(inside)
    return asked


def _parts(text: str) -> list[str]:
    return [part.strip()[1:] for part in re.split(r"(?=[=~])", text) if part.strip()]


def _rows(text: str) -> list[Row]:
    rows: list[Row] = []
    for part in re.split(r"(?=[=~])", text):
        if not part.strip():
            continue
        words, fraction = part.strip()[1:], 1.0 if part.strip()[0] == "=" else 0.0
        if weight := _WEIGHT.match(words):
            words, fraction = words[weight.end() :], float(weight[1]) / 100
        said, _, feedback = words.partition("#")
        rows.append(Row(_shown(said), fraction, _shown(feedback)))
    return rows
