from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizapp.catalogue.finding import Severity
from quizapp.catalogue.yaml_reader import DEEPEST, LARGEST_FILE, Document, read_bytes, read_file
from quizapp.catalogue.yaml_scalars import Surprise, read_plain


def read(text: str) -> Document:
    return read_bytes(text.encode(), "deck.yaml")


def places(document: Document) -> list[tuple[str, int, int]]:
    return [(found.rule, found.line, found.column) for found in document.findings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("0.50", 0.5),
        (".5", 0.5),
        ("1.0e-3", 0.001),
        ("ReLU", "ReLU"),
        ("3x3", "3x3"),
        ("1,000", "1,000"),
        ("3-4", "3-4"),
        ("1.2.3", "1.2.3"),
        ("-", "-"),
        ("Yes, always", "Yes, always"),
        ("否", "否"),
    ],
)
def test_plain_scalars_are_read_as_everyone_reads_them(text: str, value: object) -> None:
    found = read_plain(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "No", "ON", "off", "y", "N", "True", "FALSE", "Null", "~", "=", "<<"),
        *("1:30", "12:30:45", "010", "0o17", "0x1F", "0b11", "1e3", "1e-8", "1.5e3", "1_000", "1_0.5"),
        *("2024-01-01", "2024-1-1 10:00", ".inf", "-.INF", ".nan", "1.0e+999", "9" * 400),
    ],
)
def test_surprises_must_be_quoted(text: str) -> None:
    with pytest.raises(Surprise):
        read_plain(text)
    document = read(f"a: {text}\n")
    assert places(document) == [("yaml-surprise", 1, 4)]
    assert "quotes" in document.findings[0].hint or text == "<<"
    quoted = read(f'a: "{text}"\n')
    assert quoted.findings == []
    assert quoted.data == {"a": text}


def test_ten_mistakes_are_found_in_one_reading() -> None:
    document = read(
        """\
deck: softmax
items:
  - id: first
    answer: no
    time: 1:30
    id: again
    empty:
  - id: second
    text: "unclosed \\p"
  - id: third
    list: [1, 2
  - id: fourth
    text: a: b
  - id: fifth
    base: &shared 1
    copy: *shared
    1: one
  - id: sixth
    made: !!python/object:os.system ls
    <<: {a: 1}
    fine: true
"""
    )
    assert places(document) == [
        ("yaml-surprise", 4, 13),
        ("yaml-surprise", 5, 11),
        ("duplicate-key", 6, 5),
        ("empty-value", 7, 5),
        ("yaml-syntax", 9, 21),
        ("yaml-syntax", 12, 7),
        ("yaml-syntax", 13, 12),
        ("yaml-alias", 15, 11),
        ("yaml-alias", 16, 11),
        ("yaml-key", 17, 5),
        ("yaml-surprise", 19, 11),
        ("yaml-surprise", 20, 5),
    ]
    assert document.blanked == 3
    assert [entry and entry["id"] for entry in document.data["items"]] == [
        "first",
        None,
        None,
        None,
        "fifth",
        "sixth",
    ]


def test_a_duplicate_names_both_lines_and_keeps_the_first() -> None:
    document = read("a: 1\nb: 2\na: 3\n")
    assert document.data == {"a": 1, "b": 2}
    (found,) = document.findings
    assert str(found) == "deck.yaml:3:1: a: given twice, first on line 1: keep one of the two"


