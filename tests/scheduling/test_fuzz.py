"""Spreading intervals: the table of ranges, the laws of one fraction, and replay."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import CardState, Spread, grade, preview, replay
from cards.scheduling.fuzz import fraction_of, spread_days, spread_range
from cards.scheduling.sm2 import Sm2

MONDAY = date(2026, 3, 2)
LEARNED = CardState(
    repetitions=3, interval_days=15, introduced_on=MONDAY, last_reviewed_on=MONDAY, due_on=MONDAY
)
FRACTIONS = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize(
    ("interval_days", "first", "last"),
    [
        (3, 2, 4),  # 1 + 15 % of what is above 2.5: 1.075
        (6, 4, 8),  # 1.525
        (7, 5, 9),  # 1.675
        (15, 13, 17),  # and 10 % of what is above 7: 2.475
        (20, 17, 23),  # 2.975
        (38, 34, 42),  # and 5 % of what is above 20: 3.875
        (100, 93, 107),  # 6.975
        (365, 345, 385),  # 20.225
        (36_500, 34_673, 36_500),  # never beyond a century
    ],
)
def test_range_around_an_interval(interval_days: int, first: int, last: int) -> None:
    assert spread_range(interval_days) == (first, last)
    assert spread_days(interval_days, 0.0) == first
    assert spread_days(interval_days, 0.999_999_99) == last


@given(st.integers(1, 2), FRACTIONS)
def test_one_and_two_days_stay_what_they_are(interval_days: int, fraction: float) -> None:
    assert spread_days(interval_days, fraction) == interval_days


@given(st.integers(1, 36_499), FRACTIONS)
def test_a_longer_interval_never_comes_before_a_shorter_one(
    interval_days: int, fraction: float
) -> None:
    assert 1 <= spread_days(interval_days, fraction) <= spread_days(interval_days + 1, fraction)


def test_every_day_of_the_range_is_as_likely() -> None:
    days = Counter(spread_days(15, fraction_of(f"1/{card}", 3)) for card in range(5000))
    assert sorted(days) == [13, 14, 15, 16, 17]
    assert all(900 < count < 1100 for count in days.values())


@given(st.text(max_size=20), st.integers(0, 1000))
def test_a_fraction_is_a_fraction_and_always_the_same(seed: str, repetitions: int) -> None:
    fraction = fraction_of(seed, repetitions)
    assert 0 <= fraction < 1
    assert fraction == fraction_of(seed, repetitions)


def test_cards_learned_together_come_on_different_days() -> None:
    after = [grade(Spread(Sm2(), f"1/{card}"), LEARNED, 4, MONDAY).state for card in range(40)]
    assert len({state.due_on for state in after}) > 5
    for state in after:
        assert state.due_on == MONDAY + timedelta(days=state.interval_days)
        assert 34 <= state.interval_days <= 42  # ceil(15 × 2.50) = 38, and 4 to either side


def test_label_and_effect_and_replay_fall_on_the_same_day() -> None:
    planner, state, on, answers = Spread(Sm2(), "1/7"), CardState(), MONDAY, []
    for quality in (4, 4, 4, 3, 4, 1, 4, 4, 5):
        shown = {one.quality: one.state for one in preview(planner, state, on)}
        state = grade(planner, state, quality, on).state
        assert shown[quality] == state
        answers.append((quality, on))
        on = state.due_on or on
    assert replay(planner, answers) == state
    assert replay(Sm2(), answers) != state
    assert (planner.name, planner.version) == ("sm2", 1)
