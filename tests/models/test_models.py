"""What the database itself refuses, and what goes with what."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import RestrictedError

from cards.models import Card, Learner, Question, ReviewLog, StudySettings
from cards.scheduling import CardState
from cards.services import library
from cards.services.library import QuotaError
from cards.services.replay import replay_cards
from cards.services.review import bury_card, reset_card
from tests.answers import answer
from tests.conftest import MORNING
from tests.views.test_safety import own_question

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        (lambda: Card.objects.update(ease_factor=129), "card_ease_factor_not_below_130"),
        (lambda: Card.objects.update(interval_days=36_501), "card_interval_within_a_century"),
        (lambda: Card.objects.update(due_on=None), "card_met_has_a_due_date"),
        (lambda: ReviewLog.objects.update(quality=6), "review_log_quality_from_0_to_5"),
        (lambda: Question.objects.update(level=4), "question_level_from_1_to_3"),
        (lambda: ReviewLog.objects.update(quality=None), "review_log_answers_have_a_quality"),
        (lambda: ReviewLog.objects.update(kind="bury"), "review_log_answers_have_a_quality"),
        (lambda: StudySettings.objects.update(new_today=1000), "study_settings_new_today_in_range"),
        (
            lambda: StudySettings.objects.update(reviews_today=10_000),
            "study_settings_reviews_today_in_range",
        ),
    ],
)
def test_the_database_refuses_what_must_never_be(
    sam: Learner, bank: list[Question], change: Callable[[], Any], constraint: str
) -> None:
    answer(sam, 4, at=MORNING)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        change()


@pytest.mark.django_db
def test_one_submission_of_a_learner_is_stored_once(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING)
    log = ReviewLog.objects.get()
    log.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        log.save(force_insert=True)


@pytest.mark.django_db
def test_a_question_with_reviews_cannot_be_deleted(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING)
    with pytest.raises(RestrictedError):
        bank[0].delete()


@pytest.mark.django_db
def test_a_learner_goes_with_everything_that_is_theirs(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    own_question(sam)
    answer(sam, 4, at=MORNING)
    answer(kim, 4, at=MORNING)
    sam.delete()
    assert ReviewLog.objects.count() == Card.objects.count() == 1
    assert Question.objects.count() == 36


@pytest.mark.django_db
def test_an_archived_question_is_not_asked_and_keeps_its_history(
    sam: Learner, bank: list[Question]
) -> None:
    mine = own_question(sam)
    card = Card.objects.create(
        learner=sam, question=mine, introduced_on=MORNING.date(), due_on=MORNING.date()
    )
    library.set_archived(sam, mine.slug, archived=True, at=MORNING)
    assert not Card.objects.asked(MORNING.date()).exists()
    library.set_archived(sam, mine.slug, archived=False, at=MORNING)
    assert Card.objects.asked(MORNING.date()).get() == card


@pytest.mark.django_db
def test_buried_until_a_day_and_suspended_cards_are_not_asked(
    sam: Learner, bank: list[Question]
) -> None:
    today = MORNING.date()
    card = Card.objects.create(
        learner=sam, question=bank[0], introduced_on=today, due_on=today, buried_until=today
    )
    assert Card.objects.asked(today).get() == card
    Card.objects.update(buried_until=today + timedelta(days=1))
    assert not Card.objects.asked(today).exists()
    Card.objects.update(buried_until=None, suspended_at=MORNING)
    assert not Card.objects.asked(today).exists()


@pytest.mark.django_db
def test_own_questions_have_a_quota(
    sam: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cards.services.library.write.MAX_OWN_QUESTIONS", 1)
    own_question(sam)
    with pytest.raises(QuotaError):
        own_question(sam)


@pytest.mark.django_db(transaction=True)
def test_migrations_go_down_and_up_again_with_data(bank: list[Question]) -> None:
    sam = Learner.objects.create_user("down@example.org", name="Sam")
    answer(sam, 4, at=MORNING, submission_id=uuid4())
    call_command("migrate", "cards", "0001", verbosity=0)
    call_command("migrate", verbosity=0)
    assert ReviewLog.objects.count() == 1
    assert Card.objects.count() == 1
    assert not connection.needs_rollback


@pytest.mark.django_db(transaction=True)
def test_going_back_to_a_log_of_answers_alone_keeps_every_card_as_it_is(
    bank: list[Question],
) -> None:
    sam = Learner.objects.create_user("down@example.org", name="Sam")
    for _ in range(3):
        answer(sam, 4, at=MORNING)
    reset, buried, kept = Card.objects.order_by("id").select_related("question")
    reset_card(sam, reset.question.slug, reset.version, at=MORNING)
    bury_card(sam, buried.question.slug, buried.version, at=MORNING)
    states = {card.pk: card.state for card in Card.objects.all()}
    assert states[kept.pk] != states[reset.pk] == CardState()
    call_command("migrate", "cards", "0007", verbosity=0)
    call_command("migrate", verbosity=0)
    assert {card.pk: card.state for card in Card.objects.all()} == states
    assert [str(drift) for drift in replay_cards(fix=False) if drift] == []
    assert ReviewLog.objects.count() == 3
    assert ReviewLog.objects.standing().count() == 2


def test_behind_tls_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    code = (
        "from llmprep import settings as s; "
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, "
        "s.SECURE_SSL_REDIRECT, s.CSRF_TRUSTED_ORIGINS)"
    )
    environment = os.environ | {"SITE_URL": "https://prep.example", "DATA_DIR": str(tmp_path)}
    shown = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert shown.split() == [
        "__Host-session",
        "__Host-csrf",
        "True",
        "True",
        "['https://prep.example']",
    ]


@pytest.mark.parametrize("wrong", [{"PORT": "0"}, {"PORT": "x"}, {"DATABASE_URL": "mysql://x/y"}])
def test_a_setting_that_makes_no_sense_is_refused_at_start(
    tmp_path: Path, wrong: dict[str, str]
) -> None:
    environment = os.environ | {"DATA_DIR": str(tmp_path)} | wrong
    started = subprocess.run(
        [sys.executable, "-c", "import llmprep.settings"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert started.returncode != 0
    assert next(iter(wrong)) in started.stderr
