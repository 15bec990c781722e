"""What the content covers of the syllabus and of the engine; the documents behind ``content list`` and ``coverage``."""

from collections.abc import Iterable
from typing import Any

from quizapp.catalogue.catalogue import Catalogue
from quizapp.catalogue.entries import ItemEntry


def content_list(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return every item as ``content list --json`` prints it."""
    return [
        {
            "id": item.id,
            "deck": item.deck,
            "area": item.area,
            "type": item.type,
            "title": {"en": item.title.en, "zh": item.title.zh},
            "topics": list(item.topics),
            "errata": list(item.errata),
            "tags": list(item.tags),
            "skill": item.skill,
            "exercise": item.exercise,
            "languages": list(item.languages),
            "file": item.file,
            "line": item.line,
        }
        for item in catalogue.items()
    ]


def coverage(catalogue: Catalogue) -> dict[str, Any]:
    """Return what ``content coverage --json`` prints.

    ``topics`` and ``errata`` map each id of the syllabus to the items that name it; ``skills_unasked`` and
    ``exercises_unused`` list what the engine has and no item asks.
    """
    from quizapp.catalogue.names import engine_names

    items = catalogue.items()
    topics = _by_name((topic.id for topic in catalogue.topics()), items, "topics")
    errata = _by_name((erratum.id for erratum in catalogue.errata()), items, "errata")
    engine = engine_names()
    return {
        "topics": topics,
        "uncovered": [name for name, found in topics.items() if not found],
        "errata": errata,
        "errata_uncovered": [name for name, found in errata.items() if not found],
        "skills_unasked": sorted(engine["skill"] - {item.skill for item in items if item.skill}),
        "exercises_unused": sorted(engine["exercise"] - {item.exercise for item in items if item.exercise}),
    }


def _by_name(names: Iterable[str], items: Iterable[ItemEntry], field: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in names}
    for item in items:
        for name in getattr(item, field):
            if name in found:
                found[name].append(item.id)
    return found
