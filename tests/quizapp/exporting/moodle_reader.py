"""Reads Moodle XML and marks answers the way Moodle does; knows nothing of the writer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from xml.etree import ElementTree as ET

LEGAL = {
    0,
    5,
    10,
    11.11111,
    12.5,
    14.28571,
    16.66667,
    20,
    25,
    30,
    33.33333,
    40,
    50,
    60,
    66.66667,
    70,
    75,
    80,
    83.33333,
    90,
}
LEGAL |= {100}
LEGAL |= {-share for share in LEGAL}


@dataclass
class Answer:
    text: str
    fraction: float
    feedback: str = ""
    tolerance: float = 0.0


@dataclass
class Question:
    kind: str
    name: str
    category: str
    text: str
    element: ET.Element
    answers: list[Answer] = field(default_factory=list)

    @property
    def general(self) -> str:
        return words(self.element.find("generalfeedback/text"))


def words(element: ET.Element | None) -> str:
    return "" if element is None or element.text is None else element.text


def read(content: bytes) -> list[Question]:
    root = ET.fromstring(content)  # noqa: S314 - our own file
    found: list[Question] = []
    category = ""
    for element in root.iter("question"):
        kind = element.get("type", "")
        if kind == "category":
            category = words(element.find("category/text"))
            continue
        name, text = words(element.find("name/text")), words(element.find("questiontext/text"))
        found.append(Question(kind, name, category, text, element, [answer(one) for one in element.iterfind("answer")]))
    return found


def answer(element: ET.Element) -> Answer:
    return Answer(
        words(element.find("text")),
        float(element.get("fraction", "nan")) / 100,
        words(element.find("feedback/text")),
        float(element.findtext("tolerance", "0")),
    )


def mark_number(answers: Sequence[Answer], typed: float, values: Mapping[str, str] | None = None) -> Answer:
    for one in answers:
        text = substituted(one.text, values or {})
        if text == "*" or abs(typed - float(text)) <= one.tolerance + 1e-12:
            return one
    raise AssertionError(f"{typed} is not marked at all")


def mark_words(answers: Sequence[Answer], typed: str) -> float:
    for one in answers:
        parts = [re.escape(part.replace("\\*", "*")) for part in re.split(r"(?<!\\)\*", one.text)]
        if re.fullmatch(".*".join(parts), typed.strip(), re.IGNORECASE | re.DOTALL):
            return one.fraction
    return 0.0


def substituted(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


_FIELD = re.compile(r"\{(\d*):(NUMERICAL|SHORTANSWER):((?:\\.|[^}\\])*)\}", re.DOTALL)


def fields(text: str) -> list[tuple[str, list[Answer]]]:
    """Return the embedded answers; entities are decoded after the alternatives have been told apart."""
    text = re.sub(r"&amp;(#[0-9a-fx]{2,6}?);", r"&\1;", text)
    return [
        (found[2], [_alternative(part) for part in re.split(r"(?<!\\)~", found[3])]) for found in _FIELD.finditer(text)
    ]


def _alternative(text: str) -> Answer:
    found = re.fullmatch(r"(=|%(-?\d+)%)?(.+?(?<!\\)(?<!&))(?:#(.*))?", text, re.DOTALL)
    if found is None:
        raise AssertionError(f"no alternative: {text!r}")
    fraction = 1.0 if found[1] == "=" else float(found[2] or 0) / 100
    said = unescape(found[3])
    tolerance = 0.0
    if number := re.fullmatch(r"(-?[\d.]+(?:[eE][-+]?\d+)?):(-?[\d.]+(?:[eE][-+]?\d+)?)", said):
        said, tolerance = number[1], float(number[2])
    return Answer(said, fraction, unescape(found[4] or ""), tolerance)


def datasets(question: Question) -> list[dict[str, str]]:
    """Return the values of all datasets, one mapping for each item number."""
    rows: dict[int, dict[str, str]] = {}
    for definition in question.element.iter("dataset_definition"):
        name = words(definition.find("name/text"))
        items = list(definition.iter("dataset_item"))
        if len(items) != int(definition.findtext("itemcount", "0")):
            raise AssertionError("itemcount does not count")
        for item in items:
            rows.setdefault(int(item.findtext("number", "0")), {})[name] = item.findtext("value", "")
    return [rows[number] for number in sorted(rows)]
