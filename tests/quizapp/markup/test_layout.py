"""Lines: never too wide, nothing lost, no formula cut without need, both scripts' rules of punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.markup.formula import render_formula
from quizapp.markup.layout import Style, layout, line_text, line_width
from quizapp.markup.plain import plain
from quizapp.markup.width import cell_width
from quizapp.markup.wrap import NO_END, NO_START

_WORDS = st.text(st.sampled_from("abcdefg"), min_size=1, max_size=12)
_HANZI = st.text(st.sampled_from("学习率归一化，。：（）「」"), min_size=1, max_size=12)
_FORMULAS = st.sampled_from(["x_i", r"\eta = 0.1", r"\frac{a}{b}", r"\hat{y}", "m = v = 0", r"\beta_1"])
_TALL = st.sampled_from([r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", r"\frac{\frac{a}{b}}{c}"])
_CLAUSE = st.builds(
    str.__add__,
    st.text(st.sampled_from("学习率归一化"), min_size=1, max_size=8),
    st.text(st.sampled_from("，。；：？！）」』%"), max_size=2),
)
_BRACKETED = st.sampled_from(["学习", "（率）", "「归一", "化」，", "好。", "『学", "x）", "（$x$"])
_PROSE = st.lists(_WORDS | _HANZI, min_size=1, max_size=20).map(" ".join)
_MIXED = st.lists(_WORDS | _HANZI | (_FORMULAS | _TALL).map(lambda latex: f"${latex}$"), min_size=1, max_size=15)


def _texts(text: str, width: int) -> list[str]:
    return [line_text(line) for line in layout(text, width)]


@given(_PROSE, st.integers(4, 60))
def test_prose_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = layout(text, width)
    assert all(line_width(line) <= width for line in lines)
    assert "".join(map(line_text, lines)).replace(" ", "") == text.replace(" ", "")


@given(_PROSE, st.integers(16, 60))
def test_latin_words_stay_whole(text: str, width: int) -> None:
    words = [word for word in text.split() if word.isascii()]
    shown = " ".join(_texts(text, width))
    assert all(word in shown for word in words)


@given(_MIXED, st.integers(4, 60))
def test_mixed_text_fits(parts: list[str], width: int) -> None:
    lines = layout(" ".join(parts), width)
    assert all(line_width(line) <= width for line in lines)
    assert all(not line_text(line).endswith(" ") for line in lines)


@given(st.lists(_WORDS | _HANZI | _FORMULAS.map(lambda latex: f"${latex}$"), min_size=1), st.integers(30, 60))
def test_small_formulas_stay_whole(parts: list[str], width: int) -> None:
    lines = _texts(" ".join(parts), width)
    for part in parts:
        if part.startswith("$"):
            assert any(render_formula(part.strip("$")).rows[0] in line for line in lines)


@given(st.lists(_CLAUSE, min_size=1, max_size=12).map("".join), st.integers(8, 40))
def test_no_line_begins_with_closing_punctuation(text: str, width: int) -> None:
    assert all(line[0] not in NO_START for line in _texts(text, width))


@given(st.lists(_BRACKETED, max_size=30), st.integers(12, 40))
def test_no_line_ends_with_opening_punctuation(parts: list[str], width: int) -> None:
    assert all(line[-1] not in NO_END for line in _texts("".join(parts), width) if line)


def test_chinese_breaks_between_hanzi() -> None:
    assert _texts("梯度下降法每一步都沿负梯度方向走。", 16) == ["梯度下降法每一步", "都沿负梯度方向", "走。"]


def test_two_dimensional_formula_stretches_its_line() -> None:
    text = r"矩阵 $A = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$ 的秩"
    assert _texts(text, 40) == ["         ⎡1  2⎤", "矩阵 A = ⎣3  4⎦ 的秩"]


def test_displayed_formula_is_indented_on_rows_of_its_own() -> None:
    assert _texts(r"A $$\frac{a}{b + c}$$ B", 40) == ["A", "", "     a", "  ╶─────╴", "   b + c", "", "B"]


def test_wide_displayed_formula_is_cut_at_its_operators() -> None:
    text = r"$$L = \frac{a}{b} + \frac{c}{d} + \frac{e}{f}$$"
    assert _texts(text, 18) == [
        "       a     c",
        "  L = ╶─╴ + ╶─╴",
        "       b     d",
        "       e",
        "    + ╶─╴",
        "       f",
    ]


def test_formula_wider_than_a_line_of_text_leaves_its_comma_on_the_line() -> None:
    text = r"标准化为 $\hat{x}_i = \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}$，然后"
    assert _texts(text, 24) == ["标准化为", "x̂ᵢ = (xᵢ − μ_B)/√(σ²_B", "+ ε)，然后"]


def test_short_code_stays_whole() -> None:
    assert _texts("see `x = a * b`", 12) == ["see", "x = a * b"]


def test_a_line_break_inside_code_is_a_space() -> None:
    assert _texts("`a  \nb`", 20) == ["a b"]


def test_prices_stay_prices() -> None:
    assert _texts("It costs $5, not $6.", 40) == ["It costs $5, not $6."]


def test_list_marker_stands_on_the_baseline() -> None:
    assert _texts("- $\\frac{\\frac{a}{b}}{c}$ x\n- y", 40) == ["    a", "   ╶─╴", "    b", "• ╶───╴ x", "    c", "• y"]


def test_numbers_line_up() -> None:
    text = "\n".join(f"{n}. x" for n in range(9, 11))
    assert _texts(text, 20) == [" 9. x", "10. x"]


def test_table_columns_line_up_by_cells() -> None:
    text = "| 名称 | n |\n|---|--:|\n| 学习率 | 1 |\n| lr | 10 |"
    assert _texts(text, 40) == ["名称     n", "──────  ──", "学习率   1", "lr      10"]


def test_table_too_wide_for_columns_becomes_records() -> None:
    text = "| one | two | three |\n|---|---|---|\n| aaaaaaaa | bbbbbbbb | cccccccc |"
    assert _texts(text, 12) == ["one:", "aaaaaaaa", "two:", "bbbbbbbb", "three:", "cccccccc"]


def test_styles() -> None:
    (line,) = layout("a **b** *c* `d` $x$", 40)
    assert [(span.text.strip(), span.style) for span in line if span.text.strip()] == [
        ("a", Style.PLAIN),
        ("b", Style.BOLD),
        ("c", Style.ITALIC),
        ("d", Style.CODE),
        ("x", Style.FORMULA),
    ]


def test_code_is_cut_hard_and_keeps_its_indent() -> None:
    assert _texts("```\nif x:\n    return xxxxxxxxxxxxxxxxxxxxxx\n```", 24) == [
        "  if x:",
        "      return xxxxxxxxxxx",
        "  xxxxxxxxxxx",
    ]


@pytest.mark.parametrize("width", [-3, 0, 1, 2, 3])
def test_absurd_widths_count_as_four(width: int) -> None:
    text = "学习 abcdefgh $\\frac{a}{b}$\n\n- x\n\n```\nabcdefgh\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert layout(text, width) == layout(text, 4)
    assert all(line_width(line) <= 4 for line in layout(text, width))


def test_layout_does_not_share_its_lists() -> None:
    layout("a", 10).clear()
    assert _texts("a", 10) == ["a"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"$\theta - \eta \frac{\hat m}{\sqrt{\hat v} + \epsilon}$", "theta - eta * m_hat / (sqrt(v_hat) + epsilon)"),
        ("**a** `b` \\$5", "a b $5"),
        ("- a\n- b\n  1. c", "- a\n- b\n  1. c"),
        ("| k | v |\n|--|--|\n| a | $x^2$ |", "k: a; v: x^2"),
        ("a\n\n$$x$$\n\nb", "a\n\nx\n\nb"),
        ("```py\nx = 1\n```", "x = 1"),
    ],
)
def test_plain(text: str, words: str) -> None:
    assert plain(text) == words


@given(_MIXED, st.integers(12, 60))
def test_plain_fits_and_draws_nothing(parts: list[str], width: int) -> None:
    words = plain(" ".join(parts), width)
    assert all(cell_width(line) <= width for line in words.split("\n"))
    assert not any(0x2300 <= ord(character) < 0x2600 for character in words)
