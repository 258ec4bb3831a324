"""The interview: what is in scope, the plan until its day, how ready one will be."""

from cards.services.readiness.change import (
    PlanTerms,
    PlanWishes,
    TooManyDaysOffError,
    add_days_off,
    add_minutes,
    change_plan,
    plan_terms,
    remove_days_off,
    wishes_of,
)
from cards.services.readiness.close import close_interview
from cards.services.readiness.held import Held
from cards.services.readiness.overview import Ahead, asked_today, interview_ahead
from cards.services.readiness.page import ReadinessPage, readiness_page
from cards.services.readiness.record import learners_begun, record_for
from cards.services.readiness.trend import Trend, recent_trend

__all__ = [
    "Ahead",
    "Held",
    "PlanTerms",
    "PlanWishes",
    "ReadinessPage",
    "TooManyDaysOffError",
    "Trend",
    "add_days_off",
    "add_minutes",
    "asked_today",
    "change_plan",
    "close_interview",
    "interview_ahead",
    "learners_begun",
    "plan_terms",
    "readiness_page",
    "recent_trend",
    "record_for",
    "remove_days_off",
    "wishes_of",
]
