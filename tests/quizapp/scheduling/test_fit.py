import math
import random

import pytest
from fsrs_rs_python import DEFAULT_PARAMETERS

from quizapp.scheduling.fit import MINIMUM_REVIEWS, fit, log_loss, scored_reviews
from quizapp.scheduling.memory import Memory, filled, prospects, retrievability
from quizapp.scheduling.model import Log

FORGETFUL = (*DEFAULT_PARAMETERS[:2], 1.0, *DEFAULT_PARAMETERS[3:8], 0.9, *DEFAULT_PARAMETERS[9:20], 0.3)


def person(cards: int, parameters: tuple[float, ...]) -> Log:
    """Return the log of someone who remembers exactly as these parameters say."""
    generator = random.Random(7)  # noqa: S311 - no secret
    rows = []
    for card in range(cards):
        memory: Memory | None = None
        day = 739_000 + generator.randrange(300)
        for _ in range(generator.randint(2, 10)):
            elapsed = generator.choice([1, 2, 4, 8, 15, 30, 60])
            if memory is None:
                elapsed, rating = 0, generator.choice([1, 3, 3, 4])
            else:
                rating = 3 if generator.random() < retrievability(memory.stability, elapsed, parameters) else 1
            day += elapsed
            memory = prospects(memory, elapsed, 0.9, parameters)[rating - 1].memory
            rows.append((f"deck/{card}", rating, (day - 719_163) * 86_400_000 + generator.randrange(1000), day))
    rows.sort(key=lambda row: row[2])
    item, rating_column, at, day_column = zip(*rows, strict=True)
    return Log(item, rating_column, at, day_column)


def test_a_person_unlike_the_average_gets_better_parameters() -> None:
    log = person(600, FORGETFUL)
    result = fit(log)
    assert (result.kept, result.reason) == (True, "better")
    assert result.log_loss_before is not None
    assert result.log_loss_after is not None
    assert result.log_loss_after < result.log_loss_before
    assert filled(result.parameters) == result.parameters


def test_parameters_that_are_right_already_are_kept() -> None:
    result = fit(person(600, FORGETFUL), FORGETFUL)
    assert (result.kept, result.reason, result.parameters) == (False, "not-better", FORGETFUL)


def test_too_few_reviews_change_nothing() -> None:
    result = fit(person(10, FORGETFUL), FORGETFUL)
    assert result.reviews < MINIMUM_REVIEWS
    assert (result.kept, result.reason, result.log_loss_after) == (False, "too-few-reviews", None)
    assert result.parameters == FORGETFUL


@pytest.mark.parametrize("same_interval", [True, False])
@pytest.mark.parametrize("rating", [1, 3])
def test_a_log_without_variety_is_no_trouble(rating: int, same_interval: bool) -> None:
    # What fsrs-rs would rather sort out: intervals of two years, or no two first intervals alike.
    count = MINIMUM_REVIEWS + 50
    items = [f"deck/{i}" for i in range(count)]
    log = Log(
        [*items, *items],
        [rating] * (2 * count),
        [*range(count), *range(10**11, 10**11 + count)],
        [739_000] * count + [739_730 if same_interval else 739_001 + i for i in range(count)],
    )
    result = fit(log, FORGETFUL)
    assert result.reviews == count
    assert filled(result.parameters) == result.parameters
    assert result.parameters == FORGETFUL or result.kept


def test_only_reviews_on_a_later_day_are_scored() -> None:
    # The last one's clock was set back.
    log = Log(list("abaaa"), [3, 3, 1, 3, 4], [0, 1, 2, 3, 4], [100, 100, 100, 101, 99])
    scored = scored_reviews(log)
    assert [(one.elapsed, one.recalled, len(one.item.reviews)) for one in scored] == [(1, True, 3)]


def test_scored_reviews_come_in_the_order_of_time() -> None:
    log = Log(list("abab"), [3, 2, 1, 4], [0, 1, 9, 5], [100, 100, 109, 105])
    assert [(one.elapsed, one.recalled) for one in scored_reviews(log)] == [(5, True), (9, False)]


def test_the_log_loss_is_that_of_the_predicted_recalls() -> None:
    log = person(40, FORGETFUL)
    losses = []
    states: dict[str, tuple[Memory, int]] = {}
    for name, rating, day in zip(log.item, log.rating, log.day, strict=True):
        memory, last = states.get(name, (None, day))
        elapsed = day - last
        if memory is not None and elapsed:
            recall = retrievability(memory.stability, elapsed)
            losses.append(-math.log(recall if rating > 1 else 1 - recall))
        states[name] = prospects(memory, elapsed, 0.9)[rating - 1].memory, day
    assert log_loss(scored_reviews(log)) == pytest.approx(sum(losses) / len(losses), rel=1e-4)


def test_wrong_parameters_are_refused() -> None:
    with pytest.raises(ValueError, match="21 parameters"):
        fit(person(10, FORGETFUL), (1.0, 2.0))
