"""What a forecast says, and what it rests on."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from cards.readiness.forecast import forecast
from cards.readiness.fractions import choice, fraction
from cards.readiness.pace import Pace, pace_of
from cards.readiness.plan import Studied, plan
from cards.readiness.recall import DEFAULT_WEIGHTS, memory_model, remembered

from .strategies import TODAY, Task, tasks

SURE = Pace((DEFAULT_WEIGHTS,), (1.0,))  # one variant: the model itself
TOMORROW = TODAY + timedelta(days=1)


def ago(*days: int, quality: int = 4) -> tuple[tuple[int, date], ...]:
    return tuple((quality, TODAY - timedelta(days=day)) for day in days)


def recall_on(question: Studied, on: date) -> float:
    answers = [(quality, day.toordinal()) for quality, day in question.answers]
    memory = remembered(answers)
    assert memory is not None
    return memory_model().recall(memory.stability, on.toordinal() - answers[-1][1])


def test_share_is_the_mean_recall_of_the_questions() -> None:
    questions = [Studied(1, 3.0, ago(9, 5)), Studied(2, 3.0, ago(4, quality=1))]
    said = forecast(questions, TOMORROW, pace=SURE)
    expected = [recall_on(question, TOMORROW) for question in questions]
    assert said.recall == pytest.approx({1: expected[0], 2: expected[1]})
    assert said.total.share == pytest.approx(sum(expected) / 2)


def test_question_never_met_counts_as_not_known_and_the_basis_says_so() -> None:
    said = forecast([Studied(1, 3.0, ago(3, 1)), Studied(2, 3.0)], TOMORROW, pace=SURE)
    assert said.recall[2] == 0
    assert (said.total.questions, said.total.met, said.total.answers) == (2, 1, 2)


def test_nothing_met_is_a_readiness_of_nothing_without_a_band() -> None:
    total = forecast([Studied(1, 3.0)], TOMORROW).total
    assert (total.share, total.low, total.high) == (0, 0, 0)


def test_nothing_in_scope_is_nothing() -> None:
    said = forecast([], TOMORROW)
    assert (said.total.share, said.total.questions, said.categories) == (0, 0, {})


def test_categories_are_told_apart_and_weigh_as_they_count() -> None:
    known = Studied(1, 3.0, ago(9, 5, 1), category=1, weight=3)
    said = forecast([known, Studied(2, 3.0, category=2)], TOMORROW, pace=SURE)
    assert said.categories[1].share == pytest.approx(recall_on(known, TOMORROW))
    assert said.categories[2].share == 0
    assert said.total.share == pytest.approx(recall_on(known, TOMORROW) * 3 / 4)


def test_band_narrows_with_more_questions() -> None:
    few, many = (
        forecast([Studied(at, 3.0, ago(9)) for at in range(count)], TOMORROW, pace=SURE).total
        for count in (10, 200)
    )
    assert few.share == pytest.approx(many.share)
    assert 0 < many.high - many.low < few.high - few.low


def test_band_holds_the_middle_of_what_can_happen() -> None:
    total = forecast([Studied(at, 3.0, ago(9)) for at in range(100)], TOMORROW, pace=SURE).total
    spread = (total.share * (1 - total.share) / 100) ** 0.5
    assert total.low == pytest.approx(total.share - 1.2816 * spread, abs=1e-3)
    assert total.high == pytest.approx(total.share + 1.2816 * spread, abs=1e-3)


def test_doubt_about_the_pace_widens_the_band() -> None:
    questions = [Studied(at, 3.0, ago(9)) for at in range(100)]
    sure = forecast(questions, TOMORROW, pace=SURE).total
    unsure = forecast(questions, TOMORROW, pace=pace_of([])).total
    assert unsure.high - unsure.low > sure.high - sure.low


def test_plan_that_is_kept_raises_what_is_forecast() -> None:
    on = TODAY + timedelta(days=20)
    questions = [Studied(1, 3.0, ago(9, 5)), Studied(2, 3.0)]
    kept = plan(questions, TODAY, on, 15).asked_on
    without, with_plan = forecast(questions, on), forecast(questions, on, asked_on=kept)
    assert with_plan.total.share > without.total.share
    assert with_plan.recall[2] > 0.7
    assert with_plan.total.answers == without.total.answers == 2  # those that were given


def test_plan_of_yesterday_counts_only_from_the_last_answer_on() -> None:
    question, on = Studied(1, 3.0, ago(9, 2)), TODAY + timedelta(days=9)
    stale = {1: (TODAY - timedelta(days=4), TODAY - timedelta(days=2), on)}
    assert forecast([question], on, asked_on=stale) == forecast([question], on)


@given(tasks())
def test_band_lies_around_the_share_and_both_within_nothing_and_all(task: Task) -> None:
    on = task.interview_on + timedelta(days=1)
    asked_on = plan(task.questions, TODAY, on, task.minutes).asked_on
    said = forecast(task.questions, on, asked_on=asked_on)
    for one in (said.total, *said.categories.values()):
        assert 0 <= one.low <= one.share + 1e-9
        assert one.share - 1e-9 <= one.high <= 1
    assert all(0 <= recall <= 1 for recall in said.recall.values())


def test_the_same_answers_give_the_same_forecast() -> None:
    questions = [Studied(1, 3.0, ago(9, 5)), Studied(2, 3.0)]
    days = {2: (TODAY, TOMORROW)}
    first, second = (
        forecast(questions, TODAY + timedelta(days=9), asked_on=days) for _ in range(2)
    )
    assert first == second


def test_fractions_are_spread_evenly_and_depend_on_every_key() -> None:
    drawn = [fraction(1, key) for key in range(4000)]
    assert all(0 <= one < 1 for one in drawn)
    assert sum(drawn) / len(drawn) == pytest.approx(0.5, abs=0.02)
    assert [sum(one < step / 10 for one in drawn) / 4000 for step in range(1, 10)] == pytest.approx(
        [step / 10 for step in range(1, 10)], abs=0.03
    )
    assert len({fraction(1, 2), fraction(2, 1), fraction(1, 2, 0), fraction(1)}) == 4


@pytest.mark.parametrize(("at", "place"), [(0.0, 0), (0.24, 1), (0.5, 2), (0.9999999, 2)])
def test_choice_falls_on_the_share_that_holds_the_fraction(at: float, place: int) -> None:
    assert choice((0.2, 0.3, 0.5), at) == place
    assert choice((0.2, 0.3, 0.4), 0.95) == 2  # rounding never falls off the end
