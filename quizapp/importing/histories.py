"""From another program's past to our own log: every review with the state it leads to here, and where the item stands.

What the other program has promised is kept: the days it granted, the day on which the card is due, and its FSRS memory
where it has one. Otherwise the memory follows from the log, or, where that is missing, from the ease of SM-2.

A later rebuild of all states (after a refit) keeps the granted days but computes the memory from the log alone.
"""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from quizapp.importing.base import Past, PastReview, Standing
from quizapp.scheduling.days import day_start, milliseconds_of, moment_of, study_day
from quizapp.scheduling.memory import memory_from_sm2
from quizapp.scheduling.model import CardState, Phase, Rating
from quizapp.scheduling.policy import apply
from quizapp.settings import Settings
from quizapp.store.adopting import Adopted, AdoptedHistory
from quizapp.store.records import Answer

SESSION = "import"


def history(item: str, kind: str, past: Past, settings: Settings, now: datetime) -> AdoptedHistory | None:
    """Return the history of an item; None if nothing is known.

    Parameters
    ----------
    item : str
        ``deck/item``.
    kind : str
        Its type.
    past : Past
    settings : Settings
    now : datetime
        Aware; reviews after it are not believed.
    """
    zone = now.tzinfo
    if zone is None:
        raise ValueError("a history needs a time zone")
    if past.archived is not None:
        reviews = tuple(one._replace(answer=one.answer._replace(item=item)) for one in past.archived.reviews)
        kept = past.archived.state
        reviews = reviews or (Adopted(_answer(item, kind, _last(kept), settings, zone), kept, "new"),)
        return AdoptedHistory(item, reviews, kept, past.suspended)
    latest = milliseconds_of(now)
    believed = sorted((review for review in past.reviews if review.at <= latest), key=lambda review: review.at)
    adopted = _replayed(item, kind, believed, settings, zone)
    state = adopted[-1].state if adopted else None
    if past.standing is not None:
        state = _standing(past.standing, state, len(believed), settings, zone, latest)
        if not adopted:
            adopted = [Adopted(_answer(item, kind, _last(state), settings, zone), state, "new")]
        adopted[-1] = adopted[-1]._replace(state=state)
    return None if state is None else AdoptedHistory(item, adopted, state, past.suspended)


def _last(state: CardState) -> PastReview:
    """Return the one review that stands for a log which is missing."""
    return PastReview(state.last_review, Rating.GOOD, state.interval)


def _replayed(item: str, kind: str, reviews: Sequence[PastReview], settings: Settings, zone: tzinfo) -> list[Adopted]:
    adopted: list[Adopted] = []
    state: CardState | None = None
    for review in reviews:
        before = "new" if state is None else state.phase.value
        state = apply(state, Rating(review.rating), item, moment_of(review.at, zone), settings)
        if review.granted and state.phase is Phase.REVIEW and state.interval != review.granted:
            due_day = state.last_day + review.granted
            due = day_start(due_day, settings.rollover_hour, zone)
            state = state._replace(interval=review.granted, due_day=due_day, due=due)
        adopted.append(Adopted(_answer(item, kind, review, settings, zone), state, before))
    return adopted


def _standing(
    standing: Standing, folded: CardState | None, reviews: int, settings: Settings, zone: tzinfo, latest: int
) -> CardState:
    if standing.stability is not None and standing.difficulty is not None:
        memory = standing.stability, standing.difficulty
    elif folded is not None and reviews >= standing.reps:
        memory = folded.stability, folded.difficulty
    else:
        found = memory_from_sm2(standing.ease, max(1, standing.interval), parameters=settings.parameters)
        memory = found.stability, found.difficulty
    last = min(standing.last_review, latest) if folded is None else folded.last_review
    in_review = standing.phase is Phase.REVIEW
    due, due_day = day_start(standing.due_day, settings.rollover_hour, zone), standing.due_day
    if standing.due_at and not in_review:
        due = standing.due_at
        due_day = study_day(moment_of(due, zone), settings.rollover_hour)
    return CardState(
        phase=standing.phase,
        step=folded.step if folded is not None and folded.phase is standing.phase else 0,
        stability=memory[0],
        difficulty=memory[1],
        due=due,
        due_day=due_day,
        last_review=last,
        last_day=study_day(moment_of(last, zone), settings.rollover_hour),
        interval=max(1, standing.interval) if in_review else 0,
        reps=max(standing.reps, reviews),
        lapses=standing.lapses,
    )


def _answer(item: str, kind: str, review: PastReview, settings: Settings, zone: tzinfo) -> Answer:
    moment = moment_of(review.at, zone)
    offset = moment.utcoffset()
    return Answer(
        item=item,
        at=review.at,
        day=study_day(moment, settings.rollover_hour),
        utc_offset=round(offset.total_seconds()) if offset is not None else 0,
        rating=Rating(review.rating),
        rated_by="person",
        verdict="self",
        kind=kind,
        session=SESSION,
        language=settings.language,
        milliseconds=review.milliseconds,
    )
