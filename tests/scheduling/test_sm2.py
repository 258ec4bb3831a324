"""SM-2 by the table.

The published formula, EF' = EF + (0.1 - (5 - q)(0.08 + (5 - q)0.02)), in hundredths:

    q = 5:  0.1 - 0 (0.08 + 0.00) = +0.10        q = 4:  0.1 - 1 (0.08 + 0.02) =  0.00
    q = 3:  0.1 - 2 (0.08 + 0.04) = -0.14        q = 2:  0.1 - 3 (0.08 + 0.06) = -0.32
    q = 1:  0.1 - 4 (0.08 + 0.08) = -0.54        q = 0:  0.1 - 5 (0.08 + 0.10) = -0.80
"""

from datetime import date, timedelta

import pytest

from cards.scheduling.sm2 import Sm2, next_ease_factor, next_interval_days
from cards.scheduling.types import CardState

MONDAY = date(2026, 3, 2)

# repetitions, interval in days, ease factor in hundredths, lapses: after one more answer
Row = tuple[int, int, int, int]


@pytest.mark.parametrize(
    ("before", "quality", "after"),
    [
        (250, 0, 170),
        (250, 1, 196),
        (250, 2, 218),
        (250, 3, 236),
        (250, 4, 250),
        (250, 5, 260),
        (210, 0, 130),  # exactly on the floor
        (209, 0, 130),  # 129 would be under it
        (184, 1, 130),
        (183, 1, 130),
        (162, 2, 130),
        (161, 2, 130),
        (144, 3, 130),
        (143, 3, 130),
        (130, 3, 130),
        (130, 4, 130),
        (130, 5, 140),  # the way up from the floor is open
        (400, 5, 410),  # and there is no ceiling
    ],
)
def test_ease_factor_changes_as_published_and_never_falls_below_130(
    before: int, quality: int, after: int
) -> None:
    assert next_ease_factor(before, quality) == after


@pytest.mark.parametrize("quality", range(6))
def test_ease_factor_changes_are_the_formula_in_hundredths(quality: int) -> None:
    missing = 5 - quality
    published = 0.1 - missing * (0.08 + missing * 0.02)
    assert next_ease_factor(1000, quality) - 1000 == round(100 * published)


@pytest.mark.parametrize(
    ("repetitions", "interval_days", "ease_factor", "expected"),
    [
        (0, 0, 250, 1),  # the first success in a row: one day
        (0, 90, 250, 1),  # whatever was there before
        (0, 1, 130, 1),
        (1, 1, 250, 6),  # the second: six days
        (1, 1, 130, 6),  # whatever the ease factor
        (1, 1, 400, 6),
        (2, 6, 250, 15),  # 6 × 2.50 = 15 exactly
        (2, 6, 246, 15),  # 14.76
        (2, 6, 251, 16),  # 15.06: up, not to the nearest
        (2, 6, 130, 8),  # 7.8
        (3, 15, 250, 38),  # 37.5
        (3, 1, 130, 2),  # 1.3
        (3, 50, 220, 110),  # 110: binary fractions would say 110.00000000000001, so 111
        (3, 100, 230, 230),
        (3, 101, 199, 201),  # 200.99
        (9, 14_600, 250, 36_500),  # exactly the cap
        (9, 14_599, 250, 36_498),  # 36497.5
        (9, 14_601, 250, 36_500),  # 36502.5
        (9, 36_500, 130, 36_500),
        (9, 36_500, 500, 36_500),
    ],
)
def test_interval_after_a_success_is_rounded_up_and_capped(
    repetitions: int, interval_days: int, ease_factor: int, expected: int
) -> None:
    state = CardState(repetitions=repetitions, interval_days=interval_days)
    assert next_interval_days(state, ease_factor) == expected


def test_interval_is_made_with_the_ease_factor_of_this_review() -> None:
    state = CardState(repetitions=2, interval_days=100, ease_factor=250)
    assert [Sm2().review(state, quality, MONDAY).interval_days for quality in (3, 4, 5)] == [
        236,
        250,
        260,
    ]


@pytest.mark.parametrize("quality", [0, 1, 2])
@pytest.mark.parametrize(
    ("repetitions", "lapses_before", "lapses_after"),
    [(0, 0, 0), (0, 3, 3), (1, 0, 1), (2, 1, 2), (12, 7, 8)],
)
def test_failure_counts_a_lapse_only_of_a_learned_card(
    quality: int, repetitions: int, lapses_before: int, lapses_after: int
) -> None:
    state = CardState(repetitions=repetitions, interval_days=40, lapses=lapses_before)
    after = Sm2().review(state, quality, MONDAY)
    assert after.lapses == lapses_after


