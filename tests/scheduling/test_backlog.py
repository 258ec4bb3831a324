"""After a break: what is a backlog, and how much a day works it off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import Pace, is_backlog, reviews_a_day
from cards.scheduling.backlog import FORGOTTEN


@pytest.mark.parametrize(
    ("overdue", "answers", "days", "expected"),
    [
        (19, 0, 0, False),  # few
        (20, 0, 0, True),  # a month away: there is no usual day
        (30, 400, 20, False),  # 20 a day: 30 is not clearly more
        (31, 400, 20, True),
        (34, 48, 4, True),  # 12 a day
        (200, 4000, 20, False),  # many, but as every day
    ],
)
def test_a_backlog_is_clearly_more_than_a_usual_day(
    overdue: int, answers: int, days: int, *, expected: bool
) -> None:
    assert is_backlog(overdue, Pace(answers, days)) is expected


@pytest.mark.parametrize(
    ("arrivals", "new", "reviews"),
    [
        ([30, 0, 0], 0, 12),  # 30 / (3 - 0.2 × 2) = 11.5
        ([30, 5, 10], 0, 18),  # 45 / 2.6
        ([30, 0, 0], 10, 20),  # 50 / 2.6: and 20 learned on the first two days
        ([1, 0, 40], 0, 50),  # the last day alone: 40 / 0.8
        ([0] * 7, 0, 1),
        ([10**6, 0, 0], 0, 9999),
    ],
)
def test_the_reviews_a_day(arrivals: list[int], new: int, reviews: int) -> None:
    assert reviews_a_day(arrivals, new) == reviews


@given(
    st.integers(1, 400), st.lists(st.integers(0, 40), min_size=6, max_size=6),
    st.integers(0, 20), st.sampled_from([3, 5, 7]),
)  # fmt: skip
def test_the_backlog_is_worked_off_with_what_falls_due_meanwhile(
    waiting: int, coming: list[int], new: int, days: int
) -> None:
    """Day by day: a fifth of the day's answers, and what was learned, return on the next."""
    arrivals = [waiting, *coming][:days]
    a_day = reviews_a_day(arrivals, new)
    waits = returning = 0.0
    for arriving in arrivals:
        waits += arriving + returning
        done = min(waits, a_day)
        waits -= done
        returning = FORGOTTEN * done + new
    assert waits < 1e-6
