import random
import time
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.days import day_start, milliseconds_of, study_day
from quizapp.scheduling.memory import retrievability
from quizapp.scheduling.model import CardState, Options, Phase
from quizapp.scheduling.queue import Candidate, Done, apart, plan

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2025, 3, 10, 12, tzinfo=SHANGHAI)
NOW, TODAY = milliseconds_of(NOON), study_day(NOON, 4)
MINUTE = 60_000


def review(due_in: int = 0, stability: float = 10.0, elapsed: int = 10) -> CardState:
    due_day = TODAY + due_in
    return CardState(
        phase=Phase.REVIEW,
        step=0,
        stability=stability,
        difficulty=5.0,
        due=day_start(due_day, 4, SHANGHAI),
        due_day=due_day,
        last_review=day_start(TODAY - elapsed, 4, SHANGHAI),
        last_day=TODAY - elapsed,
        interval=elapsed + due_in,
        reps=3,
        lapses=0,
    )


def step(minutes: int) -> CardState:
    return review()._replace(phase=Phase.LEARNING, due=NOW + minutes * MINUTE, interval=0)


def candidate(
    name: str, state: CardState | None = None, deck: str = "a", place: tuple[int, int] = (0, 0), siblings: str = ""
) -> Candidate:
    return Candidate(name, deck, state, place, siblings)


def test_due_steps_come_first_then_reviews_by_recall_then_what_is_not_due_waits() -> None:
    queue = plan(
        [
            candidate("fresh", review(stability=100)),
            candidate("fading", review(stability=2)),
            candidate("tomorrow", review(due_in=1)),
            candidate("soon", step(5)),
            candidate("later", step(-1)),
            candidate("earlier", step(-30)),
        ],
        Options(),
        NOON,
    )
    assert queue.order == ("earlier", "later", "fading", "fresh")
    assert queue.waiting == ((NOW + 5 * MINUTE, "soon"),)
    assert (queue.learning, queue.reviews, queue.new) == (2, 2, 0)


@given(
    cards=st.lists(st.tuples(st.floats(0.1, 1000), st.integers(0, 500)), min_size=2, max_size=30),
)
def test_reviews_are_ordered_by_recall_probability(cards: list[tuple[float, int]]) -> None:
    states = {f"{i}": review(stability=s, elapsed=e) for i, (s, e) in enumerate(cards)}
    queue = plan([candidate(name, state) for name, state in states.items()], Options(), NOON)
    recalls = [retrievability(states[name].stability, TODAY - states[name].last_day) for name in queue.order]
    assert all(a <= b + 1e-12 for a, b in pairwise(recalls))


def test_new_items_stand_evenly_among_the_reviews_in_the_order_of_the_syllabus() -> None:
    reviews = [candidate(f"r{i}", review(stability=1 + i)) for i in range(6)]
    new = [candidate(f"n{i}", place=(i, 0), deck=f"d{i}") for i in (2, 0, 1)]
    assert plan([*new, *reviews], Options(), NOON).order == ("r0", "n0", "r1", "r2", "n1", "r3", "r4", "n2", "r5")


def test_position_decides_within_and_between_decks() -> None:
    new = [candidate("c", place=(1, 0), deck="b"), candidate("b", place=(0, 1)), candidate("a", place=(0, 0))]
    assert plan(new, Options(), NOON).order == ("a", "b", "c")


def test_limits_of_the_day_count_what_was_done() -> None:
    options = Options(new_per_day=5, reviews_per_day=4)
    everything = [candidate(f"r{i}", review(stability=1 + i)) for i in range(6)]
    everything += [candidate(f"n{i}", place=(0, i)) for i in range(10)]
    queue = plan(everything, options, NOON, Done(new=2, reviews=1))
    assert (queue.reviews, queue.new, queue.reviews_left, queue.new_left) == (3, 3, 3, 7)
    assert {"r0", "r1", "r2", "n0", "n1", "n2"} == set(queue.order)
    over = plan(everything, options, NOON, Done(new=20, reviews=20))
    assert over.order == ()


