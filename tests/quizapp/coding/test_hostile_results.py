"""Results made to strain the one who grades them: warnings are errors here, and so is whatever takes for ever."""

import textwrap
import time

import pytest

from quizapp.coding.runner import check
from quizapp.coding.sandbox import Limits, Sandbox
from quizapp.coding.values import MOST_CHARACTERS, shown

HEADS = {
    "softmax": "def softmax(x, axis=-1):",
    "iou-matrix": "def iou_matrix(a, b):",
    "softmax-cross-entropy": "def softmax_cross_entropy(logits, targets):",
    "k-means": "def kmeans(X, init, max_iter=100):",
    "nms": "def nms(boxes, scores, threshold):",
    "train-val-test-split": "def split(n, val_ratio, test_ratio, perm):",
}
LATER = "asked.append(1)\nif len(asked) == 1:\n    return 1.0, np.ones(logits.shape)\n"


@pytest.mark.parametrize(
    ("exercise", "body"),
    [
        ("softmax", "return np.full(x.shape, '1e4000', dtype=np.longdouble)"),
        ("softmax", "return x + 0j"),
        ("softmax", "return [10**4000] * 3"),
        ("softmax", "return np.full(x.shape, 1.7e308)"),
        ("softmax", "return {float('nan'): 1, (1, 2): [np.ones(3)]}"),
        ("softmax", "return ['\\x1b[2J' * 1000] * 3"),
        ("softmax", "x.resize((100,), refcheck=False)\nreturn x"),
        ("softmax", "asked.append(1)\nreturn np.ones(x.shape if len(asked) < 18 else (1 << 21, 1))"),
        ("iou-matrix", "return np.ones((len(a), len(b)), complex)"),
        ("softmax-cross-entropy", LATER + "return 10**400, [[10**400]]"),
        ("softmax-cross-entropy", LATER + "return 1j, np.ones(logits.shape) * 1j"),
        ("softmax-cross-entropy", LATER + "return {}, None"),
        ("k-means", "return np.full(len(X), 2**64 - 1, np.uint64), init * np.nan, np.inf"),
        ("nms", "return [-(2**63)]"),
        ("train-val-test-split", "return np.ones((3, 5)), np.ones((2, 2)), []"),
    ],
)
def test_a_strange_result_fails_as_any_other(exercise: str, body: str, place: Sandbox) -> None:
    source = f"import numpy as np\nasked = []\n{HEADS[exercise]}\n{textwrap.indent(body, '    ')}\n"
    report = check(exercise, source, None, place)
    assert report["status"] == "failed", report["message"]
    assert report["message"]["en"].isprintable()


def test_a_slow_submission_is_not_run_again_and_again(place: Sandbox) -> None:
    source = f"import time\n{HEADS['softmax']}\n    time.sleep(0.4)\n    return x\n"
    started = time.monotonic()
    report = check("softmax", source, None, place, limits=Limits(wall_seconds_per_case=1.0, wall_seconds=3.0))
    assert report["status"] == "failed"
    assert time.monotonic() - started < 5.0


def test_no_more_of_a_result_is_written_out_than_shown() -> None:
    written = 0

    class Part(list[int]):
        def __getitem__(self, index: object) -> list[int]:  # type: ignore[override]  # counts, whatever is asked
            nonlocal written
            written += 1
            return []

    assert len(shown(tuple(Part() for _ in range(100_000)))) <= MOST_CHARACTERS
    assert written < MOST_CHARACTERS


@pytest.mark.parametrize(
    "forgery",
    [
        "import sys\n{head}\n    frame = sys._getframe(1)\n    frame.f_locals['before'].clear()\n",
        "import gc\n{head}\n    for each in gc.get_objects():\n        type(each)\n",
    ],
)
def test_hiding_a_changed_input_wins_nothing(forgery: str, place: Sandbox) -> None:
    body = "    e = np.exp(x - x.max(axis, keepdims=True))\n    x[...] = 0\n    return e / e.sum(axis, keepdims=True)\n"
    source = f"import numpy as np\n{forgery.format(head=HEADS['softmax'])}{body}"
    assert check("softmax", source, None, place)["status"] == "failed"
