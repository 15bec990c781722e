"""Where things stand in a YAML file: a tree of marks that mirrors the data."""

from collections.abc import Sequence
from typing import Any, Union

Place = tuple[int, int]
FieldPath = tuple[str | int, ...]
Mark = Any  # yaml's Mark, from C or Python: index, line and column from 0


class Branch:
    """The marks of a mapping or list: its start, those of its keys and of its children."""

    __slots__ = ("children", "keys", "mark")

    def __init__(self, mark: Mark, keys: dict[str, Mark] | None, children: Any) -> None:
        self.mark = mark
        self.keys = keys
        self.children = children


Places = Union[Branch, Mark, None]  # noqa: UP007 -- Mark is Any at run time


def child(places: Places, part: str | int) -> Places:
    """Return the places of one child, None if there is none."""
    if not isinstance(places, Branch):
        return None
    if places.keys is not None:
        return places.children.get(part)
    if isinstance(part, int) and 0 <= part < len(places.children):
        return places.children[part]
    return None


def descend(places: Places, path: Sequence[str | int], *, key: bool = False) -> Mark | None:
    """Return the mark of what a path leads to, or of the last thing on the way that exists.

    With ``key``, the mark of the last name instead of its value.
    """
    last = places
    mark = places.mark if isinstance(places, Branch) else places
    for part in path:
        below = child(last, part)
        if below is None:
            break
        names = last.keys if isinstance(last, Branch) else None
        value_mark = below.mark if isinstance(below, Branch) else below
        mark = names[part] if key and names is not None and isinstance(part, str) else value_mark
        last = below
    return mark
