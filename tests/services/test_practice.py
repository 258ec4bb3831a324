"""How an answer counts in a session: as due, early, or as practice that moves no date."""

from datetime import timedelta
from typing import Any

import pytest

from cards.models import Card, Learner, Question, ReviewLog, StudySession
from cards.scheduling import Kind, Mode
from cards.services.review import (
    Stale,
    Way,
    grade_card,
)
from tests.answers import answer, submission
from tests.conftest import MORNING
from tests.studying import drifts, fresh, give, leave, meet, schedules, start, turn_of

pytestmark = pytest.mark.django_db
ON = MORNING.date()
NEXT_DAY = MORNING + timedelta(days=1)


def _chosen(sam: Learner, questions: list[Question], **chosen: Any) -> StudySession | None:
    slugs = tuple(question.slug for question in questions)
    return start(sam, Way.SELECTED, at=MORNING, slugs=slugs, **chosen)


def test_practice_leaves_every_date_as_it_was(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING)
    before = schedules(sam)
    at = MORNING + timedelta(hours=1)
    _chosen(sam, bank[:2])  # one not due any more, one never met
    for quality in (1, 5, 4):
        turn = turn_of(sam, at=at)
        assert (turn.mode, turn.is_practice) == (Mode.PRACTICE, True)
        point = bank[0].points[0]["id"]
        give(sam, quality, at=at, judged={point: 0} if turn.question == bank[0] else {})
    assert turn_of(sam, at=at).question is None
    after = schedules(sam)
    assert after[bank[0].pk] == before[bank[0].pk]
    assert after[bank[1].pk].introduced_on is None
    logs = ReviewLog.objects.filter(kind=Kind.DRILL)
    assert logs.count() == 3
    assert all(log.state_before == log.state_after for log in logs)
    assert Card.objects.get(question=bank[0]).missed_points > 0
    assert drifts() == []
    leave(sam)
    assert turn_of(sam, at=at).question == bank[1]  # still new


def test_what_is_due_counts_in_a_session_of_chosen_questions(
    sam: Learner, bank: list[Question]
) -> None:
    meet(sam, bank[:1], ON)
    _chosen(sam, bank[:1])
    assert turn_of(sam, at=MORNING).mode == Mode.DUE
    give(sam, 4, at=MORNING)
    assert ReviewLog.objects.get().kind == Kind.REVIEW
    assert schedules(sam)[bank[0].pk].due_on > ON


def test_told_to_an_early_answer_is_a_review_and_a_second_one_practice(
    sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 5, at=MORNING)
    answer(sam, 5, at=NEXT_DAY)  # due in six days
    at = NEXT_DAY + timedelta(days=3)
    for expected in (Kind.REVIEW, Kind.DRILL):
        slugs = (bank[0].slug,)
        start(sam, Way.SELECTED, at=at, slugs=slugs, moves_schedule=True)
        turn = turn_of(sam, at=at)
        assert turn.mode == (Mode.EARLY if expected == Kind.REVIEW else Mode.PRACTICE)
        label = turn.outcomes[2].state
        give(sam, 4, at=at)
        assert ReviewLog.objects.newest_first()[0].kind == expected
        assert schedules(sam)[bank[0].pk] == label
    assert drifts() == []


def test_an_early_grade_without_a_session_that_asks_for_it_is_refused(
    sam: Learner, bank: list[Question]
) -> None:
    meet(sam, bank[:2], ON, due_in=3)
    sent = submission(turn_of(sam, at=MORNING), 4, mode=Mode.EARLY)
    object.__setattr__(sent, "seen_version", 1)
    assert grade_card(fresh(sam), bank[0].slug, sent, at=MORNING).stale == Stale.NOT_DUE
    _chosen(sam, bank[1:2], moves_schedule=True)
    assert grade_card(fresh(sam), bank[0].slug, sent, at=MORNING).stale == Stale.NOT_DUE
    _chosen(sam, bank[:1])  # practice: it was not told to count
    assert grade_card(fresh(sam), bank[0].slug, sent, at=MORNING).stale == Stale.NOT_DUE
    assert not ReviewLog.objects.exists()


def test_practice_stays_practice_when_the_day_ends_meanwhile(
    sam: Learner, bank: list[Question]
) -> None:
    meet(sam, bank[:2], ON, due_in=1)
    before = schedules(sam)
    _chosen(sam, bank[:1])
    turn = turn_of(sam, at=MORNING)
    sent = submission(turn, 1, mode=turn.mode)
    graded = grade_card(fresh(sam), bank[0].slug, sent, at=NEXT_DAY)
    assert (graded.stale, graded.turn.session) == (None, None)
    assert ReviewLog.objects.get().kind == Kind.DRILL
    assert schedules(sam) == before
    _chosen(sam, bank[1:2], moves_schedule=True)
    turn = turn_of(sam, at=MORNING)
    assert turn.mode == Mode.EARLY
    Card.objects.update(due_on=ON + timedelta(days=5))
    sent = submission(turn, 4, mode=turn.mode)
    assert grade_card(fresh(sam), bank[1].slug, sent, at=NEXT_DAY).stale == Stale.NOT_DUE
