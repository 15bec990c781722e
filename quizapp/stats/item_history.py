"""Every review of one item, as ``quizapp history --json`` prints it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from quizapp.errors import UnknownName
from quizapp.library import Library
from quizapp.store.records import LoggedReview


def item_history(library: Library, item: str) -> list[dict[str, Any]]:
    """Return the reviews of an item, oldest first, undone ones included.

    Raises
    ------
    UnknownName
        If neither the content nor the log knows the item.
    """
    reviews = library.store.reviews(item) if library.has_progress else []
    if not reviews and library.known(item) is None:
        raise UnknownName("item", item, (entry.id for entry in library.catalogue.items()))
    return [_document(logged) for logged in reviews]


def _document(logged: LoggedReview) -> dict[str, Any]:
    answer, state = logged.answer, logged.state
    zone = timezone(timedelta(seconds=answer.utc_offset))
    return {
        "id": logged.id,
        "item": answer.item,
        "at": datetime.fromtimestamp(answer.at / 1000, zone).isoformat(timespec="seconds"),
        "type": answer.kind,
        "skill": answer.skill,
        "version": answer.version,
        "level": answer.level,
        "seed": answer.seed,
        "params": answer.params,
        "answer": answer.raw,
        "read_as": answer.read_as,
        "verdict": answer.verdict,
        "misconception": answer.misconception,
        "slip": answer.slip,
        "rating": answer.rating.name.lower(),
        "rated_by": answer.rated_by,
        "hints": answer.hints,
        "tries": answer.tries,
        "seconds": round(answer.milliseconds / 1000, 1),
        "annulled": logged.annulled,
        "memory": {
            "phase": state.phase.value,
            "stability": round(state.stability, 4),
            "difficulty": round(state.difficulty, 4),
            "interval": state.interval,
            "due": datetime.fromtimestamp(state.due / 1000, UTC).isoformat(timespec="seconds"),
            "reps": state.reps,
            "lapses": state.lapses,
        },
    }
