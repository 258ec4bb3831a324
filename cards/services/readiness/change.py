"""What the plan has to keep to: date, minutes, weekdays, days off, weights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.shortcuts import get_object_or_404

from cards.models import Category, DayOff, Learner, StudySettings
from cards.models.learner import MOST_MINUTES

USUAL_SHARES = (100,) * 7
MOST_DAYS_OFF = 100  # spans


class TooManyDaysOffError(Exception):
    """One account plans no more spans of days off."""


@dataclass(frozen=True, slots=True)
class PlanWishes:
    """What a learner wants of the plan; shares and weights are in per cent."""

    interview_on: date | None
    minutes_per_day: int
    meetings_each: int
    weekday_shares: tuple[int, ...] = USUAL_SHARES  # from Monday
    category_weights: Mapping[str, int] = field(default_factory=dict)  # by id; others 100


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What a form of the wishes needs to know."""

    on: date  # today
    wishes: PlanWishes
    categories: list[Category]


def plan_terms(learner: Learner, *, at: datetime) -> PlanTerms:
    """Return what the plan keeps to, and what it may; one query, and nothing is planned."""
    on = learner.settings.clock.date_of(at)
    return PlanTerms(on, wishes_of(learner), list(Category.objects.visible_to(learner)))


def wishes_of(learner: Learner) -> PlanWishes:
    """Return what the plan keeps to now."""
    settings = learner.settings
    return PlanWishes(
        settings.interview_on,
        settings.minutes_per_day,
        settings.meetings_each,
        tuple(settings.weekday_shares) or USUAL_SHARES,
        dict(settings.category_weights),
    )


def change_plan(learner: Learner, wanted: PlanWishes) -> None:
    """Store the wishes; the plan follows from them by itself, and no card changes."""
    StudySettings.objects.filter(pk=learner.pk).update(
        interview_on=wanted.interview_on,
        minutes_per_day=wanted.minutes_per_day,
        meetings_each=wanted.meetings_each,
        weekday_shares=list(wanted.weekday_shares),
        category_weights=dict(wanted.category_weights),
    )


def add_minutes(learner: Learner, seen: int, more: int) -> None:
    """Study so many minutes a day longer than `seen`; sent twice it is done once."""
    mine = StudySettings.objects.filter(pk=learner.pk, minutes_per_day=seen)
    mine.update(minutes_per_day=Least(F("minutes_per_day") + more, MOST_MINUTES))


@transaction.atomic
def add_days_off(learner: Learner, starts_on: date, ends_on: date) -> None:
    """Plan days without study; the same days a second time change nothing.

    Raises TooManyDaysOffError.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    mine = DayOff.objects.filter(learner=learner)
    if mine.count() >= MOST_DAYS_OFF:
        raise TooManyDaysOffError
    mine.get_or_create(learner=learner, starts_on=starts_on, ends_on=ends_on)


def remove_days_off(learner: Learner, days_off: int) -> None:
    """Study on these days after all; raise Http404 for days that are not the learner's."""
    get_object_or_404(DayOff, pk=days_off, learner=learner).delete()
