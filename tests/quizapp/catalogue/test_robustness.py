"""Whatever stands in a file: findings, never an exception, and the other files are not touched by it."""

import sqlite3
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quizapp.catalogue.check import check
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
    loaded = load(Source(kind, "x.yaml", "activations"), spec_types(), text.encode("utf-8", "replace"))
    names = Names(engine=engine_names())
    names.add(loaded)
    lines = text.count("\n") + 2
    for found in [*loaded.findings, *(found for found, _ in resolve(names))]:
        assert 1 <= found.line <= lines
        assert found.message
    connection = sqlite3.connect(":memory:")
    create(connection)
    insert_file(connection, loaded)
    connection.close()


@given(st.data())
def test_spoilt_decks_can_be_linted(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "decks").mkdir()
        (root / "syllabus.yaml").write_text(SYLLABUS, encoding="utf-8")
        text = data.draw(spoilt(SAMPLES[Kind.DECK]))
        (root / "decks" / "softmax.yaml").write_bytes(text.encode("utf-8", "replace"))
        assert all(str(found).startswith(folder) for found in check([root]))
