"""A question together with the learner's card."""

from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Prefetch, Q

from cards.models import MATURE_INTERVAL_DAYS, Card, Learner, Note, Question
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


def beside(questions: QuestionQuerySet, learner: Learner) -> QuestionQuerySet:
    """Return the questions joined with the learner's `card` and `note`, to be filtered by."""
    return questions.annotate(
        card=FilteredRelation("cards", condition=Q(cards__learner=learner)),
        note=FilteredRelation("notes", condition=Q(notes__learner=learner)),
    )


def card_beside(question: Question) -> Card | None:
    """Return the card that `beside` joined and select_related loaded."""
    return getattr(question, "card", None)


def note_beside(question: Question) -> Note | None:
    """Return the note that `beside` joined and select_related loaded."""
    return getattr(question, "note", None)


def in_state(state: str, on: date) -> Q:
    """Return the condition of a state, or of being due; for questions `beside` a card."""
    archived = Q(archived_at__isnull=False)
    suspended = Q(card__suspended_at__isnull=False)
    buried = Q(card__buried_until__gt=on)
    if state == "archived":
        return archived
    if state == "suspended":
        return ~archived & suspended
    if state == "buried":
        return ~archived & Q(card__suspended_at=None) & buried
    in_play = ~archived & Q(card__suspended_at=None)
    in_play &= Q(card__buried_until=None) | Q(card__buried_until__lte=on)
    if state == "new":
        return in_play & Q(card__introduced_on=None)
    met = in_play & Q(card__introduced_on__isnull=False)
    if state == "due":
        return met & (Q(card__due_on__lte=on) | Q(card__repeat_today_on=on))
    if state == "learning":
        return met & Q(card__repetitions=0)
    long = Q(card__interval_days__gte=MATURE_INTERVAL_DAYS)
    known = met & Q(card__repetitions__gt=0)
    return (
        known & long
        if state == "mature"
        else known & Q(card__interval_days__lt=MATURE_INTERVAL_DAYS)
    )
