"""Vote of the k nearest neighbours.

Asked: one class. Convention: Euclidean distance, equal votes; nothing is tied.
Source: Cover, Hart, "Nearest neighbor pattern classification", 1967.
"""

from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from engine.answers.kinds import Choice
from engine.figure import Dot, Figure
from engine.ops.classical import knn_vote
from engine.skill import Params, Skill, Step

Array = NDArray[np.float64]
Ids = NDArray[np.int64]
Coordinates = tuple[Annotated[float, Field(ge=-1e6, le=1e6)], ...]

CLASSES = 3
GRID = 10
POINTS = 7
SHARE_WITH_TRAP = 0.7


def _nearest_only(points: Array, labels: Ids, query: Array, *, k: int) -> Any:
    return knn_vote(points, labels, query, k=1)


def _overall_majority(points: Array, labels: Ids, query: Array, *, k: int) -> Any:
    return knn_vote(points, labels, query, k=len(labels))


def _farthest(points: Array, labels: Ids, query: Array, *, k: int) -> Any:
    descending = np.argsort(-((points - query) ** 2).sum(axis=1), kind="stable")
    return np.bincount(labels[descending[:k]]).argmax()


def _votes(labels: list[int]) -> list[int]:
    return [labels.count(label) for label in range(CLASSES)]


def _winner(labels: list[int]) -> int | None:
    """Return the class with most votes, or None if two share the lead."""
    votes = _votes(labels)
    return votes.index(max(votes)) if votes.count(max(votes)) == 1 else None


class KnnVoteParams(Params):
    """Labelled points, the point to classify and how many neighbours vote."""

    points: tuple[Coordinates, ...] = Field(min_length=1, max_length=100)
    labels: tuple[Annotated[int, Field(ge=0, lt=CLASSES)], ...] = Field(min_length=1, max_length=100)
    query: Coordinates = Field(min_length=1, max_length=20)
    k: int = Field(ge=1)

    @model_validator(mode="after")
    def _nothing_is_tied(self) -> "KnnVoteParams":
        if len(self.labels) != len(self.points):
            raise ValueError(f"{len(self.points)} points need as many labels, got {len(self.labels)}")
        if any(len(point) != len(self.query) for point in self.points):
            raise ValueError("every point needs as many coordinates as the query")
        if self.k > len(self.points):
            raise ValueError(f"k = {self.k} exceeds the number of points, {len(self.points)}")
        ranked = self.ranked()
        if self.k < len(ranked) and ranked[self.k - 1][0] == ranked[self.k][0]:
            raise ValueError(f"points at the same distance compete for place {self.k}, so the neighbours are undefined")
        if _winner([label for _, label in ranked[: self.k]]) is None:
            raise ValueError("the vote is tied, so the class is undefined")
        return self

    def ranked(self) -> list[tuple[float, int]]:
        """Return squared distances with labels, nearest first."""
        squared = (sum((x - q) ** 2 for x, q in zip(point, self.query, strict=True)) for point in self.points)
        return sorted(zip(squared, self.labels, strict=True), key=lambda pair: pair[0])


class KnnVote(Skill[KnnVoteParams]):
    """Classify a point by the vote of its k nearest neighbours."""

    id = "knn-vote"
    answer = Choice(labels=tuple(str(label) for label in range(CLASSES)))
    params_type = KnnVoteParams
    reference = staticmethod(knn_vote)
    misconceptions: ClassVar = {
        "nearest-only": _nearest_only,
        "overall-majority": _overall_majority,
        "farthest": _farthest,
    }

    def sample(self, rng: np.random.Generator, level: int) -> KnnVoteParams:
        """Draw two classes with k of 1 or 3, two with 3 or 5, or three classes.

        On most draws the nearest point and the whole data set both vote for another class than the neighbours.
        """
        k = int(rng.choice([1, 3, 3, 3] if level == 1 else [3, 5]))
        classes = rng.permutation(CLASSES)[: CLASSES if level == 3 else 2]
        query = rng.integers(2, GRID - 2, size=2)
        cells = np.stack(np.divmod(rng.permutation(GRID**2), GRID), axis=1)
        squared = ((cells - query) ** 2).sum(axis=1)
        # The first cell at each distance, so that no two points tie.
        _, first = np.unique(squared, return_index=True)
        chosen = np.sort(first[squared[first] > 0])[:POINTS]
        ranks = np.argsort(np.argsort(squared[chosen]))
        ranked = self._labels(rng, classes, k)
        return KnnVoteParams(
            points=tuple((float(x), float(y)) for x, y in cells[chosen].tolist()),
            labels=tuple(ranked[rank] for rank in ranks.tolist()),
            query=tuple(float(q) for q in query.tolist()),
            k=k,
        )

    def _labels(self, rng: np.random.Generator, classes: Ids, k: int) -> list[int]:
        """Draw labels by rank such that every vote has one winner and the traps are set."""
        nearest_misleads, all_mislead = k > 1 and rng.random() < SHARE_WITH_TRAP, rng.random() < SHARE_WITH_TRAP
        if k == 5 and len(classes) == CLASSES:
            # Three of five votes win. Four of one other class would outnumber them, but leave none for the third.
            all_mislead = False
        while True:
            labels = rng.choice(classes, size=POINTS).tolist()
            answer, whole, far = _winner(labels[:k]), _winner(labels), _winner(labels[-k:])
            if None in (answer, whole, far) or len(set(labels)) < len(classes):
                continue
            if not (nearest_misleads and labels[0] == answer) and not (all_mislead and whole == answer):
                return [int(label) for label in labels]

    def display(self, params: KnnVoteParams) -> dict[str, Any]:
        """Show the points as rows of a table."""
        pairs = zip(params.points, params.labels, strict=True)
        rows = "\n".join(f"| ({', '.join(f'{x:g}' for x in point)}) | {label} |" for point, label in pairs)
        return {**super().display(params), "rows": rows}

    def steps(self, params: KnnVoteParams) -> tuple[Step, ...]:
        """Find the squared distances, sort, take the first k, count their labels, name the winner."""
        squared = (sum((x - q) ** 2 for x, q in zip(point, params.query, strict=True)) for point in params.points)
        ranked = params.ranked()
        labels = [label for _, label in ranked]
        votes = _votes(labels[: params.k])
        return (
            Step("distances", {"squared": tuple(squared)}),
            Step("sort", {"ranked_distances": tuple(d for d, _ in ranked), "ranked_labels": tuple(labels)}),
            Step("take-k", {"neighbours": tuple(labels[: params.k])}),
            Step("count", {"votes": tuple(votes)}),
            Step("majority", {"most": max(votes), "answer": str(votes.index(max(votes)))}),
        )

    def figure(self, params: KnnVoteParams) -> Figure | None:
        """Draw points and query if they lie in a plane."""
        if len(params.query) != 2:
            return None
        pairs = zip(params.points, params.labels, strict=True)
        dots = [Dot(point[0], point[1], f"class-{label}", str(label)) for point, label in pairs]
        xs, ys = zip(params.query, *params.points, strict=True)
        return Figure(
            (*dots, Dot(params.query[0], params.query[1], "query", "?")),
            x_range=(min(xs) - 1, max(xs) + 1),
            y_range=(min(ys) - 1, max(ys) + 1),
        )


SKILL = KnnVote()
