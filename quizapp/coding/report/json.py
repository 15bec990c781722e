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
    # One line each: a class makes a long list, which the encoder writes several times faster without indentation.
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False, allow_nan=False) for entry in entries)
    return f"[\n{lines}\n]\n".encode("utf-8", "replace")  # a learner's message may hold half a character
