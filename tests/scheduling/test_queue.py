"""The daily limits, by the table."""

import pytest

from cards.scheduling import Available, Counts, Limits, due_left, new_left


@pytest.mark.parametrize(
    ("due", "reviews_per_day", "reviewed_today", "expected"),
    [
        (0, 100, 0, 0),
        (7, 100, 0, 7),  # fewer than the limit: all of them
        (100, 100, 0, 100),
        (101, 100, 0, 100),  # more: as many as the limit
        (101, 100, 60, 40),
        (30, 100, 60, 30),
        (30, 100, 100, 0),  # the limit is used up
        (30, 50, 80, 0),  # the limit was lowered during the day
        (30, 0, 0, 0),  # no reviews wanted
    ],
)
def test_due_cards_are_limited_by_what_was_reviewed_today(
    due: int, reviews_per_day: int, reviewed_today: int, expected: int
) -> None:
    limits = Limits(new_per_day=10, reviews_per_day=reviews_per_day)
    available = Available(repeats=0, due=due, learned_today=0, reviewed_today=reviewed_today)
    assert due_left(limits, available) == expected


@pytest.mark.parametrize(
    ("new_per_day", "learned_today", "expected"),
    [(10, 0, 10), (10, 3, 7), (10, 10, 0), (5, 8, 0), (0, 0, 0)],
)
def test_new_questions_are_limited_by_what_was_learned_today(
    new_per_day: int, learned_today: int, expected: int
) -> None:
    limits = Limits(new_per_day=new_per_day, reviews_per_day=100)
    available = Available(repeats=0, due=0, learned_today=learned_today, reviewed_today=0)
    assert new_left(limits, available) == expected


@pytest.mark.parametrize("repeats", [0, 1, 500])
def test_repeats_take_nothing_from_either_limit(repeats: int) -> None:
    limits = Limits(new_per_day=10, reviews_per_day=20)
    available = Available(repeats=repeats, due=30, learned_today=4, reviewed_today=5)
    assert (due_left(limits, available), new_left(limits, available)) == (15, 6)


@pytest.mark.parametrize(("learned_today", "reviewed_today"), [(0, 0), (10, 0), (0, 20)])
def test_the_two_limits_do_not_share(learned_today: int, reviewed_today: int) -> None:
    limits = Limits(new_per_day=10, reviews_per_day=20)
    available = Available(0, 30, learned_today, reviewed_today)
    assert due_left(limits, available) == 20 - reviewed_today
    assert new_left(limits, available) == 10 - learned_today


@pytest.mark.parametrize(
    ("counts", "total"),
    [
        (Counts(), 0),
        (Counts(repeats=2), 2),
        (Counts(due=3), 3),
        (Counts(new=4), 4),
        (Counts(repeats=2, due=3, new=4), 9),
    ],
)
def test_total_is_repeats_and_due_and_new(counts: Counts, total: int) -> None:
    assert counts.total == total
