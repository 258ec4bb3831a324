"""A question together with the learner's card."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from cards.models import MATURE_INTERVAL_DAYS, Card, Learner, Question
from cards.models.content import QuestionQuerySet


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A question with the learner's card, if there is one."""

    question: Question
    card: Card | None
    on: date

    @property
    def state(self) -> str:
        """New, learning, young, mature, buried, suspended or archived."""
        card = self.card
        if self.question.archived_at:
            return "archived"
        if card and card.suspended_at:
            return "suspended"
        if card and card.buried_until and card.buried_until > self.on:
            return "buried"
        if not card or not card.introduced_on:
            return "new"
        if not card.repetitions:
            return "learning"
        return "mature" if card.interval_days >= MATURE_INTERVAL_DAYS else "young"

    @property
    def is_due(self) -> bool:
        """May it be answered now?"""
        in_play = self.state not in {"archived", "suspended", "buried", "new"}
        return bool(in_play and self.card and self.card.state.is_due_on(self.on))


def with_card(questions: QuestionQuerySet, learner: Learner) -> QuestionQuerySet:
    """Return the questions with their category and the learner's card."""
    mine = Card.objects.filter(learner=learner)
    return questions.select_related("category").prefetch_related(
        Prefetch("cards", queryset=mine, to_attr="my_cards")
    )


def row_of(question: Question, on: date) -> LibraryRow:
    """Return the row of a question that came through `with_card`."""
    cards: list[Card] = question.my_cards  # type: ignore[attr-defined]  # by with_card
    return LibraryRow(question, cards[0] if cards else None, on)
