"""Burying and suspending: a card is left out, and nothing else changes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from cards.models import Card, Learner, Question, ReviewLog
from cards.services.replay import replay_cards
from cards.services.review import (
    Stale,
    Submission,
    Turn,
    bring_back,
    bury_card,
    grade_card,
    next_turn,
    suspend_card,
    undo_review,
)
from tests.answers import answer
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
NEXT_DAY = MORNING + timedelta(days=1)
LATER = MORNING + timedelta(days=3)


def _first(learner: Learner) -> tuple[Turn, str]:
    turn = next_turn(learner, at=MORNING)
    assert turn.question
    return turn, turn.question.slug


def test_a_buried_new_question_comes_first_again_tomorrow(
    sam: Learner, bank: list[Question]
) -> None:
    turn, slug = _first(sam)
    after = bury_card(sam, slug, turn.version, at=MORNING).turn
    assert after.question == bank[1]
    for _ in range(3):
        answer(Learner.objects.get(), 4, at=MORNING)
    assert sam.settings.new_from_rank == 0
    tomorrow = next_turn(Learner.objects.get(), at=NEXT_DAY)
    assert tomorrow.counts.due == 3
    for _ in range(3):
        answer(Learner.objects.get(), 4, at=NEXT_DAY)
    again = next_turn(Learner.objects.get(), at=NEXT_DAY)
    assert again.question == bank[0]
    assert again.is_new


def test_a_buried_question_is_neither_counted_nor_shown_today(
    sam: Learner, bank: list[Question]
) -> None:
    sam.settings.new_per_day = 36
    sam.settings.save()
    turn, slug = _first(sam)
    assert bury_card(sam, slug, turn.version, at=MORNING).turn.counts.new == 35
    assert next_turn(sam, at=MORNING, wanted=slug).question == bank[1]


def test_a_suspended_card_stays_out_until_it_is_brought_back(
    sam: Learner, bank: list[Question]
) -> None:
    slug = bank[0].slug
    answer(sam, 4, at=MORNING)
    assert next_turn(sam, at=LATER).counts.due == 1
    suspend_card(sam, slug, 1, at=LATER)
    assert next_turn(sam, at=LATER).counts.due == 0
    bring_back(sam, slug)
    turn = next_turn(sam, at=LATER)
    assert turn.question == bank[0]
    assert [str(drift) for drift in replay_cards(fix=False) if drift] == []


def test_a_suspended_new_question_is_offered_again_once_brought_back(
    sam: Learner, bank: list[Question]
) -> None:
    turn, slug = _first(sam)
    suspend_card(sam, slug, turn.version, at=MORNING)
    answer(Learner.objects.get(), 4, at=MORNING)
    learner = Learner.objects.get()
    assert learner.settings.new_from_rank == bank[2].introduction_rank
    bring_back(learner, slug)
    assert next_turn(Learner.objects.get(), at=MORNING).question == bank[0]


@pytest.mark.parametrize("put_aside", [bury_card, suspend_card])
def test_a_form_from_before_is_refused_afterwards(
    sam: Learner, bank: list[Question], put_aside: object
) -> None:
    turn, slug = _first(sam)
    put_aside(sam, slug, turn.version, at=MORNING)  # type: ignore[operator]
    grade = Submission(submission_id=uuid4(), seen_version=turn.version, quality=4)
    assert grade_card(sam, slug, grade, at=MORNING).stale == Stale.CHANGED
    assert not ReviewLog.objects.answers().exists()


@pytest.mark.parametrize("put_aside", [bury_card, suspend_card])
def test_a_second_time_changes_nothing_and_a_changed_card_is_left_as_it_is(
    sam: Learner, bank: list[Question], put_aside: object
) -> None:
    turn, slug = _first(sam)
    for _ in range(2):
        assert not put_aside(sam, slug, turn.version, at=MORNING).refused  # type: ignore[operator]
    assert Card.objects.get().version == 1
    answer(sam, 4, at=MORNING)
    met = ReviewLog.objects.answers().get().question.slug
    assert put_aside(sam, met, 0, at=MORNING).refused  # type: ignore[operator]
    card = Card.objects.get(question__slug=met)
    assert (card.suspended_at, card.buried_until, card.version) == (None, None, 1)


def test_bringing_back_what_is_not_aside_changes_nothing(
    sam: Learner, bank: list[Question]
) -> None:
    bring_back(sam, bank[0].slug)
    assert not Card.objects.exists()
    answer(sam, 4, at=MORNING)
    bring_back(sam, bank[0].slug)
    assert Card.objects.get().version == 1


def test_a_second_learner_is_kept_out(sam: Learner, kim: Learner, bank: list[Question]) -> None:
    question = bank[0]
    question.owner = sam
    question.save()
    for attempt in (
        lambda: bury_card(kim, question.slug, 0, at=MORNING),
        lambda: suspend_card(kim, question.slug, 0, at=MORNING),
        lambda: bring_back(kim, question.slug),
    ):
        with pytest.raises(Http404):
            attempt()
    assert not Card.objects.exists()


def test_undoing_an_earlier_answer_keeps_what_is_aside_aside(
    sam: Learner, bank: list[Question]
) -> None:
    review = answer(sam, 1, at=MORNING).review_id
    assert review
    bury_card(sam, bank[0].slug, 1, at=MORNING)
    assert not undo_review(sam, review, at=MORNING).refused
    card = Card.objects.get()
    assert card.buried_until == NEXT_DAY.date()
    assert next_turn(Learner.objects.get(), at=MORNING).question == bank[1]
    tomorrow = next_turn(Learner.objects.get(), at=NEXT_DAY)
    assert tomorrow.question == bank[0]
    assert tomorrow.is_new