@pytest.mark.parametrize(
    ("content", "rule", "line", "column"),
    [
        (b"", "empty-file", 1, 1),
        (b"# nothing\n", "empty-file", 1, 1),
        (b"a: 1\nb: \xff\xfe\n", "not-utf-8", 2, 4),
        ("中: 1\n中文\x07".encode(), "unprintable-character", 2, 3),
        ("﻿a: 1\n".encode(), "byte-order-mark", 1, 1),
        ("a: 1\n".encode("utf-16"), "not-utf-8", 1, 1),
        (b"a:\n\tb: 1\n", "yaml-syntax", 2, 1),
        (b"a: 1\n---\nb: 2\n", "yaml-documents", 2, 1),
        (b"a: 1\n  b: 2\n", "yaml-syntax", 2, 4),
        (b"a: 'open\nb: 2\n", "yaml-syntax", 1, 4),
        (b"a: " + b"[" * (DEEPEST + 5), "yaml-syntax", 1, DEEPEST + 4),
        (b"? [a, b]\n: c\n", "yaml-key", 1, 3),
        (b"a: =\n", "yaml-surprise", 1, 4),
        (b"a: @b\n", "yaml-syntax", 1, 4),
        (b"a: %b\n", "yaml-syntax", 1, 4),
    ],
)
def test_unreadable_files(content: bytes, rule: str, line: int, column: int) -> None:
    document = read_bytes(content, "deck.yaml")
    assert places(document) == [(rule, line, column)]
    assert document.findings[0].hint


def test_a_byte_order_mark_is_only_a_warning() -> None:
    document = read("﻿a: 1\n")
    assert document.data == {"a": 1}
    assert document.findings[0].severity is Severity.WARNING


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"#" * (LARGEST_FILE + 1))
    assert places(read_file(path)) == [("huge-file", 1, 1)]


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    assert places(read_file(tmp_path / "gone.yaml")) == [("unreadable-file", 1, 1)]


@pytest.mark.parametrize("text", [r"\frac{1}{2}", r"\theta", r"\beta", r"\e[31m", r"x\0", r"\vec{x}", r"\rho"])
def test_latex_in_double_quotes_is_caught(text: str) -> None:
    assert places(read(f'a: "{text}"\n')) == [("control-character", 1, 4)]
    assert read(f"a: '{text}'\n").data == {"a": text}


def test_billion_laughs_stay_small() -> None:
    lines = ["a: &a [x, x]"] + [f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    document = read("\n".join(lines) + "\n")
    assert {found.rule for found in document.findings} == {"yaml-alias"}
    assert len(str(document.data)) < 1000


def test_places_of_values_names_and_absent_things() -> None:
    document = read("deck: x\nitems:\n  - id: a\n    options: [{text: 甲, why: b}]\n")
    assert document.place(("items", 0, "id")) == (3, 9)
    assert document.place(("items", 0, "id"), key=True) == (3, 5)
    assert document.place(("items", 0, "options", 0, "why")) == (4, 30)
    assert document.place(("items", 0, "options", 0, "why"), key=True) == (4, 25)
    assert document.place(("items", 0, "prompt")) == (3, 5)
    assert document.place(("items", 7)) == (3, 3)
    assert document.place(()) == (1, 1)


@given(st.binary(max_size=200))
def test_any_bytes_end_in_data_or_findings(content: bytes) -> None:
    document = read_bytes(content, "x")
    assert document.data is not None or document.findings


SYNTAX = st.text(alphabet=st.sampled_from("ab01:-{}[],\"'\n \t#&*!|>%@`?~<=.中"), max_size=80)


@given(SYNTAX)
def test_any_text_ends_in_findings_inside_it(text: str) -> None:
    document = read(text)
    lines = text.split("\n")
    for found in document.findings:
        assert 1 <= found.line <= len(lines) + 1
        assert found.column >= 1


NESTED: st.SearchStrategy[Any] = st.recursive(
    st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=8), NESTED, min_size=1, max_size=4))
def test_quoted_text_is_read_back_as_it_was(data: dict[str, Any]) -> None:
    document = read(yaml.safe_dump(data, allow_unicode=True, default_style='"', sort_keys=False))
    assert {found.rule for found in document.findings} <= {"control-character"}
    assert document.data == data


@given(st.dictionaries(st.text(max_size=8), NESTED | st.integers() | st.booleans(), min_size=1, max_size=4))
def test_without_surprises_the_data_is_that_of_pyyaml(data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    document = read(text)
    if not document.findings:
        assert document.data == yaml.safe_load(text)