@pytest.mark.parametrize("quality", [0, 1, 2])
@pytest.mark.parametrize("ease_factor", [130, 131, 250, 410])
def test_failure_starts_over_tomorrow_and_leaves_the_ease_factor(
    quality: int, ease_factor: int
) -> None:
    state = CardState(repetitions=5, interval_days=300, ease_factor=ease_factor)
    after = Sm2().review(state, quality, MONDAY)
    assert (after.repetitions, after.interval_days, after.ease_factor) == (0, 1, ease_factor)
    assert after.due_on == MONDAY + timedelta(days=1)


@pytest.mark.parametrize("quality", [3, 4, 5])
def test_success_is_no_lapse(quality: int) -> None:
    state = CardState(repetitions=5, interval_days=300, lapses=2)
    assert Sm2().review(state, quality, MONDAY).lapses == 2


def test_interval_counts_from_the_day_of_the_review_not_from_the_old_due_date() -> None:
    overdue = CardState(repetitions=1, interval_days=1, due_on=MONDAY - timedelta(days=30))
    assert Sm2().review(overdue, 4, MONDAY).due_on == MONDAY + timedelta(days=6)


def test_interval_grows_from_the_planned_interval_not_from_the_time_that_went_by() -> None:
    overdue = CardState(repetitions=2, interval_days=6, due_on=MONDAY - timedelta(days=30))
    assert Sm2().review(overdue, 4, MONDAY).interval_days == 15


@pytest.mark.parametrize(
    ("qualities", "rows"),
    [
        pytest.param(
            (5, 4, 3, 2, 5),
            [
                (1, 1, 260, 0),  # 2.50 + 0.10; first success
                (2, 6, 260, 0),  # 2.60 + 0.00; second success
                (3, 15, 246, 0),  # 2.60 - 0.14; 6 × 2.46 = 14.76
                (0, 1, 246, 1),  # forgotten: ease factor left alone, one lapse
                (1, 1, 256, 1),  # 2.46 + 0.10; first success again
            ],
            id="up, down, forgotten, up",
        ),
        pytest.param(
            (4, 4, 4, 4, 4),
            [
                (1, 1, 250, 0),
                (2, 6, 250, 0),
                (3, 15, 250, 0),  # 6 × 2.5
                (4, 38, 250, 0),  # 15 × 2.5 = 37.5
                (5, 95, 250, 0),  # 38 × 2.5
            ],
            id="always good",
        ),
        pytest.param(
            (5, 5, 5, 5),
            [
                (1, 1, 260, 0),
                (2, 6, 270, 0),
                (3, 17, 280, 0),  # 6 × 2.8 = 16.8
                (4, 50, 290, 0),  # 17 × 2.9 = 49.3
            ],
            id="always easy",
        ),
        pytest.param(
            (3, 3, 3, 3, 3, 3, 3, 3, 3, 3),
            [
                (1, 1, 236, 0),
                (2, 6, 222, 0),
                (3, 13, 208, 0),  # 6 × 2.08 = 12.48
                (4, 26, 194, 0),  # 13 × 1.94 = 25.22
                (5, 47, 180, 0),  # 26 × 1.80 = 46.8
                (6, 79, 166, 0),  # 47 × 1.66 = 78.02
                (7, 121, 152, 0),  # 79 × 1.52 = 120.08
                (8, 167, 138, 0),  # 121 × 1.38 = 166.98
                (9, 218, 130, 0),  # 1.24 is under the floor; 167 × 1.30 = 217.1
                (10, 284, 130, 0),  # 218 × 1.30 = 283.4
            ],
            id="always hard, down to the floor",
        ),
        pytest.param(
            (1, 0, 2, 4, 1, 1, 4, 4, 4),
            [
                (0, 1, 250, 0),  # never learned, so nothing lapses
                (0, 1, 250, 0),
                (0, 1, 250, 0),
                (1, 1, 250, 0),  # learned
                (0, 1, 250, 1),  # one lapse …
                (0, 1, 250, 1),  # … and failing again before it is relearned is no other
                (1, 1, 250, 1),
                (2, 6, 250, 1),
                (3, 15, 250, 1),
            ],
            id="a slow start and a relapse",
        ),
    ],
)
def test_whole_sequences_come_out_as_worked_out_by_hand(
    qualities: tuple[int, ...], rows: list[Row]
) -> None:
    assert _rows_after(qualities) == rows


def _rows_after(qualities: tuple[int, ...]) -> list[Row]:
    state, on, rows = CardState(), MONDAY, []
    for quality in qualities:
        state = Sm2().review(state, quality, on)
        assert state.due_on == on + timedelta(days=state.interval_days)
        rows.append((state.repetitions, state.interval_days, state.ease_factor, state.lapses))
        on = state.due_on
    return rows
