"""Study days across clock changes, zones and day starts."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import StudyClock

ZONES = (
    "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe",
    "Pacific/Apia", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Kiritimati", "Africa/Casablanca",
)  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "day_start", "local", "expected"),
    [
        ("Europe/Berlin", "04:00", "2026-03-02T03:59", "2026-03-01"),
        ("Europe/Berlin", "04:00", "2026-03-02T04:00", "2026-03-02"),
        ("Europe/Berlin", "00:00", "2026-03-02T00:00", "2026-03-02"),
        ("Europe/Berlin", "04:00", "2026-03-29T03:30", "2026-03-28"),  # summer time begins
        ("Europe/Berlin", "04:00", "2026-03-29T04:00", "2026-03-29"),
        ("Europe/Berlin", "02:30", "2026-03-29T03:29", "2026-03-28"),  # 02:30 does not exist
        ("Europe/Berlin", "02:30", "2026-03-29T03:30", "2026-03-29"),
        ("Europe/Berlin", "04:00", "2026-10-25T03:59", "2026-10-24"),  # summer time ends
        ("America/New_York", "04:00", "2026-11-01T04:00", "2026-11-01"),
        ("Pacific/Apia", "04:00", "2011-12-31T05:00", "2011-12-31"),  # the 30th never was
    ],
)
def test_the_study_day_of_a_moment(zone: str, day_start: str, local: str, expected: str) -> None:
    clock = StudyClock(ZoneInfo(zone), time.fromisoformat(day_start))
    at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    assert clock.date_of(at) == date.fromisoformat(expected)


moments = st.datetimes(datetime(1995, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
clocks = st.builds(
    StudyClock, st.sampled_from(ZONES).map(ZoneInfo), st.times().map(lambda t: t.replace(second=0, microsecond=0))
)  # fmt: skip


@given(clocks, moments)
def test_every_moment_lies_in_its_study_day(clock: StudyClock, at: datetime) -> None:
    day = clock.date_of(at)
    assert clock.start_of(day) <= at < clock.end_of(day)


@given(clocks, moments, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_study_days_never_run_backwards(
    clock: StudyClock, at: datetime, later: timedelta
) -> None:
    assert clock.date_of(at) <= clock.date_of(at + later)
