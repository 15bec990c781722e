"""What a positive diagnostic test means.

Asked: P(positive) and P(ill | positive), four decimals each. Convention: specificity is P(negative | healthy).
Source: Murphy, "Probabilistic Machine Learning: An Introduction", section 2.3.1.
"""

from typing import Any, ClassVar

import numpy as np
from pydantic import Field, model_validator

from engine.answers.kinds import Named
from engine.ops.probability import bayes_posterior
from engine.skill import Params, Skill, Step


def _base_rate_ignored(prior: float, sensitivity: float, specificity: float) -> Any:
    return bayes_posterior(prior, sensitivity, specificity)[0], sensitivity


def _specificity_as_false_positive(prior: float, sensitivity: float, specificity: float) -> Any:
    return bayes_posterior(prior, sensitivity, 1.0 - specificity)


def _equal_priors(prior: float, sensitivity: float, specificity: float) -> Any:
    return bayes_posterior(prior, sensitivity, specificity)[0], sensitivity / (sensitivity + 1.0 - specificity)


def _joint_only(prior: float, sensitivity: float, specificity: float) -> Any:
    return bayes_posterior(prior, sensitivity, specificity)[0], sensitivity * prior


def _false_positives_unweighted(prior: float, sensitivity: float, specificity: float) -> Any:
    evidence = sensitivity * prior + 1.0 - specificity
    return evidence, sensitivity * prior / evidence


class BayesPosteriorParams(Params):
    """Base rate of an illness and the two rates of a test that is sometimes positive."""

    prior: float = Field(ge=0, le=1)
    sensitivity: float = Field(ge=0, le=1)
    specificity: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _can_be_positive(self) -> "BayesPosteriorParams":
        if self.sensitivity * self.prior + (1.0 - self.specificity) * (1.0 - self.prior) <= 0.0:
            raise ValueError("no test is ever positive with these numbers, so the posterior is undefined")
        return self


class BayesPosterior(Skill[BayesPosteriorParams]):
    """Compute the evidence and the posterior of a diagnostic test."""

    id = "bayes-posterior"
    answer = Named(labels=("evidence", "posterior"), decimals=4)
    params_type = BayesPosteriorParams
    reference = staticmethod(bayes_posterior)
    misconceptions: ClassVar = {
        "base-rate-ignored": _base_rate_ignored,
        "specificity-as-false-positive": _specificity_as_false_positive,
        "equal-priors": _equal_priors,
        "joint-only": _joint_only,
        "false-positives-unweighted": _false_positives_unweighted,
    }

    def sample(self, rng: np.random.Generator, level: int) -> BayesPosteriorParams:
        """Draw a common illness, a rare one, or one whose prior is what an earlier positive test left."""
        sensitivity, specificity = 0.0, 0.0
        while sensitivity == specificity:
            sensitivity, specificity = int(rng.integers(80, 100)) / 100, int(rng.integers(70, 100)) / 100
        prior = float(rng.choice([0.1, 0.2] if level == 1 else [0.001, 0.01, 0.02, 0.05]))
        if level == 3:
            prior = round(bayes_posterior(prior, sensitivity, specificity)[1], 3)
        return BayesPosteriorParams(prior=prior, sensitivity=sensitivity, specificity=specificity)

    def steps(self, params: BayesPosteriorParams) -> tuple[Step, ...]:
        """Weigh true and false positives, add them up, divide."""
        true_positives = params.sensitivity * params.prior
        false_positive_rate, healthy = 1.0 - params.specificity, 1.0 - params.prior
        false_positives = false_positive_rate * healthy
        evidence = true_positives + false_positives
        posterior = true_positives / evidence
        parts = {"true_positives": true_positives, "false_positives": false_positives, "evidence": evidence}
        return (
            Step("true-positives", {"true_positives": true_positives}),
            Step(
                "false-positives",
                {"rate": false_positive_rate, "healthy": healthy, "false_positives": false_positives},
            ),
            Step("evidence", parts),
            Step("divide", {**parts, "posterior": posterior, "answer": (evidence, posterior)}),
        )


SKILL = BayesPosterior()
