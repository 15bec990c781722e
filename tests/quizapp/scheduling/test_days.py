from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.days import day_start, milliseconds_of, moment_of, study_day

NEW_YORK, SHANGHAI, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
ZONES = [NEW_YORK, SHANGHAI, BERLIN, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia"), UTC]


def ordinal(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


@pytest.mark.parametrize(("hour", "minute", "expected"), [(0, 0, 9), (3, 59, 9), (4, 0, 10), (12, 0, 10), (23, 59, 10)])
@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_study_day_begins_at_the_rollover_hour(zone: ZoneInfo, hour: int, minute: int, expected: int) -> None:
    moment = datetime(2025, 1, 10, hour, minute, tzinfo=zone)
    assert study_day(moment, 4) == ordinal(2025, 1, expected)


def test_rollover_at_midnight_is_the_calendar_date() -> None:
    assert study_day(datetime(2025, 1, 10, 0, 0, tzinfo=BERLIN), 0) == ordinal(2025, 1, 10)


def test_the_evening_and_the_next_noon_are_two_days_though_less_than_24_hours_apart() -> None:
    evening = datetime(2025, 5, 1, 22, tzinfo=BERLIN)
    assert study_day(evening + timedelta(hours=23), 4) - study_day(evening, 4) == 1


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (NEW_YORK, (2025, 3, 8), 23),
        (NEW_YORK, (2025, 11, 1), 25),
        (BERLIN, (2025, 3, 29), 23),
        (BERLIN, (2025, 10, 25), 25),
        (BERLIN, (2025, 6, 1), 24),
        (SHANGHAI, (2025, 3, 29), 24),
    ],
)
def test_days_of_23_24_and_25_hours(zone: ZoneInfo, day: tuple[int, int, int], hours: int) -> None:
    first = ordinal(*day)
    assert day_start(first + 1, 4, zone) - day_start(first, 4, zone) == hours * 3_600_000


def test_a_rollover_inside_the_gap_is_the_end_of_the_gap() -> None:
    # New York, 9 March 2025: 01:59:59 is followed by 03:00.
    start = day_start(ordinal(2025, 3, 9), 2, NEW_YORK)
    assert moment_of(start, NEW_YORK).hour == 3
    assert study_day(moment_of(start - 1, NEW_YORK), 2) == ordinal(2025, 3, 8)


def test_a_rollover_in_the_repeated_hour_is_its_first_pass() -> None:
    start = day_start(ordinal(2025, 11, 2), 1, NEW_YORK)
    assert moment_of(start, NEW_YORK).utcoffset() == timedelta(hours=-4)
    assert study_day(moment_of(start + 3_600_000, NEW_YORK), 1) == ordinal(2025, 11, 2)


def test_a_date_that_a_zone_skipped_begins_with_the_next() -> None:
    samoa = ZoneInfo("Pacific/Apia")
    assert day_start(ordinal(2011, 12, 30), 4, samoa) == day_start(ordinal(2011, 12, 31), 0, samoa)


@given(
    zone=st.sampled_from(ZONES),
    day=st.integers(ordinal(2010, 1, 1), ordinal(2035, 12, 31)),
    rollover=st.integers(0, 23),
)
def test_day_start_is_the_first_instant_of_its_day(zone: ZoneInfo, day: int, rollover: int) -> None:
    start = day_start(day, rollover, zone)
    assert study_day(moment_of(start, zone), rollover) >= day
    assert study_day(moment_of(start - 1, zone), rollover) < day


@given(
    zone=st.sampled_from(ZONES),
    seconds=st.integers(1_262_304_000, 2_082_758_400),
    rollover=st.integers(0, 23),
)
def test_every_moment_lies_in_its_study_day(zone: ZoneInfo, seconds: int, rollover: int) -> None:
    moment = moment_of(seconds * 1000, zone)
    assert milliseconds_of(moment) == seconds * 1000
    day = study_day(moment, rollover)
    assert day_start(day, rollover, zone) <= seconds * 1000 < day_start(day + 1, rollover, zone)


def test_a_fixed_offset_serves_too() -> None:
    zone = timezone(timedelta(hours=8))
    assert day_start(ordinal(2025, 1, 10), 4, zone) == milliseconds_of(datetime(2025, 1, 9, 20, tzinfo=UTC))


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        study_day(datetime(2025, 1, 10), 4)  # noqa: DTZ001 - being naive is the point
