"""The parts of an export that stand beside questions and cards."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from cards.models import (
    Conversation,
    DayOff,
    Interview,
    KeyPoint,
    Learner,
    Message,
    ModelUse,
    Note,
    Question,
    QuestionVersion,
    ReadinessDay,
    SecondOpinion,
    StudySession,
    Tag,
)
from cards.services.assistant import as_json


def notes(learner: Learner) -> Iterator[dict[str, Any]]:
    """Notes with flag and mark, in the order in which they were begun."""
    rows = Note.objects.filter(learner=learner).select_related("question").order_by("id")
    for note in rows.iterator(chunk_size=2000):
        yield {
            "question": note.question.slug,
            "text": note.text,
            "flag": Note.Flag(note.flag).name.lower(),
            "is_marked": note.is_marked,
            "updated_at": note.updated_at.isoformat(),
        }


def tags(learner: Learner) -> Iterator[dict[str, Any]]:
    """Each tag with each of its questions."""
    rows = Tag.objects.filter(learner=learner).order_by("name", "id")
    for name, slug in rows.values_list("name", "question__slug").iterator(chunk_size=2000):
        yield {"name": name, "question": slug}


def versions(learner: Learner) -> Iterator[dict[str, Any]]:
    """What the learner's own questions said before they were changed."""
    rows = QuestionVersion.objects.filter(question__owner=learner).select_related("question")
    for version in rows.order_by("question_id", "version").iterator(chunk_size=2000):
        yield {
            "question": version.question.slug,
            "version": version.version,
            "content": version.content,
            "replaced_at": version.replaced_at.isoformat(),
        }


def session(learner: Learner) -> dict[str, Any] | None:
    """The session that is going on, or None."""
    going = StudySession.objects.filter(learner=learner).first()
    if going is None:
        return None
    slugs = dict(Question.objects.filter(pk__in=going.queue).values_list("pk", "slug"))
    return {
        "kind": going.kind,
        "title": going.title,
        "study_date": going.study_date.isoformat(),
        "queue": [slugs[pk] for pk in going.queue if pk in slugs],
        "total": going.total,
        "moves_schedule": going.moves_schedule,
    }


def days_off(learner: Learner) -> Iterator[dict[str, Any]]:
    """The days off planned ahead, and those that are over."""
    for days in DayOff.objects.filter(learner=learner).order_by("starts_on", "id"):
        yield {"starts_on": days.starts_on.isoformat(), "ends_on": days.ends_on.isoformat()}


def interviews(learner: Learner) -> Iterator[dict[str, Any]]:
    """The interviews that are over: how they went, what was asked."""
    for interview in Interview.objects.filter(learner=learner).order_by("interview_on", "id"):
        yield {
            "interview_on": interview.interview_on.isoformat(),
            "went": interview.went,
            "asked": interview.asked,
            "closed_at": interview.closed_at.isoformat(),
        }


def readiness(learner: Learner) -> Iterator[dict[str, Any]]:
    """What was forecast on each study day."""
    rows = ReadinessDay.objects.filter(learner=learner).order_by("study_date", "id")
    for day in rows.iterator(chunk_size=2000):
        yield {
            "study_date": day.study_date.isoformat(),
            "now": day.now,
            "interview_on": day.interview_on and day.interview_on.isoformat(),
            "share": day.share,
            "low": day.low,
            "high": day.high,
            "categories": day.categories,
            "basis": day.basis,
        }


def conversations(learner: Learner) -> Iterator[dict[str, Any]]:
    """What was asked of the assistant and what it answered, in the order in which it was."""
    rows = Conversation.objects.filter(learner=learner).select_related("question")
    messages = Prefetch("messages", Message.objects.order_by("id"))
    for one in rows.prefetch_related(messages).order_by("id").iterator(chunk_size=100):
        yield as_json(one, one.messages.all())


def second_opinions(learner: Learner) -> Iterator[dict[str, Any]]:
    """What the language model said of attempts, and what was ticked then, by the points' keys."""
    points = KeyPoint.objects.filter(question__second_opinions__learner=learner).distinct()
    keys = {str(pk): key for pk, key in points.values_list("pk", "key")}

    def keyed(values: dict[str, Any]) -> dict[str, Any]:
        return {keys[pk]: value for pk, value in values.items() if pk in keys}

    rows = SecondOpinion.objects.filter(learner=learner).select_related("question").order_by("id")
    for one in rows.iterator(chunk_size=2000):
        yield {
            "question": one.question.slug,
            "asked_at": one.asked_at.isoformat(),
            "study_date": one.study_date.isoformat(),
            "words": keyed(one.words),
            "quotes": keyed(one.quotes),
            "ticks": keyed(one.ticks),
        }


def model_uses(learner: Learner) -> Iterator[dict[str, Any]]:
    """What the language model was asked for and what that took; the words are nowhere kept."""
    rows = ModelUse.objects.filter(learner=learner).order_by("started_at", "id")
    for use in rows.iterator(chunk_size=2000):
        yield {
            "study_date": use.study_date.isoformat(),
            "purpose": use.purpose,
            "started_at": use.started_at.isoformat(),
            "ended_at": use.ended_at and use.ended_at.isoformat(),
            "tokens_in": use.tokens_in,
            "tokens_out": use.tokens_out,
            "cost_micro": use.cost_micro,
            "outcome": use.outcome,
        }
