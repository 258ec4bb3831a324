"""Writing questions of one's own."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from cards.models import Category, Learner, Question
from cards.services.bank import BankQuestion, offer_again, store_question
from cards.services.bank.store import RANK_STEP

MAX_OWN_QUESTIONS = 5000


class QuotaError(Exception):
    """The learner has as many own questions as one account may hold."""


def own_question(learner: Learner, slug: str) -> Question:
    """Return a question of the learner's own; raise Http404 for any other."""
    return get_object_or_404(Question.objects.select_related("category"), slug=slug, owner=learner)


@transaction.atomic
def write_question(
    learner: Learner, entry: BankQuestion, category: str, slug: str = "", *, at: datetime
) -> Question:
    """Add a question of the learner's own, or change it in place; progress is kept.

    Raises QuotaError when there are too many, Http404 for a question that is not theirs.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    shelf = get_object_or_404(Category, slug=category)
    if slug:
        question = get_object_or_404(Question, slug=slug, owner=learner)
    else:
        if Question.objects.filter(owner=learner).count() >= MAX_OWN_QUESTIONS:
            raise QuotaError
        question = Question(owner=learner, slug=_new_slug(entry.prompt))
    place_last(question, shelf)
    store_question(question, entry, at=at)
    return question


def place_last(question: Question, category: Category) -> None:
    """Put an own question at the end of a category; one that stands there already stays."""
    if question.category_id == category.pk or question.owner is None:
        return
    siblings = Question.objects.visible_to(question.owner).filter(category=category)
    last: int | None = siblings.aggregate(last=Max("position"))["last"]
    question.category, question.position = category, 0 if last is None else last + 1
    question.introduction_rank = question.position * RANK_STEP + category.position


@transaction.atomic
def set_archived(learner: Learner, slug: str, *, archived: bool, at: datetime) -> Question:
    """Take an own question out of study, or bring it back; its history stays either way."""
    question = get_object_or_404(Question.objects.select_for_update(), slug=slug, owner=learner)
    if bool(question.archived_at) != archived:
        question.archived_at = at if archived else None
        question.save()
        offer_again(question)
    return question


def category_choices() -> list[tuple[str, str]]:
    """Return slug and name of every category a question may stand in."""
    return list(Category.objects.values_list("slug", "name"))


def point_key() -> str:
    """Return a new stable id for a key point."""
    return f"point-{secrets.token_hex(6)}"


def _new_slug(prompt: str) -> str:
    words = slugify(prompt)[:50].strip("-") or "question"
    return f"{words}-{secrets.token_hex(4)}"
