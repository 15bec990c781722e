"""One typed answer parsed, compared and diagnosed, against the naive way to do the first two."""

import ast

import numpy as np

from engine.answers.diagnose import diagnose
from engine.answers.kinds import Vector
from engine.answers.parse import parse
from engine.registry import skill
from tests.benchmarks.measuring import Ratio, paired

REPEATS = 500


def measure() -> list[Ratio]:
    kind = Vector(decimals=4)
    variant = skill("softmax").variant(skill("softmax").validate({"logits": [0.3, 2.9, 4.0]}))
    wrong = [(one.slugs, one.value) for one in variant.misconceptions]
    logits = np.array([0.3, 2.9, 4.0])

    def ours(text: str) -> object:
        return [diagnose(kind, parse(kind, text), variant.answer, wrong) for _ in range(REPEATS)]

    def naive(text: str) -> object:
        found = []
        for _ in range(REPEATS):
            typed = ast.literal_eval(text)
            powers = np.exp(logits - logits.max())
            found.append(np.allclose(typed, powers / powers.sum(), atol=1e-4))
        return found

    right, mistaken = "[0.0182, 0.2452, 0.7366]", variant.misconceptions[0].text
    goal = "≤ 1"
    return [
        paired(f"{REPEATS} right answers / literal_eval+allclose", lambda: ours(right), lambda: naive(right), goal),
        paired(
            f"{REPEATS} mistakes named / literal_eval+allclose", lambda: ours(mistaken), lambda: naive(mistaken), goal
        ),
    ]
