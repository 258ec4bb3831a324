"""What staff do with the shared bank. A learner's own question does not exist here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404

from cards.models import Card, Category, Note, Question, ReviewLog, Tag
from cards.services.bank.store import RANK_STEP, Place, offer_again, store_question
from cards.services.bank.types import BankQuestion


@dataclass(frozen=True, slots=True)
class SharedEdit:
    """What became of an edit."""

    question: Question
    changed: bool


class ChangedMeanwhileError(Exception):
    """Somebody else changed the question since it was opened."""


@transaction.atomic
def write_shared(
    entry: BankQuestion, category: Category, seen_version: int | None, *, at: datetime
) -> SharedEdit:
    """Add a shared question (`seen_version` None), or bring it to what the entry says.

    Raises ChangedMeanwhileError when it is no longer at the version that was seen, Http404 for
    one that is not shared.
    """
    if seen_version is None:
        question = Question(slug=entry.slug)
    else:
        shared = Question.objects.filter(owner=None).select_for_update()
        question = get_object_or_404(shared, slug=entry.slug)
        if question.version != seen_version:
            raise ChangedMeanwhileError
    place = None if question.category_id == category.pk else _last_place(category)
    changed = store_question(question, entry, place, at=at)
    if changed:
        question.staff_edited_at = at
        question.save(update_fields=["staff_edited_at"])
    return SharedEdit(question, changed)


@transaction.atomic
def set_shared_archived(slugs: Sequence[str], *, archived: bool, at: datetime) -> int:
    """Take shared questions out of study or bring them back; return how many were moved."""
    questions = Question.objects.filter(
        owner=None, slug__in=slugs, archived_at__isnull=archived
    ).select_for_update()
    moved = 0
    for question in questions.order_by("id"):
        question.archived_at = at if archived else None
        question.save(update_fields=["archived_at"])
        offer_again(question)
        moved += 1
    return moved


def has_history(question: Question) -> bool:
    """Has any learner met it, put it aside, or written something about it?"""
    return any(
        model.objects.filter(question=question).exists() for model in (Card, ReviewLog, Note, Tag)
    )


def _last_place(category: Category) -> Place:
    shelf = Question.objects.filter(owner=None, category=category)
    last: int | None = shelf.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    return Place(category, position, position * RANK_STEP + category.position)
