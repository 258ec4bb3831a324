"""Writes questions: the one place where content changes, so that what is derived follows it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from cards.markup import render
from cards.models import Category, KeyPoint, Question, QuestionVersion, StudySettings
from cards.services.bank.content import content_of
from cards.services.bank.types import BankCategory, BankPoint, BankQuestion
from cards.services.search import index_question

# Questions are met one category after the other: first the first of each, then the second …
RANK_STEP = 1000


@dataclass(slots=True)
class Seeded:
    """How many questions a load added, changed and found as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)  # slugs of what staff have changed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question stands."""

    category: Category
    position: int
    rank: int  # the order in which questions are first met

    def hold(self, question: Question) -> None:
        """Let the question stand here, in memory; saving is the caller's."""
        question.category, question.position = self.category, self.position
        question.introduction_rank = self.rank


@transaction.atomic
def seed_bank(
    categories: Iterable[BankCategory], *, at: datetime, overrule_staff: bool = False
) -> Seeded:
    """Load the shared bank; by slug, in place, and never touching anybody's history.

    What staff have changed is left as it is and named, unless they are overruled.
    """
    seeded = Seeded()
    known = {q.slug: q for q in Question.objects.filter(owner=None).select_for_update()}
    for place, wanted in enumerate(categories):
        category = _category(wanted, place, overrule_staff=overrule_staff)
        for position, entry in enumerate(wanted.questions):
            question = known.get(entry.slug) or Question(slug=entry.slug)
            if question.staff_edited_at and not overrule_staff:
                seeded.kept.append(question.slug)
                continue
            if question.staff_edited_at:
                question.staff_edited_at = None
                question.save(update_fields=["staff_edited_at"])
            is_new = question.pk is None
            stand = Place(category, position, position * RANK_STEP + place)
            if store_question(question, entry, stand, at=at):
                seeded.added += is_new
                seeded.changed += not is_new
            else:
                seeded.unchanged += 1
    return seeded


def store_question(
    question: Question, entry: BankQuestion, place: Place | None = None, *, at: datetime
) -> bool:
    """Bring one question to what the entry says; return whether anything changed.

    Without a place it stays where it stands. What it said before is kept as a version; nobody's
    progress is touched.
    """
    is_new = question.pk is None
    before, said = _columns(question), None if is_new else content_of(question)
    if place:
        place.hold(question)
    _take(question, entry)
    is_reworded = said is not None and (said != content_of(question) or _differ(question, entry))
    if not (is_new or is_reworded or before != _columns(question)):
        return False
    if is_new:
        question.save()
    if is_new or is_reworded:
        if said:
            _keep_version(question, said, at)
            question.version += 1
        question.points = _store_points(question, entry.key_points, at)
    question.save()
    index_question(question)
    offer_again(question)
    return True


def _take(question: Question, entry: BankQuestion) -> None:
    for name in ("prompt", "answer", "level", "minutes", "hint", "misconceptions"):
        setattr(question, name, getattr(entry, name))
    question.references, question.related = entry.references, entry.related
    question.checked_on = entry.checked_on
    question.answer_html = render(entry.answer)
    question.follow_ups = [
        follow_up | {"html": render(str(follow_up["answer"]))} for follow_up in entry.follow_ups
    ]


def _differ(question: Question, entry: BankQuestion) -> bool:
    wanted = [(point.id, point.text, point.essential, point.cue) for point in entry.key_points]
    has = [(p["key"], p["text"], p["essential"], p.get("cue", "")) for p in question.points]
    return wanted != has


def _keep_version(question: Question, content: dict[str, Any], at: datetime) -> None:
    """Keep what the question said until now."""
    QuestionVersion.objects.create(
        question=question, version=question.version, content=content, replaced_at=at
    )


def offer_again(question: Question) -> None:
    """Let everybody who looks for new questions further on look from this one again."""
    rank = question.introduction_rank
    passed = StudySettings.objects.filter(new_from_rank__gt=rank)
    if question.owner_id:
        passed = passed.filter(learner=question.owner_id)
    passed.update(new_from_rank=rank)


def _columns(question: Question) -> dict[str, Any]:
    """Every column but the version and the copy of the points."""
    return {
        field.attname: getattr(question, field.attname)
        for field in Question._meta.concrete_fields  # noqa: SLF001 public in all but name
        if field.attname not in {"version", "points"}
    }


def _store_points(
    question: Question, points: Iterable[BankPoint], at: datetime
) -> list[dict[str, Any]]:
    """Update in place by id; what is no longer named is retired and keeps its history."""
    known = {point.key: point for point in question.key_points.all()}
    stored = []
    for position, wanted in enumerate(points):
        point = known.pop(wanted.id, None) or KeyPoint(question=question, key=wanted.id)
        if point.pk and point.text != wanted.text:
            point.changed_on = at.date()
        point.text, point.essential, point.cue = wanted.text, wanted.essential, wanted.cue
        point.position, point.retired_at = position, None
        stored.append(point)
    for gone in known.values():
        gone.retired_at = gone.retired_at or at
    changed = [point for point in (*stored, *known.values()) if point.pk]
    KeyPoint.objects.bulk_create(point for point in stored if not point.pk)
    if changed:
        KeyPoint.objects.bulk_update(
            changed, ["text", "essential", "cue", "changed_on", "position", "retired_at"]
        )
    return [_copy_of(point) for point in stored]


def _copy_of(point: KeyPoint) -> dict[str, Any]:
    return {
        "id": point.pk,
        "key": point.key,
        "text": point.text,
        "essential": point.essential,
        "cue": point.cue,
        "changed_on": point.changed_on and point.changed_on.isoformat(),
    }


def _category(wanted: BankCategory, position: int, *, overrule_staff: bool) -> Category:
    category = Category.objects.filter(slug=wanted.slug).first()
    if category and category.staff_edited_at and not overrule_staff:
        return category
    category, _ = Category.objects.update_or_create(
        slug=wanted.slug,
        defaults={
            "name": wanted.name,
            "description": wanted.description,
            "hue": wanted.hue,
            "position": position,
            "staff_edited_at": None,
        },
    )
    return category
