"""Every attack ends in a clear status of its own submission; the next one finds everything in order."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from quizapp.coding.sandbox import Call, Limits, Sandbox
from quizapp.coding.sandbox.layers import missing
from tests.quizapp.coding.sandbox.attacks import ATTACKS, Attack

QUICK = Limits(wall_seconds_per_case=0.5)
# Loading, and everything that has to reach a limit of its own before the clock's, may take longer on a busy machine.
PATIENT = Limits(wall_seconds_per_case=2.0, memory_bytes=256 << 20)
BENIGN = "import numpy as np\ndef f(x):\n    return np.cumsum(np.full(3, x))\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as shared:
        held = shared.run(BENIGN, "f", [Call("probe", {"x": 1})]).isolation
        if missing(held):
            pytest.skip(f"no full isolation here: {', '.join(missing(held))}")
        yield shared


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_ends_alone(sandbox: Sandbox, attack: Attack) -> None:
    limits = QUICK if attack.statuses == ("timeout",) else PATIENT
    run = sandbox.run(attack.source, "f", [Call("hostile", {"x": 3})], limits)
    (outcome,) = run.outcomes
    assert outcome.status in attack.statuses, outcome
    assert outcome.value is None
    assert outcome.message.isprintable()
    assert outcome.message
    assert len(outcome.output.encode()) <= limits.output_bytes

    after = sandbox.run(BENIGN, "f", [Call("benign", {"x": 2})]).outcomes[0]
    assert after.status == "returned", after
    np.testing.assert_array_equal(after.value, [2, 4, 6])
    assert after.output == ""


def test_attacks_leave_nothing_on_the_host() -> None:
    assert not Path("/tmp/quizapp-attack").exists()  # noqa: S108 - the very path an attack tried to write
    assert not Path(np.__path__[0], "attack.py").exists()


@pytest.mark.parametrize(
    "hostile", ["os._exit(0)", "while True: pass", "os.write(3, bytes(99))", "os.closerange(0, 9)"]
)
def test_the_cases_after_a_killed_one_still_run(sandbox: Sandbox, hostile: str) -> None:
    source = f"import os\ndef f(x):\n    if x == 2:\n        {hostile}\n    return x * 10\n"
    calls = [Call(str(x), {"x": x}) for x in (1, 2, 3, 4)]
    run = sandbox.run(source, "f", calls, QUICK)
    assert [outcome.name for outcome in run.outcomes] == ["1", "2", "3", "4"]
    assert [outcome.value for outcome in run.outcomes] == [10, None, 30, 40]
    assert run.outcomes[1].status in ("crashed", "timeout", "refused")


def test_processor_time_is_bounded(sandbox: Sandbox) -> None:
    limits = Limits(cpu_seconds=1, wall_seconds_per_case=15.0)
    (outcome,) = sandbox.run("def f(x):\n    while True: pass\n", "f", [Call("x", {"x": 1})], limits).outcomes
    assert outcome.status == "timeout"
    assert "processor" in outcome.message


def test_the_whole_submission_is_bounded(sandbox: Sandbox) -> None:
    limits = Limits(wall_seconds_per_case=0.2, wall_seconds=0.5)
    calls = [Call(str(number), {"x": 1}) for number in range(50)]
    run = sandbox.run("def f(x):\n    while True: pass\n", "f", calls, limits)
    assert {outcome.status for outcome in run.outcomes} == {"timeout"}
    assert sum(outcome.seconds for outcome in run.outcomes) < 2.0
    assert "Not run" in run.outcomes[-1].message
    assert run.outcomes[-1].seconds == 0.0


def test_a_patched_numpy_stays_where_it_was_patched(sandbox: Sandbox) -> None:
    hostile = (
        "import numpy as np, builtins\n"
        "np.cumsum = np.full = lambda *a, **k: 1 / 0\n"
        "np.ndarray.__array_finalize__ if False else None\n"
        "builtins.sum = None\n"
        "def f(x): return x\n"
    )
    assert sandbox.run(hostile, "f", [Call("x", {"x": 1})]).outcomes[0].value == 1
    assert sandbox.run(BENIGN, "f", [Call("x", {"x": 2})]).outcomes[0].status == "returned"


def test_threads_left_behind_end_with_the_submission(sandbox: Sandbox) -> None:
    source = (
        "import threading, time, os\n"
        "def spin():\n"
        "    while True: time.sleep(0.001); os.write(1, b'.')\n"
        "def f(x):\n"
        "    for _ in range(4): threading.Thread(target=spin).start()\n"
        "    return x\n"
    )
    assert sandbox.run(source, "f", [Call("x", {"x": 7})]).outcomes[0].value == 7
    after = sandbox.run(BENIGN, "f", [Call("x", {"x": 2})]).outcomes[0]
    assert (after.status, after.output) == ("returned", "")


def test_the_scratch_folder_is_empty_each_time(sandbox: Sandbox) -> None:
    write = (
        "import os\ndef f(x):\n"
        "    os.makedirs('a/b/c'); open('a/b/c/d', 'w').write('x'); open('.e', 'w').write('x')\n"
        "    return sorted(os.listdir('.'))\n"
    )
    assert sandbox.run(write, "f", [Call("x", {"x": 1})]).outcomes[0].value == [".e", "a"]
    listing = "import os\ndef f(x): return os.listdir('.')\n"
    assert sandbox.run(listing, "f", [Call("x", {"x": 1})]).outcomes[0].value == []


def test_two_sandboxes_do_not_meet(sandbox: Sandbox) -> None:
    source = "import os\ndef f(x): return os.getpid()\n"
    with Sandbox() as other:
        pids = [box.run(source, "f", [Call("x", {"x": 1})]).outcomes[0].value for box in (sandbox, other)]
    assert all(isinstance(pid, int) and pid > 1 for pid in pids)


@pytest.mark.parametrize("field", ["memory_bytes", "output_bytes"])
def test_tighter_limits_hold_for_the_submission_that_has_them(sandbox: Sandbox, field: str) -> None:
    source = "import numpy as np\ndef f(x):\n    print('y' * 5000)\n    return np.ones(1 << 23).sum()\n"
    call = [Call("x", {"x": 1})]
    tight = replace(Limits(), **{field: 1000 if field == "output_bytes" else 16 << 20})
    wide = sandbox.run(source, "f", call).outcomes[0]
    narrow = sandbox.run(source, "f", call, tight).outcomes[0]
    again = sandbox.run(source, "f", call).outcomes[0]
    assert wide.value == again.value == 1 << 23
    assert len(wide.output) == len(again.output) == 5001
    assert narrow.status == ("memory" if field == "memory_bytes" else "returned")
    assert len(narrow.output) == (1000 if field == "output_bytes" else 5001)
