"""Plans small enough to be worked out by hand, and one that is large."""

from datetime import date, timedelta

import pytest

from cards.readiness.need import Need, extra_minutes, fewest_dropped, rounds
from cards.readiness.plan import Studied, daily_minutes, plan
from tests.pace import promised

from .strategies import TODAY


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def new(count: int, minutes: float = 3.0) -> list[Studied]:
    return [Studied(number, minutes) for number in range(count)]


def ago(*days: int, quality: int = 4) -> tuple[tuple[int, date], ...]:
    return tuple((quality, TODAY - timedelta(days=day)) for day in days)


def test_two_questions_for_six_minutes_a_day_are_met_every_day() -> None:
    made = plan(new(2), TODAY, in_days(3), 6)
    assert made.shortage is None
    assert made.met == {0: 3, 1: 3}
    assert [day.minutes for day in made.days] == [6, 6, 6]
    assert made.minutes == 18


def test_shortage_is_told_in_minutes_and_both_ways_out() -> None:
    # 6 questions, 3 meetings each, 3 minutes: 54 minutes; 10 days of 3 minutes hold 30.
    made = plan(new(6), TODAY, in_days(10), 3)
    assert made.shortage is not None
    assert made.shortage.minutes == 24
    assert len(made.shortage.drop) == 3  # 3 x 3 x 3 = 27 minutes fit
    assert made.shortage.more_minutes == 3  # one more question a day, 60 minutes
    assert made.left_out == ()  # the best of it: everything once, some twice


def test_too_few_days_are_not_mended_by_any_minutes() -> None:
    made = plan(new(2), TODAY, in_days(2), 600)
    assert made.shortage is not None
    assert made.shortage.more_minutes is None
    assert set(made.shortage.drop) == {0, 1}
    assert made.met == {0: 2, 1: 2}


def test_least_worth_for_its_minutes_is_dropped_first() -> None:
    questions = [Studied(0, 3.0), Studied(1, 3.0, weight=0.5), Studied(2, 6.0)]
    made = plan(questions, TODAY, in_days(8), 3, meetings_each=3)
    assert made.shortage is not None
    assert made.shortage.drop == (2,)  # eight days of one question hold twice three meetings
    made = plan(questions, TODAY, in_days(4), 3, meetings_each=3)
    assert made.shortage is not None
    assert made.shortage.drop == (2, 1)


def test_question_longer_than_the_day_comes_alone() -> None:
    made = plan(new(1, minutes=20), TODAY, in_days(5), 15)
    assert made.shortage is None
    assert all(len(day.meetings) <= 1 for day in made.days)


def test_day_off_has_nothing_and_its_meetings_move() -> None:
    off = in_days(1)
    made = plan(new(2), TODAY, in_days(4), 6, other_minutes={off: 0})
    assert [len(day.meetings) for day in made.days] == [2, 0, 2, 2]


def test_interview_today_leaves_nothing_to_plan() -> None:
    made = plan(new(1), TODAY, TODAY, 15)
    assert made.days == ()
    assert made.left_out == (0,)
    assert made.final_pass_from is None


def test_nothing_in_scope_is_an_empty_plan() -> None:
    made = plan([], TODAY, in_days(2), 15)
    assert made.shortage is None
    assert made.minutes == 0
    assert made.final_pass_from is None


def test_everything_new_comes_in_over_two_thirds_of_the_time() -> None:
    made = plan(new(30), TODAY, in_days(40), 15)
    first = [min(days) for days in made.asked_on.values()]
    assert max(first) <= in_days(40 * 2 // 3)
    assert len(set(first)) > 10


def test_in_the_last_days_every_question_comes_once_more() -> None:
    made = plan(new(36), TODAY, in_days(28), 15)
    assert made.shortage is None
    assert made.final_pass_from is not None
    assert made.final_pass_from >= in_days(28 - 11)  # 36 x 3 minutes, half as much again, at 15


def test_final_pass_that_has_begun_is_gone_on_with() -> None:
    fresh = [Studied(number, 3.0, ago(9, 8, 1)) for number in range(2)]
    waiting = [Studied(number, 3.0, ago(9, 8, 7)) for number in range(2, 4)]
    made = plan([*fresh, *waiting], TODAY, in_days(2), 3)
    assert made.shortage is None
    assert made.asked_on[2]
    assert made.asked_on[3]


def test_final_pass_is_given_up_before_a_meeting_is() -> None:
    known = [Studied(number, 3.0, ago(20, 10, 5)) for number in range(9)]
    made = plan(known, TODAY, in_days(2), 6)
    assert made.shortage is None
    assert made.final_pass_from is None
    assert sum(len(days) for days in made.asked_on.values()) == 4


def test_weaker_memory_and_heavier_category_come_first() -> None:
    weak, strong = Studied(0, 3.0, ago(5, 4, 3, quality=1)), Studied(1, 3.0, ago(20, 10, 3))
    made = plan([strong, weak], TODAY, in_days(1), 3)
    assert made.asked_on[0] == (TODAY,)
    light, heavy = Studied(0, 3.0, ago(5, 4, 3)), Studied(1, 3.0, ago(5, 4, 3), weight=2)
    made = plan([light, heavy], TODAY, in_days(1), 3)
    assert made.asked_on[1] == (TODAY,)


@pytest.mark.parametrize("minutes", [0.0, -1.0])
def test_meeting_of_no_minutes_is_refused(minutes: float) -> None:
    with pytest.raises(ValueError, match="takes some time"):
        plan(new(1, minutes), TODAY, in_days(3), 15)


def test_no_meetings_are_refused() -> None:
    with pytest.raises(ValueError, match="every question needs one"):
        plan(new(1), TODAY, in_days(3), 15, meetings_each=0)


def test_daily_minutes_are_those_of_the_day_where_it_has_its_own() -> None:
    assert daily_minutes(TODAY, in_days(3), 15, {in_days(1): 5, in_days(3): 60}) == [15, 5, 15]
    assert daily_minutes(TODAY, in_days(-1), 15) == []


def test_rounds_give_turns_to_whoever_needs_most() -> None:
    days, owed = rounds([Need(1, 3), Need(3, 3), Need(2, 3)], [3, 3, 0, 6, 3])
    assert days == [[1], [2], [], [1, 0], [2]]
    assert owed == [0, 1, 0]


def test_question_asked_today_rests_until_tomorrow() -> None:
    days, owed = rounds([Need(1, 3, rests_today=True)], [9, 9])
    assert days == [[], [0]]
    assert owed == [0]


def test_nothing_needed_needs_nothing_dropped_and_no_minutes() -> None:
    assert fewest_dropped([Need(1, 3)], [3]) == ()
    assert extra_minutes([Need(1, 3)], [3]) == 0


@pytest.mark.parametrize("minutes", [15, 60, 105, 180, 300])
def test_a_thousand_questions_over_ninety_days_are_planned_in_time(minutes: int) -> None:
    known = tuple((4, TODAY - timedelta(days=ago)) for ago in (30, 20, 9))
    questions = [Studied(n, 3.0, known if n % 3 == 0 else ()) for n in range(1000)]
    promised(0.2, lambda: plan(questions, TODAY, TODAY + timedelta(days=90), minutes))
