"""py-fsrs as the reference: another implementation, in double precision."""

from copy import copy
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Scheduler, State
from fsrs import Rating as TheirRating
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.scheduling.memory import filled, interval_for
from quizapp.scheduling.model import CardState, Options, Phase, Rating
from quizapp.scheduling.policy import outcomes

START = datetime(2024, 1, 1, 10, tzinfo=UTC)
PHASES = {State.Learning: Phase.LEARNING, State.Review: Phase.REVIEW, State.Relearning: Phase.RELEARNING}
STEPS: list[tuple[int, ...]] = [(), (600,), (60, 600), (60, 600, 3600)]


def days_of(card: Card, at: datetime) -> int:
    return (card.due - at).days if card.state is State.Review else 0


def near_half(stability: float, retention: float) -> bool:
    exact = interval_for(stability, retention)
    return abs(exact % 1 - 0.5) < 1e-4 * max(1.0, exact)


@settings(max_examples=150, deadline=None)
@given(
    history=st.lists(st.tuples(st.sampled_from(list(Rating)), st.integers(0, 200)), min_size=1, max_size=15),
    learning=st.sampled_from(STEPS),
    relearning=st.sampled_from(STEPS),
    retention=st.sampled_from([0.8, 0.9, 0.95]),
)
def test_memory_phases_and_intervals_are_those_of_py_fsrs(
    history: list[tuple[Rating, int]], learning: tuple[int, ...], relearning: tuple[int, ...], retention: float
) -> None:
    theirs = Scheduler(
        parameters=filled(),
        desired_retention=retention,
        learning_steps=[timedelta(seconds=step) for step in learning],
        relearning_steps=[timedelta(seconds=step) for step in relearning],
        enable_fuzzing=False,
    )
    options = Options(desired_retention=retention, learning_steps=learning, relearning_steps=relearning, fuzz=False)
    card = Card(card_id=1)
    state: CardState | None = None
    at = START
    for rating, days in history:
        # A second more each time: whole days of 24 hours are then the study days that passed.
        at += timedelta(days=days, seconds=1)
        ours = outcomes(state, "deck/item", at, options)
        floor = 0
        for button in Rating:
            their_card, _ = theirs.review_card(copy(card), TheirRating(int(button)), at)
            mine = ours[button]
            assert mine.stability == pytest.approx(their_card.stability, rel=1e-4)
            assert mine.difficulty == pytest.approx(their_card.difficulty, rel=1e-4)
            assert mine.phase is PHASES[their_card.state]
            if mine.phase is not Phase.REVIEW:
                assert mine.step == their_card.step
                assert mine.due == round(their_card.due.timestamp() * 1000)
                continue
            expected = days_of(their_card, at)
            if button is Rating.EASY and floor == 0:
                # Easy out of the steps stays above what Good would have granted, which py-fsrs does not ask.
                floor = max(1, round(interval_for(ours.good.stability, retention)))
            if button is not Rating.AGAIN:
                expected = max(expected, floor + 1)
                floor = mine.interval
            if not near_half(mine.stability, retention) and not near_half(ours.good.stability, retention):
                assert mine.interval == expected
            else:
                assert abs(mine.interval - expected) <= 1
        card, _ = theirs.review_card(card, TheirRating(int(rating)), at)
        state = ours[rating]
