"""Rows of the database to values and back; the order of columns is decided here once."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quizapp.scheduling.model import CardState, Phase, Rating, Review
from quizapp.store.schema import STATE_COLUMNS

if TYPE_CHECKING:
    from quizapp.store.records import Answer, LoggedReview

ANSWER_COLUMNS = (
    "item",
    "at",
    "day",
    "utc_offset",
    "rating",
    "rated_by",
    "verdict",
    "kind",
    "skill",
    "version",
    "level",
    "seed",
    "params",
    "raw",
    "read_as",
    "misconception",
    "slip",
    "hints",
    "tries",
    "milliseconds",
    "session",
    "language",
    "revision",
)
AFTER_COLUMNS = (
    "after_phase",
    "after_step",
    "after_stability",
    "after_difficulty",
    "after_due",
    "after_due_day",
    "after_interval",
    "after_reps",
    "after_lapses",
)
REVIEW_COLUMNS = (*ANSWER_COLUMNS, "phase_before", "replaces", *AFTER_COLUMNS)

_RATINGS = (None, Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY)
_PHASES = {phase.value: phase for phase in Phase}

STATE = ", ".join(STATE_COLUMNS)

INSERT_REVIEW = f"INSERT INTO review ({', '.join(REVIEW_COLUMNS)}) VALUES ({', '.join('?' * len(REVIEW_COLUMNS))})"  # noqa: S608 - names from above
INSERT_STATE = f"INSERT INTO state (item, deck, {STATE}) VALUES ({', '.join('?' * (len(STATE_COLUMNS) + 2))})"  # noqa: S608 - names from above
UPDATE_STATE = f"UPDATE state SET {', '.join(f'{name} = ?' for name in STATE_COLUMNS)} WHERE item = ?"  # noqa: S608 - names from above
UPDATE_STATE_IF = f"{UPDATE_STATE} AND reps = ? AND last_review = ?"
SELECT_REVIEW = (
    f"SELECT review.id, {', '.join(f'review.{name}' for name in REVIEW_COLUMNS)}, annulment.reason"  # noqa: S608 - names from above
    " FROM review LEFT JOIN annulment ON annulment.review = review.id"
)


def deck_of(item: str) -> str:
    """Return the deck in ``deck/item``."""
    return item.rpartition("/")[0]


def dumped(value: Mapping[str, object] | None) -> str | None:
    """Return a mapping as JSON text, the same text for equal mappings."""
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def storable(text: str) -> str:
    r"""Return text that SQLite can keep: bytes that the terminal could not decode are written as ``\udc80``."""
    if text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode()


def state_values(state: CardState) -> tuple[Any, ...]:
    """Return the values of ``STATE_COLUMNS``."""
    return (
        state.phase.value,
        state.step,
        state.stability,
        state.difficulty,
        state.due,
        state.due_day,
        state.last_review,
        state.last_day,
        state.interval,
        state.reps,
        state.lapses,
    )


def state_of(row: tuple[Any, ...]) -> CardState:
    """Return the state from the values of ``STATE_COLUMNS``."""
    return CardState(_PHASES[row[0]], *row[1:])


def review_values(answer: "Answer", state: CardState, phase_before: str, replaces: int | None) -> tuple[Any, ...]:
    """Return the values of ``REVIEW_COLUMNS``."""
    return (
        answer.item,
        answer.at,
        answer.day,
        answer.utc_offset,
        int(answer.rating),
        answer.rated_by,
        answer.verdict,
        answer.kind,
        answer.skill,
        answer.version,
        answer.level,
        answer.seed,
        dumped(answer.params),
        storable(answer.raw),
        storable(answer.read_as),
        answer.misconception,
        answer.slip,
        answer.hints,
        answer.tries,
        answer.milliseconds,
        answer.session,
        answer.language,
        answer.revision,
        phase_before,
        replaces,
        state.phase.value,
        state.step,
        state.stability,
        state.difficulty,
        state.due,
        state.due_day,
        state.interval,
        state.reps,
        state.lapses,
    )


def logged_of(row: tuple[Any, ...]) -> "LoggedReview":
    """Return a row of ``SELECT_REVIEW`` as a value."""
    # The first screen counts and makes no records.
    from quizapp.store.records import Answer, LoggedReview

    values = dict(zip(ANSWER_COLUMNS, row[1:], strict=False))
    values["rating"] = _RATINGS[values["rating"]]
    values["params"] = None if values["params"] is None else json.loads(values["params"])
    answer = Answer(**values)
    phase_before, replaces, phase, step, stability, difficulty, due, due_day, interval, reps, lapses, annulled = row[
        1 + len(ANSWER_COLUMNS) :
    ]
    state = CardState(
        phase=_PHASES[phase],
        step=step,
        stability=stability,
        difficulty=difficulty,
        due=due,
        due_day=due_day,
        last_review=answer.at,
        last_day=answer.day,
        interval=interval,
        reps=reps,
        lapses=lapses,
    )
    return LoggedReview(row[0], answer, state, phase_before, replaces, annulled)


def review_of(item: str, rating: int, at: int, day: int, granted: int) -> Review:
    """Return what scheduling needs of a row; ``granted`` keeps the interval that was promised then."""
    return Review(item, _RATINGS[rating] or Rating(rating), at, day, granted)
