"""What a session is made of: the questions, in the order in which they will be asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cards.models import Card, Category, Learner, Question, ReviewLog
from cards.scheduling import (
    Candidate,
    Counts,
    Group,
    best,
    fit,
    minutes_of,
    recall_after,
)
from cards.services.readiness import asked_today
from cards.services.review.counts import counts_on
from cards.services.review.drill import drill_of
from cards.services.standing import LONG_TEXTS, weak_points
from cards.services.times import own_times

MOST_QUESTIONS = 200
MOST_DRILLED = 20


class Way(StrEnum):
    """A way to choose; each is a kind of session, and the last is a drill too."""

    TIME = "time"
    CATEGORY = "category"
    SELECTED = "selected"
    AHEAD = "ahead"
    BACKLOG = "backlog"
    PLAN = "plan"  # what the plan for the interview asks today
    DRILL = "drill"  # points missed often
    MISSED = "missed"  # points missed today


@dataclass(frozen=True, slots=True)
class Choice:
    """What the learner asked for."""

    way: Way
    slugs: tuple[str, ...] = ()
    category: str = ""
    minutes: int = 10
    days: int = 3
    count: int = 10
    moves_schedule: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The questions of a session, by id, and what it is called."""

    title: str
    ids: list[int]


def choose(learner: Learner, choice: Choice, on: date) -> Chosen:
    """Return what this choice brings on this study day; perhaps nothing."""
    chosen: Chosen = {
        Way.TIME: _time,
        Way.CATEGORY: _category,
        Way.SELECTED: _selected,
        Way.AHEAD: _ahead,
        Way.BACKLOG: _backlog,
        Way.PLAN: _plan,
        Way.DRILL: _drill,
        Way.MISSED: _missed,
    }[choice.way](learner, choice, on)
    return chosen


def due_ahead(learner: Learner, on: date, days: int) -> QuerySet[Card]:
    """The cards that fall due in the next so many study days, and do not come again today."""
    coming = Card.objects.filter(learner=learner).in_play(on)
    coming = coming.filter(due_on__gt=on, due_on__lte=on + timedelta(days=days))
    return coming.exclude(repeat_today_on=on).order_by("due_on", "id")


def missed_today(learner: Learner, on: date) -> list[int]:
    """Return the questions of which a point was missed when it was last asked today."""
    answered = ReviewLog.objects.answers().on_day(learner, on).order_by().values("card")
    cards = Card.objects.filter(learner=learner, pk__in=answered).in_play(on).with_gaps()
    return [
        card.question_id
        for card in cards.select_related("question").defer(*LONG_TEXTS)[: 2 * MOST_DRILLED]
        if drill_of(card.question, card.memories, on)
    ][:MOST_DRILLED]


def _time(learner: Learner, choice: Choice, on: date) -> Chosen:
    counts = counts_on(learner, on)
    chosen = fit(_candidates(learner, counts, on), choice.minutes, counts.due)
    return Chosen(f"{choice.minutes} minutes", [one.id for one in chosen])


def _backlog(learner: Learner, choice: Choice, on: date) -> Chosen:
    counts = counts_on(learner, on)
    due = [one for one in _candidates(learner, counts, on) if one.group == Group.DUE]
    chosen = best(due, min(choice.count, counts.due))
    return Chosen(f"The {len(chosen)} most valuable", [one.id for one in chosen])


def _category(learner: Learner, choice: Choice, on: date) -> Chosen:
    category = Category.objects.visible_to(learner).filter(slug=choice.category).first()
    if category is None:
        return Chosen("", [])
    counts = counts_on(learner, on)
    cards = Card.objects.filter(learner=learner, question__category=category)
    parts: tuple[QuerySet[Any, int], ...] = (
        _ids(cards.repeating(on).in_queue_order(on, None)),
        _ids(cards.due(on).in_queue_order(on, None))[: counts.due],
        Question.objects.unmet_by(learner, on)
        .filter(category=category)
        .values_list("pk", flat=True)[: counts.new],
    )
    return Chosen(category.name, [pk for part in parts for pk in part][:MOST_QUESTIONS])


def _selected(learner: Learner, choice: Choice, on: date) -> Chosen:
    aside = Card.objects.filter(learner=learner, question=OuterRef("pk")).filter(
        Q(suspended_at__isnull=False) | Q(buried_until__gt=on)
    )
    questions = Question.objects.visible_to(learner).active().filter(slug__in=choice.slugs)
    found = dict(questions.filter(~Exists(aside)).order_by().values_list("slug", "pk"))
    ids = [found[slug] for slug in dict.fromkeys(choice.slugs) if slug in found]
    title = f"{len(ids)} chosen question{'' if len(ids) == 1 else 's'}"
    return Chosen(title, ids[:MOST_QUESTIONS])


def _ahead(learner: Learner, choice: Choice, on: date) -> Chosen:
    days = "tomorrow" if choice.days == 1 else f"{choice.days} days"
    return Chosen(
        f"Ahead: {days}", list(_ids(due_ahead(learner, on, choice.days))[:MOST_QUESTIONS])
    )


def _plan(learner: Learner, choice: Choice, on: date) -> Chosen:  # noqa: ARG001 one of many ways
    return Chosen("Plan for today", asked_today(learner, on)[:MOST_QUESTIONS])


def _drill(learner: Learner, choice: Choice, on: date) -> Chosen:
    weak = weak_points(learner, on, choice.count, choice.category)
    return Chosen("Points you keep missing", list(dict.fromkeys(w.question_id for w in weak)))


def _missed(learner: Learner, choice: Choice, on: date) -> Chosen:  # noqa: ARG001 one of many ways
    return Chosen("Points missed today", missed_today(learner, on))


def _ids(cards: QuerySet[Card]) -> QuerySet[Card, int]:
    return cards.values_list("question_id", flat=True)


def _candidates(learner: Learner, counts: Counts, on: date) -> list[Candidate]:
    """What could be asked now, with what is known of time and recall; bounded, in five queries."""
    own, ratio = own_times(learner)
    cards = Card.objects.filter(learner=learner)
    fields = ("question_id", "question__minutes", "interval_days", "last_reviewed_on", "stability")
    memory = learner.settings.memory

    def found() -> Iterator[Candidate]:
        for group, some in ((Group.REPEAT, cards.repeating(on)), (Group.DUE, cards.due(on))):
            rows = some.in_queue_order(on, None).values_list(*fields)[:MOST_QUESTIONS]
            for pk, stated, interval_days, last_on, stability in rows:
                days = (on - last_on).days if last_on else 0
                recall = (
                    memory.recall_after(stability, days)
                    if stability
                    else recall_after(days, interval_days)
                )
                yield Candidate(pk, group, minutes_of(stated, own.get(pk, ()), ratio), recall)
        unmet = Question.objects.unmet_by(learner, on).values_list("pk", "minutes")
        for pk, stated in unmet[: min(counts.new, MOST_QUESTIONS)]:
            yield Candidate(pk, Group.NEW, minutes_of(stated, (), ratio))

    return list(found())
