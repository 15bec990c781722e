"""One submission, warm and fully confined, against a fresh Python that imports NumPy; a class against otter-grader."""

import time
from collections.abc import Callable, Iterator
from itertools import cycle

from engine.exercise import Exercise
from engine.registry import exercise, exercise_ids
from engine.solution import solution
from quizapp.coding.batch import ROUNDS
from quizapp.coding.runner import check
from quizapp.coding.sandbox import Call, Sandbox
from tests.benchmarks.measuring import Ratio, paired, process

OTTER_SECONDS = 3.2
"""Measured for one submission on one core; the goal is a rate 300 times as high."""
CLASS = 96

SOURCE = "import numpy as np\ndef double(x):\n    return 2 * np.asarray(x)\n"
FIVE = [Call(str(size), {"x": list(range(size))}) for size in range(1, 6)]


def measure() -> list[Ratio]:
    numpy = process(["-c", "import numpy"])
    with Sandbox() as sandbox:
        return [
            paired(
                "one confined submission, 5 cases / python -c 'import numpy'",
                lambda: sandbox.run(SOURCE, "double", FIVE),
                numpy,
                "≤ 0.08",
                rounds=60,
            ),
            paired(
                "the same, slowest of a hundred",
                lambda: sandbox.run(SOURCE, "double", FIVE),
                numpy,
                "≤ 0.15",
                rounds=100,
                quantile=0.99,
            ),
            paired(
                "adam checked, 12 cases / python -c 'import numpy'", checking("adam", sandbox), numpy, "—", rounds=40
            ),
            class_rate(sandbox),
        ]


def checking(name: str, sandbox: Sandbox) -> Callable[[], object]:
    source = solution(exercise(name))
    return lambda: check(name, source, None, sandbox)


def handed_in() -> Iterator[tuple[str, str]]:
    """Yield exercises with submissions of all of them: half right, a quarter wrong, a quarter that does not load."""
    for number, found in enumerate(cycle(exercise(name) for name in exercise_ids())):
        source = solution(found)
        yield found.id, (source, broken(found), source, "def f(:")[(number + number // 16) % 4]


def broken(found: Exercise) -> str:
    return f"{found.signature}\n    return None\n"


def class_rate(sandbox: Sandbox) -> Ratio:
    submissions = [each for each, _ in zip(handed_in(), range(CLASS), strict=False)]
    for name in exercise_ids():
        checking(name, sandbox)()
    started = time.perf_counter()
    for name, source in submissions:
        check(name, source, None, sandbox, rounds=ROUNDS)
    each = (time.perf_counter() - started) / len(submissions)
    return Ratio("a submission of a class, one core / otter-grader's 3.2 s ÷ 300", each, OTTER_SECONDS / 300, "≤ 1")
