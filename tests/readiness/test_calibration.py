"""Figures over forecasts, worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.readiness.calibration import (
    brier_score,
    calibration_bins,
    expected_calibration_error,
)

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0])), min_size=1, max_size=60)


def test_brier_score_is_the_mean_squared_distance() -> None:
    assert brier_score([(1.0, 1), (0.5, 0), (0.8, 1)]) == pytest.approx((0 + 0.25 + 0.04) / 3)


def test_bins_hold_what_was_said_and_what_happened() -> None:
    first, last = calibration_bins([(0.05, 0), (0.07, 1), (1.0, 1)])
    assert (first.low, first.high, first.count) == (0.0, 0.1, 2)
    assert (first.said, first.happened) == pytest.approx((0.06, 0.5))
    assert (last.low, last.high, last.count, last.said, last.happened) == (0.9, 1.0, 1, 1, 1)


def test_calibration_error_weighs_bins_by_their_counts() -> None:
    pairs = [(0.9, 1.0), (0.9, 1.0), (0.9, 0.0), (0.2, 0.0)]
    expected = (3 * abs(0.9 - 2 / 3) + 1 * 0.2) / 4
    assert expected_calibration_error(pairs) == pytest.approx(expected)


def test_right_forecasts_have_no_error() -> None:
    assert expected_calibration_error([(1.0, 1), (0.0, 0)]) == 0
    assert brier_score([(1.0, 1), (0.0, 0)]) == 0


def test_nothing_said_is_nothing_to_judge() -> None:
    with pytest.raises(ValueError, match="no forecast"):
        brier_score([])
    with pytest.raises(ValueError, match="no forecast"):
        expected_calibration_error([])
    assert calibration_bins([]) == ()


@given(PAIRS)
def test_bins_lose_no_forecast_and_errors_stay_between_nothing_and_one(
    pairs: list[tuple[float, float]],
) -> None:
    assert sum(one.count for one in calibration_bins(pairs)) == len(pairs)
    assert 0 <= expected_calibration_error(pairs) <= 1
    assert 0 <= brier_score(pairs) <= 1
