"""Bayes' rule for a sequence of conditionally independent observations, for sequences of any length."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.laws import sums_to_one
from engine.ops.probability import bayes_update
from engine.rules import Rules

TEST = np.array([[0.95, 0.05], [0.05, 0.95]])


def _prior_ignored(prior: np.ndarray, likelihood: np.ndarray, observations: list[int]) -> Any:
    return bayes_update(np.full(len(prior), 1 / len(prior)), likelihood, observations)


def _prior_in_evidence_only(prior: np.ndarray, likelihood: np.ndarray, observations: list[int]) -> Any:
    evidence = bayes_update(prior, likelihood, observations)[1]
    return _prior_ignored(prior, likelihood, observations)[0], evidence


def _likelihood_summed(prior: np.ndarray, likelihood: np.ndarray, observations: list[int]) -> Any:
    posterior, evidence = _prior_ignored(prior, likelihood, observations)
    return posterior, evidence * len(prior)


def _no_normalisation(prior: np.ndarray, likelihood: np.ndarray, observations: list[int]) -> Any:
    posterior, evidence = bayes_update(prior, likelihood, observations)
    return posterior * evidence, evidence


def _no_normalisation_at_all(prior: np.ndarray, likelihood: np.ndarray, observations: list[int]) -> Any:
    joint = prior * likelihood[:, observations].prod(axis=1)
    return joint, float(joint.sum())


def _last_only(prior: np.ndarray, likelihood: np.ndarray, observations: list[int]) -> Any:
    return bayes_update(prior, likelihood, observations[-1:])


def _first_only(prior: np.ndarray, likelihood: np.ndarray, observations: list[int]) -> Any:
    return bayes_update(prior, likelihood, observations[:1])


def _joint(prior: np.ndarray, likelihood: np.ndarray, observations: list[int]) -> Any:
    return prior * likelihood[:, np.asarray(observations, dtype=int)].prod(axis=1)


def _underflow(prior: np.ndarray, likelihood: np.ndarray, observations: list[int]) -> Any:
    joint = _joint(prior, likelihood, observations)
    return joint / joint.sum(), float(joint.sum())


def _underflow_unseen(prior: np.ndarray, likelihood: np.ndarray, observations: list[int]) -> Any:
    joint = _joint(prior, likelihood, observations)
    return (joint / joint.sum(), float(joint.sum())) if joint.sum() > 0 else (prior.copy(), 0.0)


def _table(rng: np.random.Generator, k: int, m: int) -> np.ndarray:
    return rng.dirichlet(np.full(m, 2.0), size=k)


def _drawn(rng: np.random.Generator, row: np.ndarray, count: int) -> list[int]:
    return [int(symbol) for symbol in rng.choice(len(row), size=count, p=row)]


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield the diagnostic test first, then more classes, longer sequences and the edges."""
    even = {"prior": np.array([0.5, 0.5]), "likelihood": np.array([[0.75, 0.25], [0.25, 0.75]])}
    yield Case("one observation", {**even, "observations": [0]})
    rare = {"prior": np.array([0.001, 0.999]), "likelihood": TEST}
    yield Case("a rare disease, one positive test", {**rare, "observations": [0]})
    yield Case("a rare disease, three tests", {**rare, "observations": [0, 0, 1]})
    yield Case("no observations", {**rare, "observations": []})
    for k, m, count in ((2, 2, 5), (3, 2, 10), (4, 3, 30)):
        table = _table(rng, k, m)
        args = {"prior": rng.dirichlet(np.ones(k)), "likelihood": table, "observations": _drawn(rng, table[0], count)}
        yield Case(f"{k} classes, {count} observations", args)
    blocked = np.array([[1.0, 0.0], [0.5, 0.5]])
    yield Case("a symbol impossible under one class", {**even, "likelihood": blocked, "observations": [0, 1]})
    impossible = np.array([[1.0, 0.0, 0.0], [0.5, 0.5, 0.0]])
    unexplained = {"prior": np.array([0.25, 0.75]), "likelihood": impossible, "observations": [0, 2]}
    yield Case("no class can explain it", unexplained)
    table = _table(rng, 3, 3)
    long = {"prior": np.array([0.2, 0.3, 0.5]), "likelihood": table, "observations": _drawn(rng, table[1], 2000)}
    yield Case("2000 observations", long)
    close = np.array([[0.5, 0.5], [0.501, 0.499]])
    both = {"prior": np.array([0.5, 0.5]), "likelihood": close, "observations": [0, 1] * 1000}
    yield Case("2000 observations, similar classes", both)
    late = {**even, "likelihood": np.array([[0.9, 0.1, 0.0], [0.1, 0.8, 0.1]]), "observations": [0] * 1000 + [2]}
    yield Case("a long run for one class, then a symbol impossible under it", late)


def _fit(args: Args) -> Args | None:
    prior, likelihood, observations = args["prior"], args["likelihood"], args["observations"]
    totals = likelihood.sum(axis=1, keepdims=True)
    if (totals <= 0).any() or prior.sum() <= 0 or any(symbol >= likelihood.shape[1] for symbol in observations):
        return None
    return {**args, "prior": prior / prior.sum(), "likelihood": likelihood / totals}


EXERCISE = Exercise(
    id="bayes-update",
    signature="def bayes_update(prior, likelihood, observations):",
    shapes="prior (K,), likelihood (K, M) = P(observation | class), observations: list of ints"
    " -> posterior (K,), evidence float",
    reference=bayes_update,
    cases=cases,
    mutants={
        "prior-ignored": (_prior_ignored, _prior_in_evidence_only, _likelihood_summed),
        "no-normalisation": (_no_normalisation, _no_normalisation_at_all),
        "one-observation": (_last_only, _first_only),
        "underflow": (_underflow, _underflow_unseen),
    },
    outputs=("posterior", "evidence"),
    rules=Rules(no_warnings=True),
    laws=(sums_to_one(-1, part=0),),
    dimensions={"prior": "K", "likelihood": "K M", "observations": "T"},
    fit=_fit,
)
