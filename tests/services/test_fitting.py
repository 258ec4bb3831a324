"""Fitting a learner's memory: kept where it predicts better, seen by the learner, nobody else's."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from cards.models import Card, Learner, Question, ReviewLog
from cards.scheduling import CardState, MemoryModel, Sm2, grade
from cards.services import fitting
from cards.services.fitting import fit_memory, last_fit
from tests.conftest import MORNING
from tests.studying import drifts, fresh, schedules

pytestmark = pytest.mark.django_db
DEFAULTS = MemoryModel().parameters
# Forgets the first answer sooner than most, and gains far less from each success.
OTHER = MemoryModel((*(one / 8 for one in DEFAULTS[:4]), *DEFAULTS[4:8], 0.3, *DEFAULTS[9:]))


def _study(
    learner: Learner, questions: Sequence[Question], reviews: int, truth: MemoryModel
) -> None:
    """Let the learner have answered each so often, recalling as `truth` says."""
    for number, question in enumerate(questions):
        dice = random.Random(f"life {number}")
        state, on = CardState(), date(2025, 1, 1) + timedelta(days=dice.randint(0, 90))
        real, logs = CardState(), []
        for _ in range(reviews):
            recall = truth.recall(real, on)
            quality = 4 if dice.random() < (0.7 if recall is None else recall) else 1
            outcome = grade(Sm2(), state, quality, on)
            real = grade(Sm2(memory=truth), real, quality, on, early=True).state
            logs.append((outcome, state, on))
            state = outcome.state
            on = (state.due_on or on) + timedelta(days=dice.choice((0, 0, 0, 1)))
        card = Card(learner=learner, question=question)
        card.take(state)
        card.save()
        ReviewLog.objects.bulk_create(
            ReviewLog(
                learner=learner, card=card, question=question, submission_id=uuid4(),
                reviewed_at=MORNING, time_zone="UTC", study_date=day, kind=outcome.kind,
                quality=outcome.quality, scheduler="sm2", scheduler_version=1,
                state_before=was.as_json(), state_after=outcome.state.as_json(),
            )
            for outcome, was, day in logs
        )  # fmt: skip


def test_a_memory_that_differs_is_found_kept_and_rebuilds_the_cards(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    for learner in (sam, kim):
        _study(learner, bank, 12, OTHER)
    was, theirs = schedules(sam), schedules(kim)
    fit = fit_memory(fresh(sam), at=MORNING)
    assert fit
    assert fit.loss_after < fit.loss_before
    assert (fit.reviews, fit.is_better) == (36 * 11, True)
    settings = fresh(sam).settings
    assert settings.memory.parameters == fit.parameters != DEFAULTS
    assert drifts() == []
    now = schedules(sam)
    assert all(now[key].stability != was[key].stability for key in was)
    assert all(now[key].due_on == was[key].due_on for key in was)  # SM-2 goes on as ever
    assert schedules(kim) == theirs
    assert fresh(kim).settings.memory_fit is None


def test_a_memory_like_that_of_most_people_is_left_as_it_is(
    sam: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    _study(sam, bank, 20, MemoryModel())
    monkeypatch.setattr(fitting, "_fitted", lambda _: OTHER)  # as if that had been found
    fit = fit_memory(fresh(sam), at=MORNING)
    assert fit
    assert fit.loss_after > fit.loss_before
    assert fresh(sam).settings.memory_parameters is None
    found = last_fit(fresh(sam))
    assert found
    assert (found.kept, found.loss_after, found.fitted_at) == (False, fit.loss_after, MORNING)


def test_too_few_reviews_fit_nothing(sam: Learner, bank: list[Question]) -> None:
    _study(sam, bank[:4], 3, OTHER)  # 8 can be predicted, and some of them are held back
    assert fit_memory(fresh(sam), at=MORNING) is None
    assert fit_memory(Learner.objects.create_user("new@example.org", name="N"), at=MORNING) is None
    assert fresh(sam).settings.memory_fit is None


def test_few_reviews_fit_the_first_stabilities_alone(sam: Learner, bank: list[Question]) -> None:
    _study(sam, bank, 3, OTHER)  # 72, of which fewer than 64 are learned from
    fit = fit_memory(fresh(sam), at=MORNING)
    assert fit
    assert fit.parameters[4:17] == pytest.approx(DEFAULTS[4:17], abs=1e-4)
    assert fit.parameters[:4] != pytest.approx(DEFAULTS[:4], abs=1e-4)


def test_hardly_more_than_last_time_is_not_fitted_again(sam: Learner, bank: list[Question]) -> None:
    _study(sam, bank[:30], 10, OTHER)
    assert fit_memory(fresh(sam), at=MORNING)
    assert fit_memory(fresh(sam), at=MORNING) is None
    _study(sam, bank[30:], 10, OTHER)
    assert fit_memory(fresh(sam), at=MORNING)


def test_nightly_fits_every_learner_and_both_figures_are_on_the_settings_page(
    as_sam: Client, sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    assert "as for most people" in as_sam.get("/settings/").content.decode()
    _study(sam, bank, 12, OTHER)
    out = StringIO()
    call_command("nightly", stdout=out)
    assert out.getvalue().splitlines()[-1] == "1 memory models fitted, 1 of them better and kept"
    found = last_fit(fresh(sam))
    assert found
    page = as_sam.get("/settings/").content.decode()
    assert f"was {found.loss_after:.3f}, that of the model before {found.loss_before:.3f}" in page
    assert "the fitted one is in use" in page
    out = StringIO()
    call_command("nightly", stdout=out)
    assert out.getvalue().splitlines()[-1] == "0 memory models fitted, 0 of them better and kept"


def test_nightly_without_the_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "LIBRARY", "no_such_library")
    out = StringIO()
    call_command("nightly", stdout=out)
    assert "install the extra “fit”" in out.getvalue()
