from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.questions.placeholders import PlaceholderError, fill, number, placeholders, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (-3, "-3"),
        (12345678901, "12345678901"),
        (True, "true"),
        ("relu", "relu"),
        (2.0, "2"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (1 / 3, "0.333333"),
        (1e-5, "0.00001"),
        (9.99e-6, "9.99e-6"),
        (1e-8, "1e-8"),
        (-2.5e-9, "-2.5e-9"),
        (123456.78, "123457"),
        (1234567.0, "1234567"),
        (9999999.0, "9999999"),
        (1e7, "1e7"),
        (float("inf"), "∞"),
        (float("nan"), "NaN"),
        ((), "[]"),
        ((1, 2.5), "[1, 2.5]"),
        ([[1, 2], [3, 4]], "[[1, 2], [3, 4]]"),
    ],
)
def test_values_as_words_show_them(value: Any, text: str) -> None:
    assert shown(value) == text
    assert fill("a <<x>> b", {"x": value}) == f"a {text} b"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("<<x:4>>", "0.3333"),
        ("<<x:0>>", "0"),
        ("<<small:4>>", "0.0000"),
        ("<<vector:2>>", "[1.00, -2.00]"),
        ("<<vector:tex>>", r"(1,\,-2)"),
        ("<<vector:1tex>>", r"(1.0,\,-2.0)"),
        ("<<matrix:tex>>", r"\begin{bmatrix}1 & 2\\3 & 4\end{bmatrix}"),
        ("<<eps:tex>>", "10^{-8}"),
        ("<<tiny:tex>>", r"-2.5 \times 10^{-9}"),
        ("<<eps>>", "1e-8"),
        (r"$\frac{<<x:2tex>>}{<<n>>}}}$", r"$\frac{0.33}{7}}}$"),
        ("<< n >>", "7"),
        ("no placeholder, 3 < 4 >> 2", "no placeholder, 3 < 4 >> 2"),
    ],
)
def test_formats(template: str, text: str) -> None:
    values = {
        "x": 1 / 3,
        "small": -0.00001,
        "vector": (1, -2),
        "matrix": ((1, 2), (3, 4)),
        "eps": 1e-8,
        "tiny": -2.5e-9,
        "n": 7,
    }
    assert fill(template, values) == text


def test_names_are_listed_without_their_formats() -> None:
    assert placeholders("<<a>> $<<b:tex>>$ <<c:4>> <<a:2tex>> <<K_1>>") == {"a", "b", "c", "K_1"}


@pytest.mark.parametrize("text", ["<<>>", "<<1a>>", "<<a:>>", "<<a:x>>", "<<a:123>>", "<<a b>>", "<<a:tex4>>"])
def test_what_is_no_placeholder_is_refused(text: str) -> None:
    with pytest.raises(PlaceholderError, match="is not a placeholder"):
        placeholders(text)
    with pytest.raises(PlaceholderError):
        fill(text, {"a": 1})


def test_a_missing_value_comes_with_the_nearest_name_or_all_of_them() -> None:
    with pytest.raises(PlaceholderError, match="No value is named 'logit'") as error:
        fill("<<logit>>", {"logits": 1})
    assert error.value.hint == "Did you mean <<logits>>?"
    with pytest.raises(PlaceholderError) as error:
        fill("<<zzz>>", {"b": 1, "a": 2})
    assert error.value.hint == "There are: a, b."


def test_a_value_that_can_not_be_shown_is_refused() -> None:
    with pytest.raises(PlaceholderError, match="can't show 'relu'"):
        fill("<<name:4>>", {"name": "relu"})
    with pytest.raises(PlaceholderError):
        fill("<<name>>", {"name": None})


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_to_six_digits(value: float) -> None:
    text = number(value)
    assert float(text) == pytest.approx(value, rel=5.1e-6)
    assert not text.startswith("-0") or float(text) != 0
    if 1e-5 <= abs(value) < 1e7:
        assert "e" not in text
