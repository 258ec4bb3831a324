"""Answers before the due date, practice, resets and leeches."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import CardState, grade, is_leech, practise, preview, replay, turns_leech
from cards.scheduling.sm2 import Sm2

ON = date(2026, 3, 2)
LEARNED = CardState(
    repetitions=3, interval_days=15, ease_factor=250, introduced_on=ON, last_reviewed_on=ON,
    due_on=ON + timedelta(days=15),
)  # fmt: skip


@pytest.mark.parametrize(
    ("days", "quality", "interval"),
    [
        (15, 4, 38),  # when it is due: ceil(15 × 2.50)
        (10, 4, 25),  # early: ceil(10 × 2.50)
        (7, 4, 18),
        (6, 4, 15),  # ceil(6 × 2.50) = 15
        (2, 4, 15),  # never shorter than it was
        (10, 5, 26),  # ceil(10 × 2.60)
        (10, 1, 1),  # forgotten is forgotten
    ],
)
def test_before_its_date_only_the_days_that_have_passed_grow(
    days: int, quality: int, interval: int
) -> None:
    on = ON + timedelta(days=days)
    after = grade(Sm2(), LEARNED, quality, on, early=True).state
    assert (after.interval_days, after.due_on) == (interval, on + timedelta(days=interval))


def test_early_is_refused_unless_it_is_wanted() -> None:
    with pytest.raises(ValueError, match="due on"):
        grade(Sm2(), LEARNED, 4, ON + timedelta(days=3))
    assert len(preview(Sm2(), LEARNED, ON + timedelta(days=3), early=True)) == 4


@given(st.integers(0, 5))
def test_practice_changes_nothing(quality: int) -> None:
    assert practise(LEARNED, quality).state == LEARNED


def test_practice_takes_no_other_quality() -> None:
    with pytest.raises(ValueError, match="from 0 to 5"):
        practise(LEARNED, 6)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=12))
def test_what_came_before_a_reset_leaves_no_trace(answers: list[tuple[int, int]]) -> None:
    on, before = ON, []
    for quality, days in answers:
        on += timedelta(days=days)
        before.append((quality, on))
    after = [(4, on), (5, on + timedelta(days=1))]
    assert replay(Sm2(), [*before, (None, on), *after]) == replay(Sm2(), after)


@pytest.mark.parametrize(
    ("before", "after", "tells"),
    [(6, 7, False), (7, 8, True), (8, 8, False), (8, 9, False), (11, 12, True), (15, 16, True)],
)
def test_a_leech_is_told_at_8_lapses_and_then_every_4(
    before: int, after: int, *, tells: bool
) -> None:
    assert turns_leech(before, after) is tells
    assert is_leech(after) is (after >= 8)
