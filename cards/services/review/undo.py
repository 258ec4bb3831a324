"""Taking the last thing back, and then the one before: the log keeps it, marked."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404

from cards.memory import remember
from cards.models import Card, Learner, PointMark, ReviewLog, StudySettings
from cards.scheduling import Kind
from cards.services.replay import states_of
from cards.services.review.cursor import begin_no_later_than
from cards.services.review.queue import put_first
from cards.services.review.turn import Turn, next_turn

ASIDE = (Kind.BURY, Kind.SUSPEND)  # they leave the schedule alone, and it leaves them


@dataclass(frozen=True, slots=True)
class Undone:
    """The answer to an undo; `refused` when the card was changed again since."""

    turn: Turn
    slug: str
    refused: bool = False


def undo_review(learner: Learner, review_id: int, *, at: datetime) -> Undone:
    """Undo the named answer, bury, suspend or reset; a second time changes nothing.

    Raises Http404 for a review that is not the learner's.
    """
    log = get_object_or_404(
        ReviewLog.objects.select_related("question"), pk=review_id, learner=learner
    )
    with transaction.atomic():
        refused = not _undo(learner, log, at)
    slug = log.question.slug
    if refused:
        return Undone(next_turn(learner, at=at), slug, refused=True)
    return Undone(next_turn(learner, at=at, wanted=slug, undone=log.pk), slug)


def _undo(learner: Learner, log: ReviewLog, at: datetime) -> bool:
    card = Card.objects.select_for_update().get(pk=log.card_id)
    is_aside = log.kind in ASIDE
    newer = ReviewLog.objects.standing().filter(card=card, pk__gt=log.pk)
    if (newer.filter(kind__in=ASIDE) if is_aside else newer.exclude(kind__in=ASIDE)).exists():
        return False
    if ReviewLog.objects.standing().filter(pk=log.pk).update(undone_at=at):
        if is_aside:
            card.put_aside_as(log.aside_before)
        else:
            _take_back(card, log)
        card.version += 1
        card.save()
        if log.before.introduced_on is None:
            begin_no_later_than(learner, log.question)
        put_first(learner, log, learner.settings.clock.date_of(at))
    return True


def _take_back(card: Card, log: ReviewLog) -> None:
    """The state before is in the log, unless all cards were planned another way since."""
    settings = StudySettings.objects.get(learner=card.learner_id)  # as it is with the card locked
    if log.pk > settings.rebuilt_after:
        card.take(log.before)
    else:
        card.take(states_of([card])[card.pk])
    card.remember(remember(PointMark.objects.filter(review__card=card).as_judged()))
