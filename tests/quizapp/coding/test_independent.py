"""Submissions written from the tasks alone, without sight of the references or the code of the mutants.

``independent/<exercise>.txt`` holds them: ``### right <style>`` must pass, ``### wrong <mistake>`` must be rejected.
A wrong one may be named after the known mistake that follows its colon, and after no other.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.registry import exercise_ids
from quizapp.coding.runner import check
from quizapp.coding.sandbox import Sandbox

FOLDER = Path(__file__).parent / "independent"


class Submission(NamedTuple):
    exercise: str
    kind: str
    name: str
    known_as: str
    source: str


def submissions() -> Iterator[Submission]:
    for file in sorted(FOLDER.glob("*.txt")):
        for block in file.read_text(encoding="utf-8").split("### ")[1:]:
            head, _, body = block.partition("\n")
            title, _, known_as = head.partition(" : ")
            kind, _, name = title.partition(" ")
            yield Submission(file.stem, kind, name, known_as.strip(), f"import numpy as np\n{body}")


def test_there_are_some_for_every_exercise() -> None:
    kinds = {(each.exercise, each.kind) for each in submissions()}
    assert kinds == {(name, kind) for name in exercise_ids() for kind in ("right", "wrong")}


@pytest.mark.parametrize(
    "submission", tuple(submissions()), ids=lambda each: f"{each.exercise}: {each.kind} {each.name}"
)
def test_the_verdict_is_just(submission: Submission, place: Sandbox) -> None:
    report = check(submission.exercise, submission.source, None, place, rounds=0)
    if submission.kind == "right":
        assert report["status"] == "passed", (report["first_failure"], report["rules"])
    else:
        assert report["status"] != "passed"
        assert report["mutant"] in (None, submission.known_as)
