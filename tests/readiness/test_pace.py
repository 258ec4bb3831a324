"""How fast a learner forgets, read from their answers."""

from datetime import date, timedelta

import pytest

from cards.readiness.pace import FIRST_RATINGS, Follower, pace_of
from cards.readiness.recall import DEFAULT_WEIGHTS

DAY = date(2026, 3, 2)


def answers(*steps: tuple[int, int]) -> list[tuple[int, date]]:
    return [(quality, DAY + timedelta(days=day)) for quality, day in steps]


FAST = [answers((4, 0), (1, 5), (4, 6), (1, 12), (4, 13), (1, 20)) for _ in range(12)]
SLOW = [answers((1, 0), (4, 9), (4, 40), (4, 150), (4, 400)) for _ in range(12)]


def test_before_the_first_review_the_given_weights_are_likeliest() -> None:
    pace = pace_of([])
    assert pace.weights == DEFAULT_WEIGHTS
    assert sum(pace.shares) == pytest.approx(1)
    assert pace.first_ratings == pytest.approx(FIRST_RATINGS)
    assert pace.answers == 0


def test_who_forgets_fast_is_taken_to_forget_fast() -> None:
    pace = pace_of(FAST)
    assert pace.weights[20] > DEFAULT_WEIGHTS[20]
    assert pace.weights[2] < DEFAULT_WEIGHTS[2]
    assert pace.answers == 12 * 5


def test_who_forgets_slowly_is_not() -> None:
    assert pace_of(SLOW).weights[20] == DEFAULT_WEIGHTS[20]
    assert pace_of(SLOW).weights[0] > DEFAULT_WEIGHTS[0]


def test_first_answers_say_how_first_answers_fall_out_and_nothing_of_forgetting() -> None:
    pace = pace_of([answers((1, 0)) for _ in range(20)])
    assert pace.shares == pytest.approx(pace_of([]).shares)
    assert pace.first_ratings[0] == pytest.approx((1 + FIRST_RATINGS[0]) / 2)
    assert sum(pace.first_ratings) == pytest.approx(1)


def test_repeat_on_the_same_day_says_nothing() -> None:
    once, repeated = Follower(), Follower()
    for follower in (once, repeated):
        follower.answered(7, 1, 100)
        follower.answered(7, 3, 104)
    repeated.answered(7, 1, 104)
    assert once.pace() == repeated.pace()
    assert once.memories == repeated.memories


def test_weights_of_ones_own_are_what_the_variants_vary() -> None:
    own = (*DEFAULT_WEIGHTS[:8], 1.5, *DEFAULT_WEIGHTS[9:])
    assert pace_of([], own).weights == own
    assert all(variant[8] == 1.5 for variant in pace_of(FAST, own).variants)


def test_no_single_answer_rules_a_variant_out() -> None:
    pace = pace_of([answers((4, 0), (4, 30_000))])
    assert min(pace.shares) > 0
