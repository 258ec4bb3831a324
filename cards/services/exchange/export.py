"""What a learner can take along."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cards.models import Card, Category, Learner, PointMark, Question, ReviewLog
from cards.scheduling import StudyClock
from cards.services.bank import points_as_written
from cards.services.exchange.kept import (
    conversations,
    days_off,
    interviews,
    model_uses,
    notes,
    readiness,
    second_opinions,
    session,
    tags,
    versions,
)

FORMAT_VERSION = 1


def export_learner(learner: Learner, *, at: datetime) -> dict[str, Any]:
    """Return everything the learner owns, as JSON can hold it; times are UTC, dates study days."""
    settings = learner.settings
    return {
        "format": "llmprep",
        "version": FORMAT_VERSION,
        "exported_at": at.isoformat(),
        "learner": _person(learner),
        "settings": {
            "time_zone": settings.time_zone,
            "day_start": settings.day_start.isoformat(),
            "new_per_day": settings.new_per_day,
            "reviews_per_day": settings.reviews_per_day,
            "scheduler": settings.scheduler,
            "desired_retention": settings.desired_retention,
            "spreads_intervals": settings.spreads_intervals,
            "memory_parameters": settings.memory_parameters,
            "memory_fit": settings.memory_fit,
            "interview_on": settings.interview_on and settings.interview_on.isoformat(),
            "minutes_per_day": settings.minutes_per_day,
            "meetings_each": settings.meetings_each,
            "weekday_shares": settings.weekday_shares,
            "category_weights": _by_slug(settings.category_weights),
            "uses_keys": settings.uses_keys,
            "shows_labels": settings.shows_labels,
            "shows_timer": settings.shows_timer,
            "limits_on": settings.limits_on and settings.limits_on.isoformat(),
            "new_today": settings.new_today,
            "reviews_today": settings.reviews_today,
            "spread_until": settings.spread_until and settings.spread_until.isoformat(),
            "spread_per_day": settings.spread_per_day,
        },
        "categories": list(_own_categories(learner)),
        "questions": list(_own_questions(learner)),
        "cards": list(_cards(learner, settings.clock)),
        "reviews": list(_reviews(learner)),
        "notes": list(notes(learner)),
        "tags": list(tags(learner)),
        "versions": list(versions(learner)),
        "session": session(learner),
        "days_off": list(days_off(learner)),
        "interviews": list(interviews(learner)),
        "readiness": list(readiness(learner)),
        "conversations": list(conversations(learner)),
        "second_opinions": list(second_opinions(learner)),
        "model_uses": list(model_uses(learner)),
    }


def _person(learner: Learner) -> dict[str, str]:
    joined_at = learner.joined_at.isoformat()
    return {"name": learner.name, "email": learner.email, "joined_at": joined_at}


def _by_slug(weights: dict[str, int]) -> dict[str, int]:
    slugs = dict(Category.objects.filter(pk__in=weights).values_list("pk", "slug"))
    return {slugs[int(pk)]: weight for pk, weight in weights.items() if int(pk) in slugs}


def _own_categories(learner: Learner) -> Iterator[dict[str, Any]]:
    for category in Category.objects.filter(owner=learner):
        yield {"slug": category.slug, "name": category.name, "hue": category.hue}


def _own_questions(learner: Learner) -> Iterator[dict[str, Any]]:
    questions = Question.objects.filter(owner=learner).select_related("category").order_by("id")
    for question in questions:
        yield {
            "slug": question.slug,
            "category": question.category.slug,
            "prompt": question.prompt,
            "answer": question.answer,
            "level": question.level,
            "minutes": question.minutes,
            "hint": question.hint,
            "key_points": points_as_written(question),
            "misconceptions": question.misconceptions,
            "follow_ups": [
                {"prompt": one["prompt"], "answer": one["answer"]} for one in question.follow_ups
            ],
            "references": question.references,
            "related": question.related,
            "archived_at": question.archived_at and question.archived_at.isoformat(),
        }


def _cards(learner: Learner, clock: StudyClock) -> Iterator[dict[str, Any]]:
    cards = Card.objects.filter(learner=learner).select_related("question").order_by("id")
    for card in cards.iterator(chunk_size=2000):
        yield {
            "question": card.question.slug,
            **card.state.as_json(),
            "ease_factor": card.ease_factor / 100,
            "due_at": card.due_on and clock.start_of(card.due_on).isoformat(),
            "suspended_at": card.suspended_at and card.suspended_at.isoformat(),
            "buried_until": card.buried_until and card.buried_until.isoformat(),
        }


def _reviews(learner: Learner) -> Iterator[dict[str, Any]]:
    marks: dict[int, dict[str, int]] = {}
    rows = PointMark.objects.filter(review__learner=learner).order_by("id")
    for review, key, recalled in rows.values_list("review_id", "key_point__key", "recalled"):
        marks.setdefault(review, {})[key] = recalled
    logs = ReviewLog.objects.filter(learner=learner).select_related("question").oldest_first()
    for log in logs.iterator(chunk_size=2000):
        yield {
            "id": log.pk,
            "submission_id": str(log.submission_id),
            "question": log.question.slug,
            "quality": log.quality,
            "reviewed_at": log.reviewed_at.isoformat(),
            "time_zone": log.time_zone,
            "study_date": log.study_date.isoformat(),
            "kind": log.kind,
            "suggested_quality": log.suggested_quality,
            "coverage": log.coverage,
            "attempt": log.attempt,
            "confidence": log.confidence,
            "hint_used": log.hint_used,
            "misconceptions": log.misconceptions,
            "attempt_ms": log.attempt_ms,
            "duration_ms": log.duration_ms,
            "told_days": log.told_days,
            "scheduler": log.scheduler,
            "scheduler_version": log.scheduler_version,
            "state_before": _readable(log.state_before),
            "state_after": _readable(log.state_after),
            "aside_before": log.aside_before,
            "points": marks.get(log.pk, {}),
            "undone_at": log.undone_at and log.undone_at.isoformat(),
        }


def _readable(state: dict[str, Any]) -> dict[str, Any]:
    return state | {"ease_factor": state["ease_factor"] / 100}
