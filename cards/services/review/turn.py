"""What the review screen shows at one moment: a card with its four buttons, or the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.models import OuterRef, QuerySet, Subquery, Value

from cards.memory import Memories
from cards.models import Card, Learner, Question, ReviewLog
from cards.scheduling import CardState, Counts, Kind, Mode, Outcome, Spread, outcomes
from cards.services.notes import Beside, beside_of, kept_beside
from cards.services.review.changed import changed_points
from cards.services.review.counts import left_and_given
from cards.services.review.drill import DrillPoint, drill_of, weak_drill
from cards.services.review.finish import Finish, finish
from cards.services.review.load import planner_by_load
from cards.services.review.queue import Agenda, agenda_of


@dataclass(frozen=True, slots=True)
class Found:
    """The card to show; without a row of its own version 0 and no id."""

    question: Question
    version: int
    state: CardState
    memories: Memories = field(default_factory=dict)
    card_id: int | None = None
    beside: Beside = field(default_factory=Beside)


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
    told: tuple[int, ...] = ()  # the days of the outcomes, where they were chosen by load
    finish: Finish | None = None
    drill: tuple[DrillPoint, ...] = ()  # not empty: ask for these points only
    changed: Mapping[int, date] = field(default_factory=dict)  # points reworded since judged
    last_attempt: str = ""
    beside: Beside = field(default_factory=Beside)  # note, flag and mark
    undone: ReviewLog | None = None  # what an undo has just taken back
    session: Agenda | None = None
    mode: Mode = Mode.DUE
    submission_id: UUID = field(default_factory=uuid4)

    @property
    def is_new(self) -> bool:
        """Is it a question that the learner has never answered?"""
        return any(outcome.kind == Kind.LEARN for outcome in self.outcomes)

    @property
    def is_practice(self) -> bool:
        """Does an answer leave the schedule as it is?"""
        return self.mode == Mode.PRACTICE

    @property
    def previous_repeats(self) -> bool:
        """Does the card just answered come again on this study day?"""
        return _comes_again(self.previous, self.on)

    @property
    def draft(self) -> str:
        """What was written in the answer that has just been taken back."""
        is_same = self.undone and self.question and self.undone.question_id == self.question.pk
        return self.undone.attempt if self.undone and is_same else ""


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
    counts, answered = left_and_given(learner, on)
    agenda = agenda_of(learner, on, wanted)
    turn = Turn(on, counts, answered, previous=last, session=agenda)
    found = (
        (wanted and _wanted(learner, on, wanted, agenda))
        or (agenda and _asked(learner, agenda))
        or (not agenda and _next(learner, on, counts, last))
    )
    if not found:
        return replace(turn, finish=finish(learner, on, counts, agenda))
    is_of_session = agenda is not None and found.question.pk in agenda.asks[:1]
    return _showing(turn, found, learner, agenda if is_of_session else None)


def _showing(turn: Turn, found: Found, learner: Learner, agenda: Agenda | None) -> Turn:
    """The turn with its card; `agenda` is given where the session asks it."""
    question, state, on = found.question, found.state, turn.on
    mode = agenda.mode(state, on) if agenda else Mode.DUE
    drill: tuple[DrillPoint, ...] = ()
    if agenda and agenda.is_drill:
        drill = weak_drill(question.points, found.memories, on)
    elif state.repeats_on(on):
        drill = drill_of(question, found.memories, on)
    planner = planner_by_load(learner, question.pk, state, on, mode)
    shown = outcomes(planner, state, on, mode)
    is_by_load = isinstance(planner, Spread) and planner.load is not None
    return replace(
        turn,
        question=question,
        version=found.version,
        mode=mode,
        outcomes=shown,
        told=tuple(one.state.interval_days for one in shown) if is_by_load else (),
        drill=drill,
        changed=changed_points(question, found.memories),
        last_attempt="" if drill or not found.card_id else last_attempt(found.card_id),
        beside=found.beside,
    )


def last_attempt(card_id: int) -> str:
    """Return what was written when something last was; empty when nothing ever was.

    By the card alone: with the learner named too, a database may walk through all they answered.
    """
    logs = ReviewLog.objects.standing().filter(card=card_id)
    return logs.written().newest_first().values_list("attempt", flat=True).first() or ""


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


def _asked(learner: Learner, agenda: Agenda) -> Found | None:
    """The question that the session asks now, whether or not the learner has met it."""
    for question in agenda.asks[:1]:
        cards = Card.objects.filter(learner=learner, question=question).order_by("id")
        return _met(cards) or _unmet(Question.objects.filter(pk=question), learner)
    return None


def _wanted(learner: Learner, on: date, slug: str, agenda: Agenda | None) -> Found | None:
    """The question of this name, if it may be answered; one of the session is asked by it."""
    if agenda and agenda.next_slug == slug:
        return _asked(learner, agenda)
    cards = Card.objects.filter(learner=learner, question__slug=slug).asked(on).order_by("id")
    return _met(cards) or _unmet(Question.objects.unmet_by(learner, on).filter(slug=slug), learner)


def _met(cards: QuerySet[Card]) -> Found | None:
    """The first of these; only its own wide row is read, however many are sorted."""
    first = Subquery(cards.values("pk")[:1])
    found = Card.objects.filter(pk=first).select_related("question__category")
    card = found.annotate(beside=kept_beside(OuterRef("learner"), "question")).first()
    if card is None:
        return None
    kept = beside_of(card.beside)  # type: ignore[attr-defined]  # annotated above
    return Found(card.question, card.version, card.state, card.memories, card.pk, kept)


def _unmet(questions: QuerySet[Question], learner: Learner) -> Found | None:
    """A question whose only review was undone has a row already, and its version counts on."""
    version = Card.objects.filter(learner=learner, question=OuterRef("pk")).values("version")
    annotated = questions.select_related("category").annotate(
        seen_version=Subquery(version), beside=kept_beside(Value(learner.pk), "pk")
    )
    question = annotated.first()
    if question is None:
        return None
    seen, kept = question.seen_version or 0, beside_of(question.beside)
    return Found(question, seen, CardState(), beside=kept)
