"""Rebuilding every memory state from the log and fitting parameters, against fsrs-rs alone."""

import random

import fsrs_rs_python as fsrs

from quizapp.scheduling.fit import fit
from quizapp.scheduling.model import Log
from quizapp.scheduling.replay import memories
from tests.benchmarks.measuring import Ratio, paired


def random_log(cards: int, reviews: int) -> Log:
    chance = random.Random("benchmark")
    item: list[str] = []
    rating: list[int] = []
    day: list[int] = []
    for card in range(cards):
        today = 700_000
        for number in range(reviews):
            item.append(f"deck/item-{card}")
            rating.append(chance.choices([1, 2, 3, 4], [1, 1, 7, 1])[0])
            day.append(today)
            today += chance.randint(1, 3 + 4 * number)
    return Log(item, rating, [each * 86_400_000 for each in day], day)


def as_items(log: Log) -> list[fsrs.FSRSItem]:
    histories: dict[str, list[tuple[int, int]]] = {}
    for item, rating, day in zip(log.item, log.rating, log.day, strict=True):
        histories.setdefault(item, []).append((rating, day))
    return [
        fsrs.FSRSItem(
            [
                fsrs.FSRSReview(rating, 0 if number == 0 else day - history[number - 1][1])
                for number, (rating, day) in enumerate(history)
            ]
        )
        for history in histories.values()
    ]


def training_items(log: Log) -> list[fsrs.FSRSItem]:
    found: list[fsrs.FSRSItem] = []
    for whole in as_items(log):
        reviews = whole.reviews
        found.extend(fsrs.FSRSItem(reviews[:length]) for length in range(2, len(reviews) + 1))
    return found


def measure() -> list[Ratio]:
    large, small = random_log(50_000, 10), random_log(1_500, 10)
    model = fsrs.FSRS(list(fsrs.DEFAULT_PARAMETERS))
    items = training_items(small)
    return [
        paired(
            "500,000 reviews to memory states / memory_state_batch",
            lambda: memories(large),
            lambda: model.memory_state_batch(as_items(large)),
            "≤ 1",
            rounds=3,
        ),
        paired(
            "fit on 15,000 reviews / compute_parameters alone",
            lambda: fit(small),
            lambda: model.compute_parameters(items),
            "≤ 1.3",
            rounds=3,
        ),
    ]
