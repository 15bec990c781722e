import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.importing.html_text import markdown, tex_delimiters
from quizapp.markup.parse import parse, problems
from quizapp.markup.plain import plain


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<br>b<div>c</div>", "a\\\nb\\\nc"),
        ("a<br><br>b", "a\n\nb"),
        ("<p>x</p><p>y</p>", "x\n\ny"),
        (r"\(\frac{a}{b}&lt;2\)3", r"$\frac{a}{b}<2$ 3"),
        (r"\(a<br>b\) <b>\(c\)</b>", "$a b$ **$c$**"),
        ("\\[ a\n b\\]", "$$a b$$"),
        ('<anki-mathjax block="true">x^2</anki-mathjax> <anki-mathjax>y</anki-mathjax>', "$$x^2$$ $y$"),
        ("[$]z[/$] [latex]w[/latex]", "$z$ $w$"),
        ("<ul><li>one</li><li>two <b>x</b><ul><li>in</li></ul></li></ul>after", "- one\n- two **x**\n   - in\n\nafter"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<pre>a\n\n  b</pre>z", "```\na\n\n  b\n```\n\nz"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1|</td></tr></table>", "| a | b |\n| --- | --- |\n| 1\\| |  |"),
        ("x<sup>2</sup> H<sub>2</sub>O e<sup>ab</sup>", "x² H₂O e^(ab)"),
        ("<b> bold </b>word<i></i>", "**bold** word"),
        ("2 * 3 $5 `x` \\ y", "2 \\* 3 \\$5 \\`x\\` \\\\ y"),
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("&#61;1+1 &lt;b&gt; &amp;amp;", "=1+1 <b> &amp;"),
        ("<code>a*b</code>", "`a*b`"),
        ("<img src=x.png onerror=alert(1)>[sound:a.mp3]", "(image: x.png)(sound: a.mp3)"),
    ],
)
def test_html_becomes_markdown(html: str, expected: str) -> None:
    assert markdown(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "a<script>alert(1)</script>b",
        "a<SCRIPT src=x></SCRIPT>b",
        "a<style>p{}</style>b",
        "a<iframe src='javascript:1'>x</iframe>b",
        "a<svg onload=alert(1)><script>1</script></svg>b",
        "<div onclick='alert(1)'>ab</div>",
        "a<!-- alert -->b",
    ],
)
def test_what_could_run_is_dropped(html: str) -> None:
    assert markdown(html) == "ab"


def test_an_unclosed_script_takes_the_rest_with_it() -> None:
    assert markdown("before<script>alert(1)") == "before"


@given(st.text(st.sampled_from("ab 12<>&;*`$\\|#-.\n字😀()[]{}_=~"), max_size=40))
def test_words_survive_as_words(text: str) -> None:
    from html import escape

    if "\\(" in text or "\\[" in text:
        return
    found = markdown(escape(text))
    assert problems(found) == []
    assert "".join(plain(found).split()) == "".join(text.split())


@given(st.text(max_size=200))
def test_any_html_is_read_and_shown(html: str) -> None:
    parse(markdown(html))


def test_plain_text_keeps_its_dollars() -> None:
    assert tex_delimiters(r"\(x\) and $y$ and \[z\]") == "$x$ and $y$ and $$z$$"
