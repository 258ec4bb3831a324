"""Whatever is answered by whatever form follows from the log, and its label is its effect."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cards.models import DayOff, Learner, Question, ReviewLog, StudySettings
from cards.services.account import Planning, change_planning
from cards.services.review import Turn, next_turn, reset_card, undo_review
from tests.conftest import MORNING
from tests.studying import drifts, fresh, give, schedules

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PLANNINGS = st.builds(
    Planning,
    scheduler=st.sampled_from(["sm2", "fsrs", "anki"]),
    desired_retention=st.integers(70, 97),
    spreads_intervals=st.booleans(),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["told", "told", "told", "old form", "forged", "undo", "reset"]),
        st.integers(0, 5),
        st.integers(0, 9),  # days since the step before
    ),
    min_size=3,
    max_size=14,
)


@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    PLANNINGS,
    STEPS,
    st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9)), max_size=3),
    st.lists(PLANNINGS, max_size=3),
)
def test_whatever_was_told_follows_from_the_log_and_there_and_back_gives_it_back(
    sam: Learner,
    bank: list[Question],
    first: Planning,
    steps: list[tuple[str, int, int]],
    off: list[tuple[int, int]],
    ways: list[Planning],
) -> None:
    with transaction.atomic():
        change_planning(fresh(sam), first)
        shares = [100, 50, 100, 100, 75, 0, 100]
        StudySettings.objects.filter(learner=sam).update(weekday_shares=shares, new_per_day=2)
        for begins, length in off:
            starts_on = MORNING.date() + begins * DAY
            DayOff.objects.get_or_create(
                learner=sam, starts_on=starts_on, ends_on=starts_on + length * DAY
            )
        at = MORNING
        for what, quality, days in steps:
            at += days * DAY
            _step(sam, what, quality, at)
        assert drifts() == []
        was = schedules(sam)
        for way in ways:
            change_planning(fresh(sam), way)
            assert drifts() == []
        change_planning(fresh(sam), first)
        assert schedules(sam) == was
        transaction.set_rollback(True)


def _step(learner: Learner, what: str, quality: int, at: datetime) -> None:
    turn = next_turn(fresh(learner), at=at)
    last = ReviewLog.objects.filter(learner=learner).standing().newest_first().first()
    if what == "undo" and last:
        undo_review(fresh(learner), last.pk, at=at)
    elif what == "reset" and turn.question and turn.version:
        reset_card(fresh(learner), turn.question.slug, turn.version, at=at)
    elif turn.question:
        told = {"old form": (), "forged": (2, 4, 9, 30)}.get(what, turn.told)
        graded = give(learner, quality, at=at, told=told)
        assert graded.review_id
        if told == turn.told:
            _assert_effect_is_label(learner, turn, quality)


def _assert_effect_is_label(learner: Learner, turn: Turn, quality: int) -> None:
    shown = {outcome.quality: outcome.state for outcome in turn.outcomes}
    if turn.question and quality in shown:
        assert schedules(learner)[turn.question.pk] == shown[quality]
