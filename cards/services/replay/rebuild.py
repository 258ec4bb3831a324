"""Planning every card of one learner anew, after they chose another way of planning."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from cards.models import Card, Learner, ReviewLog, StudySettings
from cards.models.card import STATE_FIELDS
from cards.services.replay.truth import states_of

CHUNK = 500


@transaction.atomic
def rebuild_cards(learner: Learner, **wanted: Any) -> int:
    """Store these settings and let every card follow from its log by them; return how many changed.

    The log stays as it is. A form shown before fits no card any more, and is refused. The order of
    the locks is that of a grade: card, learner, settings.
    """
    cards = Card.objects.filter(learner=learner)
    cards.update(version=F("version") + 1)  # an answer being given is finished first
    Learner.objects.select_for_update().get(pk=learner.pk)  # and so is the first to a question
    newest = ReviewLog.objects.filter(learner=learner).aggregate(newest=Max("pk"))["newest"]
    settings = StudySettings.objects.filter(learner=learner)
    settings.update(**wanted, rebuilt_after=newest or 0)
    return sum(_rebuilt(chunk) for chunk in _chunks(learner))


def _chunks(learner: Learner) -> Iterator[list[Card]]:
    last, cards = 0, Card.objects.filter(learner=learner).order_by("pk")
    while chunk := list(cards.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        yield chunk


def _rebuilt(chunk: list[Card]) -> int:
    states, changed, names = states_of(chunk), [], set[str]()
    for card in chunk:
        before, after = card.state, states[card.pk]
        if before != after:
            names |= {
                name for name in STATE_FIELDS if getattr(before, name) != getattr(after, name)
            }
            card.take(after)
            changed.append(card)
    if changed:  # all of them exist and are locked: an upsert costs half of what an update does
        Card.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["id"], update_fields=sorted(names)
        )
    return len(changed)
