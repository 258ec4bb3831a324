"""What the days ahead hold, so that a spread interval falls on the lightest of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Value

from cards.models import Card, DayOff, Learner
from cards.scheduling import CardState, Load, Mode, Scheduler, Spread, outcomes, span_of

DAYS_OF_WEEK = 7


def planner_by_load(
    learner: Learner, question_id: int, state: CardState, on: date, mode: Mode = Mode.DUE
) -> Scheduler:
    """Return the scheduler as its buttons tell their days; one query more where days are chosen.

    Nothing is chosen without spreading, in practice, for a repeat, nor below three days.
    """
    planner = learner.settings.planner_for(question_id)
    if not isinstance(planner, Spread) or mode == Mode.PRACTICE or state.repeats_on(on):
        return planner
    plain = outcomes(planner.scheduler, state, on, mode)
    span = span_of(outcome.state.interval_days for outcome in plain)
    if span is None:
        return planner
    first, last = (on + timedelta(days=days) for days in span)
    return replace(planner, load=_load(learner, question_id, on, first, last))


def _load(learner: Learner, question_id: int, on: date, first: date, last: date) -> Load:
    """Cards in play without this one, which leaves its day; days off are rows without cards."""
    others = Card.objects.filter(learner=learner, due_on__range=(first, last)).in_play(on)
    due = (
        others.exclude(question=question_id)
        .annotate(until=F("due_on"))
        .values("due_on", "until")
        .annotate(cards=Count("pk"))
    )
    off = DayOff.objects.filter(learner=learner, starts_on__lte=last, ends_on__gte=first)
    both = due.order_by().values_list("due_on", "until", "cards")
    rows: list[Any] = list(both.union(off.values_list("starts_on", "ends_on", Value(0)), all=True))
    shares = learner.settings.weekday_shares
    return Load(
        cards={day: cards for day, _, cards in rows if cards},
        weekday_shares=shares if len(shares) == DAYS_OF_WEEK else (),
        days_off=[(begins, ends) for begins, ends, cards in rows if not cards],
    )
