"""Thirty-two writers at once: nothing lost, nothing doubled, nothing failed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from cards.models import Card, Learner, Question, ReviewLog, StudySession
from cards.scheduling import Mode
from cards.services.bank import read_bank, seed_bank
from cards.services.review import Graded, Submission, Way, grade_card
from tests.conftest import MORNING
from tests.studying import fresh, start

WRITERS = 32
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slugs() -> list[str]:
    seed_bank(read_bank(settings.BANK_DIR), at=MORNING)
    return list(Question.objects.order_by("id").values_list("slug", flat=True))


def _all_at_once(jobs: list[tuple[Learner, str, Submission]]) -> list[Graded]:
    gate = Barrier(len(jobs))

    def work(job: tuple[Learner, str, Submission]) -> Graded:
        gate.wait()
        try:
            return grade_card(*job, at=MORNING)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(work, jobs))


def test_32_learners_grade_at_once(slugs: list[str]) -> None:
    learners = [
        Learner.objects.create_user(f"l{number}@example.org", name="L") for number in range(WRITERS)
    ]
    jobs = [(learner, slugs[0], Submission(uuid4(), 0, 4)) for learner in learners]
    graded = _all_at_once(jobs)
    assert all(one.review_id for one in graded)
    assert ReviewLog.objects.count() == Card.objects.count() == WRITERS


def test_the_same_grade_sent_32_times_at_once_counts_once(slugs: list[str]) -> None:
    sam = Learner.objects.create_user("sam@example.org", name="Sam")
    graded = _all_at_once([(sam, slugs[0], Submission(uuid4(), 0, 4))] * WRITERS)
    assert len({one.review_id for one in graded}) == 1
    assert sum(not one.replayed for one in graded) == 1
    assert ReviewLog.objects.count() == 1


def test_32_tabs_with_the_same_card_give_one_review(slugs: list[str]) -> None:
    sam = Learner.objects.create_user("sam@example.org", name="Sam")
    jobs = [(sam, slugs[0], Submission(uuid4(), 0, 4)) for _ in range(WRITERS)]
    graded = _all_at_once(jobs)
    assert sum(one.stale is None for one in graded) == 1
    assert ReviewLog.objects.count() == 1
    assert Card.objects.get().version == 1


def test_every_card_of_a_session_graded_at_once_leaves_its_queue(slugs: list[str]) -> None:
    sam = Learner.objects.create_user("sam@example.org", name="Sam")
    start(sam, Way.SELECTED, at=MORNING, slugs=tuple(slugs[:WRITERS]))
    jobs = [
        (fresh(sam), slug, Submission(uuid4(), 0, 1 if place % 2 else 4, mode=Mode.PRACTICE))
        for place, slug in enumerate(slugs[:WRITERS])
    ]
    assert all(one.review_id for one in _all_at_once(jobs))
    left = StudySession.objects.get().queue
    missed = Question.objects.filter(slug__in=slugs[1:WRITERS:2]).values_list("pk", flat=True)
    assert sorted(left) == sorted(missed)