def test_steps_are_never_cut_by_a_limit() -> None:
    assert plan([candidate("s", step(-1))], Options(new_per_day=0, reviews_per_day=0), NOON).order == ("s",)


def test_of_new_siblings_one_a_day() -> None:
    new = [candidate(f"n{i}", place=(0, i), siblings="softmax" if i < 3 else "") for i in range(5)]
    queue = plan(new, Options(), NOON)
    assert queue.order == ("n0", "n3", "n4")
    assert queue.new_held == 2
    assert plan(new, Options(), NOON, Done(introduced=["softmax"])).order == ("n3", "n4")


REQUIRES = {"b": ["a"]}


@pytest.mark.parametrize(("seen", "opened"), [(0, False), (1, False), (2, True), (4, True)])
def test_a_deck_waits_until_half_of_what_it_requires_is_seen(seen: int, opened: bool) -> None:
    deck = [candidate(f"a{i}", review(due_in=5) if i < seen else None, place=(0, i)) for i in range(4)]
    queue = plan([*deck, candidate("b0", deck="b", place=(1, 0))], Options(), NOON, requires=REQUIRES)
    assert ("b0" in queue.order) is opened
    assert queue.new_held == (not opened)


def test_a_deck_once_begun_stays_open() -> None:
    items = [
        candidate("a0"),
        candidate("b0", review(due_in=3), deck="b", place=(1, 0)),
        candidate("b1", deck="b", place=(1, 1)),
    ]
    assert plan(items, Options(), NOON, requires=REQUIRES).order == ("a0", "b1")


def test_a_session_on_one_deck_is_not_held_back_by_another() -> None:
    assert plan([candidate("b0", deck="b")], Options(), NOON, requires=REQUIRES).order == ("b0",)


def test_reviews_are_not_held_back_by_prerequisites() -> None:
    items = [candidate("a0"), candidate("b0", review(), deck="b")]
    assert set(plan(items, Options(), NOON, requires=REQUIRES).order) == {"a0", "b0"}


@given(groups=st.lists(st.sampled_from(["", "x", "y", "z"]), max_size=25))
def test_siblings_are_kept_apart_wherever_that_can_be_had(groups: list[str]) -> None:
    items = [f"{i}" for i in range(len(groups))]
    siblings = {item: group for item, group in zip(items, groups, strict=True) if group}
    found = apart(items, siblings)
    assert sorted(found) == sorted(items)
    largest = max((groups.count(group) for group in "xyz"), default=0)
    if largest <= (len(items) + 1) // 2:
        assert not any(siblings.get(a, a) == siblings.get(b, b) for a, b in pairwise(found))


def test_without_siblings_the_order_is_left_alone() -> None:
    assert apart(["c", "a", "b"], {}) == ["c", "a", "b"]


def test_the_plan_does_not_depend_on_the_order_of_the_candidates() -> None:
    items = [candidate(f"r{i}", review(stability=1 + i % 5), place=(0, i), siblings=f"g{i % 7}") for i in range(40)]
    items += [candidate(f"n{i}", place=(1, i)) for i in range(40)]
    expected = plan(items, Options(), NOON)
    for seed in range(5):
        mixed = list(items)
        random.Random(seed).shuffle(mixed)  # noqa: S311 - no secret
        assert plan(mixed, Options(), NOON) == expected


def test_nothing_to_do_is_an_empty_plan() -> None:
    queue = plan([], Options(), NOON)
    assert (queue.order, queue.waiting, queue.new) == ((), (), 0)


def test_a_hundred_thousand_candidates_take_time_in_proportion() -> None:
    everything = [
        candidate(f"i{i}", review(stability=1 + i % 97) if i % 3 else None, f"d{i % 200}", (i % 200, i), f"g{i // 4}")
        for i in range(100_000)
    ]

    def seconds(n: int) -> float:
        start = time.perf_counter()
        plan(everything[:n], Options(reviews_per_day=n, new_per_day=n), NOON)
        return time.perf_counter() - start

    small = min(seconds(10_000) for _ in range(3))
    # Ten times as many: a quadratic step anywhere would take a hundred times as long.
    assert seconds(100_000) < 40 * small
