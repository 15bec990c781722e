"""Attacks by someone else than the builder, in ``independent_attacks.txt``: ``### name : statuses``, then a source."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from quizapp.coding.sandbox import Call, Limits, Sandbox
from quizapp.coding.sandbox.launch import project_folder
from quizapp.coding.sandbox.layers import missing

ATTACKS = Path(__file__).with_name("independent_attacks.txt").read_text(encoding="utf-8").split("### ")[1:]
BENIGN = "import numpy as np\ndef f(x):\n    return np.cumsum(np.full(3, x))\n"
QUICK = Limits(wall_seconds_per_case=0.4)
PATIENT = Limits(wall_seconds_per_case=2.0, memory_bytes=256 << 20)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as shared:
        held = shared.run(BENIGN, "f", [Call("probe", {"x": 1})]).isolation
        if missing(held):
            pytest.skip(f"no full isolation here: {', '.join(missing(held))}")
        yield shared


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.partition(" : ")[0])
def test_an_attack_ends_alone(sandbox: Sandbox, attack: str) -> None:
    head, _, source = attack.partition("\n")
    statuses = head.partition(" : ")[2].split()
    hostile = source.replace("{project}", str(project_folder()))
    limits = QUICK if statuses == ["timeout"] else PATIENT
    (outcome,) = sandbox.run(hostile, "f", [Call("hostile", {"x": 3})], limits).outcomes
    assert outcome.status in statuses, outcome
    assert outcome.value is None
    assert outcome.message
    assert outcome.message.isprintable()

    after = sandbox.run(BENIGN, "f", [Call("benign", {"x": 2})]).outcomes[0]
    assert after.status == "returned", after
    np.testing.assert_array_equal(after.value, [2, 4, 6])
    assert after.output == ""


@pytest.mark.parametrize(
    "source",
    [
        "import os\ndef f(x): return [d for d, _, files in os.walk('/') if {'exercise.py', 'runner.py'} & {*files}]",
        "import sys\ndef f(x): return [name for name in sys.modules if name.split('.')[0] in ('engine', 'quizapp')]",
        "import gc\ndef f(x):\n"
        "    modules = (o for o in gc.get_objects() if type(o) is type(gc))\n"
        "    return [m.__name__ for m in modules if m.__name__.startswith('engine')]",
    ],
    ids=["files", "sys.modules", "heap"],
)
def test_nothing_that_knows_an_answer_is_to_be_found(sandbox: Sandbox, source: str) -> None:
    (outcome,) = sandbox.run(source, "f", [Call("hostile", {"x": 3})], PATIENT).outcomes
    assert (outcome.status, outcome.value) == ("returned", [])
