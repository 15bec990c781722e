"""Schedules in a package: Anki reads the memory that we have, on the days that we mean."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from quizapp.clock import Clock
from quizapp.exporting.apkg import Apkg
from quizapp.exporting.apkg_notetypes import FLASHCARD, note_types_json
from quizapp.exporting.apkg_package import LONGEST_TIME, Card, Collection, Log, Note, write_package
from quizapp.exporting.apkg_schedule import Calendar
from quizapp.exporting.base import Schedule, Scheduling
from quizapp.exporting.selection import select
from quizapp.library import Library
from quizapp.paths import Folders
from quizapp.scheduling.days import study_day
from quizapp.scheduling.model import CardState, Phase
from tests.quizapp.exporting.anki_profile import Imported, Profile
from tests.quizapp.exporting.nasty import learn
from tests.quizapp.exporting.test_apkg import package
from tests.quizapp.shelf import Hours

TODAY = datetime.now(UTC).date()


@pytest.fixture
def hours() -> Hours:
    """Study so that it ends about today: Anki counts days from the real present."""
    return Hours(datetime.combine(TODAY - timedelta(days=25), datetime.min.time(), UTC).replace(hour=9))


def anki_day(profile: Profile, due: int) -> int:
    """Return the study day of a due number in Anki."""
    today = profile.collection.sched.today
    return study_day(datetime.now(UTC), 4) + due - today


def test_memory_due_days_and_reviews_arrive(nasty: Library, hours: Hours, anki: Profile) -> None:
    learn(nasty, hours)
    states = nasty.store.all_states()
    assert {state.phase for state in states.values()} >= {Phase.REVIEW}
    count = sum(len(nasty.store.history(item)) for item in states)
    assert anki.take(package(nasty, variants=1, with_schedule=True), with_scheduling=True) == Imported(11, 0, 0, 0)
    assert anki.sound()
    for item, state in states.items():
        name = f"{item}#0" if "compute" in item else item
        card = anki.card(name)
        assert card.memory_state is not None
        assert card.memory_state.stability == pytest.approx(state.stability, abs=1e-4)
        assert card.memory_state.difficulty == pytest.approx(state.difficulty, abs=1e-3)
        assert card.desired_retention == pytest.approx(0.9, abs=1e-2)
        assert (card.reps, card.lapses) == (state.reps, state.lapses)
        if state.phase is Phase.REVIEW:
            assert (card.type, card.queue, card.ivl) == (2, 2, state.interval)
            assert anki_day(anki, card.due) == state.due_day
        else:
            assert card.type == (1 if state.phase is Phase.LEARNING else 3)
            assert (card.queue, card.due) == (1, state.due // 1000)
        history = nasty.store.history(item)
        rows = anki.rows(f"select id, ease, time from revlog where cid = {card.id} order by id")  # noqa: S608 - a number
        assert [(at, ease) for at, ease, _ in rows] == [(review.at, int(review.rating)) for review in history]
        assert all(0 <= taken <= LONGEST_TIME for _, _, taken in rows)
    assert anki.rows("select count(), count(distinct id) from revlog") == [[count, count]]
    assert anki.rows("select count() from revlog where ivl = 0 or ease not between 1 and 4") == [[0]]


def test_the_log_of_a_card_begins_with_learning_and_keeps_the_difficulty(
    nasty: Library, hours: Hours, anki: Profile
) -> None:
    learn(nasty, hours)
    anki.take(package(nasty, variants=1, with_schedule=True), with_scheduling=True)
    logged = nasty.store.reviews("nasty/wide")
    rows = anki.rows(
        "select r.ivl, r.factor, r.type, r.lastIvl from revlog r join cards c on c.id = r.cid "
        "join notes n on n.id = c.nid where n.flds like 'nasty/wide%' order by r.id"
    )
    assert len(rows) == len(logged)
    assert rows[0][2:] == [0, 0]
    for (interval, factor, _, _), review in zip(rows, logged, strict=True):
        assert interval == review.state.interval or interval == -((review.state.due - review.answer.at) // 1000)
        assert factor == pytest.approx((review.state.difficulty - 1) / 9 * 1000 + 100, abs=0.5)
    assert [row[3] for row in rows[1:]] == [row[0] for row in rows[:-1]]


def test_without_scheduling_cards_arrive_new_in_the_order_of_learning(
    nasty: Library, hours: Hours, anki: Profile
) -> None:
    learn(nasty, hours, days=2)
    anki.take(package(nasty, variants=1))
    cards = [anki.card(name) for name in ("nasty/formula-start", "nasty/braces", "nasty/compute#0")]
    assert all((card.type, card.queue, card.reps) == (0, 0, 0) for card in cards)
    assert [card.due for card in cards] == sorted(card.due for card in cards)
    assert anki.rows("select count() from revlog") == [[0]]


def test_a_second_import_keeps_what_was_learned_in_anki(nasty: Library, hours: Hours, anki: Profile) -> None:
    learn(nasty, hours, days=2)
    packed = package(nasty, variants=1, with_schedule=True)
    anki.take(packed, with_scheduling=True)
    before = anki.rows("select id, type, queue, due, ivl, data from cards"), anki.rows("select * from revlog")
    assert anki.take(packed, with_scheduling=True).same == 11
    assert (anki.rows("select id, type, queue, due, ivl, data from cards"), anki.rows("select * from revlog")) == before


def test_the_first_variant_takes_the_memory_and_the_others_start_new(
    nasty: Library, hours: Hours, anki: Profile
) -> None:
    learn(nasty, hours)
    anki.take(package(nasty, variants=3, with_schedule=True), with_scheduling=True)
    assert [anki.card(f"nasty/compute#{seed}").reps > 0 for seed in range(3)] == [True, False, False]


ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland")


def state(**changes: object) -> CardState:
    values: dict[str, object] = {
        "phase": Phase.REVIEW, "step": 0, "stability": 12.345678, "difficulty": 5.6789, "due": 0, "due_day": 740_000,
        "last_review": 1_795_000_000_000, "last_day": 739_980, "interval": 20, "reps": 4, "lapses": 1,
    }  # fmt: skip
    return CardState(**(values | changes))  # type: ignore[arg-type]  # named above


@pytest.mark.parametrize("zone", ZONES)
def test_due_days_count_from_the_start_of_a_local_day(zone: str) -> None:
    scheduling = Scheduling(4, ZoneInfo(zone), 0.9, 0.1542)
    schedules = [Schedule(state()), Schedule(state(due_day=739_990, last_day=739_950))]
    calendar = Calendar(scheduling, schedules)
    created = datetime.fromtimestamp(calendar.created, ZoneInfo(zone))
    assert (created.date().toordinal(), created.hour) == (739_950, 4)
    assert -calendar.minutes_west * 60 == (created.utcoffset() or timedelta()).total_seconds()
    assert [calendar.card(schedule).due for schedule in schedules] == [50, 40]


def test_the_memory_is_written_with_the_digits_that_anki_keeps() -> None:
    calendar = Calendar(Scheduling(4, UTC, 0.87, 0.15424), [Schedule(state())])
    assert json.loads(calendar.card(Schedule(state())).data) == {
        "s": 12.3457, "d": 5.679, "dr": 0.87, "decay": 0.1542, "lrt": 1_795_000_000,
    }  # fmt: skip


STEPS = {"learning_steps": "1m 10m 2d", "relearning_steps": "10m"}


@pytest.mark.parametrize(
    ("phase", "step", "minutes", "expected"),
    [
        (Phase.LEARNING, 0, 1, (1, 1, 3, 0, 0)),
        (Phase.LEARNING, 1, 10, (1, 1, 2, 0, 0)),
        (Phase.LEARNING, 2, 2880, (1, 3, 1, 0, 0)),
        (Phase.RELEARNING, 0, 10, (3, 1, 1, 1, 2500)),
    ],
)
def test_steps_are_counted_from_their_end(
    phase: Phase, step: int, minutes: int, expected: tuple[int, int, int, int, int]
) -> None:
    standing = state(phase=phase, step=step, interval=0, due=1_795_000_000_000 + minutes * 60_000, due_day=739_982)
    calendar = Calendar(Scheduling(4, UTC, 0.9, 0.15, STEPS), [Schedule(standing)])
    card = calendar.card(Schedule(standing))
    assert (card.type, card.queue, card.left, card.interval, card.factor) == expected
    assert card.due == (2 if card.queue == 3 else standing.due // 1000)


def test_a_suspended_card_stays_suspended() -> None:
    assert Calendar(None, []).card(Schedule(state(), suspended=True)).queue == -1


def test_days_are_those_of_the_person_who_exports(shelf: Folders, hours: Hours, anki: Profile) -> None:
    zone = ZoneInfo("Asia/Tokyo")
    late = Clock(now=lambda: hours.moment.astimezone(zone), elapsed=lambda: hours.seconds)
    with Library.open(shelf, late) as library:
        learn(library, hours, days=1)
        states = library.store.all_states()
        anki.take(package(library, variants=1, with_schedule=True), with_scheduling=True)
    for item, standing in states.items():
        if standing.phase is Phase.REVIEW:
            name = f"{item}#0" if item.endswith("compute") else item
            due = date.fromordinal(anki_day(anki, anki.card(name).due))
            assert abs((due - date.fromordinal(standing.due_day)).days) <= 1


def test_two_reviews_in_one_millisecond_are_both_kept() -> None:
    logs = [Log(1_700_000_000_000, rating, 1, 0, 500, 1000, 1) for rating in (1, 2)]
    notes = [
        Note(f"guid{number}", FLASHCARD.id, 1, 0, "", [str(number), "q", *[""] * 7], str(number), Card(), logs)
        for number in range(2)
    ]
    out = BytesIO()
    write_package(Collection(0, 0, note_types_json("en"), {}), notes, out)
    with ZipFile(BytesIO(out.getvalue())) as archive, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(archive.read("collection.anki2"))
        rows = database.execute("SELECT id - 1700000000000, ease FROM revlog ORDER BY cid, id").fetchall()
    assert rows == [(0, 1), (1, 2), (2, 1), (3, 2)]


def test_who_exports_schedules_is_told_what_anki_asks_for(nasty: Library, hours: Hours) -> None:
    assert Apkg().advice(select(nasty, with_schedule=True)) == ()
    learn(nasty, hours, days=1)
    assert any("FSRS" in sentence for sentence in Apkg().advice(select(nasty, with_schedule=True)))
    assert Apkg().advice(select(nasty)) == ()
