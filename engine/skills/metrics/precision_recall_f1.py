"""Precision, recall and F1 from the counts of a confusion matrix.

Asked: three numbers, four decimals each. Convention: F1 is the harmonic mean; true negatives play no part.
Source: Manning, Raghavan, Schütze, "Introduction to Information Retrieval", section 8.3.
"""

from math import sqrt
from typing import Any, ClassVar

import numpy as np
from pydantic import Field, model_validator

from engine.answers.kinds import Named
from engine.figure import Figure, Table
from engine.ops.metrics import precision_recall_f1
from engine.skill import Params, Skill, Step

# Means of nearly equal numbers differ too little to be told apart at four decimals.
SMALLEST_GAP = 0.05


def _swap_precision_recall(tp: int, fp: int, fn: int, tn: int) -> Any:
    precision, recall, f1 = precision_recall_f1(tp, fp, fn, tn)
    return recall, precision, f1


def _f1_arithmetic_mean(tp: int, fp: int, fn: int, tn: int) -> Any:
    precision, recall, _ = precision_recall_f1(tp, fp, fn, tn)
    return precision, recall, (precision + recall) / 2


def _f1_geometric_mean(tp: int, fp: int, fn: int, tn: int) -> Any:
    precision, recall, _ = precision_recall_f1(tp, fp, fn, tn)
    return precision, recall, sqrt(precision * recall)


def _uses_true_negatives(tp: int, fp: int, fn: int, tn: int) -> Any:
    return precision_recall_f1(tp, tn, fn, fp)


class PrecisionRecallF1Params(Params):
    """The four counts of a confusion matrix."""

    tp: int = Field(ge=0, le=10**9)
    fp: int = Field(ge=0, le=10**9)
    fn: int = Field(ge=0, le=10**9)
    tn: int = Field(ge=0, le=10**9)

    @model_validator(mode="after")
    def _is_defined(self) -> "PrecisionRecallF1Params":
        if self.tp + self.fp == 0:
            raise ValueError("nothing is predicted positive (tp + fp = 0), so precision is undefined")
        if self.tp + self.fn == 0:
            raise ValueError("there are no positives (tp + fn = 0), so recall is undefined")
        return self


class PrecisionRecallF1(Skill[PrecisionRecallF1Params]):
    """Compute precision, recall and F1."""

    id = "precision-recall-f1"
    answer = Named(labels=("precision", "recall", "f1"), decimals=4)
    params_type = PrecisionRecallF1Params
    reference = staticmethod(precision_recall_f1)
    misconceptions: ClassVar = {
        "swap-precision-recall": _swap_precision_recall,
        "f1-arithmetic-mean": _f1_arithmetic_mean,
        "f1-geometric-mean": _f1_geometric_mean,
        "uses-true-negatives": _uses_true_negatives,
    }

    def sample(self, rng: np.random.Generator, level: int) -> PrecisionRecallF1Params:
        """Draw four different counts: multiples of five, any up to 60, or rare positives among many negatives."""
        unit = 5 if level == 1 else 1
        tp = fp = fn = tn = 0
        while abs(tp * (fn - fp)) <= SMALLEST_GAP * (tp + fp) * (tp + fn):
            tp, fp, fn, tn = (unit * rng.choice(np.arange(1, 60 // unit + 1), size=4, replace=False)).tolist()
        if level == 3:
            tn = int(rng.integers(200, 1000))
        return PrecisionRecallF1Params(tp=tp, fp=fp, fn=fn, tn=tn)

    def steps(self, params: PrecisionRecallF1Params) -> tuple[Step, ...]:
        """Pick the counts, divide for precision and recall, take the harmonic mean, check its range."""
        predicted, positives = params.tp + params.fp, params.tp + params.fn
        precision, recall, f1 = precision_recall_f1(**params.model_dump())
        totals = {"predicted": predicted, "positives": positives}
        results = {"precision": precision, "recall": recall, "f1": f1}
        return (
            Step("pick-counts", totals),
            Step("precision", {**totals, "precision": precision}),
            Step("recall", {**totals, "recall": recall}),
            Step("harmonic-mean", {**totals, "twice": 2 * params.tp, "total": predicted + positives, "f1": f1}),
            Step(
                "check-range",
                {
                    "low": min(precision, recall),
                    "high": max(precision, recall),
                    "mean": (precision + recall) / 2,
                    **results,
                    "answer": (precision, recall, f1),
                },
            ),
        )

    def figure(self, params: PrecisionRecallF1Params) -> Figure:
        """Draw the confusion matrix: the positives above the negatives, predicted positives on the left."""
        rows = ((f"TP {params.tp}", f"FN {params.fn}"), (f"FP {params.fp}", f"TN {params.tn}"))
        return Figure((Table(rows),))


SKILL = PrecisionRecallF1()
