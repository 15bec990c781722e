"""The elements of Moodle XML as text. Everything that varies stands in CDATA, so that people can read the file."""

import re
from base64 import b64encode
from xml.sax.saxutils import escape, quoteattr

# XML 1.0 has no way at all to write these characters.
_UNSTORABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

FRACTIONS = (
    *(0, 100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5),
    *(11.11111, 10, 5),
)
"""What Moodle lets an answer be worth, in percent; the same below zero."""


def storable(text: str) -> str:
    """Return text without what XML can't hold."""
    return _UNSTORABLE.sub(" ", text)


def text(words: str) -> str:
    """Return a ``text`` element."""
    if not words:
        return "<text></text>"
    if not re.search("[&<>]", words):
        return f"<text>{storable(words)}</text>"
    return f"<text><![CDATA[{storable(words).replace(']]>', ']]]]><![CDATA[>')}]]></text>"


def html_element(name: str, content: str, files: str = "") -> str:
    """Return an element with HTML in it."""
    return f'<{name} format="html">{text(content)}{files}</{name}>'


def plain_element(name: str, content: str | float) -> str:
    """Return an element with a value in it."""
    return f"<{name}>{escape(storable(str(content)))}</{name}>"


def answer(words: str, fraction: str, feedback: str = "", inside: str = "", *, plain: bool = False) -> str:
    """Return an ``answer`` element.

    Parameters
    ----------
    words : str
    fraction : str
        Percent.
    feedback : str
        HTML.
    inside : str
        Further elements.
    plain : bool
        Whether the words are typed text instead of HTML.
    """
    style = "plain_text" if plain else "html"
    return (
        f'<answer fraction="{fraction}" format="{style}">{text(words)}{inside}'
        f"{html_element('feedback', feedback)}</answer>"
    )


def percent(share: float) -> str:
    """Return the legal fraction that is nearest to a share of 1."""
    wanted = abs(share) * 100
    nearest = min(FRACTIONS, key=lambda legal: abs(legal - wanted))
    return (
        f"{'-' if share < 0 and nearest else ''}{nearest:g}" if nearest == int(nearest) else _decimals(share, nearest)
    )


def _decimals(share: float, nearest: float) -> str:
    # ``g`` would round 33.33333, which Moodle compares digit by digit.
    return f"{'-' if share < 0 else ''}{nearest!r}"


def file(name: str, content: bytes) -> str:
    """Return a file that comes along."""
    encoded = b64encode(content).decode("ascii")
    return f'<file name={quoteattr(name)} path="/" encoding="base64">{encoded}</file>'


def category(path: tuple[str, ...]) -> str:
    """Return the element that opens a category; a slash inside a name is doubled."""
    names = "/".join(name.replace("/", "//") for name in path)
    return f'<question type="category"><category>{text(f"$course$/top/{names}")}</category></question>'
