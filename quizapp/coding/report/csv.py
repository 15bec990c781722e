"""One row per submission, for a spreadsheet."""

import csv
from collections.abc import Sequence
from io import StringIO

from quizapp.coding.batch import Graded

COLUMNS = (
    "learner", "file", "exercise", "status", "score", "cases_passed", "cases", "first_failure", "mutant", "rules",
    "message_en", "message_zh",
)  # fmt: skip
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(graded: Sequence[Graded]) -> bytes:
    """Return the table; no text in it can act as a formula, whatever a learner's exception says."""
    text = StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for one in graded:
        report = one.report
        failure = report["first_failure"]
        row: tuple[str | int | float, ...] = (
            one.submission.learner,
            one.submission.file,
            one.submission.exercise or "",
            report["status"],
            report["score"],
            sum(case["status"] == "passed" for case in report["cases"]),
            len(report["cases"]),
            failure["case"] if failure is not None else "",
            report["mutant"] or "",
            " ".join(dict.fromkeys(broken["rule"] for broken in report["rules"])),
            report["message"]["en"],
            report["message"]["zh"],
        )
        rows.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8", "replace")


def _harmless(cell: str) -> str:
    text = cell.replace("\0", "")
    return f"'{text}" if text.startswith(STARTS_FORMULA) else text
