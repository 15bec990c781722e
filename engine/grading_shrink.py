"""Smaller inputs than a given one: axes of one name are cut together, numbers become rounder."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Exercise

DIGITS = (0, 1)
MOST_DROPPED = 8
"""Longest axis of which entries in the middle are left out one by one."""


def smaller(exercise: Exercise, args: Args) -> Iterator[Args]:
    """Yield simpler arguments that the task allows, the most drastic first."""
    for candidate in (*_cut(exercise, args), *_plainer(exercise, args), *_defaults(exercise, args)):
        try:
            fitted = exercise.fit(candidate)
        except (ValueError, IndexError, TypeError):
            continue
        if fitted is not None:
            yield fitted


def axes(exercise: Exercise, args: Args) -> dict[str, tuple[int, list[tuple[str, int]]]]:
    """Return each named axis with its length and the places (argument, axis) where it occurs."""
    found: dict[str, tuple[int, list[tuple[str, int]]]] = {}
    for argument, names in exercise.dimensions.items():
        value = args.get(argument)
        if not isinstance(value, np.ndarray | list):
            continue
        shape = np.shape(value) if isinstance(value, np.ndarray) else (len(value),)
        # Named from the end, so that leading batch axes need no name.
        for back, name in enumerate(reversed(names.split()), start=1):
            if not name[0].isupper() or back > len(shape):
                continue
            length, places = found.setdefault(name, (shape[-back], []))
            places.append((argument, -back))
            found[name] = (min(length, shape[-back]), places)
    return found


def _cut(exercise: Exercise, args: Args) -> Iterator[Args]:
    named = axes(exercise, args).values()
    for keep_of in (_one, _half, _all_but_one):
        for length, places in named:
            keep = keep_of(length)
            if 0 < keep < length:
                yield _taken(args, places, np.arange(keep))
                yield _taken(args, places, np.arange(length - keep, length))
    for length, places in named:
        if 2 < length <= MOST_DROPPED:
            for dropped in range(1, length - 1):
                yield _taken(args, places, np.delete(np.arange(length), dropped))


def _one(length: int) -> int:
    return 1


def _half(length: int) -> int:
    return length // 2


def _all_but_one(length: int) -> int:
    return length - 1


def _taken(args: Args, places: list[tuple[str, int]], kept: np.ndarray) -> Args:
    cut: dict[str, Any] = dict(args)
    for argument, axis in places:
        value = cut[argument]
        if isinstance(value, list):
            cut[argument] = [value[index] for index in kept]
        elif value.shape[axis] > 1:  # an axis of one is broadcast against the others
            cut[argument] = np.take(value, kept, axis=axis)
    return cut


def _plainer(exercise: Exercise, args: Args) -> Iterator[Args]:
    """Round numbers: all arrays at once, then one at a time."""
    arrays = [
        name
        for name in exercise.dimensions
        if isinstance(args.get(name), np.ndarray) and args[name].dtype.kind == "f" and args[name].size
    ]
    for digits in DIGITS:
        for names in (arrays, *([name] for name in arrays if len(arrays) > 1)):
            rounded = {name: np.round(args[name], digits) + 0.0 for name in names}
            if any(not np.array_equal(rounded[name], args[name]) for name in names):
                yield {**args, **rounded}


def _defaults(exercise: Exercise, args: Args) -> Iterator[Args]:
    for name in exercise.defaults:
        if name in args:
            yield {other: value for other, value in args.items() if other != name}
