"""A list of items as lines."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import overload

from quizapp.catalogue.entries import ItemEntry
from quizapp.i18n import screens as say
from quizapp.text import Display, Text, same
from quizapp.tui.present.content import short
from quizapp.tui.present.line import Line, Part, Tone, cell

DECK_CELLS = 28
TYPE_CELLS = 9


class ItemRows(Sequence[Line]):
    """One row per item: deck and type by their names, and how its question begins; drawn when it is looked at."""

    def __init__(
        self,
        items: Sequence[ItemEntry],
        cursor: int,
        display: Display,
        width: int,
        suspended: AbstractSet[str] = frozenset(),
        decks: Mapping[str, Text] = MappingProxyType({}),
    ) -> None:
        self._items = items
        self._suspended = suspended
        self._decks = decks
        self._cursor = cursor
        self._display: Display = display
        self._room = max(10, width - DECK_CELLS - TYPE_CELLS - 4)

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...

    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        if isinstance(index, slice):
            return [self._row(row) for row in range(*index.indices(len(self)))]
        return self._row(index)

    def _row(self, index: int) -> Line:
        item, here = self._items[index], index == self._cursor
        deck = short(self._decks.get(item.deck, same(item.deck)), self._display)
        kind = short(say.TYPES.get(item.type, same(item.type)), self._display)
        title = short(item.title, self._display)
        if item.id in self._suspended:
            title = short(say.SUSPENDED_ITEM, self._display) + " " + title
        return (
            Part(" ▸ " if here else "   ", Tone.ACCENT),
            Part(cell(deck, DECK_CELLS - 1) + " ", Tone.BRIGHT if here else Tone.PLAIN, f"screen.point({index})"),
            Part(cell(kind, TYPE_CELLS), Tone.DIM),
            Part(cell(title, self._room), Tone.BRIGHT if here else Tone.PLAIN),
        )
