"""What honest code gets: its values back, its prints, its warnings, a message that names its line."""

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from quizapp.coding.sandbox import Call, Limits, Outcome, Sandbox
from quizapp.coding.sandbox.codec import Unsendable


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as shared:
        yield shared


def _one(sandbox: Sandbox, source: str, **args: Any) -> Outcome:
    return sandbox.run(source, "f", [Call("case", args)]).outcomes[0]


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        -(2**70),
        0.1,
        float("inf"),
        "文",
        (1, [2.5, None], {"a": (3,), 4: "x"}),
        np.arange(6, dtype=np.float32).reshape(2, 3),
        np.array(5),
        np.zeros((0, 3)),
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.array([np.nan, -0.0, np.inf]),
        np.float16(0.5),
    ],
    ids=repr,
)
def test_values_go_in_and_come_back(sandbox: Sandbox, value: object) -> None:
    outcome = _one(sandbox, "def f(x): return x", x=value)
    assert outcome.status == "returned"
    assert type(outcome.value) is type(value)
    np.testing.assert_equal(outcome.value, value)
    assert getattr(outcome.value, "dtype", None) == getattr(value, "dtype", None)
    assert outcome.inputs_after == {}
    assert outcome.message == ""


def test_a_large_array_passes_both_ways(sandbox: Sandbox) -> None:
    array = np.arange(1_000_000.0)
    outcome = _one(sandbox, "def f(x): return x * 2", x=array)
    np.testing.assert_array_equal(outcome.value, array * 2)


def test_changed_inputs_are_named_with_what_they_became(sandbox: Sandbox) -> None:
    x, y, rows = np.arange(3.0), np.arange(3.0), [1, 2]
    outcome = _one(sandbox, "def f(x, y, rows):\n    x += 1\n    rows.append(3)\n    return x + y", x=x, y=y, rows=rows)
    assert set(outcome.inputs_after) == {"x", "rows"}
    np.testing.assert_array_equal(outcome.inputs_after["x"], [1, 2, 3])
    assert outcome.inputs_after["rows"] == [1, 2, 3]
    np.testing.assert_array_equal(x, [0, 1, 2])


@pytest.mark.parametrize("change", ["x.shape = (3, 1)", "x[0] = -0.0", "x.sort()", "x.fill(0)"])
def test_every_kind_of_change_is_seen(sandbox: Sandbox, change: str) -> None:
    outcome = _one(sandbox, f"def f(x):\n    {change}\n    return 1", x=np.array([0.0, 2.0, 1.0]))
    assert set(outcome.inputs_after) == {"x"}


def test_prints_belong_to_their_case(sandbox: Sandbox) -> None:
    head = "import sys\nprint('loading')\ndef f(x):\n    print('case', x)\n"
    source = head + "    print('注意', file=sys.stderr)\n    return x"
    run = sandbox.run(source, "f", [Call("a", {"x": 1}), Call("b", {"x": 2})])
    assert run.output == "loading\n"
    assert [outcome.output for outcome in run.outcomes] == ["case 1\n注意\n", "case 2\n注意\n"]


def test_prints_before_a_crash_are_kept(sandbox: Sandbox) -> None:
    outcome = _one(sandbox, "import os\ndef f(x):\n    print('before')\n    os._exit(1)", x=1)
    assert (outcome.status, outcome.output) == ("crashed", "before\n")


def test_printed_controls_do_not_reach_the_terminal(sandbox: Sandbox) -> None:
    source = r"def f(x): print('a\x1b[31mred\x1b]0;t\x07\x9b2J\x00\x08b\tc'); raise ValueError('\x1b[2J\n' + 'x' * 999)"
    outcome = _one(sandbox, source, x=1)
    assert outcome.output == "ared2Jb\tc\n"
    assert outcome.message.startswith("ValueError: x")
    assert outcome.message.isprintable()
    assert len(outcome.message) <= 600


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("def f(x):\n    y = x\n    return y / 0", "ZeroDivisionError: division by zero", 3),
        ("import numpy as np\ndef f(x):\n    return np.ones(3) @ np.ones(4)", "ValueError: matmul", 3),
        ("def g(x):\n    raise KeyError('k')\ndef f(x):\n    return g(x)", "KeyError: 'k'", 2),
        ("def f(x):\n    return (1 +", "SyntaxError: '(' was never closed", 2),
        ("\nimport nowhere\n", "ModuleNotFoundError: No module named 'nowhere'", 2),
        ("def f(x):\n    assert x == 2", "AssertionError", 2),
    ],
)
def test_errors_name_the_learners_line(sandbox: Sandbox, source: str, message: str, line: int) -> None:
    outcome = _one(sandbox, source, x=1)
    assert outcome.status == "error"
    assert outcome.message.startswith(message)
    assert outcome.line == line


