"""Properties that every right result has: they describe a wrong one better than a number does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Probes = tuple[Mapping[str, Any], ...]


def _no_probes(args: Mapping[str, Any]) -> Probes:
    return ()


@dataclass(frozen=True, slots=True)
class Law:
    """One property.

    Parameters
    ----------
    slug : str
        Its name; the words live in the application.
    holds : callable
        ``holds(args, value, probed)``: the arguments, what the function returned for them, and what it returned for
        each probe. It may raise for a value of the wrong form: then nothing is said.
    probes : callable
        Further arguments to call the function with.
    """

    slug: str
    holds: Callable[[Mapping[str, Any], Any, tuple[Any, ...]], bool]
    probes: Callable[[Mapping[str, Any]], Probes] = _no_probes


def _part(value: Any, index: int | None) -> np.ndarray:
    return np.asarray(value if index is None else value[index], dtype=float)


def sums_to_one(axis: str | int = -1, part: int | None = None, *, or_zero: bool = False) -> Law:
    """Entries along an axis (or along the argument that names it) add up to 1.

    Parameters
    ----------
    axis : str or int
        The axis, or the argument that says which.
    part : int, optional
        Which part of a returned tuple.
    or_zero : bool
        Whether they may add up to 0 as well.
    """

    def holds(args: Mapping[str, Any], value: Any, probed: tuple[Any, ...]) -> bool:
        along = args.get(axis, -1) if isinstance(axis, str) else axis
        total = _part(value, part).sum(axis=along)
        fits = np.isclose(total, 1.0, rtol=1e-4)
        return bool(np.all(fits | (total == 0) if or_zero else fits))

    return Law("sums-to-one", holds)


def within(lowest: float, highest: float, part: int | None = None) -> Law:
    """Every entry lies between two bounds."""

    def holds(args: Mapping[str, Any], value: Any, probed: tuple[Any, ...]) -> bool:
        entries = _part(value, part)
        return bool(np.all((entries >= lowest - 1e-9) & (entries <= highest + 1e-9)))

    return Law("non-negative" if highest == np.inf and lowest == 0 else "within-bounds", holds)


def permutation_equivariant(arguments: Mapping[str, int], part: int | None = None, axis: int = 0) -> Law:
    """Reversing the order of the samples only reverses the order of the results.

    Parameters
    ----------
    arguments : mapping of str to int
        The arguments to reverse, each with its axis.
    part : int, optional
        Which part of a returned tuple.
    axis : int
        The axis of the result.
    """

    def probes(args: Mapping[str, Any]) -> Probes:
        return ({**args, **{name: np.flip(args[name], where).copy() for name, where in arguments.items()}},)

    def holds(args: Mapping[str, Any], value: Any, probed: tuple[Any, ...]) -> bool:
        return bool(np.allclose(np.flip(_part(probed[0], part), axis), _part(value, part), rtol=1e-6, equal_nan=True))

    return Law("permutation-equivariant", holds, probes)


def unchanged_by(argument: str, change: Callable[[Any], Any], slug: str, part: int | None = None) -> Law:
    """Let an argument be changed in a given way: nothing else changes."""

    def probes(args: Mapping[str, Any]) -> Probes:
        return ({**args, argument: change(args[argument])},)

    def holds(args: Mapping[str, Any], value: Any, probed: tuple[Any, ...]) -> bool:
        return bool(np.allclose(_part(probed[0], part), _part(value, part), rtol=1e-5, atol=1e-8, equal_nan=True))

    return Law(slug, holds, probes)


def gradient_of_own_loss(argument: str, loss: int, gradient: int, step: float = 1e-5) -> Law:
    """Compare the returned gradient with the numerical one of the returned loss.

    Parameters
    ----------
    argument : str
        What the gradient is taken with respect to.
    loss, gradient : int
        Which parts of the returned tuple.
    step : float
        Half the distance of the central differences.
    """

    def probes(args: Mapping[str, Any]) -> Probes:
        centre = np.asarray(args[argument], dtype=float)
        moved = []
        for index in np.ndindex(centre.shape):
            for sign in (1.0, -1.0):
                point = centre.copy()
                point[index] += sign * step
                moved.append({**args, argument: point})
        return tuple(moved)

    def holds(args: Mapping[str, Any], value: Any, probed: tuple[Any, ...]) -> bool:
        losses = np.array([float(result[loss]) for result in probed])
        given = _part(value, gradient)
        numerical = (losses[0::2] - losses[1::2]).reshape(given.shape) / (2.0 * step)
        scale = float(np.max(np.abs(numerical), initial=1e-3))
        return bool(np.allclose(given, numerical, rtol=1e-3, atol=1e-3 * scale))

    return Law("gradient-matches-loss", holds, probes)
