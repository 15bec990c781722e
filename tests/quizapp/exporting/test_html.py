r"""Content as HTML: what a page shows is what was written, and formulas are found by MathJax and nothing else is."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.exporting.html import html, parsed
from quizapp.paths import shipped_content


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", "plain words"),
        (" spaced ", "spaced"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("**bold** and *italic* and `a < b`", "<b>bold</b> and <i>italic</i> and <code>a &lt; b</code>"),
        ("$x_i < 1$", r"\(x_i &lt; 1\)"),
        ("with $x$, too", r'with <span class="n">\(x\),</span> too'),
        ("**a** $x$。b", r'<b>a</b> <span class="n">\(x\)。</span>b'),
        ("$5 and $6", "$5 and $6"),
        ("$$y$$", r"\[y\]"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("2. a\n3. b\n5. c", '<ol start="2"><li>a</li><li>b</li><li value="5">c</li></ol>'),
        ("- a\n\n  more\n- b", "<ul><li>a<p>more</p></li><li>b</li></ul>"),
        ("# Title", "<h3>Title</h3>"),
        ("```\na\n  b<c\n```", "<pre><code>a\n  b&lt;c</code></pre>"),
        (
            "| a | b |\n|---|--:|\n| 1 | $2$ |",
            '<table><thead><tr><th>a</th><th style="text-align: right">b</th></tr></thead><tbody><tr><td>1</td>'
            '<td style="text-align: right">\\(2\\)</td></tr></tbody></table>',
        ),
        ("line  \nbreak", "line<br>break"),
        (r"`\(x\)`", r"<code>\<span></span>(x\<span></span>)</code>"),
        ("`[sound:a.mp3]` `[$]`", "<code>&#91;sound:a.mp3]</code> <code>&#91;$]</code>"),
        (r"`\begin{x}`", r"<code>\<span></span>begin{x}</code>"),
        ("a\x00b\x1fc\ud800d", "a b c d"),
        ("", ""),
        ("中文与\n换行", "中文与换行"),
        ("1. x", "<ol><li>x</li></ol>"),
        ("-1 is less", "-1 is less"),
        ("1.5 is more", "1.5 is more"),
    ],
)
def test_texts(text: str, expected: str) -> None:
    assert html(text) == expected


class Shown(HTMLParser):
    """Collects what a page shows, and the names of all tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.feed(page)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


OURS = {"p", "b", "i", "code", "pre", "br", "ul", "ol", "li", "span", "table", "thead", "tbody", "tr", "th", "td"}


@given(st.text(alphabet=st.sampled_from("ab<>&\"'=+-@[]{}()\\/!;#$ \n*_`|中🙂"), max_size=60))
def test_no_text_makes_other_tags_than_ours(text: str) -> None:
    shown = Shown(html(text))
    assert set(shown.tags) <= OURS | {f"h{level}" for level in range(1, 7)}


@given(
    st.text(
        alphabet=st.characters(exclude_characters="\\`*_$#|~\n\t", exclude_categories=["Cc", "Cs", "Zs"]), min_size=1
    )
)
def test_text_without_marks_is_shown_as_it_is(text: str) -> None:
    shown = Shown(html(text))
    if not {"li", "ul", "ol"} & set(shown.tags):
        assert shown.text.split() == text.split()


PIECES = (
    "a",
    "中",
    " ",
    "$",
    "\\$",
    "x_1",
    "\\frac{1}{2}",
    ",",
    "。",
    "5",
    "-",
    "1. ",
    "+ ",
    "$$",
    "<",
    "{",
    "}",
    "  ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_short_way_for_simple_lines_leads_to_the_same(text: str) -> None:
    assert html(text) == parsed(text)


def test_the_short_way_leads_to_the_same_for_all_content() -> None:
    for path in shipped_content().rglob("*.yaml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = line.partition(": ")[2].strip("\"'")
            assert html(text) == parsed(text), text
