"""All that is known, as one JSON list; the form that the command line promises to scripts."""

import json
from collections.abc import Sequence

from quizapp.coding.batch import Graded


def render(graded: Sequence[Graded]) -> bytes:
    """Return one object per submission: file, learner, exercise, report."""
    entries = [
        {
            "file": one.submission.file,
            "learner": one.submission.learner,
            "exercise": one.submission.exercise,
            "report": one.report,
        }
        for one in graded
    ]
    text = json.dumps(entries, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return text.encode("utf-8", "replace")  # a learner's message may hold half a character
