"""What holds for every scheduler, spread or not, every card, every history and every button."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from cards.scheduling import BUTTONS, CardState, Kind, Scheduler, grade, preview, replay
from cards.scheduling.sm2 import next_interval_days

from .strategies import (
    DUE_CARDS,
    EXACT,
    HISTORIES,
    MET_CARDS,
    PLANNERS,
    QUALITIES,
    SM2,
    TODAY,
    History,
)

TOMORROW = TODAY + timedelta(days=1)


@given(PLANNERS, DUE_CARDS, QUALITIES)
def test_review_stays_within_the_bounds(planner: Scheduler, state: CardState, quality: int) -> None:
    after = grade(planner, state, quality, TODAY).state
    assert after.ease_factor >= 130
    assert 1 <= after.interval_days <= 36_500
    assert after.repetitions >= 0
    assert after.due_on == TODAY + timedelta(days=after.interval_days)


@given(HISTORIES)
def test_every_state_of_every_history_stays_within_the_bounds(history: History) -> None:
    for state in history.states:
        assert state.ease_factor >= 130
        assert 1 <= state.interval_days <= 36_500
        assert state.due_on is not None
        assert state.last_reviewed_on is not None
        assert state.due_on - state.last_reviewed_on == timedelta(days=state.interval_days)


@given(PLANNERS, DUE_CARDS)
def test_better_answer_never_gives_a_shorter_interval_or_an_earlier_day(
    planner: Scheduler, state: CardState
) -> None:
    after = [grade(planner, state, quality, TODAY).state for quality in range(6)]
    for worse, better in pairwise(after):
        assert worse.interval_days <= better.interval_days
        assert worse.due_on is not None
        assert better.due_on is not None
        assert worse.due_on <= better.due_on
        assert worse.repetitions <= better.repetitions
        assert worse.lapses >= better.lapses


@given(DUE_CARDS)
def test_better_recall_never_gives_a_smaller_ease_factor(state: CardState) -> None:
    # Only among recalled answers: a failure leaves the ease factor alone, Hard lowers it.
    after = [grade(SM2, state, quality, TODAY).state.ease_factor for quality in (3, 4, 5)]
    assert after == sorted(after)


@given(DUE_CARDS, QUALITIES)
def test_ease_factor_of_a_forgotten_card_is_left_alone(state: CardState, quality: int) -> None:
    after = grade(SM2, state, min(quality, 2), TODAY).state
    assert after.ease_factor == state.ease_factor


@given(MET_CARDS)
def test_success_after_the_second_never_shortens_the_interval(state: CardState) -> None:
    learned = replace(state, repetitions=max(2, state.repetitions))
    assert next_interval_days(learned, learned.ease_factor) >= learned.interval_days


@given(HISTORIES)
def test_log_rebuilds_the_state(history: History) -> None:
    assert replay(history.planner, history.answers) == history.last


@given(HISTORIES)
def test_log_without_its_last_answer_rebuilds_the_state_before_it(history: History) -> None:
    for count, state in enumerate([CardState(), *history.states]):
        assert replay(history.planner, history.answers[:count]) == state


@given(HISTORIES)
def test_log_without_repeats_rebuilds_the_same_plan(history: History) -> None:
    first_of_each_day = {on: quality for quality, on in reversed(history.answers)}
    reviews = [(quality, on) for on, quality in sorted(first_of_each_day.items())]
    without = replay(history.planner, reviews)
    assert replace(without, repeat_today_on=None) == replace(history.last, repeat_today_on=None)


@given(HISTORIES)
def test_every_day_of_a_history_has_one_review_and_then_repeats(history: History) -> None:
    before = CardState()
    seen: set[date] = set()
    for (quality, on), after in zip(history.answers, history.states, strict=True):
        expected = Kind.REPEAT if on in seen else Kind.REVIEW if seen else Kind.LEARN
        assert grade(history.planner, before, quality, on).kind is expected
        seen.add(on)
        before = after


@given(PLANNERS, DUE_CARDS)
def test_label_of_a_button_is_what_pressing_it_does(planner: Scheduler, state: CardState) -> None:
    shown = preview(planner, state, TODAY)
    assert shown == tuple(grade(planner, state, quality, TODAY) for quality in BUTTONS)


@given(HISTORIES)
def test_label_of_a_button_is_its_effect_for_repeats_too(history: History) -> None:
    waiting = history.last
    if waiting.repeat_today_on is None:
        return
    for outcome in preview(history.planner, waiting, waiting.repeat_today_on):
        assert outcome == grade(history.planner, waiting, outcome.quality, waiting.repeat_today_on)
        assert outcome.kind is Kind.REPEAT


@given(PLANNERS, DUE_CARDS, QUALITIES)
def test_card_is_never_due_before_tomorrow_except_to_be_repeated(
    planner: Scheduler, state: CardState, quality: int
) -> None:
    after = grade(planner, state, quality, TODAY).state
    assert after.due_on is not None
    assert after.due_on >= TOMORROW
    assert after.is_due_on(TODAY) is after.repeats_on(TODAY) is (quality < 4)
    if quality >= 4:
        with pytest.raises(ValueError, match="The card is due on"):
            grade(planner, after, quality, TODAY)


@given(PLANNERS, DUE_CARDS)
def test_state_survives_being_stored_as_json(planner: Scheduler, state: CardState) -> None:
    assert CardState.from_json(json.loads(json.dumps(state.as_json()))) == state


@given(HISTORIES)
def test_history_goes_on_from_stored_states_as_if_never_stored(history: History) -> None:
    state = CardState()
    for quality, on in history.answers:
        state = CardState.from_json(json.loads(json.dumps(state.as_json())))
        state = grade(history.planner, state, quality, on).state
    assert state == history.last


@given(HISTORIES)
def test_lapses_never_decrease_and_grow_by_one_at_most(history: History) -> None:
    for before, after in pairwise([CardState(), *history.states]):
        assert after.lapses - before.lapses in (0, 1)


@given(HISTORIES)
def test_lapses_are_falls_from_a_learned_state(history: History) -> None:
    falls = [
        before
        for before, after in pairwise([CardState(), *history.states])
        if before.repetitions > 0 and after.repetitions == 0
    ]
    assert history.last.lapses == len(falls)


@given(HISTORIES)
def test_card_is_introduced_once(history: History) -> None:
    days = {state.introduced_on for state in history.states}
    assert days == {on for _, on in history.answers[:1]}


@given(PLANNERS, DUE_CARDS, QUALITIES)
def test_same_card_and_same_answer_always_give_the_same_outcome(
    planner: Scheduler, state: CardState, quality: int
) -> None:
    untouched = replace(state)
    assert grade(planner, state, quality, TODAY) == grade(planner, replace(state), quality, TODAY)
    assert state == untouched


@given(HISTORIES)
def test_same_log_always_gives_the_same_state(history: History) -> None:
    assert replay(history.planner, iter(history.answers)) == replay(
        history.planner, list(history.answers)
    )


@given(PLANNERS, DUE_CARDS, QUALITIES)
def test_every_answer_leaves_a_memory_that_every_scheduler_shares(
    planner: Scheduler, state: CardState, quality: int
) -> None:
    after = grade(planner, state, quality, TODAY).state
    assert after.stability is not None
    assert after.stability >= 0.001
    assert after.difficulty is not None
    assert 1 <= after.difficulty <= 10
    sm2 = grade(SM2, state, quality, TODAY).state
    for name in ("stability", "difficulty", "repetitions", "lapses"):
        assert getattr(after, name) == getattr(sm2, name)


@given(HISTORIES)
def test_log_rebuilds_the_same_state_after_any_other_scheduler_has_read_it(
    history: History,
) -> None:
    through = [replay(planner, history.answers) for planner in (*EXACT, history.planner)]
    assert through[-1] == history.last
    assert len({(state.stability, state.difficulty) for state in through}) == 1
    assert len({(state.repetitions, state.lapses) for state in through}) == 1


def test_empty_log_is_a_card_never_met() -> None:
    assert replay(SM2, []) == CardState()
