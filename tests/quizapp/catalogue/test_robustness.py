"""Whatever stands in a file: findings, never an exception, and the other files are not touched by it."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.catalogue.check import RULES, check
from quizapp.catalogue.index_rows import insert_file
from quizapp.catalogue.index_schema import create
from quizapp.catalogue.loader import load, spec_types
from quizapp.catalogue.names import Names, engine_names, resolve
from quizapp.catalogue.sources import Kind, Source
from tests.quizapp.catalogue.shelf import CONV_DECK, SOFTMAX_DECK, SYLLABUS
from tests.quizapp.catalogue.test_check_skills import SOFTMAX_WORDS

SAMPLES = {
    Kind.DECK: SOFTMAX_DECK + CONV_DECK.split("items:\n")[1],
    Kind.SYLLABUS: SYLLABUS,
    Kind.SKILL: SOFTMAX_WORDS,
    Kind.EXERCISE: "exercise: a\ntitle: {en: A, zh: 甲}\ntask: b\nmutants:\n  no-sum: {en: C, zh: 丙}\n",
}
ODD_VALUES = [
    "null",
    "[]",
    "{}",
    "3",
    "-0.50",
    "true",
    "[[[a]]]",
    "{en: a}",
    "{en: {en: a}, zh: [1]}",
    '"\\0"',
    "甲",
    "",
    "yes",
]
ODD_NAMES = ["id", "type", "items", "deck", "en", "3", "[a]", "?", "-", "<<"]


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """Draw a text with some of its lines removed, doubled, moved, indented, cut or given another value."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        name, colon, _ = line.partition(":")
        lines[at : at + 1] = draw(
            st.sampled_from(
                [
                    [],
                    [line, line],
                    ["  " + line],
                    [line[2:]],
                    [line[: draw(st.integers(0, len(line)))]],
                    [f"{name}{colon} {draw(st.sampled_from(ODD_VALUES))}"],
                    [f"{' ' * (len(line) - len(line.lstrip()))}{draw(st.sampled_from(ODD_NAMES))}: {line.strip()}"],
                ]
            )
        )
        lines = lines or [""]
    return "\n".join(lines)


@given(st.data(), st.sampled_from(sorted(SAMPLES)))
def test_spoilt_files_end_in_findings(data: st.DataObject, kind: Kind) -> None:
    text = data.draw(spoilt(SAMPLES[kind]))
    digest(kind, text)


ALL_TYPES = """\
  - id: typed
    type: typed
    topics: [conv-output]
    prompt: {en: A, zh: 甲}
    accept:
      en: [a]
      zh: [b]
  - id: number
    type: typed
    topics: [conv-output]
    prompt: {en: A, zh: 甲}
    answer:
      value: 0.5
      decimals: 2
  - id: order
    type: order
    topics: [conv-output]
    prompt: {en: A, zh: 甲}
    entries:
      - a
      - b
      - c
  - id: match
    type: match
    topics: [conv-output]
    prompt: {en: A, zh: 甲}
    pairs:
      - left: a
        right: b
      - left: c
        right: d
    extras: [e]
  - id: computed
    type: computed
    topics: [conv-output]
    skill: softmax
    levels: [1, 2]
    as: choice
    note: {en: A, zh: 甲}
    hints:
      - a
"""


@pytest.mark.parametrize("kind", sorted(SAMPLES))
@pytest.mark.parametrize("value", ODD_VALUES)
def test_every_field_with_an_odd_value_ends_in_findings(kind: Kind, value: str) -> None:
    lines = (SAMPLES[kind] + (ALL_TYPES if kind is Kind.DECK else "")).split("\n")
    for at, line in enumerate(lines):
        name, colon, _ = line.partition(":")
        if colon:
            digest(kind, "\n".join([*lines[:at], f"{name}: {value}", *lines[at + 1 :]]))


def digest(kind: Kind, text: str) -> None:
    """Take a file through everything that the index does with it, and through the rules of the linter."""
    loaded = load(Source(kind, "x.yaml", "activations"), spec_types(), text.encode("utf-8", "replace"))
    for item in loaded.items:
        for rule in RULES:
            list(rule.find(item.spec, item.data))
    names = Names(engine=engine_names())
    names.add(loaded)
    lines = text.count("\n") + 2
    for found in [*loaded.findings, *(found for found, _ in resolve(names))]:
        assert 1 <= found.line <= lines
        assert found.message
    with closing(sqlite3.connect(":memory:")) as connection:
        create(connection)
        insert_file(connection, loaded)


@given(st.data())
def test_spoilt_decks_can_be_linted(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "decks").mkdir()
        (root / "syllabus.yaml").write_text(SYLLABUS, encoding="utf-8")
        text = data.draw(spoilt(SAMPLES[Kind.DECK]))
        (root / "decks" / "softmax.yaml").write_bytes(text.encode("utf-8", "replace"))
        assert all(str(found).startswith(folder) for found in check([root]))
