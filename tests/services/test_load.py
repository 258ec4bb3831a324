"""Spreading by load: what is counted, what a button tells is what it does, and replay agrees."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from cards.models import Card, DayOff, Learner, Question, ReviewLog, StudySettings
from cards.rubric import Recall
from cards.scheduling import CardState, Mode, grade
from cards.services.account import Planning, change_planning
from cards.services.library import question_page
from cards.services.replay import states_of
from cards.services.review import Way, grade_card, reset_card, undo_review
from tests.answers import answer, submission
from tests.conftest import MORNING
from tests.studying import drifts, fresh, judged, meet, schedules, start, turn_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TUESDAY = MORNING + DAY
FULL = (4, 5, 7, 8)  # of the days 4 to 8, to which SM-2's 6 may be moved: only the sixth is free


@pytest.fixture
def second(sam: Learner, bank: list[Question]) -> Question:
    """Return a question that Sam, who spreads, answered on Monday: Good is now six days."""
    _settings(sam, spreads_intervals=True, new_per_day=2)
    for _ in range(2):
        answer(fresh(sam), 4, at=MORNING)
    return bank[0]


def _settings(learner: Learner, **wanted: Any) -> None:
    StudySettings.objects.filter(learner=learner).update(**wanted)


def _fill(learner: Learner, questions: list[Question], days: tuple[int, ...]) -> list[Card]:
    return [
        meet(learner, [question], TUESDAY.date(), due_in=day)[0]
        for question, day in zip(questions, days, strict=False)
    ]


def _told(learner: Learner, question: Question) -> tuple[int, ...]:
    return turn_of(learner, at=TUESDAY, wanted=question.slug).told


def _seeded(learner: Learner, question: Question, quality: int, at: datetime = TUESDAY) -> int:
    card = Card.objects.filter(learner=learner, question=question).first()
    planner = fresh(learner).settings.planner_for(question.pk)
    return grade(
        planner, card.state if card else CardState(), quality, at.date()
    ).state.interval_days


def _grade(learner: Learner, question: Question, at: datetime = TUESDAY, **sent: Any) -> Card:
    turn = turn_of(learner, at=at, wanted=question.slug)
    sent = {"mode": turn.mode} | sent
    answered = submission(turn, sent.pop("quality", 4), **sent)
    graded = grade_card(fresh(learner), question.slug, answered, at=at)
    assert graded.review_id
    return Card.objects.get(learner=learner, question=question)


def test_the_free_day_of_the_range_is_told(
    sam: Learner, bank: list[Question], second: Question
) -> None:
    _fill(sam, bank[5:], FULL)
    assert _told(sam, second) == (1, 6, 6, 6)


def test_the_loads_and_days_off_of_another_learner_do_not_count(
    sam: Learner, kim: Learner, bank: list[Question], second: Question
) -> None:
    _fill(sam, bank[5:], FULL)
    _fill(kim, bank[5:], (6,) * 9)
    DayOff.objects.create(learner=kim, starts_on=TUESDAY, ends_on=TUESDAY + 30 * DAY)
    _settings(kim, weekday_shares=[0, 100, 100, 100, 100, 100, 100])  # the sixth is a Monday
    assert _told(sam, second) == (1, 6, 6, 6)


@pytest.mark.parametrize(
    "aside",
    [
        lambda card: Card.objects.filter(pk=card.pk).update(suspended_at=MORNING),
        lambda card: Card.objects.filter(pk=card.pk).update(buried_until=TUESDAY + DAY),
        lambda card: Question.objects.filter(pk=card.question_id).update(archived_at=MORNING),
    ],
    ids=["suspended", "buried", "archived"],
)
def test_what_is_not_asked_is_no_load(
    sam: Learner, bank: list[Question], second: Question, aside: Callable[[Card], object]
) -> None:
    _, five, *_ = _fill(sam, bank[5:], (4, 5, 6, 7, 8))
    aside(five)
    assert _told(sam, second) == (1, 5, 5, 5)


@pytest.mark.parametrize(
    ("off", "shares"),
    [(6, []), (None, [0, 100, 100, 100, 100, 100, 100])],
    ids=["a day off", "an easy weekday"],
)
def test_a_free_day_is_passed_over_where_nothing_is_wanted(
    sam: Learner, bank: list[Question], second: Question, off: int | None, shares: list[int]
) -> None:
    _fill(sam, bank[5:], FULL)
    _settings(sam, weekday_shares=shares)
    if off:
        DayOff.objects.create(
            learner=sam, starts_on=TUESDAY.date() + off * DAY, ends_on=TUESDAY.date() + off * DAY
        )
    assert 6 not in _told(sam, second)


def test_an_interval_below_three_days_stays_even_on_a_day_off(
    sam: Learner, bank: list[Question], second: Question
) -> None:
    tomorrow = TUESDAY.date() + DAY
    DayOff.objects.create(learner=sam, starts_on=tomorrow, ends_on=tomorrow)
    assert _told(sam, second)[0] == 1


def test_a_card_graded_in_between_changes_what_is_told_and_not_what_was(
    sam: Learner, bank: list[Question], second: Question
) -> None:
    _fill(sam, bank[5:], (4, 5, 7) * 3)
    _settings(sam, weekday_shares=[100, 100, 60, 100, 100, 100, 100])  # the eighth: a Wednesday
    seen = turn_of(sam, at=TUESDAY, wanted=second.slug)
    assert seen.told == (1, 6, 6, 6)
    assert _grade(sam, bank[1]).interval_days == 6
    assert _told(sam, second) == (1, 8, 8, 8)  # 1 ÷ 60 is less than 2 ÷ 100
    grade_card(fresh(sam), second.slug, submission(seen, 4), at=TUESDAY)
    card = Card.objects.get(learner=sam, question=second)
    assert card.state == seen.outcomes[2].state
    assert ReviewLog.objects.newest_first()[0].told_days == 6
    assert states_of([card])[card.pk] == card.state


def test_a_form_without_the_days_gets_the_seeded_one(
    sam: Learner, bank: list[Question], second: Question
) -> None:
    seeded = _seeded(sam, second, 4)
    _fill(sam, bank[5:], (seeded,))
    assert _told(sam, second)[2] != seeded
    assert _grade(sam, second, told=()).interval_days == seeded
    assert ReviewLog.objects.newest_first()[0].told_days is None


@pytest.mark.parametrize("days", [0, 3, 9, 36_500])
def test_days_that_were_never_told_are_not_heard(sam: Learner, second: Question, days: int) -> None:
    seeded = _seeded(sam, second, 4)
    assert _grade(sam, second, told=(days,) * 4).interval_days == seeded
    assert ReviewLog.objects.newest_first()[0].told_days is None


def test_without_spreading_nothing_is_told_nor_heard(sam: Learner, second: Question) -> None:
    _settings(sam, spreads_intervals=False)
    assert _told(sam, second) == ()
    assert _grade(sam, second, told=(5,) * 4).interval_days == 6
    assert ReviewLog.objects.newest_first()[0].told_days is None


def test_again_that_the_points_refine_keeps_the_day_it_told(
    sam: Learner, bank: list[Question]
) -> None:
    _settings(sam, scheduler="fsrs", desired_retention=70, spreads_intervals=True)
    at = MORNING
    for _ in range(3):
        at += _grade(sam, bank[0], at, quality=5).interval_days * DAY
    off = at.date() + _seeded(sam, bank[0], 1, at) * DAY
    DayOff.objects.create(learner=sam, starts_on=off, ends_on=off)
    told = turn_of(sam, at=at, wanted=bank[0].slug).told[0]
    assert told > 2
    assert at.date() + told * DAY != off
    missed = dict.fromkeys(judged(bank[0]), Recall.NO)
    card = _grade(sam, bank[0], at, quality=1, judged=missed)
    log = ReviewLog.objects.newest_first()[0]
    assert (log.quality, card.interval_days, log.told_days) == (0, told, told)
    assert drifts() == []


def test_practice_and_repeats_tell_no_days_and_hear_none(
    sam: Learner, bank: list[Question], second: Question
) -> None:
    card = _grade(sam, second, quality=3)
    repeat = turn_of(sam, at=TUESDAY, wanted=second.slug)
    assert (repeat.told, repeat.outcomes[2].kind) == ((), "repeat")
    after = _grade(sam, second, told=(4,) * 4)
    assert (after.interval_days, after.due_on) == (card.interval_days, card.due_on)
    start(sam, Way.SELECTED, at=TUESDAY, slugs=(second.slug,))
    practice = turn_of(sam, at=TUESDAY)
    assert (practice.question, practice.mode, practice.told) == (second, Mode.PRACTICE, ())
    assert _grade(sam, second, told=(4,) * 4).state == after.state
    logs = ReviewLog.objects.newest_first()[:2]
    assert [(log.kind, log.told_days) for log in logs] == [("drill", None), ("repeat", None)]
    assert drifts() == []


def test_an_early_review_is_spread_and_its_own_old_day_is_no_load(
    sam: Learner, bank: list[Question], second: Question
) -> None:
    _fill(sam, bank[5:], (*FULL, 9, 10))
    assert _grade(sam, second).interval_days == 6
    at = TUESDAY + 2 * DAY  # four to eight days ahead, all but its own are full
    start(sam, Way.AHEAD, at=at, days=7, moves_schedule=True)
    turn = turn_of(sam, at=at, wanted=second.slug)
    assert (turn.mode, turn.question) == (Mode.EARLY, second)
    assert turn.told[2] == 4
    card = _grade(sam, second, at)
    assert card.interval_days == ReviewLog.objects.newest_first()[0].told_days == 4
    assert states_of([card])[card.pk] == card.state


def test_a_questions_page_says_what_the_review_says(
    sam: Learner, bank: list[Question], second: Question
) -> None:
    _fill(sam, bank[5:], FULL)
    page = question_page(fresh(sam), second.slug, at=TUESDAY)
    assert page.next_dates.outcomes == turn_of(sam, at=TUESDAY, wanted=second.slug).outcomes


def test_undo_gives_back_the_day_that_was_told_before(
    sam: Learner, bank: list[Question], second: Question
) -> None:
    _fill(sam, bank[5:], FULL)
    told = _grade(sam, second).state
    again = _grade(sam, second, TUESDAY + 6 * DAY, quality=1)
    assert again.interval_days == 1
    change_planning(fresh(sam), Planning("fsrs", 90, spreads_intervals=True))
    change_planning(fresh(sam), Planning("sm2", 90, spreads_intervals=True))
    last = ReviewLog.objects.filter(learner=sam).newest_first()[0]
    undo_review(fresh(sam), last.pk, at=TUESDAY + 6 * DAY)  # it was rebuilt since: by replay
    assert schedules(sam)[second.pk] == told


def test_a_day_told_in_one_life_is_not_taken_for_the_next_on_the_same_day(
    sam: Learner, bank: list[Question]
) -> None:
    _settings(sam, scheduler="anki", spreads_intervals=True)
    first = _grade(sam, bank[0], MORNING, quality=5, told=(1, 1, 1, 3))
    assert first.interval_days == 3  # 4 days, and 1 to either side
    reset_card(fresh(sam), bank[0].slug, first.version, at=MORNING)
    second = _grade(sam, bank[0], MORNING, quality=5, told=(1, 1, 1, 5))
    assert second.interval_days == 5
    assert drifts() == []
