"""A session asks its queue instead of the day's, and goes with its study day."""

from datetime import timedelta
from typing import Any

import pytest

from cards.models import Card, Learner, Question, ReviewLog, StudySession
from cards.scheduling import Mode
from cards.services.review import (
    Choice,
    Stale,
    Way,
    bury_card,
    end_session,
    grade_card,
    next_turn,
    reset_card,
    start_session,
    suspend_card,
    undo_review,
)
from tests.answers import answer, submission
from tests.conftest import MORNING
from tests.studying import drifts, fresh, give, leave, meet, start, turn_of

pytestmark = pytest.mark.django_db
ON = MORNING.date()
NEXT_DAY = MORNING + timedelta(days=1)


def _chosen(sam: Learner, questions: list[Question], **chosen: Any) -> StudySession | None:
    slugs = tuple(question.slug for question in questions)
    return start(sam, Way.SELECTED, at=MORNING, slugs=slugs, **chosen)


def _queue() -> list[int]:
    return list(StudySession.objects.get().queue)


def test_its_questions_come_in_order_and_then_it_is_done(
    sam: Learner, bank: list[Question]
) -> None:
    picked = [bank[7], bank[3], bank[5]]
    _chosen(sam, picked, moves_schedule=True)
    asked = []
    while (turn := turn_of(sam, at=MORNING)).question:
        assert turn.session
        asked.append((turn.question, turn.session.left, turn.session.total))
        give(sam, 4, at=MORNING)
    assert asked == [(picked[0], 3, 3), (picked[1], 2, 3), (picked[2], 1, 3)]
    assert turn.session
    assert (turn.session.title, turn.session.left) == ("3 chosen questions", 0)
    assert turn.finish
    assert turn.finish.session
    assert (turn.finish.session.questions, turn.finish.session.recalled) == (3, 3)
    assert turn.counts.new == 7
    leave(sam)
    assert turn_of(sam, at=MORNING).question == bank[0]


def test_what_was_not_recalled_goes_to_the_end_until_it_is(
    sam: Learner, bank: list[Question]
) -> None:
    _chosen(sam, bank[:2], moves_schedule=True)
    asked = []
    for quality in (1, 4, 3, 4):
        asked.append(turn_of(sam, at=MORNING).question)
        give(sam, quality, at=MORNING)
    assert asked == [bank[0], bank[1], bank[0], bank[0]]
    end = turn_of(sam, at=MORNING).finish
    assert end
    assert end.session
    assert (end.session.questions, end.session.recalled) == (2, 1)
    assert drifts() == []


def test_it_is_over_on_the_next_study_day(sam: Learner, bank: list[Question]) -> None:
    _chosen(sam, [bank[9]])
    assert turn_of(sam, at=MORNING).question == bank[9]
    turn = turn_of(sam, at=NEXT_DAY)
    assert (turn.session, turn.question) == (None, bank[0])


def test_leaving_twice_and_without_a_session_does_nothing(
    sam: Learner, bank: list[Question]
) -> None:
    end_session(sam)
    _chosen(sam, [bank[9]])
    learner = fresh(sam)
    end_session(learner)
    end_session(learner)
    assert not StudySession.objects.exists()
    assert turn_of(sam, at=MORNING).session is None


def test_a_new_session_takes_the_place_of_the_old(sam: Learner, bank: list[Question]) -> None:
    _chosen(sam, bank[:5])
    _chosen(sam, [bank[9]])
    turn = turn_of(sam, at=MORNING)
    assert turn.session
    assert (turn.question, turn.session.total) == (bank[9], 1)


def test_an_empty_choice_starts_nothing_and_ends_nothing(
    sam: Learner, bank: list[Question]
) -> None:
    _chosen(sam, [bank[9]])
    assert start(sam, Way.SELECTED, at=MORNING, slugs=("no-such-question",)) is None
    assert turn_of(sam, at=MORNING).question == bank[9]


def test_undo_puts_the_question_back_to_the_front(sam: Learner, bank: list[Question]) -> None:
    _chosen(sam, bank[:3])
    review = give(sam, 1, at=MORNING).review_id
    give(sam, 4, at=MORNING)
    assert review
    assert _queue() == [bank[2].pk, bank[0].pk]
    undone = undo_review(fresh(sam), review, at=MORNING)
    assert (undone.turn.question, _queue()) == (bank[0], [bank[0].pk, bank[2].pk])
    again = undo_review(fresh(sam), review, at=MORNING)
    assert (again.refused, _queue()) == (False, [bank[0].pk, bank[2].pk])
    assert turn_of(sam, at=MORNING).question == bank[0]
    assert drifts() == []


def test_undo_after_the_end_goes_back_into_the_session(sam: Learner, bank: list[Question]) -> None:
    _chosen(sam, bank[:1])
    review = give(sam, 4, at=MORNING).review_id
    assert review
    assert turn_of(sam, at=MORNING).question is None
    turn = undo_review(fresh(sam), review, at=MORNING).turn
    assert turn.session
    assert (turn.question, turn.session.left, turn.mode) == (bank[0], 1, Mode.PRACTICE)


