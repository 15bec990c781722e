"""The figures of ``quizapp stats`` and of the home screen's first line. Each says what it counts."""

from collections import Counter
from typing import Any

from quizapp.library import Library
from quizapp.stats.mastery import areas

RETENTION_DAYS = 30


def overview(library: Library) -> dict[str, Any]:
    """Return all basic figures as ``quizapp stats --json`` prints them."""
    day = library.day(library.clock.now())
    rows = (
        list(library.store.log("day", "rating", "phase_before", "milliseconds", "skill", "misconception"))
        if library.has_progress
        else []
    )
    mistakes = Counter((skill, slug) for *_, skill, slug in rows if slug)
    found = areas(library)
    return {
        "reviews": len(rows),
        "today": sum(row[0] == day for row in rows),
        "items": sum(area.items for area in found),
        "seen": sum(area.seen for area in found),
        "in_review": sum(state.phase == "review" for state in library.store.all_states().values())
        if library.has_progress
        else 0,
        "streak": streak(library),
        "retention": dict(zip(("share", "reviews", "days"), (*retention(library), RETENTION_DAYS), strict=True)),
        "minutes": round(sum(row[3] for row in rows) / 60_000, 1),
        "areas": [
            {
                "area": area.area,
                "title": {"en": area.title.en, "zh": area.title.zh},
                "mastery": round(area.mastery, 4),
                "due": area.due,
                "new": area.new,
                "items": area.items,
                "seen": area.seen,
            }
            for area in found
        ],
        "mistakes": [
            {"skill": skill, "misconception": slug, "times": times} for (skill, slug), times in mistakes.most_common(10)
        ],
        "forecast": forecast(library, 14),
    }


def retention(library: Library, days: int = RETENTION_DAYS) -> tuple[float | None, int]:
    """Return the share of the reviews of the last days that were recalled, and how many there were.

    Counted are answers to items in review, not those in learning steps.
    """
    if not library.has_progress:
        return None, 0
    right, total = library.store.recalled(library.day(library.clock.now()) - days + 1)
    return (right / total if total else None), total


def streak(library: Library) -> int:
    """Return the number of study days in a row with an answer, up to today or yesterday."""
    if not library.has_progress:
        return 0
    expected = library.day(library.clock.now())
    length = 0
    for day in library.store.study_days():
        # Today may still be ahead: a streak that reached yesterday is alive.
        if length == 0 and day == expected - 1:
            expected = day
        if day != expected:
            break
        length += 1
        expected -= 1
    return length


def forecast(library: Library, days: int) -> list[int]:
    """Return how many reviews fall due on each of the coming days, today's first, overdue ones counted today."""
    if not library.has_progress:
        return [0] * days
    day = library.day(library.clock.now())
    per_day = library.store.due_per_day(0, day + days - 1)
    overdue = sum(count for due_day, count in per_day.items() if due_day <= day)
    return [overdue, *(per_day.get(day + ahead, 0) for ahead in range(1, days))]
