"""Gradescope's ``results.json``: one point per exercise, in equal parts for its cases and broken rules.

Gradescope reads one such file per learner. With several learners in one file each test is named after its learner.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from quizapp.coding.batch import Graded

DIGITS = 6


def render(graded: Sequence[Graded]) -> bytes:
    """Return the document."""
    several = len({one.submission.learner for one in graded}) > 1
    tests = [test for number, one in enumerate(graded, 1) for test in _tests(one, number, several=several)]
    result = {
        "score": round(sum(one.report["score"] for one in graded), DIGITS),
        "execution_time": round(sum(case["seconds"] for one in graded for case in one.report["cases"]), DIGITS),
        "output": "\n".join(_named(one, one.report["message"]["en"], several=several) for one in graded),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "submissions": [
                {
                    "file": one.submission.file,
                    "learner": one.submission.learner,
                    "exercise": one.submission.exercise,
                    "status": one.report["status"],
                    "score": one.report["score"],
                    "mutant": one.report["mutant"],
                    "isolation": one.report["isolation"],
                }
                for one in graded
            ]
        },
    }
    return (json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8", "replace")


def _named(one: Graded, what: str, *, several: bool) -> str:
    exercise = one.submission.exercise or one.submission.file
    return ": ".join([*([one.submission.learner] if several else []), exercise, what])


def _tests(one: Graded, number: int, *, several: bool) -> Iterator[dict[str, Any]]:
    report = one.report
    parts = list(_parts(report))
    share = 1 / len(parts)
    for index, (name, status, message) in enumerate(parts, 1):
        passed = status == "passed"
        # A broken rule costs its own share only; equal shares then add up to the report's score.
        yield {
            "name": _named(one, name, several=several),
            "number": f"{number}.{index}",
            "score": round(share, DIGITS) if passed else 0.0,
            "max_score": round(share, DIGITS),
            "status": "passed" if passed else "failed",
            "output": message,
            "tags": [tag for tag in (one.submission.exercise, None if passed else status) if tag],
        }


def _parts(report: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    first = (report["first_failure"] or {}).get("case")
    for case in report["cases"]:
        yield case["name"], case["status"], report["message"]["en"] if case["name"] == first else case["message"]
    rules: dict[str, list[str]] = {}
    for broken in report["rules"]:
        rules.setdefault(broken["rule"], []).append(f"line {broken['line']}: {broken['message']}")
    for rule, places in rules.items():
        yield f"rule {rule}", "failed", "\n".join(places)
    if not report["cases"] and not rules:
        yield "submission", report["status"], report["message"]["en"]
