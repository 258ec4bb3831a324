"""A copy of a shared question is the learner's own; the shared one never changes."""

import pytest
from django.http import Http404

from cards.models import Card, KeyPoint, Learner, Question, ReviewLog
from cards.services.bank import content_of
from cards.services.library import QuotaError, copy_of, copy_question, own_question, write
from cards.services.replay import replay_cards
from cards.services.review import next_turn, undo_review
from tests.answers import answer
from tests.conftest import MORNING
from tests.views.test_safety import own_question as write_own

pytestmark = pytest.mark.django_db


def test_a_copy_says_all_that_the_shared_one_says(sam: Learner, bank: list[Question]) -> None:
    source = bank[0]
    before = Question.objects.values().get(pk=source.pk)
    copied = copy_question(sam, source.slug, leave_out=False, at=MORNING)
    mine = own_question(sam, copied.question.slug)
    assert copied.is_new
    assert not copied.left_out
    same, other = content_of(mine), content_of(source)
    ids = [point.pop("id") for point in same["points"] + other["points"]]
    assert same == other
    assert len(ids) == len(set(ids)), "each has its own key points, and so its own history"
    assert mine.answer_html == source.answer_html
    assert Question.objects.values().get(pk=source.pk) == before


def test_twice_is_once(sam: Learner, bank: list[Question]) -> None:
    first = copy_question(sam, bank[0].slug, leave_out=False, at=MORNING)
    again = copy_question(sam, bank[0].slug, leave_out=False, at=MORNING)
    assert (again.question, again.is_new) == (first.question, False)
    assert Question.objects.filter(owner=sam).count() == 1
    assert copy_of(sam, bank[0]) == first.question


@pytest.mark.parametrize("is_met", [False, True])
def test_the_shared_one_can_be_left_out_for_this_learner_alone(
    sam: Learner, kim: Learner, bank: list[Question], *, is_met: bool
) -> None:
    source = bank[0]
    if is_met:
        answer(sam, 4, at=MORNING)
        answer(kim, 4, at=MORNING)
    copied = copy_question(sam, source.slug, leave_out=True, at=MORNING)
    assert copied.left_out
    assert Card.objects.get(learner=sam, question=source).suspended_at
    assert not Card.objects.filter(learner=kim).exclude(suspended_at=None).exists()
    copy_question(sam, source.slug, leave_out=True, at=MORNING)
    log = ReviewLog.objects.get(kind="suspend")
    assert list(replay_cards()) == [None] * Card.objects.count()
    undo_review(sam, log.pk, at=MORNING)
    assert not Card.objects.get(learner=sam, question=source).suspended_at


def test_the_copy_is_reviewed_by_itself(sam: Learner, kim: Learner, bank: list[Question]) -> None:
    copied = copy_question(sam, bank[0].slug, leave_out=True, at=MORNING).question
    turn = next_turn(sam, at=MORNING, wanted=copied.slug)
    assert turn.question == copied
    answered = next_turn(kim, at=MORNING, wanted=copied.slug)
    assert answered.question != copied


def test_only_a_shared_question_can_be_copied(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    mine = write_own(sam)
    bank[1].archived_at = MORNING
    bank[1].save()
    for learner, slug in ((kim, mine.slug), (sam, mine.slug), (sam, bank[1].slug), (sam, "none")):
        with pytest.raises(Http404):
            copy_question(learner, slug, leave_out=True, at=MORNING)
    assert not Card.objects.exists()


def test_a_full_account_leaves_nothing_out(
    sam: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "MAX_OWN_QUESTIONS", 0)
    points = KeyPoint.objects.count()
    with pytest.raises(QuotaError):
        copy_question(sam, bank[0].slug, leave_out=True, at=MORNING)
    assert not Card.objects.exists()
    assert KeyPoint.objects.count() == points
