"""Daily limits that hold for one study day only."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cards.models import Learner, StudySettings
from cards.services.review.queue import end_finished


@dataclass(frozen=True, slots=True)
class TodayLimits:
    """The limits of this study day; `is_changed` when they are not the usual ones."""

    new: int
    reviews: int
    is_changed: bool


def limits_today(learner: Learner, on: date) -> TodayLimits:
    """Return the limits of study day `on`."""
    settings = learner.settings
    limits = settings.limits_for(on)
    return TodayLimits(limits.new_per_day, limits.reviews_per_day, settings.limits_on == on)


@transaction.atomic
def change_limits(learner: Learner, new: int | None, reviews: int | None, *, at: datetime) -> None:
    """Set the limits of this study day; None leaves one as usual, both None undoes the change."""
    settings, on = learner.settings, learner.settings.clock.date_of(at)
    is_usual = new is None and reviews is None
    settings.limits_on = None if is_usual else on
    settings.new_today, settings.reviews_today = new, reviews
    StudySettings.objects.filter(pk=learner.pk).update(
        limits_on=settings.limits_on, new_today=new, reviews_today=reviews
    )
    end_finished(learner, on)
