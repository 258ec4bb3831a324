"""Reviews, repeats and what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cards.scheduling import (
    Available,
    CardState,
    Counts,
    Kind,
    Limits,
    due_left,
    grade,
    new_left,
    scheduler_named,
)

SM2 = scheduler_named("sm2")
TODAY = date(2026, 1, 1)
TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("quality", "repeats"), [(0, True), (1, True), (2, True), (3, True), (4, False), (5, False)]
)
def test_below_four_a_card_comes_again_on_the_same_study_day(quality: int, repeats: bool) -> None:
    assert grade(SM2, CardState(), quality, TODAY).state.repeats_on(TODAY) is repeats


@pytest.mark.parametrize("quality", range(6))
def test_a_repeat_changes_nothing_but_whether_it_comes_again(quality: int) -> None:
    failed = grade(SM2, CardState(), 1, TODAY).state
    repeated = grade(SM2, failed, quality, TODAY)
    assert repeated.kind == Kind.REPEAT
    assert replace(repeated.state, repeat_today_on=TODAY) == failed
    assert repeated.state.repeats_on(TODAY) is (quality < 4)


def test_kinds_are_learn_then_review() -> None:
    first = grade(SM2, CardState(), 4, TODAY)
    assert first.kind == Kind.LEARN
    assert grade(SM2, first.state, 4, TOMORROW).kind == Kind.REVIEW


def test_a_repeat_left_over_from_yesterday_is_a_review_today() -> None:
    failed = grade(SM2, CardState(), 1, TODAY).state
    assert not failed.repeats_on(TOMORROW)
    assert grade(SM2, failed, 4, TOMORROW).kind == Kind.REVIEW


def test_a_card_that_is_not_due_is_refused() -> None:
    learned = grade(SM2, CardState(), 4, TODAY).state
    with pytest.raises(ValueError, match="due on 2026-01-02"):
        grade(SM2, learned, 4, TODAY)


@pytest.mark.parametrize("quality", [-1, 6, 100])
def test_another_quality_is_refused(quality: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 5"):
        grade(SM2, CardState(), quality, TODAY)


def test_an_unknown_scheduler_is_named_with_the_known_ones() -> None:
    with pytest.raises(LookupError, match="sm2"):
        scheduler_named("magic")


@pytest.mark.parametrize(
    ("limit", "done", "due", "left"), [(200, 0, 5, 5), (3, 1, 5, 2), (3, 9, 5, 0), (0, 0, 5, 0)]
)
def test_due_cards_stop_at_the_daily_limit(limit: int, done: int, due: int, left: int) -> None:
    assert due_left(Limits(0, limit), Available(0, due, 0, done)) == left


@pytest.mark.parametrize(("limit", "learned", "left"), [(10, 0, 10), (10, 4, 6), (2, 5, 0)])
def test_new_questions_stop_at_the_daily_limit(limit: int, learned: int, left: int) -> None:
    assert new_left(Limits(limit, 0), Available(0, 0, learned, 0)) == left


def test_counts_add_up() -> None:
    assert Counts(repeats=1, due=2, new=3).total == 6
