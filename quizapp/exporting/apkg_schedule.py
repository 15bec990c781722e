"""Schedules as Anki reads them: FSRS memory in the card's data, due days counted from the collection's creation."""

from collections.abc import Iterable
from datetime import UTC, datetime

from quizapp.exporting.apkg_package import LONGEST_TIME, Card, Log
from quizapp.exporting.base import Schedule, Scheduling
from quizapp.scheduling.days import DAY_SECONDS, day_start
from quizapp.scheduling.model import Phase
from quizapp.store.records import LoggedReview

NEW, LEARNING, REVIEW, RELEARNING = range(4)
QUEUE_LEARNING, QUEUE_REVIEW, QUEUE_DAY_LEARNING, QUEUE_SUSPENDED = 1, 2, 3, -1
_LOG_TYPES = {"new": 0, "learning": 0, "review": 1, "relearning": 2}

EASE = 2500
"""SM-2's ease, which FSRS does not use; 2.5 is where Anki begins."""

UNTIMED = (1_577_836_800, 0, 4)
"""A collection without schedules: created on 2020-01-01, as good as any other day."""


class Calendar:
    """The days of a package: all due days count from its creation."""

    def __init__(self, scheduling: Scheduling | None, schedules: Iterable[Schedule]) -> None:
        self._scheduling = scheduling
        self.created, self.minutes_west, self.rollover_hour = UNTIMED
        self.first_day = 0
        days = [min(schedule.state.due_day, schedule.state.last_day) for schedule in schedules]
        if scheduling is not None and days:
            self.first_day = min(days)
            self.rollover_hour = scheduling.rollover_hour
            self.created = day_start(self.first_day, self.rollover_hour, scheduling.zone) // 1000
            offset = datetime.fromtimestamp(self.created, UTC).astimezone(scheduling.zone).utcoffset()
            self.minutes_west = -round(offset.total_seconds() / 60) if offset is not None else 0
        steps = {} if scheduling is None else scheduling.settings
        self._learning_steps = len(steps.get("learning_steps", "").split())
        self._relearning_steps = len(steps.get("relearning_steps", "").split())

    def card(self, schedule: Schedule) -> Card:
        """Return where a card stands."""
        state = schedule.state
        kind, queue, due, left = REVIEW, QUEUE_REVIEW, state.due_day - self.first_day, 0
        if state.phase is not Phase.REVIEW:
            relearning = state.phase is Phase.RELEARNING
            steps = self._relearning_steps if relearning else self._learning_steps
            kind, queue, left = RELEARNING if relearning else LEARNING, QUEUE_LEARNING, max(1, steps - state.step)
            if state.due - state.last_review < DAY_SECONDS * 1000:
                due = state.due // 1000
            else:
                queue = QUEUE_DAY_LEARNING
        return Card(
            modified=state.last_review // 1000,
            type=kind,
            queue=QUEUE_SUSPENDED if schedule.suspended else queue,
            due=due,
            # A card in relearning has an interval to return to.
            interval=max(state.interval, int(kind == RELEARNING)) if kind != LEARNING else 0,
            factor=0 if kind == LEARNING else EASE,
            reps=state.reps,
            lapses=state.lapses,
            left=left,
            data=self._data(schedule),
        )

    def _data(self, schedule: Schedule) -> str:
        state, scheduling = schedule.state, self._scheduling
        target = "" if scheduling is None else f',"dr":{scheduling.desired_retention:g},"decay":{scheduling.decay:.4f}'
        return f'{{"s":{state.stability:.4f},"d":{state.difficulty:.3f}{target},"lrt":{state.last_review // 1000}}}'


def log_rows(reviews: Iterable[LoggedReview]) -> list[Log]:
    """Return the review log of a card."""
    rows: list[Log] = []
    last = 0
    for review in reviews:
        answer, state = review.answer, review.state
        interval = state.interval or -max(1, (state.due - answer.at) // 1000)
        rows.append(
            Log(
                id=answer.at,
                ease=int(answer.rating),
                interval=interval,
                last_interval=last,
                # Under FSRS Anki keeps the difficulty where SM-2 had its ease: 1 to 10 as 100 to 1100.
                factor=round((state.difficulty - 1) / 9 * 1000) + 100,
                time=min(answer.milliseconds, LONGEST_TIME),
                type=_LOG_TYPES[review.phase_before],
            )
        )
        last = interval
    return rows
