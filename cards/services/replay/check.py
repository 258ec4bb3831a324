"""Proving that every card follows from its log, and mending those that do not."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from cards.models import Card
from cards.services.replay.truth import Truth, differing, truth_of, truths_of


@dataclass(frozen=True, slots=True)
class Drift:
    """A card that does not follow from its log."""

    card_id: int
    learner_id: int
    stored: Truth
    replayed: Truth

    def __str__(self) -> str:
        return f"card {self.card_id} of learner {self.learner_id}: {', '.join(self.words)}"

    @property
    def words(self) -> list[str]:
        """What is stored, and what it should be."""
        stored, replayed = self.stored.state.as_json(), self.replayed.state.as_json()
        words = [
            f"{name} {stored[name]} instead of {replayed[name]}"
            for name in differing(self.stored.state, self.replayed.state)
        ]
        if self.stored.memories != self.replayed.memories:
            words.append("memory of its points")
        return words


def count_cards() -> int:
    """Return how many cards there are to go through."""
    return Card.objects.count()


def replay_cards(*, fix: bool = False, chunk_size: int = 500) -> Iterator[Drift | None]:
    """Yield, for each card, its drift or None, in bounded memory; with `fix` store the truth."""
    last = 0
    while chunk := list(Card.objects.filter(pk__gt=last).order_by("pk")[:chunk_size]):
        last = chunk[-1].pk
        truths = truths_of(chunk)
        for card in chunk:
            yield _checked(card, truths[card.pk], fix=fix)


def _checked(card: Card, truth: Truth, *, fix: bool) -> Drift | None:
    is_whole = truth.matches(Truth(card.state, card.memories))
    return None if is_whole else _confirmed(card.pk, fix=fix)


@transaction.atomic
def _confirmed(card_id: int, *, fix: bool) -> Drift | None:
    """Look again with the card locked: an answer between the two readings is no drift."""
    card = Card.objects.select_for_update().get(pk=card_id)
    truth, stored = truth_of(card), Truth(card.state, card.memories)
    if truth.matches(stored):
        return None
    if fix:
        card.take(truth.state)
        card.remember(truth.memories)
        card.version += 1
        card.save()
    return Drift(card.pk, card.learner_id, stored, truth)
