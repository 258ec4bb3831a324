"""Rebuilding cards from their log."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from cards.models import Card, ReviewLog
from cards.scheduling import CardState, replay, scheduler_named


@dataclass(frozen=True, slots=True)
class Drift:
    """A card whose state does not follow from its log."""

    card_id: int
    learner_id: int
    stored: CardState
    replayed: CardState

    def __str__(self) -> str:
        names = [
            f"{name} {value} instead of {self.replayed.as_json()[name]}"
            for name, value in self.stored.as_json().items()
            if value != self.replayed.as_json()[name]
        ]
        return f"card {self.card_id} of learner {self.learner_id}: {', '.join(names)}"


def replay_cards(*, fix: bool = False, chunk_size: int = 500) -> Iterator[Drift | None]:
    """Yield, for each card, its drift or None, in bounded memory; with `fix` store the truth."""
    last = 0
    while chunk := list(Card.objects.filter(pk__gt=last).order_by("pk")[:chunk_size]):
        last = chunk[-1].pk
        answers: dict[int, list[ReviewLog]] = {}
        rows = ReviewLog.objects.standing().filter(card__in=chunk).oldest_first()
        fields = ("card_id", "quality", "study_date", "scheduler")
        for log in rows.only(*fields):
            answers.setdefault(log.card_id, []).append(log)
        for card in chunk:
            yield _checked(card, answers.get(card.pk, []), fix=fix)


def _checked(card: Card, logs: list[ReviewLog], *, fix: bool) -> Drift | None:
    replayed = _replayed(logs)
    if replayed == card.state:
        return None
    if not fix:
        return Drift(card.pk, card.learner_id, card.state, replayed)
    with transaction.atomic():
        locked = Card.objects.select_for_update().get(pk=card.pk)
        fresh = ReviewLog.objects.standing().filter(card=locked).oldest_first()
        replayed, stored = _replayed(list(fresh)), locked.state
        if replayed == stored:
            return None
        locked.take(replayed)
        locked.version += 1
        locked.save()
    return Drift(card.pk, card.learner_id, stored, replayed)


def _replayed(logs: list[ReviewLog]) -> CardState:
    if not logs:
        return CardState()
    planner = scheduler_named(logs[-1].scheduler)
    return replay(planner, [(log.quality, log.study_date) for log in logs])
