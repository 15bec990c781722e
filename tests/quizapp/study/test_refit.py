"""Fitting parameters: kept only when better, and every state follows the log under them."""

import random

from quizapp.library import Library
from quizapp.scheduling.model import Rating
from quizapp.scheduling.policy import outcomes
from quizapp.store.records import Answer
from quizapp.study.refit import refit
from tests.quizapp.shelf import Hours


def learn(library: Library, hours: Hours, items: int, days: int) -> None:
    """Record a learner who forgets much faster than the default parameters expect."""
    chance = random.Random("refit")  # noqa: S311 - a learner, not a secret
    due = {f"softmax/item-{number}": 0 for number in range(items)}
    for day in range(days):
        now = library.clock.now()
        for item in [item for item, when in due.items() if when <= day]:
            was = library.store.state(item)
            rating = Rating.GOOD if was is None or chance.random() < 0.6 else Rating.AGAIN
            state = outcomes(was, item, now, library.settings)[rating]
            answer = Answer(
                item=item,
                at=round(now.timestamp() * 1000),
                day=library.day(now),
                utc_offset=0,
                rating=rating,
                rated_by="auto",
                verdict="self",
                kind="flashcard",
                session="s",
                language="en",
            )
            library.store.record(answer, state, was)
            due[item] = day + max(1, state.interval)
        hours.pass_by(days=1)


def test_too_few_reviews_change_nothing(library: Library, hours: Hours) -> None:
    learn(library, hours, items=5, days=3)
    before = library.store.all_states()
    result = refit(library)
    assert (result.kept, result.reason) == (False, "too-few-reviews")
    assert library.store.all_states() == before
    assert library.settings.parameters == ()


def test_better_parameters_are_kept_and_every_state_follows_them(library: Library, hours: Hours) -> None:
    learn(library, hours, items=60, days=40)
    before = library.store.all_states()
    result = refit(library)
    assert result.kept
    assert result.log_loss_before is not None
    assert result.log_loss_after is not None
    assert result.log_loss_after < result.log_loss_before
    assert library.settings.parameters == result.parameters
    after = library.store.all_states()
    assert after.keys() == before.keys()
    for item, state in after.items():
        # What was promised stays; what is thought of the memory changes.
        assert (state.interval, state.due_day, state.reps) == (
            before[item].interval,
            before[item].due_day,
            before[item].reps,
        )
    assert any(after[item].stability != before[item].stability for item in after)
    assert Library(library.folders, library.catalogue, library.store, library.clock).settings == library.settings
