"""Planning another way: every card anew from its log, nothing lost, nobody else's touched."""

from collections.abc import Sequence
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cards.models import Card, Learner, Question, ReviewLog, StudySettings
from cards.scheduling import CardState, Fsrs, Sm2, grade
from cards.services.account import Planning, change_planning, planning_of
from cards.services.review import Stale, grade_card, next_turn, reset_card, undo_review
from tests.answers import answer, submission
from tests.conftest import MORNING
from tests.scheduling.strategies import SESSIONS, Session, studied
from tests.studying import drifts, fresh, schedules

pytestmark = pytest.mark.django_db
SM2 = Planning("sm2", 90, spreads_intervals=False)
FSRS = Planning("fsrs", 90, spreads_intervals=False)
ANKI = Planning("anki", 90, spreads_intervals=False)
PLANNINGS = st.builds(
    Planning,
    scheduler=st.sampled_from(["sm2", "fsrs", "anki"]),
    desired_retention=st.integers(70, 97),
    spreads_intervals=st.booleans(),
)
NEXT_DAY = MORNING + timedelta(days=1)


def _plan(learner: Learner, planning: Planning) -> Any:
    return change_planning(fresh(learner), planning)


def _live(learner: Learner, questions: Sequence[Question], lives: list[list[Session]]) -> None:
    """Let each question have been studied so, and store what SM-2 made of it."""
    for question, sessions in zip(questions, lives, strict=False):
        history = studied(Sm2(), sessions)
        card = Card(learner=learner, question=question)
        card.take(history.last)
        card.save()
        before = CardState()
        for (quality, on), after in zip(history.answers, history.states, strict=True):
            outcome = grade(Sm2(), before, quality, on)
            ReviewLog.objects.create(
                learner=learner, card=card, question=question, submission_id=uuid4(),
                reviewed_at=MORNING, time_zone="UTC", study_date=on, kind=outcome.kind,
                quality=quality, scheduler="sm2", scheduler_version=1,
                state_before=before.as_json(), state_after=after.as_json(),
            )  # fmt: skip
            before = after


def _logs() -> list[Any]:
    return list(ReviewLog.objects.order_by("id").values())


@hypothesis_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SESSIONS, min_size=1, max_size=3), st.lists(PLANNINGS, min_size=1, max_size=3))
def test_there_and_back_gives_back_exactly_what_was(
    sam: Learner,
    kim: Learner,
    bank: list[Question],
    lives: list[list[Session]],
    ways: list[Planning],
) -> None:
    with transaction.atomic():
        for learner in (sam, kim):
            _live(learner, bank, lives)
        was, theirs, logs = schedules(sam), schedules(kim), _logs()
        versions = list(Card.objects.filter(learner=kim).order_by("id").values_list("version"))
        for way in ways:
            _plan(sam, way)
            assert drifts() == []
        _plan(sam, SM2)
        assert schedules(sam) == was
        assert (schedules(kim), _logs()) == (theirs, logs)
        kept = Card.objects.filter(learner=kim).order_by("id").values_list("version")
        assert list(kept) == versions
        transaction.set_rollback(True)


def test_every_scheduler_plans_and_all_of_them_follow_from_the_log(
    sam: Learner, bank: list[Question]
) -> None:
    for days in (0, 1, 7, 22):
        answer(fresh(sam), 5, at=MORNING + timedelta(days=days))
    first = bank[0].pk
    intervals = {}
    for planning in (FSRS, ANKI, SM2):
        done = _plan(sam, planning)
        assert done.cards == Card.objects.count()
        intervals[planning.scheduler] = schedules(sam)[first].interval_days
        assert planning_of(fresh(sam)) == planning
        assert drifts() == []
    assert len(set(intervals.values())) == 3


def test_the_memory_is_the_same_whoever_plans(sam: Learner, bank: list[Question]) -> None:
    answer(fresh(sam), 4, at=MORNING)
    memory = Card.objects.values_list("stability", "difficulty").get()
    assert memory[0] == 2.3065
    for planning in (FSRS, ANKI):
        _plan(sam, planning)
        assert Card.objects.values_list("stability", "difficulty").get() == memory


def test_planning_the_same_way_again_does_nothing(sam: Learner, bank: list[Question]) -> None:
    answer(fresh(sam), 4, at=MORNING)
    version = Card.objects.get().version
    assert _plan(sam, SM2) is None
    assert Card.objects.get().version == version


