"""Characters that mean the same: what Chinese input methods, word processors and copied formulas put for ASCII.

Every character maps to exactly one other, so that a position in the plain text is the same position in the typed one.
"""

_SAME = {
    "-": "−–—‐‑‒―﹣⁃",
    "*": "×·⋅∙•∗✕✖⨯・",
    "/": "÷∕⁄",
    "=": "﹦",
    "≈": "≃≅≒≐",
    ".": "。｡",
    ",": "﹐",
    ":": "∶",
    "%": "﹪",
    "[": "【〔",
    "]": "】〕",
    "(": "⟨",
    ")": "⟩",
    "'": "‘’",
    '"': "“”„",
    "e": "ℯ",
    " ": "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u202f\u205f\u2060\u3000\ufeff",
}

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
FRACTIONS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TABLE = _FULL_WIDTH | {ord(variant): ord(plain) for plain, variants in _SAME.items() for variant in variants}
_SUPERSCRIPT_TABLE = str.maketrans(SUPERSCRIPTS + "⁺⁻", "0123456789+-")


def plain_text(text: str) -> str:
    """Replace full-width and typographic characters by their ASCII equals, one for one."""
    return text.replace("\t", " ") if text.isascii() else text.translate(_TABLE)


def superscript_integer(text: str) -> int:
    """Read raised digits: ``"⁻⁴"`` is -4."""
    return int(text.translate(_SUPERSCRIPT_TABLE))
