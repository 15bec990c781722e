"""Split of a permutation into three index sets; sizes are floors that float noise can't lower."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.laws import Law
from engine.ops.training import train_val_test_split


def _cut(perm: np.ndarray, val: int, test: int) -> Any:
    return perm[val + test :], perm[:val], perm[val : val + test]


def _float_floor(n: int, val_ratio: float, test_ratio: float, perm: np.ndarray) -> Any:
    return _cut(perm, int(n * val_ratio), int(n * test_ratio))


def _rounded(n: int, val_ratio: float, test_ratio: float, perm: np.ndarray) -> Any:
    return _cut(perm, round(n * val_ratio), round(n * test_ratio))


def _overlap(n: int, val_ratio: float, test_ratio: float, perm: np.ndarray) -> Any:
    val, test = int(n * val_ratio + 1e-9), int(n * test_ratio + 1e-9)
    return perm[val + test :], perm[:val], perm[:test]


def _train_overlaps(n: int, val_ratio: float, test_ratio: float, perm: np.ndarray) -> Any:
    val, test = int(n * val_ratio + 1e-9), int(n * test_ratio + 1e-9)
    return perm[val:], perm[:val], perm[val : val + test]


def _of_remainder(n: int, val_ratio: float, test_ratio: float, perm: np.ndarray) -> Any:
    val = int(n * val_ratio + 1e-9)
    return _cut(perm, val, int((n - val) * test_ratio + 1e-9))


def _order(n: int, val_ratio: float, test_ratio: float, perm: np.ndarray) -> Any:
    val, test = int(n * val_ratio + 1e-9), int(n * test_ratio + 1e-9)
    train = n - val - test
    return perm[:train], perm[train : train + val], perm[train + val :]


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield five samples first, then other sizes and ratios, and the edges."""
    five = {"n": 5, "val_ratio": 0.2, "test_ratio": 0.4, "perm": np.array([4, 2, 0, 1, 3])}
    yield Case("five samples", five)
    for n, val, test in (
        (10, 0.2, 0.3),
        (17, 0.15, 0.25),
        (15, 0.1, 0.3),
        (100, 0.29, 0.1),
        (100, 0.1, 0.57),
        (200, 0.145, 0.07),
    ):
        args = {"n": n, "val_ratio": val, "test_ratio": test, "perm": rng.permutation(n)}
        yield Case(f"{n} samples, {val:g} and {test:g}", args)
    yield Case("n=1", {"n": 1, "val_ratio": 0.3, "test_ratio": 0.3, "perm": np.array([0])})
    yield Case("no validation", {"n": 8, "val_ratio": 0.0, "test_ratio": 0.25, "perm": rng.permutation(8)})
    yield Case("no test", {"n": 8, "val_ratio": 0.5, "test_ratio": 0.0, "perm": rng.permutation(8)})
    yield Case("nothing left to train", {"n": 6, "val_ratio": 0.5, "test_ratio": 0.5, "perm": rng.permutation(6)})


def _is_partition(args: Mapping[str, Any], value: Any, probed: tuple[Any, ...]) -> bool:
    return bool(np.array_equal(np.sort(np.concatenate([np.asarray(part) for part in value])), np.arange(args["n"])))


def _fit(args: Args) -> Args | None:
    perm = args["perm"]
    return {**args, "n": len(perm), "perm": np.argsort(np.argsort(perm))}


EXERCISE = Exercise(
    id="train-val-test-split",
    signature="def split(n, val_ratio, test_ratio, perm):",
    shapes="perm (n,) int -> train, val, test: index arrays",
    reference=train_val_test_split,
    cases=cases,
    mutants={
        "float-floor": _float_floor,
        "overlap": (_overlap, _train_overlaps),
        "of-remainder": _of_remainder,
        "rounded": _rounded,
        "train-first": _order,
    },
    outputs=("train", "val", "test"),
    laws=(Law("partition", _is_partition),),
    dimensions={"perm": "N"},
    fit=_fit,
)
