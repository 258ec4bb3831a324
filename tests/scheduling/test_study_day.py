"""Study days across every kind of change of the clocks.

Moments are written in UTC; the comments give the local clock.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cards.scheduling import CardState, StudyClock, grade
from cards.scheduling.sm2 import Sm2

FOUR, MIDNIGHT, HALF_PAST_TWO = time(4), time(0), time(2, 30)


@pytest.mark.parametrize(
    ("zone", "day_start", "at", "expected"),
    [
        # an ordinary day: just before and at the start
        ("UTC", FOUR, "2026-03-02T03:59:59.999999", "2026-03-01"),
        ("UTC", FOUR, "2026-03-02T04:00:00", "2026-03-02"),
        ("UTC", FOUR, "2026-03-03T03:59:59", "2026-03-02"),
        ("UTC", MIDNIGHT, "2026-03-01T23:59:59.999999", "2026-03-01"),
        ("UTC", MIDNIGHT, "2026-03-02T00:00:00", "2026-03-02"),
        ("Asia/Kathmandu", FOUR, "2026-03-01T22:14:59", "2026-03-01"),  # 03:59:59 +05:45
        ("Asia/Kathmandu", FOUR, "2026-03-01T22:15:00", "2026-03-02"),
        ("Pacific/Kiritimati", FOUR, "2026-03-01T14:00:00", "2026-03-02"),  # 04:00 +14
        ("America/New_York", FOUR, "2026-01-01T08:59:59", "2025-12-31"),  # over the new year
        # Berlin, spring: 02:00 → 03:00 on 29 March
        ("Europe/Berlin", FOUR, "2026-03-28T02:59:59", "2026-03-27"),  # 03:59:59
        ("Europe/Berlin", FOUR, "2026-03-28T03:00:00", "2026-03-28"),  # 04:00
        ("Europe/Berlin", FOUR, "2026-03-29T01:59:59", "2026-03-28"),  # 03:59:59 summer time
        ("Europe/Berlin", FOUR, "2026-03-29T02:00:00", "2026-03-29"),  # 04:00 summer time
        ("Europe/Berlin", MIDNIGHT, "2026-03-28T22:59:59", "2026-03-28"),
        ("Europe/Berlin", MIDNIGHT, "2026-03-28T23:00:00", "2026-03-29"),
        ("Europe/Berlin", MIDNIGHT, "2026-03-29T22:00:00", "2026-03-30"),
        # 02:30 does not exist: the old offset has it at 03:30 summer time
        ("Europe/Berlin", HALF_PAST_TWO, "2026-03-29T01:00:00", "2026-03-28"),  # 03:00
        ("Europe/Berlin", HALF_PAST_TWO, "2026-03-29T01:29:59", "2026-03-28"),  # 03:29:59
        ("Europe/Berlin", HALF_PAST_TWO, "2026-03-29T01:30:00", "2026-03-29"),  # 03:30
        # Berlin, autumn: 03:00 → 02:00 on 25 October
        ("Europe/Berlin", FOUR, "2026-10-25T02:59:59", "2026-10-24"),  # 03:59:59 winter time
        ("Europe/Berlin", FOUR, "2026-10-25T03:00:00", "2026-10-25"),
        # 02:30 comes twice: the first counts, and the second does not start another day
        ("Europe/Berlin", HALF_PAST_TWO, "2026-10-25T00:29:59", "2026-10-24"),
        ("Europe/Berlin", HALF_PAST_TWO, "2026-10-25T00:30:00", "2026-10-25"),
        ("Europe/Berlin", HALF_PAST_TWO, "2026-10-25T01:10:00", "2026-10-25"),  # 02:10 again
        ("Europe/Berlin", HALF_PAST_TWO, "2026-10-25T01:30:00", "2026-10-25"),
        # New York: 02:00 → 03:00 on 8 March, 02:00 → 01:00 on 1 November
        ("America/New_York", FOUR, "2026-03-08T07:59:59", "2026-03-07"),
        ("America/New_York", FOUR, "2026-03-08T08:00:00", "2026-03-08"),
        ("America/New_York", HALF_PAST_TWO, "2026-03-08T07:29:59", "2026-03-07"),
        ("America/New_York", HALF_PAST_TWO, "2026-03-08T07:30:00", "2026-03-08"),
        ("America/New_York", FOUR, "2026-11-01T08:59:59", "2026-10-31"),
        ("America/New_York", FOUR, "2026-11-01T09:00:00", "2026-11-01"),
        # Beirut and São Paulo: midnight itself is skipped, 00:00 → 01:00
        ("Asia/Beirut", MIDNIGHT, "2024-03-30T21:59:59", "2024-03-30"),
        ("Asia/Beirut", MIDNIGHT, "2024-03-30T22:00:00", "2024-03-31"),  # 01:00
        ("America/Sao_Paulo", MIDNIGHT, "2018-11-04T02:59:59", "2018-11-03"),
        ("America/Sao_Paulo", MIDNIGHT, "2018-11-04T03:00:00", "2018-11-04"),  # 01:00
        # São Paulo, autumn: midnight → 23:00 of the same evening
        ("America/Sao_Paulo", MIDNIGHT, "2018-02-18T02:30:00", "2018-02-17"),  # 23:30 again
        ("America/Sao_Paulo", MIDNIGHT, "2018-02-18T03:00:00", "2018-02-18"),
        # St John's, autumn 2010: 00:01 → 23:01, back over the start of the day
        ("America/St_Johns", MIDNIGHT, "2010-11-07T02:29:59", "2010-11-06"),
        ("America/St_Johns", MIDNIGHT, "2010-11-07T02:30:00", "2010-11-07"),  # 00:00
        ("America/St_Johns", MIDNIGHT, "2010-11-07T02:40:00", "2010-11-07"),  # 23:10 again
        # Apia: 30 December 2011 was left out, from −10 to +14
        ("Pacific/Apia", MIDNIGHT, "2011-12-30T09:59:59", "2011-12-29"),
        ("Pacific/Apia", MIDNIGHT, "2011-12-30T10:00:00", "2011-12-31"),
        ("Pacific/Apia", FOUR, "2011-12-30T09:59:59", "2011-12-29"),
        ("Pacific/Apia", FOUR, "2011-12-30T14:00:00", "2011-12-31"),
        # Lord Howe: half an hour, 02:00 → 02:30 and 02:00 → 01:30
        ("Australia/Lord_Howe", FOUR, "2026-10-03T16:59:59", "2026-10-03"),
        ("Australia/Lord_Howe", FOUR, "2026-10-03T17:00:00", "2026-10-04"),
        ("Australia/Lord_Howe", FOUR, "2026-04-04T17:29:59", "2026-04-04"),
        ("Australia/Lord_Howe", FOUR, "2026-04-04T17:30:00", "2026-04-05"),
        ("Australia/Lord_Howe", time(2, 15), "2026-10-03T15:44:59", "2026-10-03"),
        ("Australia/Lord_Howe", time(2, 15), "2026-10-03T15:45:00", "2026-10-04"),  # 02:45
        ("Australia/Lord_Howe", time(1, 45), "2026-04-04T14:45:00", "2026-04-05"),
        ("Australia/Lord_Howe", time(1, 45), "2026-04-04T15:10:00", "2026-04-05"),  # 01:40 again
    ],
)
def test_moment_belongs_to_the_study_day(
    zone: str, day_start: time, at: str, expected: str
) -> None:
    clock = StudyClock(ZoneInfo(zone), day_start)
    assert clock.date_of(_utc(at)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("zone", "day_start", "at", "expected"),
    [
        # local 31 December, 00:30; the 30th has no length, so it is still the 29th
        ("Pacific/Apia", FOUR, "2011-12-30T10:30:00", "2011-12-29"),
        # 23:00 → 00:00: the start of the 30th, 23:30, is put off to 00:30 on the 31st
        ("America/Nuuk", time(23, 30), "2024-03-31T01:15:00", "2024-03-29"),
    ],
)
def test_moment_before_a_start_put_off_past_midnight_belongs_to_the_day_before_it(
    zone: str, day_start: time, at: str, expected: str
) -> None:
    clock = StudyClock(ZoneInfo(zone), day_start)
    assert clock.date_of(_utc(at)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("zone", "day_start", "day", "hours"),
    [
        ("UTC", FOUR, "2026-03-02", 24),
        ("Europe/Berlin", FOUR, "2026-03-28", 23),  # the night of the change is its night
        ("Europe/Berlin", FOUR, "2026-03-29", 24),
        ("Europe/Berlin", MIDNIGHT, "2026-03-29", 23),
        ("Europe/Berlin", FOUR, "2026-10-24", 25),
        ("Europe/Berlin", HALF_PAST_TWO, "2026-03-28", 24),  # put off an hour, so not shorter …
        ("Europe/Berlin", HALF_PAST_TWO, "2026-03-29", 23),  # … but the next one is
        ("Europe/Berlin", HALF_PAST_TWO, "2026-10-24", 24),
        ("Europe/Berlin", HALF_PAST_TWO, "2026-10-25", 25),
        ("America/New_York", FOUR, "2026-03-07", 23),
        ("America/New_York", FOUR, "2026-10-31", 25),
        ("Asia/Beirut", MIDNIGHT, "2024-03-31", 23),
        ("America/Sao_Paulo", MIDNIGHT, "2018-02-17", 25),
        ("Australia/Lord_Howe", FOUR, "2026-10-03", 23.5),
        ("Australia/Lord_Howe", FOUR, "2026-04-04", 24.5),
        ("Pacific/Apia", FOUR, "2011-12-29", 24),
        ("Pacific/Apia", FOUR, "2011-12-30", 0),  # the day that never was
        ("Pacific/Apia", FOUR, "2011-12-31", 24),
    ],
)
def test_study_day_is_as_long_as_the_clocks_make_it(
    zone: str, day_start: time, day: str, hours: float
) -> None:
    clock = StudyClock(ZoneInfo(zone), day_start)
    on = date.fromisoformat(day)
    assert clock.end_of(on) - clock.start_of(on) == timedelta(hours=hours)


def test_same_moment_in_any_zone_is_the_same_study_day() -> None:
    clock = StudyClock(ZoneInfo("Europe/Berlin"), FOUR)
    at = _utc("2026-10-25T02:59:59")
    for zone in ("Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles"):
        assert clock.date_of(at.astimezone(ZoneInfo(zone))) == date(2026, 10, 24)


def test_moment_without_a_zone_is_refused() -> None:
    clock = StudyClock(ZoneInfo("Europe/Berlin"), FOUR)
    with pytest.raises(TypeError):
        clock.date_of(datetime(2026, 3, 2, 12, 0))  # noqa: DTZ001


def test_start_of_a_day_is_given_in_utc() -> None:
    start = StudyClock(ZoneInfo("Asia/Tokyo"), FOUR).start_of(date(2026, 3, 2))
    assert start == _utc("2026-03-01T19:00:00")
    assert start.tzinfo is UTC


def test_change_of_zone_moves_no_stored_date() -> None:
    at = _utc("2026-03-02T10:00:00")
    tokyo = StudyClock(ZoneInfo("Asia/Tokyo"), FOUR).date_of(at)
    state = grade(Sm2(), CardState(), 4, tokyo).state
    moments = [value for value in state.as_json().values() if "T" in str(value)]
    assert moments == []  # dates only, so no zone can shift them
    assert state.due_on == date(2026, 3, 3)


def test_flight_to_an_earlier_study_day_brings_no_card_back() -> None:
    at = _utc("2026-03-02T20:00:00")  # already 3 March, 05:00, in Tokyo
    tokyo = StudyClock(ZoneInfo("Asia/Tokyo"), FOUR).date_of(at)
    honolulu = StudyClock(ZoneInfo("Pacific/Honolulu"), FOUR).date_of(at)
    assert (tokyo, honolulu) == (date(2026, 3, 3), date(2026, 3, 2))
    failed = grade(Sm2(), CardState(), 1, tokyo).state
    with pytest.raises(ValueError, match="The card is due on 2026-03-04"):
        grade(Sm2(), failed, 4, honolulu)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
