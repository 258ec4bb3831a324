"""Accounts and their settings."""

from dataclasses import asdict, dataclass
from datetime import time

from django.db import transaction

from cards.models import Card, Learner, StudySettings
from cards.services.replay import rebuild_cards


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a learner may change; limits are per study day."""

    name: str
    time_zone: str
    day_start: time
    new_per_day: int
    reviews_per_day: int
    uses_keys: bool
    shows_labels: bool
    shows_timer: bool


@dataclass(frozen=True, slots=True)
class Planning:
    """How a learner's cards are planned; the retention is in per cent."""

    scheduler: str
    desired_retention: int
    spreads_intervals: bool


@dataclass(frozen=True, slots=True)
class Replanned:
    """What another way of planning did."""

    cards: int  # that the learner has met
    changed: int


@transaction.atomic
def open_account(learner: Learner, *, time_zone: str) -> None:
    """Store a new learner together with the settings every learner has."""
    learner.save()
    learner.settings = StudySettings.objects.create(learner=learner, time_zone=time_zone)


@transaction.atomic
def change_preferences(learner: Learner, wanted: Preferences) -> None:
    """Store the settings; history is never rewritten by them."""
    Learner.objects.filter(pk=learner.pk).update(name=wanted.name)
    StudySettings.objects.filter(pk=learner.pk).update(
        time_zone=wanted.time_zone,
        day_start=wanted.day_start,
        new_per_day=wanted.new_per_day,
        reviews_per_day=wanted.reviews_per_day,
        uses_keys=wanted.uses_keys,
        shows_labels=wanted.shows_labels,
        shows_timer=wanted.shows_timer,
    )


def preferences_of(learner: Learner) -> Preferences:
    """Return the settings as they are."""
    settings = learner.settings
    return Preferences(
        name=learner.name,
        time_zone=settings.time_zone,
        day_start=settings.day_start,
        new_per_day=settings.new_per_day,
        reviews_per_day=settings.reviews_per_day,
        uses_keys=settings.uses_keys,
        shows_labels=settings.shows_labels,
        shows_timer=settings.shows_timer,
    )


def planning_of(learner: Learner) -> Planning:
    """Return how cards are planned now."""
    settings = learner.settings
    return Planning(settings.scheduler, settings.desired_retention, settings.spreads_intervals)


@transaction.atomic
def change_planning(learner: Learner, wanted: Planning) -> Replanned | None:
    """Plan every card of the learner anew from its log; None where that is how it is already.

    Nothing is lost: going back gives back exactly what was.
    """
    if wanted == planning_of(learner):
        return None
    changed = rebuild_cards(learner, **asdict(wanted))
    learner.settings.refresh_from_db()
    met = Card.objects.filter(learner=learner, introduced_on__isnull=False)
    return Replanned(met.count(), changed)
