import csv
import json
from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from quizapp.cli import grade
from quizapp.coding.batch import Graded
from quizapp.coding.report import FORMATS, renderer
from quizapp.coding.submissions import Submission

NASTY = '=1+1\x00\x1b[31m\ud800 <&> ]]> "quoted", 均值\nnext\ufffe'


def report(status: str = "passed", **extra: Any) -> dict[str, Any]:
    return {
        "exercise": "softmax",
        "status": status,
        "score": 1.0 if status == "passed" else 0.0,
        "cases": [],
        "first_failure": None,
        "mutant": None,
        "rules": [],
        "isolation": ["landlock"],
        "message": {"en": "Said.", "zh": "说了。"},
    } | extra


def case(name: str, status: str, seconds: float = 0.25) -> dict[str, Any]:
    return {"name": name, "status": status, "seconds": seconds, "message": "" if status == "passed" else "No."}


FAILED = report(
    "failed",
    score=0.25,
    cases=[case("a", "passed"), case("b", "failed"), case("c", "timeout")],
    first_failure={"case": "b", "input": None, "got": None, "expected": None, "difference": None},
    mutant="no-max",
    rules=[{"rule": "no-loop", "line": 3, "message": "A loop."}, {"rule": "no-loop", "line": 5, "message": "A loop."}],
    message={"en": NASTY, "zh": NASTY},
)
CLASS = [
    Graded(0, Submission("c/ann.py", "ann", "softmax"), report(cases=[case("a", "passed")])),
    Graded(1, Submission("c/ben.py", NASTY, "softmax"), FAILED),
    Graded(2, Submission("c/cem.py", "cem", None), report("error", exercise=None)),
]


def gradescope(graded: list[Graded]) -> Any:
    return json.loads(renderer("gradescope")(graded))


@pytest.mark.parametrize("name", FORMATS)
def test_any_text_becomes_valid_utf8(name: str) -> None:
    assert renderer(name)(CLASS).decode("utf-8")
    assert renderer(name)([])


def test_the_command_offers_every_format() -> None:
    assert tuple(grade.FORMATS) == FORMATS


def test_json_has_the_promised_shape() -> None:
    entries = json.loads(renderer("json")(CLASS))
    assert [list(entry) for entry in entries] == [["file", "learner", "exercise", "report"]] * 3
    assert entries[0]["report"] == CLASS[0].report
    assert entries[2]["exercise"] is None


def test_csv_has_a_row_each_and_no_formula() -> None:
    rows = list(csv.DictReader(StringIO(renderer("csv")(CLASS).decode(), newline="")))
    assert [row["status"] for row in rows] == ["passed", "failed", "error"]
    assert [row["score"] for row in rows] == ["1.0", "0.25", "0.0"]
    assert (rows[1]["cases_passed"], rows[1]["cases"], rows[1]["first_failure"]) == ("1", "3", "b")
    assert rows[1]["rules"] == "no-loop"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert "均值" in rows[1]["message_zh"]


def test_junit_can_be_parsed_and_adds_up() -> None:
    root = ET.fromstring(renderer("junit")(CLASS).decode())  # noqa: S314 - written above
    counts = ("tests", "failures", "errors", "skipped")
    assert {name: root.get(name) for name in counts} == dict(zip(counts, ("7", "3", "2", "0"), strict=True))
    assert [suite.get("tests") for suite in root] == ["1", "5", "1"]
    assert root.get("time") == "1.000000"
    kinds = [child.tag for child in root[1].findall("testcase/*")]
    assert kinds == ["failure", "error", "failure", "failure"]
    failure = root[1].find("testcase/failure")
    assert failure is not None
    assert "\x1b" not in (failure.text or "")
    assert "<&> ]]>" in (failure.text or "")
    assert root.find("testsuite/testcase[@name='a']/*") is None


def test_gradescope_points_add_up_to_the_score() -> None:
    one = gradescope(CLASS[1:2])
    assert one["score"] == 0.25
    assert [test["status"] for test in one["tests"]] == ["passed", "failed", "failed", "failed"]
    assert sum(test["score"] for test in one["tests"]) == pytest.approx(0.25)
    assert sum(test["max_score"] for test in one["tests"]) == pytest.approx(1)
    assert [test["number"] for test in one["tests"]] == ["1.1", "1.2", "1.3", "1.4"]
    assert one["tests"][0]["name"] == "softmax: a"
    assert one["execution_time"] == 0.75


def test_gradescope_names_the_learners_where_there_are_several() -> None:
    names = [test["name"] for test in gradescope(CLASS)["tests"]]
    assert names[0] == "ann: softmax: a"
    assert names[-1] == "cem: c/cem.py: submission"
