"""What things are called in Anki: stable identities of notes, places in the tree of decks, tags."""

from hashlib import sha256

from quizapp.exporting.base import ExportDeck, ExportItem, ExportQuestion, Selection
from quizapp.text import Language

NAMESPACE = "quizapp"
_BASE91 = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_`{|}~"
# Two digits at a time take half the divisions.
_PAIRS = tuple(first + second for first in _BASE91 for second in _BASE91)


def guid(*identity: str) -> str:
    """Return the identity of a note: the first 64 bits of a SHA-256 in base 91, as Anki writes its own."""
    number = int.from_bytes(sha256("__".join((NAMESPACE, *identity)).encode()).digest()[:8], "big")
    digits: list[str] = []
    while number:
        number, digit = divmod(number, len(_PAIRS))
        digits.append(_PAIRS[digit])
    return "".join(reversed(digits)).lstrip(_BASE91[0])


def note_guid(item: ExportItem, question: ExportQuestion) -> str:
    """Return the identity of a question's note: its words and numbers may change, its names never do."""
    seed = () if question.drawn is None else (str(question.drawn.seed),)
    return guid(item.deck, item.slug, *seed)


def note_name(item: ExportItem, question: ExportQuestion) -> str:
    """Return what a note is called: its item, and which variant of it."""
    return item.identity if question.drawn is None else f"{item.identity}#{question.drawn.seed}"


def deck_name(deck: ExportDeck, selection: Selection) -> str:
    """Return where a deck stands in Anki's tree."""
    language: Language = "zh" if selection.display == "zh" else "en"
    parts = (selection.title, deck.area_title.in_language(language), deck.title.in_language(language))
    return "::".join(" ".join(part.replace("::", " ").replace('"', "'").split()) or "–" for part in parts)


def deck_tree(selection: Selection) -> tuple[dict[int, str], dict[str, int]]:
    """Return the names of all decks and their parents by number, and each deck's number by its id."""
    names = {deck.id: deck_name(deck, selection) for deck in selection.decks}
    numbers: dict[str, int] = {}
    for name in names.values():
        parts = name.split("::")
        for depth in range(1, len(parts) + 1):
            _number("::".join(parts[:depth]), numbers)
    return {number: name for name, number in numbers.items()}, {deck: numbers[name] for deck, name in names.items()}


def _number(name: str, numbers: dict[str, int]) -> None:
    # In the range that Anki's own ids of decks have never used for anything else.
    number = 2**30 + int.from_bytes(sha256(name.encode()).digest()[:4], "big") % 2**30
    while number in numbers.values() and name not in numbers:
        number += 1
    numbers.setdefault(name, number)


def tags(deck: ExportDeck, item: ExportItem, question: ExportQuestion) -> str:
    """Return the tags of a note, separated by spaces."""
    found = [f"area::{deck.area}", f"deck::{deck.id}"]
    found += [f"topic::{topic}" for topic in item.topics]
    found += [f"errata::{erratum}" for erratum in item.errata]
    found += item.tags
    if question.drawn is not None:
        drawn = question.drawn
        found += [f"skill::{drawn.skill}", f"level::{drawn.level}", f"seed::{drawn.seed}"]
    return " ".join("_".join(tag.split()) for tag in found)
