"""One marked answer as a row of the log: what was asked, with the very numbers, and how it was answered."""

from datetime import datetime

from quizapp.catalogue.entries import ItemEntry
from quizapp.library import Library
from quizapp.questions.base import Grade, Question
from quizapp.scheduling.days import milliseconds_of
from quizapp.scheduling.model import Rating
from quizapp.store.records import Answer


def answer_row(
    library: Library, question: Question, entry: ItemEntry, grade: Grade, rating: Rating, now: datetime
) -> Answer:
    """Return the row; what only the session knows (its id, the typed text, hints, time) it adds itself."""
    offset = now.utcoffset()
    return Answer(
        item=entry.id,
        at=milliseconds_of(now),
        day=library.day(now),
        utc_offset=0 if offset is None else round(offset.total_seconds()),
        rating=rating,
        rated_by="auto",
        verdict=grade.verdict.value,
        kind=question.type,
        session="",
        language=library.settings.language,
        revision=entry.revision,
        skill=question.skill,
        version=question.version,
        level=question.draw.level,
        seed=question.draw.seed,
        params=question.draw.params,
        read_as=grade.read_as,
        misconception=grade.misconception,
        slip=grade.slip,
    )
