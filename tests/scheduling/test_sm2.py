"""SM-2 by the table, worked out by hand from the published formula."""

from datetime import date, timedelta

import pytest

from cards.scheduling import CardState, grade, scheduler_named
from cards.scheduling.sm2 import next_ease_factor, next_interval_days

SM2 = scheduler_named("sm2")
START = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("before", "quality", "after"),
    [(250, 3, 236), (250, 4, 250), (250, 5, 260), (140, 3, 130), (130, 3, 130), (300, 5, 310)],
)
def test_ease_factor_changes_by_quality_and_never_falls_below_130(
    before: int, quality: int, after: int
) -> None:
    assert next_ease_factor(before, quality) == after


@pytest.mark.parametrize(
    ("repetitions", "interval", "ease_factor", "days"),
    [
        (0, 0, 250, 1),
        (1, 1, 250, 6),
        (2, 6, 250, 15),
        (2, 6, 236, 15),  # 14.16 rounded up
        (3, 15, 246, 37),  # 36.9 rounded up
        (3, 7, 130, 10),  # 9.1 rounded up
        (9, 30_000, 250, 36_500),
    ],
)
def test_intervals(repetitions: int, interval: int, ease_factor: int, days: int) -> None:
    state = CardState(repetitions=repetitions, interval_days=interval)
    assert next_interval_days(state, ease_factor) == days


@pytest.mark.parametrize(
    ("qualities", "expected"),
    [
        ((5, 4, 3, 2, 5), [(1, 1, 260, 0), (2, 6, 260, 0), (3, 15, 246, 0), (0, 1, 246, 1), (1, 1, 256, 1)]),
        ((4, 4, 4, 4), [(1, 1, 250, 0), (2, 6, 250, 0), (3, 15, 250, 0), (4, 38, 250, 0)]),
        ((0, 0, 1, 2), [(0, 1, 250, 0)] * 4),  # never learned, so never lapsed
        ((4, 1, 1, 4), [(1, 1, 250, 0), (0, 1, 250, 1), (0, 1, 250, 1), (1, 1, 250, 1)]),
        ((3, 3, 3), [(1, 1, 236, 0), (2, 6, 222, 0), (3, 13, 208, 0)]),  # 12.48 rounded up
    ],
)  # fmt: skip
def test_rows_of_reviews_each_on_its_due_day(
    qualities: tuple[int, ...], expected: list[tuple[int, int, int, int]]
) -> None:
    state, on, seen = CardState(), START, []
    for quality in qualities:
        state = grade(SM2, state, quality, on).state
        seen.append((state.repetitions, state.interval_days, state.ease_factor, state.lapses))
        assert state.due_on == on + timedelta(days=state.interval_days)
        on = state.due_on
    assert seen == expected


def test_the_interval_counts_from_the_day_of_the_review_not_from_the_old_due_date() -> None:
    state = CardState(
        repetitions=2, interval_days=6, introduced_on=START, due_on=START + timedelta(days=7)
    )
    late = START + timedelta(days=20)
    assert grade(SM2, state, 4, late).state.due_on == late + timedelta(days=15)
