"""Taking a grade: once, for good, and only for the card that the learner saw."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404

from cards.memory import Memories, PointMemory
from cards.models import Card, Learner, PointMark, Question, ReviewLog
from cards.rubric import Recall
from cards.scheduling import Kind, Mode, Outcome, Scheduler, Spread, answer, as_told, mode_for
from cards.services.review.cursor import begin_at
from cards.services.review.judge import Submission, asked_points, judge, refined
from cards.services.review.queue import session_of, take_off
from cards.services.review.turn import Turn, next_turn, turn_after


class Stale(StrEnum):
    """Why a grade was refused; nothing was stored."""

    CHANGED = "changed"  # graded or undone elsewhere since it was shown
    NOT_DUE = "not due"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Graded:
    """The answer to a grade: the review it became, or why not, and what comes next."""

    turn: Turn
    review_id: int | None
    replayed: bool = False
    stale: Stale | None = None


class _RefusedError(Exception):
    def __init__(self, reason: Stale) -> None:
        super().__init__(reason)
        self.reason = reason


def grade_card(learner: Learner, slug: str, sent: Submission, *, at: datetime) -> Graded:
    """Store one grade and return the next turn; the same submission again changes nothing.

    Raises Http404 for a question that the learner cannot see.
    """
    try:
        with transaction.atomic():
            return _grade(learner, slug, sent, at)
    except _RefusedError as refused:
        return _settle(learner, sent, at, refused.reason)
    except IntegrityError:  # the same grade, or another for the same new card, was quicker
        return _settle(learner, sent, at, Stale.CHANGED)


def _grade(learner: Learner, slug: str, sent: Submission, at: datetime) -> Graded:
    on = learner.settings.clock.date_of(at)
    card = _seen_card(learner, slug, sent.seen_version)
    mode = _mode(learner, card, sent, on)
    if not (card.state.repeats_on(on) or mode == Mode.PRACTICE):
        sent = replace(sent, drilled=frozenset())  # only what comes again may be asked in part
    suggestion = judge(card.question, sent)
    quality = refined(sent.quality, suggestion)
    planner = as_told(learner.settings.planner_for(card.question_id), sent.told_days)
    outcome = answer(planner, card.state, quality, on, mode)
    log = _log(learner, card, outcome, sent, at, on)
    log.quality, log.told_days = quality, _taken(planner, outcome, sent)
    if suggestion:
        log.suggested_quality = suggestion.quality
        log.coverage = round(100 * suggestion.coverage)
    card.take(outcome.state)
    card.remember(_with_marks(card, sent, on))
    card.version += 1
    card.save()
    log.card = card
    log.save(force_insert=True)
    _mark_points(log, sent)
    take_off(learner, log, sent)
    turn = turn_after(learner, log, on=on)
    if turn.question and turn.is_new and not turn.session:
        begin_at(learner, turn.question)
    return Graded(turn, log.pk)


def _seen_card(learner: Learner, slug: str, seen_version: int) -> Card:
    """The learner's card, locked, if it is still the one that was shown."""
    if seen_version == 0:  # never met: there is no row to lock, and the insert is the check
        questions = Question.objects.visible_to(learner).active()
        return Card(learner=learner, question=get_object_or_404(questions, slug=slug), version=0)
    cards = Card.objects.select_for_update(of=("self",)).select_related("question")
    card: Card = get_object_or_404(cards, learner=learner, question__slug=slug)
    if card.version != seen_version:
        raise _RefusedError(Stale.CHANGED)
    if card.suspended_at or card.question.archived_at:
        raise _RefusedError(Stale.SUSPENDED)
    return card


def _mode(learner: Learner, card: Card, sent: Submission, on: date) -> Mode:
    """How the answer counts; before its date only as practice, or as the session was told to."""
    if sent.mode == Mode.PRACTICE:
        return Mode.PRACTICE
    if card.state.is_due_on(on):
        return Mode.DUE
    session = session_of(learner, on)
    if sent.mode == Mode.EARLY and session and card.question_id in session.queue:
        mode = mode_for(card.state, on, moves_schedule=session.moves_schedule)
        if mode == Mode.EARLY:
            return mode
    raise _RefusedError(Stale.NOT_DUE)


def _log(
    learner: Learner, card: Card, outcome: Outcome, sent: Submission, at: datetime, on: date
) -> ReviewLog:
    planner = learner.settings.planner
    return ReviewLog(
        learner=learner,
        question=card.question,
        submission_id=sent.submission_id,
        reviewed_at=at,
        time_zone=learner.settings.time_zone,
        study_date=on,
        kind=outcome.kind,
        attempt=sent.attempt,
        confidence=sent.confidence,
        hint_used=sent.hint_used,
        misconceptions=[
            text
            for place, text in enumerate(card.question.misconceptions)
            if place in sent.misconceptions
        ],
        attempt_ms=sent.attempt_ms,
        duration_ms=sent.duration_ms,
        scheduler=planner.name,
        scheduler_version=planner.version,
        state_before=card.state.as_json(),
        state_after=outcome.state.as_json(),
    )


def _taken(planner: Scheduler, outcome: Outcome, sent: Submission) -> int | None:
    """The interval that the button told, if the answer went by it: a replay has to."""
    is_planned = isinstance(planner, Spread) and outcome.kind in (Kind.LEARN, Kind.REVIEW)
    return sent.told_days if is_planned and outcome.state.interval_days == sent.told_days else None


def _with_marks(card: Card, sent: Submission, on: date) -> Memories:
    """The memories of the points once those of this answer are judged."""
    memories = card.memories
    if sent.judged:
        for point in asked_points(card.question, sent):
            key = point["id"]
            recall = sent.judged.get(key, Recall.NO)
            memories[key] = memories.get(key, PointMemory()).after(recall, on)
    return memories


def _mark_points(log: ReviewLog, sent: Submission) -> None:
    """Only when the learner judged something: no judgement at all may mean that nobody looked."""
    if not sent.judged:
        return
    PointMark.objects.bulk_create(
        PointMark(
            review=log,
            key_point_id=point["id"],
            recalled=sent.judged.get(point["id"], Recall.NO),
        )
        for point in asked_points(log.question, sent)
    )


def _settle(learner: Learner, sent: Submission, at: datetime, reason: Stale) -> Graded:
    log = ReviewLog.objects.filter(learner=learner, submission_id=sent.submission_id).first()
    turn = next_turn(learner, at=at)
    if log:
        return Graded(turn, log.pk, replayed=True)
    return Graded(turn, None, stale=reason)
