"""A switch in the middle of grading: each answer is before it or after it, never half."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from cards.models import Card, Learner, Question
from cards.services.account import Planning, change_planning
from cards.services.bank import read_bank, seed_bank
from cards.services.review import Submission, grade_card
from tests.conftest import MORNING
from tests.studying import drifts, fresh

WRITERS = 12
NEXT_DAY = MORNING + timedelta(days=1)
pytestmark = pytest.mark.django_db(transaction=True)


def test_every_card_follows_from_its_log_whenever_the_switch_came() -> None:
    seed_bank(read_bank(settings.BANK_DIR), at=MORNING)
    sam = Learner.objects.create_user("sam@example.org", name="Sam")
    slugs = list(Question.objects.order_by("id").values_list("slug", flat=True)[:WRITERS])
    for slug in slugs:
        assert grade_card(fresh(sam), slug, Submission(uuid4(), 0, 3), at=MORNING).review_id
    gate = Barrier(WRITERS + 1)

    def grade(slug: str) -> bool:
        learner = fresh(sam)  # read before the gate: it may be out of date when the card is locked
        gate.wait()
        try:
            graded = grade_card(learner, slug, Submission(uuid4(), 1, 4), at=NEXT_DAY)
            return graded.review_id is not None
        finally:
            connection.close()

    def switch() -> bool:
        learner = fresh(sam)
        gate.wait()
        try:
            planning = Planning("fsrs", 90, spreads_intervals=False)
            return change_planning(learner, planning) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        switched, *graded = [pool.submit(switch), *(pool.submit(grade, slug) for slug in slugs)]
    assert switched.result()
    assert Card.objects.filter(last_reviewed_on=NEXT_DAY.date()).count() == sum(
        one.result() for one in graded
    )
    assert drifts() == []
    assert fresh(sam).settings.scheduler == "fsrs"