def test_what_was_answered_before_the_session_does_not_enter_it_by_undo(
    sam: Learner, bank: list[Question]
) -> None:
    review = answer(sam, 4, at=MORNING).review_id
    _chosen(sam, [bank[5]])
    assert review
    turn = undo_review(fresh(sam), review, at=MORNING).turn
    assert (turn.question, turn.mode, _queue()) == (bank[0], Mode.DUE, [bank[5].pk])
    assert turn_of(sam, at=MORNING).question == bank[5]


@pytest.mark.parametrize("put_aside", [bury_card, suspend_card])
def test_what_is_put_aside_is_passed_over_and_undo_brings_it_back(
    sam: Learner, bank: list[Question], put_aside: Any
) -> None:
    _chosen(sam, bank[:3])
    turn = put_aside(fresh(sam), bank[0].slug, 0, at=MORNING).turn
    assert turn.session
    assert (turn.question, turn.session.left, turn.session.done) == (bank[1], 2, 1)
    give(sam, 4, at=MORNING)
    log = ReviewLog.objects.get(quality=None)
    turn = undo_review(fresh(sam), log.pk, at=MORNING).turn
    assert turn.session
    assert (turn.question, turn.session.left) == (bank[0], 2)


def test_what_was_archived_or_is_not_due_any_more_is_passed_over(
    sam: Learner, bank: list[Question]
) -> None:
    meet(sam, bank[:3], ON)
    start(sam, Way.TIME, at=MORNING, minutes=60)
    first, second, third, *_ = _queue()
    Question.objects.filter(pk=first).update(archived_at=MORNING)
    Card.objects.filter(question=second).update(due_on=ON + timedelta(days=5))
    turn = turn_of(sam, at=MORNING)
    assert turn.question
    assert turn.question.pk == third


def test_a_second_tab_is_refused_as_ever(sam: Learner, bank: list[Question]) -> None:
    _chosen(sam, bank[:2])
    turn = turn_of(sam, at=MORNING)
    assert turn.question
    give(sam, 1, at=MORNING)
    stale = grade_card(
        fresh(sam), turn.question.slug, submission(turn, 4, mode=turn.mode), at=MORNING
    )
    assert stale.stale == Stale.CHANGED
    assert stale.turn.question == bank[1]
    assert _queue() == [bank[1].pk, bank[0].pk]


def test_the_same_grade_twice_leaves_the_queue_once(sam: Learner, bank: list[Question]) -> None:
    _chosen(sam, bank[:2])
    turn = turn_of(sam, at=MORNING)
    assert turn.question
    sent = submission(turn, 1, mode=turn.mode)
    for replayed in (False, True):
        graded = grade_card(fresh(sam), turn.question.slug, sent, at=MORNING)
        assert graded.replayed is replayed
    assert _queue() == [bank[1].pk, bank[0].pk]


def test_a_question_asked_by_name_outside_the_session_leaves_its_queue_alone(
    sam: Learner, bank: list[Question]
) -> None:
    _chosen(sam, [bank[5], bank[6]])
    turn = turn_of(sam, at=MORNING, wanted=bank[0].slug)
    assert (turn.question, turn.mode) == (bank[0], Mode.DUE)
    grade_card(fresh(sam), bank[0].slug, submission(turn, 1), at=MORNING)
    assert _queue() == [bank[5].pk, bank[6].pk]
    assert turn_of(sam, at=MORNING, wanted=bank[6].slug).question == bank[6]


def test_new_questions_met_out_of_turn_are_not_taken_for_the_first_unmet(
    sam: Learner, bank: list[Question]
) -> None:
    _chosen(sam, [bank[20], bank[30]], moves_schedule=True)
    give(sam, 4, at=MORNING)
    give(sam, 4, at=MORNING)
    leave(sam)
    assert turn_of(sam, at=MORNING).question == bank[0]


def test_a_reset_in_a_session_asks_the_question_as_new(sam: Learner, bank: list[Question]) -> None:
    meet(sam, bank[5:6], ON)
    start(sam, Way.CATEGORY, at=MORNING, category=bank[5].category.slug)
    assert turn_of(sam, at=MORNING).question == bank[5]
    turn = reset_card(fresh(sam), bank[5].slug, 1, at=MORNING).turn
    assert (turn.question, turn.is_new) == (bank[5], True)


def test_starting_and_leaving_are_seen_by_the_same_request(
    sam: Learner, bank: list[Question]
) -> None:
    learner = Learner.objects.get(pk=sam.pk)  # loaded without the session
    assert next_turn(learner, at=MORNING).session is None
    assert start_session(learner, Choice(Way.TIME), at=MORNING)
    assert next_turn(learner, at=MORNING).session
    end_session(learner)
    assert next_turn(learner, at=MORNING).session is None


def test_a_second_learner_has_a_session_of_their_own(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    Question.objects.filter(pk=bank[1].pk).update(owner=kim)
    _chosen(sam, [bank[1], bank[2]])
    assert _queue() == [bank[2].pk]
    assert turn_of(kim, at=MORNING).session is None
    leave(kim)
    assert turn_of(sam, at=MORNING).question == bank[2]
    give(kim, 1, at=MORNING)
    assert _queue() == [bank[2].pk]
