"""Which decks wait for others."""

from collections.abc import Collection, Mapping

OPENING_SHARE = 0.5
"""A deck's new items wait until this share of every deck it requires has been seen."""


def missing_requirements(
    deck: str, requires: Collection[str], seen: Mapping[str, int], total: Mapping[str, int]
) -> tuple[str, ...]:
    """Return the decks that hold back a deck's new items; none once it has been begun itself.

    Parameters
    ----------
    deck : str
    requires : collection of str
        Decks it builds on; one without items holds nothing back.
    seen, total : mapping of str to int
        Items seen, and items there are, by deck.
    """
    if seen.get(deck, 0) > 0:
        return ()
    return tuple(needed for needed in requires if seen.get(needed, 0) < OPENING_SHARE * total.get(needed, 0))
