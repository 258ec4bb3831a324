"""Forecasts for a learner: if asked tomorrow, and on the day of the interview."""

from dataclasses import dataclass
from datetime import date, timedelta

from cards.readiness.forecast import Readiness, forecast
from cards.services.readiness.overview import Ahead
from cards.services.readiness.scope import Scope


@dataclass(frozen=True, slots=True)
class Forecasts:
    """Readiness if all were asked tomorrow, and on the day if the plan is followed.

    Not today: a minute after an answer was read everybody knows it.
    """

    now: Readiness
    then: Readiness | None


def forecasts(scope: Scope, ahead: Ahead | None, on: date) -> Forecasts | None:
    """Return both forecasts; None where nothing is in scope. Asks nothing of the database."""
    if not scope.questions:
        return None
    now = forecast(scope.questions, on + timedelta(days=1), pace=scope.pace)
    if ahead is None:
        return Forecasts(now, None)
    asked_on = ahead.plan.asked_on
    then = forecast(scope.questions, ahead.interview_on, asked_on=asked_on, pace=scope.pace)
    return Forecasts(now, then)
