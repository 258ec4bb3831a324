"""What is forecast is written down each day, so that it can be held to later."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from cards.models import Card, Learner, ReadinessDay
from cards.readiness.forecast import Readiness
from cards.services.readiness.forecasts import forecasts
from cards.services.readiness.overview import planned
from cards.services.readiness.scope import Scope, scope_of


def learners_begun() -> list[int]:
    """Return those who have met anything, by id; they alone have a forecast."""
    met = Card.objects.filter(learner=OuterRef("pk"), introduced_on__isnull=False)
    begun = Learner.objects.filter(Exists(met), is_active=True)
    return list(begun.order_by("pk").values_list("pk", flat=True))


def record_for(learner: Learner, *, at: datetime) -> bool:
    """Write one learner's forecasts of this study day; what is there stays as it was."""
    on = learner.settings.clock.date_of(at)
    mine = ReadinessDay.objects.filter(learner=learner)
    if mine.filter(study_date=on).exists():
        return False
    values = _values(learner, on)
    if values is None:
        return False
    _, is_new = mine.get_or_create(learner=learner, study_date=on, defaults=values)
    return is_new


def _values(learner: Learner, on: date) -> dict[str, Any] | None:
    scope, interview_on = scope_of(learner, on), learner.settings.interview_on
    is_ahead = interview_on is not None and interview_on >= on
    ahead = planned(learner, on, interview_on, scope) if interview_on and is_ahead else None
    made = forecasts(scope, ahead, on)
    if made is None:
        return None
    total, then = made.now.total, made.then
    return {
        "now": total.share,
        "interview_on": interview_on if then else None,
        "share": then.total.share if then else None,
        "low": then.total.low if then else None,
        "high": then.total.high if then else None,
        "categories": _by_category(scope, made.now, then),
        "basis": {
            "questions": total.questions,
            "met": total.met,
            "answers": total.answers,
            "reviews": made.now.pace_answers,
        },
    }


def _by_category(scope: Scope, now: Readiness, then: Readiness | None) -> dict[str, Any]:
    return {
        scope.categories[pk].slug: {
            "now": estimate.share,
            "share": then.categories[pk].share if then else None,
        }
        for pk, estimate in now.categories.items()
    }
