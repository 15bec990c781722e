"""What a class got wrong: how many made which known mistake, where they failed, how they scored."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import mean
from typing import Any

from quizapp.coding.batch import Graded
from quizapp.questions.words import ExerciseWords

NO_EXERCISE = ""


@dataclass(slots=True)
class ExerciseTally:
    """The counts of one exercise."""

    scores: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    mutants: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    first_failures: Counter[str] = field(default_factory=Counter)

    def add(self, report: dict[str, Any]) -> None:
        """Count one report."""
        self.scores.append(float(report["score"]))
        self.statuses[report["status"]] += 1
        if report["mutant"] is not None:
            self.mutants[report["mutant"]] += 1
        self.rules.update({broken["rule"] for broken in report["rules"]})
        if report["first_failure"] is not None:
            self.first_failures[report["first_failure"]["case"]] += 1


def tally(graded: Iterable[Graded]) -> dict[str, ExerciseTally]:
    """Return the counts of each exercise; what belongs to none is counted under ``""``."""
    found: dict[str, ExerciseTally] = {}
    for one in sorted(graded, key=lambda each: each.position):
        found.setdefault(one.submission.exercise or NO_EXERCISE, ExerciseTally()).add(one.report)
    return dict(sorted(found.items()))


def document(counts: dict[str, ExerciseTally], words: Callable[[str], ExerciseWords | None]) -> dict[str, Any]:
    """Return the counts as plain data."""
    statuses: Counter[str] = Counter()
    for one in counts.values():
        statuses.update(one.statuses)
    return {
        "submissions": statuses.total(),
        "statuses": dict(sorted(statuses.items())),
        "exercises": {
            name: _exercise(one, words(name) if name else None) for name, one in counts.items() if name != NO_EXERCISE
        },
    }


def _exercise(one: ExerciseTally, words: ExerciseWords | None) -> dict[str, Any]:
    mutants: dict[str, dict[str, Any]] = {}
    for slug, count in one.mutants.most_common():
        mutants[slug] = {"count": count}
        if words is not None and slug in words.mutants:
            text = words.mutants[slug].text
            mutants[slug] |= {"en": text.en, "zh": text.zh}
    return {
        "submissions": len(one.scores),
        "passed": one.statuses["passed"],
        "mean_score": round(mean(one.scores), 4),
        "statuses": dict(sorted(one.statuses.items())),
        "mutants": mutants,
        "rules": dict(one.rules.most_common()),
        "first_failures": dict(one.first_failures.most_common()),
    }