def test_a_load_error_is_every_cases_error(sandbox: Sandbox) -> None:
    run = sandbox.run("1 / 0", "f", [Call("a", {}), Call("b", {})])
    assert run.load_error == "ZeroDivisionError: division by zero"
    assert [outcome.message for outcome in run.outcomes] == [run.load_error] * 2


def test_warnings_are_listed_per_call(sandbox: Sandbox) -> None:
    source = "import numpy as np\ndef f(x): return np.exp(x)"
    calls = [Call("a", {"x": 1e4}), Call("b", {"x": 1.0}), Call("c", {"x": 1e4})]
    warned = [outcome.warnings for outcome in sandbox.run(source, "f", calls).outcomes]
    assert warned == [
        ("RuntimeWarning: overflow encountered in exp",),
        (),
        ("RuntimeWarning: overflow encountered in exp",),
    ]


def test_state_lasts_for_a_submission_and_no_longer(sandbox: Sandbox) -> None:
    source = "count = 0\ndef f():\n    global count\n    count += 1\n    return count"
    calls = [Call("a", {}), Call("b", {})]
    assert [outcome.value for outcome in sandbox.run(source, "f", calls).outcomes] == [1, 2]
    assert [outcome.value for outcome in sandbox.run(source, "f", calls).outcomes] == [1, 2]


def test_dataclasses_and_main_guards_work(sandbox: Sandbox) -> None:
    source = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass P:\n    x: float\n"
        "def f(x): return P(x).x\n"
        "if __name__ == '__main__': raise SystemExit\n"
    )
    assert _one(sandbox, source, x=1.5).value == 1.5


def test_scratch_files_can_be_written_and_read(sandbox: Sandbox) -> None:
    source = "import numpy as np\ndef f(x):\n    np.save('a.npy', x)\n    return np.load('a.npy')"
    outcome = _one(sandbox, source, x=np.arange(3))
    if "private-root" not in sandbox.run("def f(): pass", "f", [Call("x", {})]).isolation:
        pytest.skip("no scratch folder without a mount namespace")
    np.testing.assert_array_equal(outcome.value, [0, 1, 2])


def test_no_calls_run_nothing(sandbox: Sandbox) -> None:
    assert sandbox.run("1 / 0", "f", []).outcomes == ()


def test_an_argument_that_cannot_be_sent_is_the_callers_mistake(sandbox: Sandbox) -> None:
    with pytest.raises(Unsendable, match="a function"):
        sandbox.run("def f(x): return x", "f", [Call("x", {"x": lambda: None})])


def test_seconds_are_measured_outside(sandbox: Sandbox) -> None:
    source = "import time\ntime.perf_counter = time.monotonic = time.time = lambda: 0.0\ndef f(n): return sum(range(n))"
    short, long = sandbox.run(source, "f", [Call("a", {"n": 10}), Call("b", {"n": 3_000_000})]).outcomes
    assert 0 < short.seconds < long.seconds


def test_threads_queue_up(sandbox: Sandbox) -> None:
    found: dict[int, object] = {}

    def submit(number: int) -> None:
        found[number] = _one(sandbox, f"def f(x): return x + {number}", x=100).value

    threads = [threading.Thread(target=submit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: 100 + number for number in range(8)}


def test_many_submissions_leak_no_descriptors(sandbox: Sandbox) -> None:
    def highest() -> int:
        with open("/dev/null") as file:  # noqa: PTH123 - the number of the descriptor is what counts
            return file.fileno()

    _one(sandbox, "def f(): return 1")
    before = highest()
    for _ in range(30):
        assert _one(sandbox, "def f(): return 1").value == 1
        assert _one(sandbox, "import os\ndef f(): os._exit(0)").status == "crashed"
    assert highest() == before


def test_the_default_limits_are_the_ones_documented() -> None:
    assert Limits().wall_seconds_per_case == 2.0
    assert Limits().cpu_seconds == 10
