"""Lloyd's k-means from given centroids; labels and inertia belong to the centroids that are returned.

Cases are drawn until every assignment is either clear or an exact tie of dyadic numbers: no rounding decides.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.ops.clustering import kmeans, squared_distances
from engine.rules import Rules

GAP = 1e-6


def _nearest(X: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    nearest: np.ndarray = squared_distances(X, centroids).argmin(axis=1)
    return nearest


def _inertia(X: np.ndarray, centroids: np.ndarray, labels: np.ndarray) -> float:
    return float(((X - centroids[labels]) ** 2).sum())


def _nan_empty(X: np.ndarray, init: np.ndarray, max_iter: int = 100) -> Any:
    centroids = init.copy()
    labels = _nearest(X, centroids)
    for _ in range(max_iter):
        centroids = np.stack([X[labels == k].mean(axis=0) for k in range(len(centroids))])
        before, labels = labels, _nearest(X, centroids)
        if (labels == before).all():
            break
    return labels, centroids, float(squared_distances(X, centroids).min(axis=1).sum())


def _nan_empty_own_inertia(X: np.ndarray, init: np.ndarray, max_iter: int = 100) -> Any:
    labels, centroids, _ = _nan_empty(X, init, max_iter)
    return labels, centroids, _inertia(X, centroids, labels)


def _stale(X: np.ndarray, init: np.ndarray, max_iter: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the labels before the last update, and its centroids."""
    _, centroids, _ = kmeans(X, init, max_iter)
    if max_iter > 1 and np.array_equal(kmeans(X, init, max_iter - 1)[1], centroids):
        return _nearest(X, centroids), centroids
    before = kmeans(X, init, max_iter - 1)[1] if max_iter > 1 else init
    return _nearest(X, before), centroids


def _stale_labels(X: np.ndarray, init: np.ndarray, max_iter: int = 100) -> Any:
    labels, centroids = _stale(X, init, max_iter)
    return labels, centroids, _inertia(X, centroids, labels)


def _stale_labels_new_inertia(X: np.ndarray, init: np.ndarray, max_iter: int = 100) -> Any:
    return _stale(X, init, max_iter)[0], *kmeans(X, init, max_iter)[1:]


def _mutates_init(X: np.ndarray, init: np.ndarray, max_iter: int = 100) -> Any:
    labels, init[:], inertia = kmeans(X, init, max_iter)
    return labels, init, inertia


def _blocks(X: np.ndarray, centroids: np.ndarray) -> Any:
    return np.abs(X[:, None] - centroids[None]).sum(axis=-1)


def _city_block(X: np.ndarray, init: np.ndarray, max_iter: int = 100) -> Any:
    centroids = init.copy()
    labels = _blocks(X, centroids).argmin(axis=1)
    for _ in range(max_iter):
        for k in np.unique(labels):
            centroids[k] = X[labels == k].mean(axis=0)
        before, labels = labels, _blocks(X, centroids).argmin(axis=1)
        if (labels == before).all():
            break
    return labels, centroids, _inertia(X, centroids, labels)


def _city_block_inertia(X: np.ndarray, init: np.ndarray, max_iter: int = 100) -> Any:
    labels, centroids, _ = _city_block(X, init, max_iter)
    return labels, centroids, float(_blocks(X, centroids).min(axis=1).sum())


def _is_clear(X: np.ndarray, init: np.ndarray, max_iter: int, *, ties: bool = False) -> bool:
    """Tell whether rounding decides no assignment on the way, in either metric; exact ties may be allowed."""
    for steps in range(max_iter + 1):
        _, centroids, _ = kmeans(X, init, steps)
        for distances in (squared_distances(X, centroids), _blocks(X, centroids)):
            ordered = np.sort(distances, axis=1)
            gaps = ordered[:, 1:2] - ordered[:, :1]
            if np.any((gaps < GAP) & ((gaps > 0) | (not ties))):
                return False
    return True


def _blobs(rng: np.random.Generator, n: int, d: int, k: int, max_iter: int = 12) -> tuple[np.ndarray, np.ndarray]:
    while True:
        centres = rng.uniform(-4.0, 4.0, size=(k, d))
        X = centres[rng.integers(k, size=n)] + rng.normal(size=(n, d))
        init = X[rng.choice(n, size=k, replace=False)].copy()
        if _is_clear(X, init, max_iter):
            return X, init


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield a line of points first, then blobs and the edges."""
    line = np.array([[0.0], [1.0], [8.0], [9.0]])
    yield Case("four points on a line", {"X": line, "init": np.array([[0.0], [1.0]])})
    yield Case("max_iter=1", {"X": line, "init": np.array([[0.0], [1.0]]), "max_iter": 1})
    yield Case("K=1", {"X": np.array([[1.0, 2.0], [3.0, 6.0]]), "init": np.array([[9.0, 9.0]])})
    yield Case("an empty cluster", {"X": line, "init": np.array([[0.0], [100.0], [8.0]])})
    yield Case("duplicate points", {"X": np.repeat(line, 2, axis=0), "init": np.array([[0.0], [9.0]])})
    square = np.array([[0.0, 0.0], [2.0, 0.0], [4.0, 0.0], [4.0, 8.0]])
    yield Case("ties", {"X": square, "init": np.array([[0.0, 0.0], [4.0, 0.0]]), "max_iter": 1})
    same = np.array([[2.0, 0.0], [2.0, 0.0]])
    yield Case("two equal centroids", {"X": square, "init": same})
    for n, d, k in ((6, 2, 2), (12, 2, 3), (30, 3, 4), (60, 2, 5)):
        X, init = _blobs(rng, n, d, k)
        yield Case(f"{n} points, {k} clusters", {"X": X, "init": init})
    for n, d, k, steps in ((20, 2, 4, 1), (40, 2, 5, 2)):
        X, init = _blobs(rng, n, d, k)
        yield Case(f"{n} points, {k} clusters, max_iter={steps}", {"X": X, "init": init, "max_iter": steps})


def _fit(args: Args) -> Args | None:
    return args if _is_clear(args["X"], args["init"], min(12, args.get("max_iter", 12)), ties=True) else None


EXERCISE = Exercise(
    id="k-means",
    signature="def kmeans(X, init, max_iter=100):",
    shapes="X (N, D), init (K, D) -> labels (N,) int, centroids (K, D), inertia float",
    reference=kmeans,
    cases=cases,
    mutants={
        "nan-empty": (_nan_empty, _nan_empty_own_inertia),
        "stale-labels": (_stale_labels, _stale_labels_new_inertia),
        "mutates-init": _mutates_init,
        "city-block": (_city_block, _city_block_inertia),
    },
    outputs=("labels", "centroids", "inertia"),
    rules=Rules(loops=2, over="samples", whole=("X",)),
    single=True,
    dimensions={"X": "N D", "init": "K D"},
    fit=_fit,
)
