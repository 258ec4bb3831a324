"""The plan for the interview as a learner lives it: today's part, missed days, what is kept."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from cards.models import Card, Learner, Question, ReadinessDay, ReviewLog, StudySettings
from cards.scheduling import Kind
from cards.services.readiness import (
    PlanWishes,
    add_days_off,
    change_plan,
    interview_ahead,
    learners_begun,
    readiness_page,
    record_for,
    wishes_of,
)
from cards.services.readiness.held import FEWEST_CASES, held
from cards.services.readiness.scope import scope_of
from cards.services.replay import replay_cards
from cards.services.review import Way, undo_review
from cards.services.today import overview
from tests.answers import answer
from tests.conftest import MORNING
from tests.studying import fresh, give, start, turn_of

pytestmark = pytest.mark.django_db
ON = MORNING.date()
DAY = timedelta(days=1)


def interview_in(learner: Learner, days: int, minutes: int = 30, **wishes: Any) -> Learner:
    change_plan(learner, PlanWishes(ON + days * DAY, minutes, 3, **wishes))
    return fresh(learner)


def asked(learner: Learner, on: date = ON) -> list[int]:
    ahead = interview_ahead(fresh(learner), on)
    return [meeting.question for meeting in ahead.today] if ahead else []


def test_without_an_interview_there_is_no_plan(sam: Learner, bank: list[Question]) -> None:
    assert interview_ahead(sam, ON) is None
    assert asked(interview_in(sam, -1)) == []


def test_the_day_itself_stays_free(sam: Learner, bank: list[Question]) -> None:
    ahead = interview_ahead(interview_in(sam, 0), ON)
    assert ahead
    assert (ahead.days_left, ahead.today, ahead.minutes_a_day) == (0, (), 0)


def test_todays_part_gets_shorter_with_each_answer_and_then_is_done(
    sam: Learner, bank: list[Question]
) -> None:
    interview_in(sam, 21)
    first = asked(sam)
    assert start(sam, Way.PLAN, at=MORNING)
    turn = turn_of(sam, at=MORNING)
    assert turn.question
    assert turn.question.pk == first[0]
    assert ReadinessDay.objects.get().study_date == ON, "written even where nothing runs at night"
    for left in range(len(first), 0, -1):
        assert len(asked(sam)) == left
        give(sam, 4, at=MORNING)
    ahead = interview_ahead(fresh(sam), ON)
    assert ahead
    assert (ahead.today, ahead.done_today) == ((), len(first))
    assert start(sam, Way.PLAN, at=MORNING) is None
    assert {log.question_id for log in ReviewLog.objects.all()} == set(first)


def test_whoever_is_quicker_than_planned_gets_no_more_today_and_more_tomorrow(
    sam: Learner, bank: list[Question]
) -> None:
    interview_in(sam, 21)
    planned = asked(sam)
    start(sam, Way.PLAN, at=MORNING)
    for _ in planned:
        give(sam, 4, at=MORNING, duration_ms=30_000)
    assert asked(sam) == []
    assert len(asked(sam, ON + DAY)) > len(planned)


def test_the_plan_asks_before_the_date_and_that_counts_as_a_review(
    sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    answer(sam, 4, at=MORNING + DAY)  # six days from then
    Question.objects.exclude(pk=bank[0].pk).update(archived_at=MORNING)
    interview_in(sam, 4)
    at = MORNING + 3 * DAY
    assert asked(sam, at.date()) == [bank[0].pk]
    assert start(sam, Way.PLAN, at=at)
    give(sam, 4, at=at)
    last = ReviewLog.objects.newest_first()[0]
    assert last.kind == Kind.REVIEW
    assert last.after.last_reviewed_on == at.date()
    assert list(replay_cards()) == [None] * Card.objects.count()


def test_a_missed_day_is_planned_anew(sam: Learner, bank: list[Question]) -> None:
    interview_in(sam, 28)
    missed = asked(sam)
    later = interview_ahead(fresh(sam), ON + 3 * DAY)
    assert later
    assert later.plan.shortage is None
    assert [meeting.question for meeting in later.today][: len(missed)] == missed


def test_undo_gives_todays_plan_back(sam: Learner, bank: list[Question]) -> None:
    interview_in(sam, 21)
    first = asked(sam)
    start(sam, Way.PLAN, at=MORNING)
    given = give(sam, 4, at=MORNING)
    assert given.review_id
    undo_review(fresh(sam), given.review_id, at=MORNING)
    assert asked(sam) == first


def test_what_is_suspended_archived_or_weighed_with_nothing_is_not_in_scope(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    assert len(scope_of(sam, ON).questions) == len(bank)
    Card.objects.create(learner=sam, question=bank[0], suspended_at=MORNING)
    Card.objects.create(learner=kim, question=bank[3], suspended_at=MORNING)
    Question.objects.filter(pk=bank[1].pk).update(archived_at=MORNING)
    category = bank[2].category_id
    learner = interview_in(sam, 14, category_weights={str(category): 0, "x": 50})
    left = {one.id for one in scope_of(learner, ON).questions}
    out = {q.pk for q in bank if q.category_id == category} | {bank[0].pk, bank[1].pk}
    assert left == {question.pk for question in bank} - out


def test_a_reset_question_is_new_to_the_plan(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING)
    log = ReviewLog.objects.get()
    answered = [one for one in scope_of(sam, ON).questions if one.answers]
    assert [(one.id, one.answers) for one in answered] == [(log.question_id, ((4, ON),))]
    ReviewLog.objects.create(
        learner=sam, card=log.card, question=log.question, kind=Kind.RESET, quality=None,
        submission_id="00000000-0000-4000-8000-000000000001",
        reviewed_at=MORNING, time_zone="UTC", study_date=ON, scheduler="sm2", scheduler_version=1,
        state_before=log.state_after, state_after=log.state_before,
    )  # fmt: skip
    assert not any(one.answers for one in scope_of(sam, ON).questions)


def test_days_off_and_easy_weekdays_take_their_minutes(sam: Learner, bank: list[Question]) -> None:
    shares = tuple(0 if weekday == ON.weekday() else 100 for weekday in range(7))
    learner = interview_in(sam, 15, weekday_shares=shares)
    add_days_off(learner, ON + DAY, ON + 3 * DAY)
    ahead = interview_ahead(learner, ON)
    assert ahead
    free = [day.on for day in ahead.plan.days if not day.budget]
    assert free == [ON + n * DAY for n in (0, 1, 2, 3, 7, 14)]
    assert not any(day.meetings for day in ahead.plan.days if not day.budget)


def test_wishes_come_back_as_they_were_given(sam: Learner, kim: Learner) -> None:
    wanted = PlanWishes(ON, 20, 2, (100, 50, 0, 100, 100, 100, 100), {"1": 200})
    change_plan(sam, wanted)
    assert wishes_of(fresh(sam)) == wanted
    assert wishes_of(fresh(kim)).interview_on is None


def test_readiness_is_written_once_a_study_day_and_never_again(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    assert learners_begun() == []
    answer(sam, 4, at=MORNING)
    assert learners_begun() == [sam.pk]
    learner = interview_in(sam, 14)
    assert record_for(learner, at=MORNING)
    kept: Any = ReadinessDay.objects.values().get()
    assert kept["interview_on"] == ON + 14 * DAY
    assert 0 < kept["now"] < kept["low"] < kept["share"] < kept["high"] <= 1
    assert kept["basis"] == {"questions": 36, "met": 1, "answers": 1, "reviews": 0}
    answer(sam, 4, at=MORNING)
    assert not record_for(learner, at=MORNING)
    assert ReadinessDay.objects.values().get() == kept
    assert record_for(learner, at=MORNING + DAY)
    assert ReadinessDay.objects.filter(learner=kim).count() == 0


def test_nightly_writes_for_all_who_have_begun(
    sam: Learner, kim: Learner, bank: list[Question], capsys: pytest.CaptureFixture[str]
) -> None:
    for learner in (sam, kim):
        answer(learner, 4, at=MORNING)
    call_command("nightly")
    assert "2 of 2 learners: readiness" in capsys.readouterr().out
    assert ReadinessDay.objects.count() == 2
    assert set(ReadinessDay.objects.values_list("share", flat=True)) == {None}, "no interview"


def test_a_fault_with_one_learner_stops_nobody_else_and_is_said(
    sam: Learner, kim: Learner, bank: list[Question], caplog: pytest.LogCaptureFixture
) -> None:
    for learner in (sam, kim):
        answer(learner, 4, at=MORNING)
    StudySettings.objects.filter(learner=sam).update(time_zone="Nowhere/At_all")
    with pytest.raises(CommandError, match="1 times it failed"):
        call_command("nightly")
    assert f"nightly failed for learner {sam.pk}" in caplog.text
    assert ReadinessDay.objects.get().learner == kim


def test_forecasts_are_held_to_what_happened_once_there_are_cases_enough(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    assert held(sam).missing == FEWEST_CASES
    log = ReviewLog.objects.get()
    before = log.state_after | {"last_reviewed_on": (ON - 2 * DAY).isoformat(), "stability": 2.0}
    ReviewLog.objects.bulk_create(
        ReviewLog(
            learner=sam, card=log.card, question=log.question, kind=Kind.REVIEW,
            quality=4 if number % 10 else 1, submission_id=f"{number:032x}", reviewed_at=MORNING,
            time_zone="UTC", study_date=ON, scheduler="sm2", scheduler_version=1,
            state_before=before, state_after=before,
        )
        for number in range(1, 61)
    )  # fmt: skip
    found = held(sam)
    assert found.cases == 60
    assert [found.said, found.happened] == pytest.approx([0.9, 0.9])
    assert found.brier == pytest.approx(0.09)
    assert found.off_by == pytest.approx(0, abs=1e-9)
    assert held(kim).cases == 0
    ReviewLog.objects.filter(kind=Kind.REVIEW).update(state_before={"interval_days": 1})
    assert held(sam).cases == 0, "a log that knows no memory forecast nothing"


def test_what_was_read_a_minute_ago_is_not_taken_for_known(
    sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 1, at=MORNING)
    made = readiness_page(fresh(sam), at=MORNING).forecasts
    assert made
    total = made.now.total
    assert 0 < total.share < 1 / len(bank)
    assert total.low < total.share < total.high


def test_saving_what_the_plan_keeps_to_plans_nothing(
    as_sam: Client, sam: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cards.services.readiness.overview.plan", None)
    form = {"interview_on": "", "minutes_per_day": 20, "meetings_each": 3}
    form |= {f"weekday_{place}": 100 for place in range(7)}
    form |= {f"category_{pk}": 100 for pk in {question.category_id for question in bank}}
    interview_in(sam, 14)
    with time_machine.travel(MORNING, tick=False):
        assert as_sam.post("/readiness/save/", form).status_code == 303
    assert wishes_of(fresh(sam)).minutes_per_day == 20


def test_today_shows_plan_and_readiness(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING - DAY)
    record_for(sam, at=MORNING - DAY)
    record_for(interview_in(sam, 14), at=MORNING)
    seen = overview(fresh(sam), at=MORNING)
    assert seen.ahead
    assert seen.ahead.days_left == 14
    assert [(day.met, day.questions) for day in seen.readiness.days] == [(1, 36), (1, 36)]
    assert seen.readiness.change is not None


def test_a_learner_with_nothing_in_scope_gets_a_page_all_the_same(sam: Learner) -> None:
    page = readiness_page(interview_in(sam, 14), at=MORNING)
    assert page.forecasts is None
    assert page.ahead
    assert page.ahead.today == ()
    assert StudySettings.objects.get(learner=sam).interview_on == ON + 14 * DAY
