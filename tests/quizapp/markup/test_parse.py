"""The Markdown subset, above all its dollars."""

import pytest

from quizapp.markup.nodes import (
    Break,
    Bullets,
    Code,
    CodeBlock,
    Heading,
    Inline,
    Math,
    MathBlock,
    Paragraph,
    Plain,
    Styled,
    Table,
)
from quizapp.markup.parse import parse, problems
from quizapp.markup.plain import plain


def _same(got: object, wanted: object) -> bool:
    """Compare with the kinds of the nodes, which ``==`` on tuples leaves out."""
    return repr(got) == repr(wanted)


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("a **b** c", (Plain("a "), Styled("bold", (Plain("b"),)), Plain(" c"))),
        ("*b*", (Styled("italic", (Plain("b"),)),)),
        ("**a *b* c**", (Styled("bold", (Plain("a "), Styled("italic", (Plain("b"),)), Plain(" c"))),)),
        ("中**粗**文", (Plain("中"), Styled("bold", (Plain("粗"),)), Plain("文"))),
        ("`a*b*c`", (Code("a*b*c"),)),
        ("`` a`b ``", (Code("a`b"),)),
        ("3*11*11*96", (Plain("3*11*11*96"),)),
        ("2 * 3 * 4", (Plain("2 * 3 * 4"),)),
        ("**open", (Plain("**open"),)),
        ("$x_i$", (Math("x_i"),)),
        ("**$x$**", (Styled("bold", (Math("x"),)),)),
        ("$a*b*c$", (Math("a*b*c"),)),
        (r"\$x\$", (Plain("$x$"),)),
        (r"\*a\*", (Plain("*a*"),)),
        (r"$a \$ b$", (Math(r"a \$ b"),)),
        ("$5", (Plain("$5"),)),
        ("from $5 to $6", (Plain("from $5 to $6"),)),
        ("$20,000 and USD$30,000", (Plain("$20,000 and USD$30,000"),)),
        ("$ x$", (Plain("$ x$"),)),
        ("$x $", (Plain("$x $"),)),
        ("$x$5", (Plain("$x$5"),)),
        ("$2x$", (Math("2x"),)),
        ("pay $5, then $x$", (Plain("pay $5, then "), Math("x"))),
        ("`$x$`", (Code("$x$"),)),
        ("a  \nb", (Plain("a"), Break(), Plain("b"))),
        ("a\nb", (Plain("a b"),)),
        ("学\n习", (Plain("学习"),)),
    ],
)
def test_inline(text: str, children: tuple[Inline, ...]) -> None:
    assert _same(parse(text), (Paragraph(children),))


def test_displayed_formula_is_a_block_of_its_own() -> None:
    wanted = (Paragraph((Plain("Before"),)), MathBlock(r"\frac{a}{b}"), Paragraph((Plain("after."),)))
    assert _same(parse("Before $$\\frac{a}{b}$$ after."), wanted)
    assert _same(parse("Before\n\n$$\n\\frac{a}{b}\n$$\n\nafter."), wanted)


def test_lists() -> None:
    nested = Bullets(((Paragraph((Plain("c"),)),),))
    wanted = Bullets(((Paragraph((Plain("a"),)),), (Paragraph((Plain("b"),)), nested)))
    assert _same(parse("- a\n- b\n  - c"), (wanted,))
    numbered = Bullets(((Paragraph((Plain("a"),)),), (Paragraph((Plain("b"),)),)), (3, 4))
    assert _same(parse("3. a\n4. b"), (numbered,))
    assert _same(parse("3. a\n3. b"), (numbered,))
    assert _same(parse("in\n1986. That year"), (Paragraph((Plain("in 1986. That year"),)),))


@pytest.mark.parametrize(
    ("text", "numbers"), [("2. a\n3. b\n5. c", (2, 3, 5)), ("1. a\n1. b\n1. c", (1, 2, 3)), ("4. a\n2. b", (4, 5))]
)
def test_numbers_may_leave_some_out_but_rise(text: str, numbers: tuple[int, ...]) -> None:
    (found,) = parse(text)
    assert isinstance(found, Bullets)
    assert found.numbers == numbers
    assert [row.split(".")[0] for row in plain(text).split("\n")] == [str(number) for number in numbers]


def test_code_keeps_its_text() -> None:
    source = "def f(x):\n\n    return '$x$ **no**'"
    assert _same(parse(f"```python\n{source}\n```"), (CodeBlock(source, "python"),))
    assert _same(parse(f"```\n{source}"), (CodeBlock(source),))


def test_headings() -> None:
    assert _same(parse("## A $x$\ntext"), (Heading(2, (Plain("A "), Math("x"))), Paragraph((Plain("text"),))))


def test_table_cells_may_hold_bars_in_formulas_and_code() -> None:
    got = parse("| a | b |\n|:-:|--:|\n| $p(x|y)$ | `a|b` |\n| \\| |")
    rows = (((Math("p(x|y)"),), (Code("a|b"),)), ((Plain("|"),), ()))
    assert _same(got, (Table(((Plain("a"),), (Plain("b"),)), rows, ("center", "right")),))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$x$ and $$y$$", []),
        ("costs $5 and $6", []),
        ("costs $5k", []),
        (r"costs \$x", []),
        ("`$x`", []),
        ("```\n$x\n```", []),
        ("a $x b", [(2, "unclosed-formula")]),
        ("$2x + 1", [(0, "unclosed-formula")]),
        ("a $$x", [(2, "unclosed-formula")]),
        ("$x\n\ny$", [(0, "unclosed-formula")]),
        (r"好 $\foo$ 。", [(2, "formula-does-not-render")]),
        ("$a = 学$", [(0, "chinese-in-formula")]),
        (r"$a = \text{学}$", []),
        (r"$\frac{a}$ $学$", [(0, "formula-does-not-render"), (11, "chinese-in-formula")]),
    ],
)
def test_problems(text: str, found: list[tuple[int, str]]) -> None:
    assert problems(text) == found
