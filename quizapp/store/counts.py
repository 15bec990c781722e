"""What the first screen asks of the store; apart from the records, which it does not need."""

from typing import NamedTuple


class DeckCounts(NamedTuple):
    """How a deck stands: items seen at all, reviews due today, learning steps due now. Suspended ones aren't due."""

    seen: int
    due: int
    learning: int


class DayCounts(NamedTuple):
    """Answers of one study day that count, by what the item was before: new, in steps, in review."""

    new: int
    learning: int
    review: int
