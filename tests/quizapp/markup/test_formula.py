"""Formulas against a gallery that was looked at row by row; what can't be read is shown as written."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.markup.formula import Formula, break_formula, linear, render_formula, renders
from quizapp.markup.width import cell_width

# Each entry of the gallery: the LaTeX, the displayed rows between bars (">" marks the baseline), the form within a line
# of text where that is one row, the words.
_ENTRIES = (Path(__file__).parent / "formulas.txt").read_text(encoding="utf-8").strip().split("\n\n")


def _entry(text: str) -> tuple[str, tuple[str, ...], int, str | None, str]:
    latex, *lines = text.split("\n")
    rows = [line for line in lines if line[1:2] == "|" and line[0] in " >"]
    inline = next((line.removeprefix("inline: ") for line in lines if line.startswith("inline: ")), None)
    words = next(line.removeprefix("words: ") for line in lines if line.startswith("words: "))
    baseline = next(index for index, row in enumerate(rows) if row[0] == ">")
    return latex, tuple(row[2:-1] for row in rows), baseline, inline, words


GALLERY = [_entry(text) for text in _ENTRIES]
LATEX = [entry[0] for entry in GALLERY]


def test_gallery_is_large() -> None:
    assert len(LATEX) == len(set(LATEX)) >= 100


@pytest.mark.parametrize(("latex", "rows", "baseline", "inline", "words"), GALLERY, ids=LATEX)
def test_gallery(latex: str, rows: tuple[str, ...], baseline: int, inline: str | None, words: str) -> None:
    displayed = render_formula(latex, display=True)
    within = render_formula(latex)
    assert (displayed.rows, displayed.baseline) == (rows, baseline)
    assert (within.rows[0] if len(within.rows) == 1 else None) == inline
    assert linear(latex) == words


@pytest.mark.parametrize("latex", LATEX)
def test_rows_are_equally_wide_and_within_the_basic_plane(latex: str) -> None:
    for formula in (render_formula(latex), render_formula(latex, display=True)):
        assert {cell_width(row) for row in formula.rows} == {formula.width}
        assert 0 <= formula.baseline < len(formula.rows)
        assert all(ord(character) < 0x10000 for row in formula.rows for character in row)


def _letters(rows: Iterable[str]) -> Counter[str]:
    """Count Latin letters and digits, small and accented ones as what they stand for."""
    return Counter(c for c in normalize("NFKD", "".join(rows)) if c.isascii() and c.isalnum())


@pytest.mark.parametrize("latex", LATEX)
@pytest.mark.parametrize("width", [10, 20, 40])
def test_pieces_fit_and_lose_no_letter(latex: str, width: int) -> None:
    pieces = break_formula(latex, width)
    assert all(piece.width <= width for piece in pieces)
    if len(pieces) == 1:
        return
    assert _letters(render_formula(latex, display=True).rows) <= _letters(row for piece in pieces for row in piece.rows)


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        ("x_i", "xᵢ"),
        ("x^2", "x²"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\frac{a}{b+c}", "a/(b + c)"),
        (r"\frac{a}{bc}", "a/(bc)"),
        (r"\frac{2a}{b}", "2a/b"),
        (r"\frac{1}{n}\sum_i x_i", "(1/n) ∑ᵢ xᵢ"),
        (r"\sqrt{x}", "√x"),
        (r"\sqrt{x+y}", "√(x + y)"),
        (r"\beta_1", "β₁"),
        (r"\hat{y}", "ŷ"),
        (r"\hat{y}_i", "ŷᵢ"),
        (r"e^{x^2}", "e^(x²)"),
        (r"W_f x", "W_f x"),
        ("-x - -y", "−x − −y"),
        (r"w'_i", "w′ᵢ"),
        (r"\lambda\|w\|_2^2", "λ‖w‖₂²"),
        (r"p(a|b)", "p(a|b)"),
    ],
)
def test_small_formulas_take_one_row(latex: str, line: str) -> None:
    assert render_formula(latex) == Formula((line,), 0, cell_width(line))


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{a}",
        "a^",
        "{a",
        "a}",
        r"\foo",
        "\\",
        r"\left( a",
        r"\begin{x}a\end{x}",
        r"\text{",
        "a__b",
        r"\begin",
        "a & b",
        r"\right)",
        "{" * 500 + "}" * 500,
        r"\sqrt" * 300 + "x",
        r"\begin{bmatrix} 1 \end{pmatrix}",
    ],
)
def test_what_is_not_understood_is_shown_as_written(latex: str) -> None:
    assert not renders(latex)
    assert render_formula(latex).rows == (latex,)
    assert render_formula(latex, display=True).rows == (latex,)
    assert linear(latex) == latex


_VOCABULARY = (
    r"a b x 1 2 + - = \cdot \alpha \frac \sqrt { } ^ _ ( ) [ ] | \| \left( \right) \hat \sum \int \log \max \text{ok}"
    r" \\ & \begin{cases} \end{cases} \begin{bmatrix} \end{bmatrix} \underbrace \overset \mathbb ' , ! \not \limits"
)
_TOKENS = st.sampled_from(_VOCABULARY.split())


@given(st.lists(_TOKENS, max_size=25).map(" ".join), st.integers(4, 60))
def test_nothing_ever_raises(latex: str, width: int) -> None:
    for display in (False, True):
        formula = render_formula(latex, display)
        assert {cell_width(row) for row in formula.rows} == {formula.width}
        assert 0 <= formula.baseline < len(formula.rows)
        assert all(piece.width <= width for piece in break_formula(latex, width, display))
    assert "\n" not in linear(latex)


@given(st.text(max_size=40))
def test_no_text_raises(latex: str) -> None:
    assert render_formula(latex, display=True).rows
    assert render_formula(latex).rows
    assert isinstance(linear(latex), str)
