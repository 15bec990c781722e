"""How many terminal cells a text takes."""

from functools import lru_cache
from unicodedata import category, east_asian_width

# A joiner, a variation selector, a regional indicator or a skin tone makes several code points one glyph.
_JOINED = frozenset("\u200d\ufe0f\ufe0e\u20e3") | frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_CLUSTERING = _JOINED | _TONES


@lru_cache(maxsize=4096)
def character_width(character: str) -> int:
    """Return the cells of one code point: 0 for combining marks and controls, 2 for wide ones, else 1.

    Ambiguous characters (Greek, many operators) count 1, as terminals and Rich draw them.
    """
    if character in "\u0000\u00ad":
        return 0 if character == "\0" else 1
    kind = category(character)
    if kind in ("Mn", "Me", "Cc", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1


def cell_width(text: str) -> int:
    """Return how many cells ``text`` takes: hanzi and emoji 2, combining marks 0, Greek 1."""
    if text.isascii():
        return len(text) if text.isprintable() else sum(map(character_width, text))
    if not _CLUSTERING.isdisjoint(text):
        from rich.cells import cell_len  # knows grapheme clusters; too slow to import for texts without them

        return cell_len(text)
    return sum(map(character_width, text))


def clusters(text: str) -> list[str]:
    """Split into the units a cell can't be cut inside of: a character with its marks, a joined emoji."""
    found: list[str] = []
    joining = False
    for character in text:
        attached = character_width(character) == 0 or character in _JOINED or character in _TONES
        if found and (joining or attached) and character != "\n":
            found[-1] += character
        else:
            found.append(character)
        joining = character == "\u200d"
    return found


def pad(text: str, width: int) -> str:
    """Fill with spaces on the right up to ``width`` cells."""
    return text + " " * (width - cell_width(text))
