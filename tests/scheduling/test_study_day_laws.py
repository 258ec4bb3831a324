"""Every moment belongs to exactly one study day, and days follow each other."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import StudyClock

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
DAY_STARTS = st.sampled_from([time(0), time(2, 30), time(4), time(23, 30)]) | st.integers(
    0, 24 * 60 - 1
).map(lambda minutes: time(minutes // 60, minutes % 60))
CLOCKS = st.builds(StudyClock, ZONES, DAY_STARTS)
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001

CHANGES = [
    ("Europe/Berlin", "2026-03-29T01:00"),
    ("Europe/Berlin", "2026-10-25T01:00"),
    ("America/New_York", "2026-03-08T07:00"),
    ("America/New_York", "2026-11-01T06:00"),
    ("Asia/Beirut", "2024-03-30T22:00"),
    ("Asia/Beirut", "2024-10-26T21:00"),
    ("America/Sao_Paulo", "2018-02-18T02:00"),
    ("America/Sao_Paulo", "2018-11-04T03:00"),
    ("America/St_Johns", "2010-11-07T02:31"),
    ("America/Nuuk", "2024-03-31T01:00"),
    ("Pacific/Apia", "2011-12-30T10:00"),
    ("Pacific/Kwajalein", "1993-08-21T12:00"),
    ("Australia/Lord_Howe", "2026-04-04T15:00"),
    ("Australia/Lord_Howe", "2026-10-03T15:30"),
    ("Africa/Casablanca", "2026-02-15T02:00"),
    ("Antarctica/Troll", "2026-03-29T01:00"),
]


@given(CLOCKS, MOMENTS)
def test_moment_lies_within_its_study_day(clock: StudyClock, at: datetime) -> None:
    day = clock.date_of(at)
    assert clock.start_of(day) <= at < clock.end_of(day)


@given(CLOCKS, MOMENTS)
def test_moment_lies_within_no_other_study_day(clock: StudyClock, at: datetime) -> None:
    assert _days_that_hold(clock, at) == 1


@given(CLOCKS, MOMENTS)
def test_study_day_runs_from_its_first_moment_to_its_last(clock: StudyClock, at: datetime) -> None:
    day = clock.date_of(at)
    assert clock.date_of(clock.start_of(day)) == day
    assert clock.date_of(clock.end_of(day)) > day
    assert clock.date_of(clock.end_of(day) - timedelta(microseconds=1)) == day


@given(CLOCKS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_later_moment_never_belongs_to_an_earlier_study_day(
    clock: StudyClock, at: datetime, later: timedelta
) -> None:
    assert clock.date_of(at) <= clock.date_of(at + later)


@pytest.mark.parametrize("day_start", [time(0), time(1, 45), time(2, 30), time(4), time(23, 30)])
@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_laws_hold_at_every_ten_minutes_around_a_change_of_clocks(
    zone: str, change: str, day_start: time
) -> None:
    clock = StudyClock(ZoneInfo(zone), day_start)
    first = datetime.fromisoformat(change).replace(tzinfo=UTC) - timedelta(days=1, hours=12)
    moments = [first + timedelta(minutes=10 * step) for step in range(72 * 6)]
    days = [clock.date_of(at) for at in moments]
    for at, day in zip(moments, days, strict=True):
        assert clock.start_of(day) <= at < clock.end_of(day)
        assert _days_that_hold(clock, at) == 1
    assert days == sorted(days)


@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_clocks_do_change_at_the_moments_of_the_table(zone: str, change: str) -> None:
    at = datetime.fromisoformat(change).replace(tzinfo=UTC)
    before = (at - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).utcoffset()
    assert before != at.astimezone(ZoneInfo(zone)).utcoffset()


def _days_that_hold(clock: StudyClock, at: datetime) -> int:
    middle = at.date()
    days = [middle + timedelta(days=shift) for shift in range(-3, 4)]
    return sum(clock.start_of(day) <= at < clock.end_of(day) for day in days)