@pytest.mark.parametrize("planning", [FSRS, ANKI, Planning("sm2", 90, spreads_intervals=True)])
def test_what_is_answered_after_is_planned_the_new_way_and_its_label_is_its_effect(
    sam: Learner, bank: list[Question], planning: Planning
) -> None:
    _plan(sam, planning)
    for days in (0, 10, 20, 30, 60):
        at = MORNING + timedelta(days=days)
        turn = next_turn(fresh(sam), at=at)
        assert turn.question
        grade_card(fresh(sam), turn.question.slug, submission(turn, 4), at=at)
        shown = {outcome.quality: outcome.state for outcome in turn.outcomes}
        assert schedules(sam)[turn.question.pk] == shown[4]
        assert drifts() == []
    log = ReviewLog.objects.newest_first()[0]
    assert log.scheduler == planning.scheduler


def test_a_form_shown_before_is_refused_after(sam: Learner, bank: list[Question]) -> None:
    answer(fresh(sam), 1, at=MORNING)
    turn = next_turn(fresh(sam), at=NEXT_DAY, wanted=bank[0].slug)
    _plan(sam, FSRS)
    late = grade_card(fresh(sam), bank[0].slug, submission(turn, 4), at=NEXT_DAY)
    assert late.stale == Stale.CHANGED
    assert drifts() == []


def test_undo_of_an_answer_from_before_gives_the_state_of_the_new_scheduler(
    sam: Learner, bank: list[Question]
) -> None:
    answer(fresh(sam), 5, at=MORNING)
    graded = answer(fresh(sam), 4, at=MORNING + timedelta(days=30))
    assert graded.review_id
    _plan(sam, FSRS)
    undo_review(fresh(sam), graded.review_id, at=MORNING + timedelta(days=30))
    assert schedules(sam)[bank[0].pk] == grade(Fsrs(), CardState(), 5, MORNING.date()).state
    assert drifts() == []


def test_undo_of_a_reset_from_before_too(sam: Learner, bank: list[Question]) -> None:
    answer(fresh(sam), 5, at=MORNING)
    reset_card(fresh(sam), bank[0].slug, Card.objects.get().version, at=NEXT_DAY)
    _plan(sam, FSRS)  # the card is new under every scheduler, and was not before
    reset = ReviewLog.objects.newest_first()[0]
    undo_review(fresh(sam), reset.pk, at=NEXT_DAY)
    assert schedules(sam)[bank[0].pk].interval_days == 8
    assert drifts() == []


def test_undo_of_an_answer_from_after_takes_the_state_before(
    sam: Learner, bank: list[Question]
) -> None:
    answer(fresh(sam), 1, at=MORNING)
    _plan(sam, FSRS)
    before = schedules(sam)
    graded = answer(fresh(sam), 4, at=NEXT_DAY)
    assert graded.review_id
    undo_review(fresh(sam), graded.review_id, at=NEXT_DAY)
    assert schedules(sam)[bank[0].pk] == before[bank[0].pk]
    assert drifts() == []


def test_an_old_log_without_a_memory_can_be_read_and_undone(
    sam: Learner, bank: list[Question]
) -> None:
    graded = answer(fresh(sam), 5, at=MORNING)
    again = answer(fresh(sam), 1, at=MORNING + timedelta(days=2))
    for log in ReviewLog.objects.all():
        for name in ("state_before", "state_after"):
            old = {
                k: v for k, v in getattr(log, name).items() if k[-3:] != "ity" and k[-2:] != "ty"
            }
            assert len(old) == 8
            ReviewLog.objects.filter(pk=log.pk).update(**{name: old})
    StudySettings.objects.update(rebuilt_after=again.review_id or 0)  # as the migration does
    assert ReviewLog.objects.oldest_first()[0].after.stability is None
    undo_review(fresh(sam), again.review_id or 0, at=MORNING + timedelta(days=2))
    assert Card.objects.get(question=bank[0]).stability == 8.2956
    assert graded.review_id
    assert drifts() == []


def test_memories_of_old_cards_are_filled_from_their_log(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    answer(fresh(sam), 5, at=MORNING)
    graded = answer(fresh(sam), 1, at=MORNING + timedelta(days=2))
    answer(fresh(kim), 4, at=MORNING)
    was = [schedules(learner) for learner in (sam, kim)]
    Card.objects.update(stability=None, difficulty=None)
    import_module("cards.migrations.0012_fill_memory").fill(apps, None)
    assert [schedules(learner) for learner in (sam, kim)] == was
    assert StudySettings.objects.get(learner=sam).rebuilt_after == graded.review_id
    assert drifts() == []
