"""The lightest day of a range: a table, and what holds for every load, weight and button."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import BUTTONS, CardState, Load, Scheduler, Spread, grade, replay_told
from cards.scheduling.fuzz import as_told, span_of, spread_range
from cards.scheduling.sm2 import Sm2

from .strategies import DUE_CARDS, EXACT, QUALITIES, TODAY

MONDAY = date(2026, 3, 2)
EASY_WEEKEND = (100, 100, 100, 100, 100, 50, 50)
NO_WEEKEND = (100, 100, 100, 100, 100, 0, 0)
IN_A_WEEK = range(5, 10)  # Saturday to Wednesday
FAR = 60  # days ahead to which the drawn loads reach


def _in(days: int) -> date:
    return MONDAY + timedelta(days=days)


def _earliest(day: int) -> float:
    return float(day)


def _latest(day: int) -> float:
    return float(-day)


@pytest.mark.parametrize(
    ("cards", "shares", "off", "chosen"),
    [
        ({5: 3, 6: 2, 7: 1, 8: 2, 9: 3}, (), (), 7),
        ({5: 3, 6: 2, 7: 1, 8: 2, 9: 3}, (), [(7, 7)], 6),  # of two with 2 the earlier
        ({5: 3, 6: 2, 7: 1, 8: 2, 9: 3}, (), [(6, 8)], 5),
        ({5: 3, 6: 2, 7: 1, 8: 2, 9: 3}, (), [(0, 30)], 7),  # nothing but days off: alike
        ({5: 3, 6: 2, 7: 1, 8: 2, 9: 3}, (), [(1, 6), (8, 20)], 7),
        ({5: 0, 6: 0, 7: 9, 8: 9, 9: 9}, NO_WEEKEND, (), 7),
        ({7: 9, 8: 9, 9: 8}, NO_WEEKEND, (), 9),
        ({7: 9, 8: 9, 9: 8}, NO_WEEKEND, [(7, 9)], 5),  # weekday and day off weigh the same
        ({}, EASY_WEEKEND, (), 7),  # one card: 1 ÷ 100 is less than 1 ÷ 50
        ({7: 1, 8: 1, 9: 1}, EASY_WEEKEND, (), 5),  # 1 ÷ 50 = 2 ÷ 100
        ({7: 2, 8: 2, 9: 2}, EASY_WEEKEND, (), 5),
        ({5: 1, 6: 1, 7: 2, 8: 2, 9: 2}, EASY_WEEKEND, (), 7),  # 3 ÷ 100 and not 2 ÷ 50
        ({}, (), (), 5),
    ],
)
def test_lightest_day(
    cards: dict[int, int], shares: tuple[int, ...], off: list[tuple[int, int]], chosen: int
) -> None:
    load = Load(
        {_in(day): count for day, count in cards.items()},
        shares,
        [(_in(first), _in(last)) for first, last in off],
    )
    assert load.lightest(MONDAY, IN_A_WEEK, _earliest) == chosen


def test_equal_days_are_told_apart_by_the_rank() -> None:
    assert Load().lightest(MONDAY, IN_A_WEEK, _latest) == 9


@pytest.mark.parametrize(
    ("intervals", "span"),
    [((1, 1, 1, 1), None), ((1, 2, 2, 2), None), ((1, 6, 6, 6), (4, 8)), ((1, 3, 15, 20), (2, 23))],
)
def test_days_that_have_to_be_known(
    intervals: tuple[int, ...], span: tuple[int, int] | None
) -> None:
    assert span_of(intervals) == span


LOADS = st.builds(
    Load,
    cards=st.dictionaries(
        st.integers(1, FAR).map(lambda day: TODAY + timedelta(days=day)), st.integers(0, 9)
    ),
    weekday_shares=st.just(()) | st.tuples(*[st.sampled_from((0, 50, 75, 100))] * 7),
    days_off=st.lists(
        st.tuples(st.integers(1, FAR), st.integers(0, 20)).map(
            lambda drawn: (
                TODAY + timedelta(days=drawn[0]),
                TODAY + timedelta(days=drawn[0] + drawn[1]),
            )
        ),
        max_size=3,
    ),
)
SPREADABLE = st.sampled_from(EXACT)
SHORT_CARDS = DUE_CARDS.map(  # half of what is drawn is decided within the loads
    lambda state: CardState(
        repetitions=state.repetitions % 4,
        interval_days=1 + state.interval_days % 25,
        ease_factor=state.ease_factor,
    )
)


@given(SPREADABLE, SHORT_CARDS | DUE_CARDS, QUALITIES, LOADS)
def test_the_chosen_day_is_in_the_range_and_never_a_day_off_where_another_is_free(
    scheduler: Scheduler, state: CardState, quality: int, load: Load
) -> None:
    plain = grade(scheduler, state, quality, TODAY).state.interval_days
    after = grade(Spread(scheduler, "1/7", load), state, quality, TODAY).state
    assert after.due_on == TODAY + timedelta(days=after.interval_days)
    if plain < 3:
        assert after.interval_days == plain
        return
    first, last = spread_range(plain)
    assert first <= after.interval_days <= last
    days = [TODAY + timedelta(days=day) for day in range(first, last + 1)]
    wanted = [day for day in days if load.weight(day)]
    if wanted:
        assert after.due_on in wanted
        least = min((load.cards.get(day, 0) + 1) / load.weight(day) for day in wanted)
        assert (load.cards.get(after.due_on, 0) + 1) / load.weight(after.due_on) == least


@given(SPREADABLE, SHORT_CARDS | DUE_CARDS, LOADS)
def test_a_better_answer_never_comes_earlier_whatever_the_load(
    scheduler: Scheduler, state: CardState, load: Load
) -> None:
    planner = Spread(scheduler, "1/7", load)
    after = [grade(planner, state, quality, TODAY).state.interval_days for quality in range(6)]
    assert all(worse <= better for worse, better in pairwise(after))


@given(st.lists(st.tuples(LOADS, st.sampled_from(BUTTONS), st.integers(0, 5)), max_size=12))
def test_what_was_told_is_what_is_set_and_what_a_replay_gives_without_any_load(
    answers: list[tuple[Load, int, int]],
) -> None:
    plain, state, on, told = Spread(Sm2(), "1/7"), CardState(), TODAY, []
    for load, quality, late in answers:
        on = (state.due_on or on) + timedelta(days=late)
        shown = grade(Spread(Sm2(), "1/7", load), state, quality, on).state
        state = grade(as_told(plain, shown.interval_days), state, quality, on).state
        assert state == shown
        told.append((quality, on, shown.interval_days))
    assert replay_told(plain, told) == state


@pytest.mark.parametrize("days", [0, 1, 12, 18, 36_500, None])
def test_what_could_not_have_been_told_changes_nothing(days: int | None) -> None:
    state = CardState(repetitions=3, interval_days=6, ease_factor=250, introduced_on=TODAY)
    seeded = grade(Spread(Sm2(), "1/7"), state, 4, TODAY)
    assert grade(as_told(Spread(Sm2(), "1/7"), days), state, 4, TODAY) == seeded


@pytest.mark.parametrize("days", range(13, 18))  # ceil(6 × 2.50) = 15, and 2 to either side
def test_every_day_of_the_range_can_be_told(days: int) -> None:
    state = CardState(repetitions=3, interval_days=6, ease_factor=250, introduced_on=TODAY)
    after = grade(as_told(Spread(Sm2(), "1/7"), days), state, 4, TODAY).state
    assert after.interval_days == days


def test_without_spreading_nothing_is_heard() -> None:
    assert as_told(Sm2(), 13) == Sm2()


def test_cards_that_come_one_after_another_fill_the_days_alike() -> None:
    state = CardState(repetitions=3, interval_days=15, introduced_on=TODAY)
    due: dict[date, int] = {}
    for card in range(90):
        after = grade(Spread(Sm2(), f"1/{card}", Load(due)), state, 4, TODAY).state
        assert after.due_on
        due[after.due_on] = due.get(after.due_on, 0) + 1
    assert list(due.values()) == [10] * 9  # 38 days, and 4 to either side
