"""What a fitted memory is judged by: the split, the items and the log loss, worked out by hand."""

from datetime import date, timedelta
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import MemoryModel, grade, replay
from cards.scheduling.fitting import (
    Fit,
    before,
    compare,
    held_back_from,
    histories,
    lives_of,
    log_loss,
    predictable,
)
from cards.scheduling.sm2 import Sm2
from cards.scheduling.types import CardState

MON = date(2026, 3, 2)
DEFAULTS = MemoryModel()


def _day(number: int) -> date:
    return MON + timedelta(days=number)


def test_only_the_first_answer_of_a_day_counts_and_a_reset_begins_anew() -> None:
    events = [
        (1, MON),
        (3, MON),
        (4, MON),
        (4, _day(1)),
        (None, _day(2)),
        (5, _day(2)),
        (4, _day(9)),
    ]
    assert lives_of(events) == [[(1, MON), (4, _day(1))], [(5, _day(2)), (4, _day(9))]]
    assert lives_of([]) == []


def test_items_are_the_ratings_and_the_days_passed_up_to_each_review() -> None:
    lives = [[(0, MON), (3, _day(1)), (5, _day(8))], [(4, MON)]]
    assert histories(lives) == [[(1, 0), (2, 1)], [(1, 0), (2, 1), (4, 7)]]
    assert predictable(lives) == 2


def test_the_newest_fifth_is_held_back_by_day() -> None:
    lives = [[(4, MON)] + [(4, _day(n)) for n in range(1, 11)]]
    since = held_back_from(lives)
    assert since == _day(9)
    assert before(lives, _day(9)) == [[(4, MON)] + [(4, _day(n)) for n in range(1, 9)]]
    assert held_back_from([[(4, MON)]]) is None


def test_log_loss_is_that_of_the_predictions_on_the_days_asked_for() -> None:
    # Good first: stability 2.3065. After 2 days R = (1 + 0.98035 × 2 / 2.3065)^-0.1542 = 0.9093.
    recall = (1 + 0.980346 * 2 / 2.3065) ** -0.1542
    lives = [[(4, MON), (4, _day(2))], [(4, MON), (1, _day(2))]]
    loss, count = log_loss(DEFAULTS, lives, MON)
    assert count == 2
    assert loss == pytest.approx(-(log(recall) + log(1 - recall)) / 2, abs=1e-5)
    assert log_loss(DEFAULTS, lives, _day(3)) == (0.0, 0)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), min_size=1, max_size=12))
def test_what_is_predicted_is_what_the_card_says(answers: list[tuple[int, int]]) -> None:
    on, events = MON, []
    for quality, later in answers:
        on += timedelta(days=later)
        events.append((quality, on))
    (life,) = lives_of(events)
    state, expected = CardState(), []
    for quality, day in life:
        recall = DEFAULTS.recall(state, day)
        if recall is not None:
            expected.append(-log(max(1e-6, recall if quality >= 3 else 1 - recall)))
        state = grade(Sm2(), state, quality, day, early=True).state
    loss, count = log_loss(DEFAULTS, [life], MON)
    assert count == len(expected)
    assert loss * count == pytest.approx(sum(expected))
    assert replay(Sm2(), life).stability == state.stability


@pytest.mark.parametrize(
    ("held_back", "loss_after", "better"),
    [(8, 0.29, True), (7, 0.29, False), (80, 0.2996, False), (80, 0.31, False)],
)
def test_better_is_more_than_noise_on_enough_reviews(
    held_back: int, loss_after: float, *, better: bool
) -> None:
    assert Fit(DEFAULTS.parameters, 100, held_back, 0.30, loss_after).is_better is better


def test_a_model_is_no_better_than_itself() -> None:
    lives = [[(4, MON), (4, _day(n)), (1, _day(2 * n))] for n in range(1, 30)]
    fit = compare(lives, MON, DEFAULTS, DEFAULTS)
    assert (fit.reviews, fit.held_back) == (58, 58)
    assert fit.loss_before == fit.loss_after > 0
    assert not fit.is_better


@pytest.mark.parametrize("parameters", [(0.1,) * 20, (1e9, *DEFAULTS.parameters[1:])])
def test_parameters_out_of_bounds_are_refused(parameters: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"parameters|out of bounds"):
        MemoryModel(parameters)
