"""The parts of an export that stand beside questions and cards."""

from collections.abc import Iterator
from typing import Any

from cards.models import (
    DayOff,
    Interview,
    Learner,
    Note,
    Question,
    QuestionVersion,
    ReadinessDay,
    StudySession,
    Tag,
)


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
