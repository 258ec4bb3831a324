"""Rebuilding cards from their log: schedule and memory of points."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from cards.memory import Memories, remember
from cards.models import Card, PointMark, ReviewLog
from cards.scheduling import SCHEDULING, CardState, replay, scheduler_named


@dataclass(frozen=True, slots=True)
class Truth:
    """What a card must be, by its log."""

    state: CardState
    memories: Memories


@dataclass(frozen=True, slots=True)
class Drift:
    """A card that does not follow from its log."""

    card_id: int
    learner_id: int
    stored: Truth
    replayed: Truth

    def __str__(self) -> str:
        replayed = self.replayed.state.as_json()
        names = [
            f"{name} {value} instead of {replayed[name]}"
            for name, value in self.stored.state.as_json().items()
            if value != replayed[name]
        ]
        if self.stored.memories != self.replayed.memories:
            names.append("memory of its points")
        return f"card {self.card_id} of learner {self.learner_id}: {', '.join(names)}"


def replay_cards(*, fix: bool = False, chunk_size: int = 500) -> Iterator[Drift | None]:
    """Yield, for each card, its drift or None, in bounded memory; with `fix` store the truth."""
    last = 0
    while chunk := list(Card.objects.filter(pk__gt=last).order_by("pk")[:chunk_size]):
        last = chunk[-1].pk
        truths = _truths(chunk)
        for card in chunk:
            yield _checked(card, truths[card.pk], fix=fix)


def _checked(card: Card, truth: Truth, *, fix: bool) -> Drift | None:
    stored = Truth(card.state, card.memories)
    if stored == truth:
        return None
    if not fix:
        return Drift(card.pk, card.learner_id, stored, truth)
    with transaction.atomic():
        locked = Card.objects.select_for_update().get(pk=card.pk)
        truth, stored = _truths([locked])[locked.pk], Truth(locked.state, locked.memories)
        if stored == truth:
            return None
        locked.take(truth.state)
        locked.remember(truth.memories)
        locked.version += 1
        locked.save()
    return Drift(card.pk, card.learner_id, stored, truth)


def _truths(cards: Sequence[Card]) -> dict[int, Truth]:
    answers: dict[int, list[ReviewLog]] = defaultdict(list)
    logs = ReviewLog.objects.standing().filter(card__in=cards, kind__in=SCHEDULING).oldest_first()
    for log in logs.only("card_id", "quality", "study_date", "scheduler"):
        answers[log.card_id].append(log)
    marks = defaultdict(list)
    judged = PointMark.objects.filter(review__card__in=cards).as_judged()
    for mark in judged.values_list(
        "review__card_id", "key_point_id", "recalled", "review__study_date"
    ):
        marks[mark[0]].append(mark[1:])
    return {card.pk: Truth(_replayed(answers[card.pk]), remember(marks[card.pk])) for card in cards}


def _replayed(logs: list[ReviewLog]) -> CardState:
    if not logs:
        return CardState()
    planner = scheduler_named(logs[-1].scheduler)
    return replay(planner, [(log.quality, log.study_date) for log in logs])
