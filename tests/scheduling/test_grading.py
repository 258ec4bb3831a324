"""Learn, review, repeat: what one answer is and what it may change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cards.scheduling import BUTTONS, CardState, Kind, grade, preview
from cards.scheduling.sm2 import Sm2

SM2 = Sm2()
MONDAY = date(2026, 3, 2)
TUESDAY = MONDAY + timedelta(days=1)
FAILED_ON_MONDAY = grade(SM2, CardState(), 1, MONDAY).state


def test_first_answer_ever_is_learning() -> None:
    outcome = grade(SM2, CardState(), 4, MONDAY)
    assert outcome.kind is Kind.LEARN
    assert outcome.state == CardState(
        repetitions=1,
        interval_days=1,
        ease_factor=250,
        lapses=0,
        introduced_on=MONDAY,
        last_reviewed_on=MONDAY,
        due_on=TUESDAY,
        repeat_today_on=None,
        stability=2.3065,
        difficulty=2.118103970459016,
    )


def test_first_answer_of_a_later_day_is_a_review_and_keeps_the_day_of_introduction() -> None:
    outcome = grade(SM2, FAILED_ON_MONDAY, 5, TUESDAY)
    assert outcome.kind is Kind.REVIEW
    assert outcome.state.introduced_on == MONDAY
    assert outcome.state.last_reviewed_on == TUESDAY


def test_second_answer_of_the_same_day_is_a_repeat() -> None:
    assert grade(SM2, FAILED_ON_MONDAY, 4, MONDAY).kind is Kind.REPEAT


def test_outcome_remembers_the_quality() -> None:
    assert [grade(SM2, CardState(), quality, MONDAY).quality for quality in range(6)] == [
        0,
        1,
        2,
        3,
        4,
        5,
    ]


@pytest.mark.parametrize("first", [0, 1, 2, 3])
@pytest.mark.parametrize("then", range(6))
def test_repeat_changes_nothing_but_whether_the_card_comes_again(first: int, then: int) -> None:
    before = grade(SM2, CardState(), first, MONDAY).state
    after = grade(SM2, before, then, MONDAY).state
    assert replace(after, repeat_today_on=None) == replace(before, repeat_today_on=None)


@pytest.mark.parametrize(
    ("quality", "comes_again"),
    [(0, True), (1, True), (2, True), (3, True), (4, False), (5, False)],
)
def test_card_comes_again_the_same_day_below_four(quality: int, comes_again: bool) -> None:
    learned = grade(SM2, CardState(), quality, MONDAY).state
    repeated = grade(SM2, FAILED_ON_MONDAY, quality, MONDAY).state
    assert learned.repeats_on(MONDAY) is comes_again
    assert repeated.repeats_on(MONDAY) is comes_again
    assert learned.is_due_on(MONDAY) is comes_again
    assert repeated.is_due_on(MONDAY) is comes_again


def test_card_comes_again_until_it_gets_a_four() -> None:
    state, waiting = CardState(), []
    for quality in (0, 3, 2, 3, 1, 4):
        state = grade(SM2, state, quality, MONDAY).state
        waiting.append(state.repeats_on(MONDAY))
    assert waiting == [True, True, True, True, True, False]
    assert replace(state, repeat_today_on=MONDAY) == FAILED_ON_MONDAY


@pytest.mark.parametrize("quality", range(6))
def test_hard_that_is_repeated_keeps_the_interval_of_the_first_answer(quality: int) -> None:
    due = CardState(repetitions=2, interval_days=6, introduced_on=MONDAY, due_on=TUESDAY)
    hard = grade(SM2, due, 3, TUESDAY).state
    repeated = grade(SM2, hard, quality, TUESDAY).state
    assert (hard.interval_days, hard.ease_factor) == (15, 236)  # 6 × 2.36 = 14.16
    assert (repeated.interval_days, repeated.ease_factor) == (15, 236)
    assert repeated.due_on == TUESDAY + timedelta(days=15)


@pytest.mark.parametrize("quality", range(6))
def test_repeat_left_over_from_yesterday_is_a_review_today(quality: int) -> None:
    assert FAILED_ON_MONDAY.repeats_on(MONDAY)
    assert not FAILED_ON_MONDAY.repeats_on(TUESDAY)
    outcome = grade(SM2, FAILED_ON_MONDAY, quality, TUESDAY)
    assert outcome.kind is Kind.REVIEW
    assert outcome.state.repeat_today_on == (TUESDAY if quality < 4 else None)


def test_repeat_left_over_from_yesterday_does_not_make_a_card_due_before_its_day() -> None:
    due = CardState(repetitions=2, interval_days=6, introduced_on=MONDAY, due_on=MONDAY)
    left_over = grade(SM2, due, 3, MONDAY).state
    assert left_over.repeats_on(MONDAY)
    assert not left_over.is_due_on(TUESDAY)
    with pytest.raises(ValueError, match="due on 2026-03-17, not on 2026-03-03"):
        grade(SM2, left_over, 4, TUESDAY)


@pytest.mark.parametrize("days_early", [1, 2, 6])
def test_card_that_is_not_due_is_refused(days_early: int) -> None:
    due_on = MONDAY + timedelta(days=6)
    state = CardState(repetitions=2, interval_days=6, introduced_on=MONDAY, due_on=due_on)
    with pytest.raises(ValueError, match="The card is due on 2026-03-08"):
        grade(SM2, state, 4, due_on - timedelta(days=days_early))


@pytest.mark.parametrize("quality", [4, 5])
def test_settled_card_is_refused_for_the_rest_of_the_day(quality: int) -> None:
    settled = grade(SM2, CardState(), quality, MONDAY).state
    with pytest.raises(ValueError, match="The card is due on"):
        grade(SM2, settled, 4, MONDAY)


@pytest.mark.parametrize("days_late", [0, 1, 400])
def test_card_may_be_answered_on_its_day_and_any_day_after(days_late: int) -> None:
    state = CardState(repetitions=1, interval_days=1, introduced_on=MONDAY, due_on=TUESDAY)
    on = TUESDAY + timedelta(days=days_late)
    assert grade(SM2, state, 4, on).state.due_on == on + timedelta(days=6)


@pytest.mark.parametrize("quality", [-1, 6, 100, -100])
@pytest.mark.parametrize("state", [CardState(), FAILED_ON_MONDAY], ids=["new", "repeat"])
def test_quality_outside_nought_to_five_is_refused(state: CardState, quality: int) -> None:
    with pytest.raises(ValueError, match=f"from 0 to 5, not {quality}"):
        grade(SM2, state, quality, MONDAY)


def test_preview_shows_again_hard_good_easy_in_that_order() -> None:
    outcomes = preview(SM2, CardState(), MONDAY)
    assert tuple(outcome.quality for outcome in outcomes) == BUTTONS == (1, 3, 4, 5)
    assert [outcome.state.interval_days for outcome in outcomes] == [1, 1, 1, 1]
    assert [outcome.state.ease_factor for outcome in outcomes] == [250, 236, 250, 260]


def test_preview_of_a_repeat_promises_no_new_date() -> None:
    outcomes = preview(SM2, FAILED_ON_MONDAY, MONDAY)
    assert {outcome.kind for outcome in outcomes} == {Kind.REPEAT}
    assert {outcome.state.due_on for outcome in outcomes} == {TUESDAY}


def test_preview_of_a_card_that_is_not_due_is_refused() -> None:
    settled = grade(SM2, CardState(), 5, MONDAY).state
    with pytest.raises(ValueError, match="The card is due on"):
        preview(SM2, settled, MONDAY)
