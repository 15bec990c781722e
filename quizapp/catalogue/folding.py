"""How text is compared in a search."""

import unicodedata


def folded(text: str) -> str:
    """Return text as it is searched: upper and lower case make no difference."""
    return text.casefold()


def spellings(term: str) -> tuple[str, str]:
    """Return what a searched term may look like in folded text: as typed, and with full-width letters made plain."""
    return folded(term), folded(unicodedata.normalize("NFKC", term))
