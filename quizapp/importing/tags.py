"""Tags of other programs as tags of our own."""

import re
from unicodedata import normalize

LONGEST = 80
MOST_TAGS = 20


def slug(text: str, longest: int = LONGEST) -> str:
    """Return text as lower-case words joined by hyphens; empty if no letter of it is Latin."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")


def tag_slugs(text: str) -> tuple[str, ...]:
    """Return the tags in a list separated by spaces, each once; those without a Latin letter are dropped."""
    found = (slug(tag.replace("::", "-")) for tag in text.split())
    return tuple(dict.fromkeys(tag for tag in found if tag))[:MOST_TAGS]
