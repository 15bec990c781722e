"""How text is compared in a search."""

import unicodedata


def folded(text: str) -> str:
    """Return text as it is searched: full width, case and composed forms make no difference."""
    return unicodedata.normalize("NFKC", text).casefold()
