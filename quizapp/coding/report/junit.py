"""JUnit XML, as continuous-integration servers read it: a suite per submission, a test per case and broken rule."""

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

from quizapp.coding.batch import Graded

# All that XML 1.0 can't hold, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(graded: Sequence[Graded]) -> bytes:
    """Return the document."""
    root = ET.Element("testsuites", name="quizapp")
    for one in graded:
        root.append(_suite(one))
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    root.set("time", f"{sum(float(suite.get('time', '0')) for suite in root):.6f}")
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _suite(one: Graded) -> ET.Element:
    report = one.report
    exercise = one.submission.exercise or "unknown"
    suite = ET.Element(
        "testsuite", name=_clean(f"{one.submission.learner}/{exercise}"), file=_clean(one.submission.file)
    )
    properties = ET.SubElement(suite, "properties")
    said = (
        ("learner", one.submission.learner),
        ("exercise", exercise),
        ("status", report["status"]),
        ("score", str(report["score"])),
        ("mutant", report["mutant"] or ""),
        ("isolation", " ".join(report["isolation"])),
    )
    for name, value in said:
        ET.SubElement(properties, "property", name=name, value=_clean(value))
    first = (report["first_failure"] or {}).get("case")
    for case in report["cases"]:
        message = report["message"]["en"] if case["name"] == first else case["message"]
        _case(suite, exercise, case["name"], case["status"], message, case["seconds"])
    for broken in report["rules"]:
        where = f"line {broken['line']}: {broken['message']}"
        _case(suite, exercise, f"rule {broken['rule']}, line {broken['line']}", "failed", where)
    if not report["cases"] and not report["rules"]:
        _case(suite, exercise, "submission", report["status"], report["message"]["en"])
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))
    suite.set("skipped", "0")
    suite.set("time", f"{sum(float(case.get('time', '0')) for case in cases):.6f}")
    return suite


def _case(suite: ET.Element, exercise: str, name: str, status: str, message: str, seconds: Any = 0.0) -> None:
    case = ET.SubElement(suite, "testcase", name=_clean(name), classname=_clean(exercise), time=f"{float(seconds):.6f}")
    if status != "passed":
        kind = "failure" if status == "failed" else "error"
        ET.SubElement(case, kind, message=_clean(message), type=_clean(status)).text = _clean(message)


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text)
