"""How much of a study day is left."""

from datetime import date, datetime
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from cards.models import Card, Learner, Question, ReviewLog, StudySettings
from cards.scheduling import Available, Counts, Kind, due_left, new_left


class CountOf(Subquery):
    """The number of rows of a query, sliced or not, as a value inside another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def counts_today(learner: Learner, *, at: datetime) -> Counts:
    """Return how many cards are still to be answered on this study day."""
    return counts_on(learner, learner.settings.clock.date_of(at))


def counts_on(learner: Learner, on: date) -> Counts:
    """Return how many cards are still to be answered on study day `on`."""
    return left_and_given(learner, on)[0]


def left_and_given(learner: Learner, on: date) -> tuple[Counts, int]:
    """What is left and how many answers were given, in one query."""
    limits = learner.settings.limits_for(on)
    cards = Card.objects.filter(learner=learner)
    today = ReviewLog.objects.answers().on_day(learner, on)
    parts: tuple[QuerySet[Any], ...] = (
        cards.repeating(on),
        cards.due(on)[: limits.reviews_per_day],
        today.filter(kind=Kind.LEARN),
        today.filter(kind=Kind.REVIEW),
        Question.objects.unmet_by(learner, on)[: limits.new_per_day],
    )
    row = StudySettings.objects.filter(pk=learner.pk).values_list(
        *(CountOf(rows.values("pk")) for rows in parts)
    )
    # A limit of none a day makes an empty slice, and that is null rather than 0.
    repeats, due, learned, reviewed, unmet = (count or 0 for count in row.get())
    available = Available(repeats, due, learned, reviewed)
    new = min(new_left(limits, available), unmet)
    return Counts(repeats, due_left(limits, available), new), learned + reviewed
