"""Putting a card aside, until tomorrow (bury) or for good (suspend); beginning anew (reset)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404

from cards.models import Card, Learner, Question, ReviewLog
from cards.scheduling import CardState, Kind
from cards.services.review.cursor import begin_no_later_than
from cards.services.review.turn import Turn, next_turn


@dataclass(frozen=True, slots=True)
class Aside:
    """The answer to putting a card aside; `refused` when it had changed since it was shown."""

    turn: Turn
    refused: bool = False


def bury_card(learner: Learner, slug: str, seen_version: int, *, at: datetime) -> Aside:
    """Leave the card out for the rest of the study day; a second time changes nothing.

    Raises Http404 for a question that the learner cannot see.
    """
    return _put_aside(learner, slug, seen_version, Kind.BURY, at)


def suspend_card(learner: Learner, slug: str, seen_version: int, *, at: datetime) -> Aside:
    """Leave the card out until it is brought back; a second time changes nothing.

    Raises Http404 for a question that the learner cannot see.
    """
    return _put_aside(learner, slug, seen_version, Kind.SUSPEND, at)


def reset_card(learner: Learner, slug: str, seen_version: int, *, at: datetime) -> Aside:
    """Make the question new again; its history and the memory of its points stay.

    Raises Http404 for a question that the learner cannot see.
    """
    return _put_aside(learner, slug, seen_version, Kind.RESET, at)


@transaction.atomic
def bring_back(learner: Learner, slug: str) -> None:
    """Put a buried or suspended card back into study; its schedule is as it was.

    Raises Http404 for a question that the learner cannot see.
    """
    question = get_object_or_404(Question.objects.visible_to(learner), slug=slug)
    cards = Card.objects.select_for_update().filter(learner=learner, question=question)
    card = cards.order_by("id").first()
    if card:
        return_card(learner, card)


def put_card(learner: Learner, card: Card, kind: Kind, *, at: datetime) -> bool:
    """Suspend, bury or reset a card that is locked, and log it; return whether it changed."""
    log = _log(learner, card, kind, at)
    changed = _change(card, kind, at=at, tomorrow=log.study_date + timedelta(days=1))
    if changed:
        _keep(learner, card, log)
    return changed


def return_card(learner: Learner, card: Card) -> bool:
    """Put a card that is locked back into study; return whether it was out."""
    if card.suspended_at is None and card.buried_until is None:
        return False
    card.suspended_at = card.buried_until = None
    card.version += 1
    card.save()
    if card.introduced_on is None:
        begin_no_later_than(learner, card.question)
    return True


def _put_aside(learner: Learner, slug: str, seen_version: int, kind: Kind, at: datetime) -> Aside:
    try:
        with transaction.atomic():
            refused = not _store(learner, slug, seen_version, kind, at)
    except IntegrityError:  # the first answer to a new question was quicker
        refused = True
    return Aside(next_turn(learner, at=at), refused)


def _store(learner: Learner, slug: str, seen_version: int, kind: Kind, at: datetime) -> bool:
    question = get_object_or_404(Question.objects.visible_to(learner).active(), slug=slug)
    cards = Card.objects.select_for_update().filter(learner=learner, question=question)
    card = cards.order_by("id").first() or Card(learner=learner, question=question, version=0)
    log = _log(learner, card, kind, at)
    if not _change(card, kind, at=at, tomorrow=log.study_date + timedelta(days=1)):
        return True
    if card.version != seen_version:
        return False
    _keep(learner, card, log)
    return True


def _keep(learner: Learner, card: Card, log: ReviewLog) -> None:
    """Store a card that was put aside, and its log."""
    card.version += 1
    card.save()
    log.card, log.state_after = card, card.state.as_json()
    log.save(force_insert=True)
    if log.kind == Kind.RESET:
        begin_no_later_than(learner, card.question)


def _change(card: Card, kind: Kind, *, at: datetime, tomorrow: date) -> bool:
    """Change the card in memory; return whether there was anything to change."""
    before = (card.buried_until, card.suspended_at is None, card.state)
    if kind == Kind.BURY:
        card.buried_until = tomorrow
    elif kind == Kind.SUSPEND:
        card.suspended_at = card.suspended_at or at
    else:
        card.take(CardState())
    return before != (card.buried_until, card.suspended_at is None, card.state)


def _log(learner: Learner, card: Card, kind: Kind, at: datetime) -> ReviewLog:
    planner = learner.settings.planner
    return ReviewLog(
        learner=learner,
        question=card.question,
        submission_id=uuid4(),
        reviewed_at=at,
        time_zone=learner.settings.time_zone,
        study_date=learner.settings.clock.date_of(at),
        kind=kind,
        scheduler=planner.name,
        scheduler_version=planner.version,
        state_before=card.state.as_json(),
        aside_before=card.aside,
    )
