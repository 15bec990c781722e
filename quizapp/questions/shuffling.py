"""The order in which options are shown: fixed by item and seed, so that a question comes back as it was asked."""

from random import Random


def rng(item: str, seed: int) -> Random:
    """Return the generator of one showing; a string seed makes it the same in every process and on every system."""
    return Random(f"{item}:{seed}")  # noqa: S311 - shuffles options, guards nothing


def shuffled(count: int, item: str, seed: int) -> tuple[int, ...]:
    """Return the indices ``0 … count - 1`` in the order of one showing."""
    order = list(range(count))
    rng(item, seed).shuffle(order)
    return tuple(order)


def deranged(count: int, item: str, seed: int) -> tuple[int, ...]:
    """Return a shuffle that is not the original order, which would give the solution away."""
    order = shuffled(count, item, seed)
    return order if order != tuple(range(count)) else (*order[1:], order[0])
