"""Undo goes back to the beginning of the study day, through answers and everything between."""

from datetime import timedelta

import pytest
from django.http import Http404

from cards.models import Card, Learner, Question, ReviewLog
from cards.scheduling import CardState
from cards.services.replay import replay_cards
from cards.services.review import (
    bury_card,
    next_turn,
    reset_card,
    suspend_card,
    undo_review,
)
from tests.answers import answer
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
NEXT_DAY = MORNING + timedelta(days=1)


def _fresh() -> Learner:
    return Learner.objects.get(email="sam@example.org")


def _drifts() -> list[str]:
    return [str(drift) for drift in replay_cards(fix=False) if drift]


def test_each_undo_names_and_takes_back_one_thing_more(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING)
    turn = next_turn(_fresh(), at=MORNING)
    assert turn.question
    bury_card(_fresh(), turn.question.slug, turn.version, at=MORNING)
    answer(_fresh(), 1, at=MORNING)
    turn = next_turn(_fresh(), at=MORNING)
    assert turn.question
    suspend_card(_fresh(), turn.question.slug, turn.version, at=MORNING)
    seen = []
    while (turn := next_turn(_fresh(), at=MORNING)).previous:
        seen.append(turn.previous.kind)
        undone = undo_review(_fresh(), turn.previous.pk, at=MORNING)
        assert not undone.refused
        assert undone.turn.undone
        assert undone.turn.undone.pk == turn.previous.pk
    assert seen == ["suspend", "learn", "bury", "learn"]
    assert next_turn(_fresh(), at=MORNING).question == bank[0]
    cards = Card.objects.all()
    assert {(c.state, c.suspended_at, c.buried_until) for c in cards} == {(CardState(), None, None)}
    assert _drifts() == []


def test_it_stops_at_the_beginning_of_the_study_day(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING)
    assert next_turn(_fresh(), at=NEXT_DAY).previous is None


def test_a_reset_makes_the_question_new_keeps_its_history_and_can_be_undone(
    sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING, judged={bank[0].points[0]["id"]: 0})
    before = Card.objects.get()
    turn = reset_card(_fresh(), bank[0].slug, before.version, at=NEXT_DAY).turn
    card = Card.objects.get()
    assert (card.state, card.missed_points) == (CardState(), before.missed_points)
    assert _drifts() == []
    assert (turn.question, turn.is_new) == (bank[0], True)
    answer(_fresh(), 5, at=NEXT_DAY)
    assert _drifts() == []
    for log in ReviewLog.objects.filter(study_date=NEXT_DAY.date()).newest_first():
        assert not undo_review(_fresh(), log.pk, at=NEXT_DAY).refused
    assert Card.objects.get().state == before.state
    assert _drifts() == []


def test_resetting_what_is_new_changes_nothing(sam: Learner, bank: list[Question]) -> None:
    assert not reset_card(sam, bank[0].slug, 0, at=MORNING).refused
    assert not Card.objects.exists()
    assert not ReviewLog.objects.exists()


def test_a_card_that_changed_since_is_not_reset(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING)
    assert reset_card(_fresh(), bank[0].slug, 0, at=MORNING).refused
    assert Card.objects.get().repetitions == 1


def test_a_second_learner_is_kept_out(sam: Learner, kim: Learner, bank: list[Question]) -> None:
    bury_card(sam, bank[0].slug, 0, at=MORNING)
    with pytest.raises(Http404):
        undo_review(kim, ReviewLog.objects.get().pk, at=MORNING)
    Question.objects.filter(pk=bank[0].pk).update(owner=sam)
    with pytest.raises(Http404):
        reset_card(kim, bank[0].slug, 1, at=MORNING)
    assert Card.objects.get().buried_until
