"""What the review screen shows at one moment: a card with its four buttons, or the end."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import (
    Count,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from cards.memory import Memories
from cards.models import Card, Learner, Question, ReviewLog, StudySettings
from cards.scheduling import (
    PASSING_QUALITY,
    Available,
    CardState,
    Counts,
    Kind,
    Outcome,
    due_left,
    new_left,
    preview,
)
from cards.services.review.drill import DrillPoint, drill_of


@dataclass(frozen=True, slots=True)
class Found:
    """The card to show; without a row of its own version 0 and no id."""

    question: Question
    version: int
    state: CardState
    memories: Memories = field(default_factory=dict)
    card_id: int | None = None


@dataclass(frozen=True, slots=True)
class CategoryDone:
    """How one category went on this study day."""

    slug: str
    name: str
    answered: int
    recalled: int


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of a session."""

    categories: tuple[CategoryDone, ...]
    due_tomorrow: int
    next_due_on: date | None

    @property
    def answered(self) -> int:
        """Answers given on this study day."""
        return sum(line.answered for line in self.categories)


@dataclass(frozen=True, slots=True)
class Turn:
    """One screen; `question` is None at the end, and then `finish` says how it went."""

    on: date
    counts: Counts
    answered_today: int
    previous: ReviewLog | None = None
    question: Question | None = None
    version: int = 0
    outcomes: tuple[Outcome, ...] = ()
    finish: Finish | None = None
    drill: tuple[DrillPoint, ...] = ()  # not empty: ask for these points only
    last_attempt: str = ""
    undone: ReviewLog | None = None  # what an undo has just taken back
    submission_id: UUID = field(default_factory=uuid4)

    @property
    def is_new(self) -> bool:
        """Is it a question that the learner has never answered?"""
        return any(outcome.kind == Kind.LEARN for outcome in self.outcomes)

    @property
    def previous_repeats(self) -> bool:
        """Does the card just answered come again on this study day?"""
        return _comes_again(self.previous, self.on)

    @property
    def draft(self) -> str:
        """What was written in the answer that has just been taken back."""
        is_same = self.undone and self.question and self.undone.question_id == self.question.pk
        return self.undone.attempt if self.undone and is_same else ""


class CountOf(Subquery):
    """The number of rows of a query, sliced or not, as a value inside another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def next_turn(
    learner: Learner, *, at: datetime, wanted: str = "", undone: int | None = None
) -> Turn:
    """Return the card to answer now; `wanted` names a question that goes first if it may.

    `undone` is a review just taken back: what was written then is a draft again.
    """
    on = learner.settings.clock.date_of(at)
    logs = ReviewLog.objects.filter(learner=learner).select_related("question")
    last = logs.standing().newest_first().first()
    is_today = last is not None and last.study_date == on
    turn = turn_after(learner, last if is_today else None, on=on, wanted=wanted)
    if not undone:
        return turn
    return replace(turn, undone=logs.filter(pk=undone).exclude(undone_at=None).first())


def turn_after(learner: Learner, last: ReviewLog | None, *, on: date, wanted: str = "") -> Turn:
    """Return the turn that follows the review `last`, or opens the study day."""
    counts, answered = _counts(learner, on)
    turn = Turn(on, counts, answered, previous=last)
    found = (wanted and _wanted(learner, on, wanted)) or _next(learner, on, counts, last)
    if not found:
        return replace(turn, finish=_finish(learner, on))
    question, state = found.question, found.state
    drill = drill_of(question, found.memories, on) if state.repeats_on(on) else ()
    return replace(
        turn,
        question=question,
        version=found.version,
        outcomes=preview(learner.settings.planner, state, on),
        drill=drill,
        last_attempt="" if drill or not found.card_id else last_attempt(found.card_id),
    )


def last_attempt(card_id: int) -> str:
    """Return what was written when something last was; empty when nothing ever was.

    By the card alone: with the learner named too, a database may walk through all they answered.
    """
    logs = ReviewLog.objects.standing().filter(card=card_id)
    return logs.written().newest_first().values_list("attempt", flat=True).first() or ""


def counts_today(learner: Learner, *, at: datetime) -> Counts:
    """Return how many cards are still to be answered on this study day."""
    return _counts(learner, learner.settings.clock.date_of(at))[0]


def _counts(learner: Learner, on: date) -> tuple[Counts, int]:
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


def _next(learner: Learner, on: date, counts: Counts, last: ReviewLog | None) -> Found | None:
    """A repeat just answered waits for the others, so that it is not asked twice running."""
    cards = Card.objects.filter(learner=learner)
    waits = _comes_again(last, on)
    if counts.repeats + counts.due > waits:
        repeats = cards.repeating(on).exclude(pk=last.card_id if last else 0)
        others = repeats if counts.repeats > waits else cards.due(on)
        return _met(others.in_queue_order(on, last.question.category_id if last else None))
    if counts.new:
        return _unmet(Question.objects.unmet_by(learner, on), learner)
    return _met(cards.filter(pk=last.card_id).order_by("id")) if last and waits else None


def _comes_again(log: ReviewLog | None, on: date) -> bool:
    return log is not None and log.quality is not None and log.after.repeats_on(on)


def _wanted(learner: Learner, on: date, slug: str) -> Found | None:
    cards = Card.objects.filter(learner=learner, question__slug=slug).asked(on).order_by("id")
    return _met(cards) or _unmet(Question.objects.unmet_by(learner, on).filter(slug=slug), learner)


def _met(cards: QuerySet[Card]) -> Found | None:
    """The first of these; only its own wide row is read, however many are sorted."""
    first = Subquery(cards.values("pk")[:1])
    card = Card.objects.filter(pk=first).select_related("question__category").first()
    if card is None:
        return None
    return Found(card.question, card.version, card.state, card.memories, card.pk)


def _unmet(questions: QuerySet[Question], learner: Learner) -> Found | None:
    """A question whose only review was undone has a row already, and its version counts on."""
    version = Card.objects.filter(learner=learner, question=OuterRef("pk")).values("version")
    annotated = questions.select_related("category").annotate(seen_version=Subquery(version))
    question = annotated.first()
    return Found(question, question.seen_version or 0, CardState()) if question else None


def _finish(learner: Learner, on: date) -> Finish:
    category = ("question__category__slug", "question__category__name")
    lines = (
        ReviewLog.objects.answers()
        .on_day(learner, on)
        .values_list(*category)
        .annotate(
            answered=Count("pk"), recalled=Count("pk", filter=Q(quality__gte=PASSING_QUALITY))
        )
        .order_by("question__category__position", "question__category__slug")
    )
    coming = Card.objects.filter(learner=learner).in_play(on).filter(due_on__gt=on)
    tomorrow = Count("pk", filter=Q(due_on=on + timedelta(days=1)))
    days = coming.aggregate(first=Min("due_on"), tomorrow=tomorrow)
    return Finish(tuple(CategoryDone(*line) for line in lines), days["tomorrow"], days["first"])
