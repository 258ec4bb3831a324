"""Writing questions of one's own."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from cards.markup import render
from cards.models import Category, Learner, Question
from cards.services.bank import RANK_STEP, BankQuestion, Place, offer_again, store_question

MAX_OWN_QUESTIONS = 5000


class QuotaError(Exception):
    """The learner has as many own questions as one account may hold."""


class ChangedError(Exception):
    """The question was changed elsewhere since it was read; nothing was stored."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.slug)
        self.question = question


def own_question(learner: Learner, slug: str) -> Question:
    """Return a question of the learner's own; raise Http404 for any other."""
    return get_object_or_404(Question.objects.select_related("category"), slug=slug, owner=learner)


@transaction.atomic
def write_question(
    learner: Learner, entry: BankQuestion, category: str, token: str = "", *, at: datetime
) -> Question:
    """Add a question of the learner's own; the same token again changes the same question.

    Raises QuotaError when there are too many, Http404 for a category that they cannot see.
    """
    lock(learner)
    slug = _new_slug(learner, entry.prompt, token)
    mine = Question.objects.filter(owner=learner, slug__endswith=slug[-MARK:])
    shelf = get_object_or_404(Category.objects.visible_to(learner), slug=category)
    sent_before = mine.first() if token else None
    if sent_before:
        store_question(sent_before, entry, last_place(sent_before, shelf), at=at)
        return sent_before
    return insert(Question(owner=learner, slug=slug), entry, shelf, at=at)


@transaction.atomic
def change_question(
    learner: Learner, slug: str, entry: BankQuestion, category: str, seen: int, *, at: datetime
) -> Question:
    """Change a question of the learner's own in place; progress is kept.

    Raises ChangedError unless `seen` is its version, Http404 for a question that is not theirs.
    """
    lock(learner)
    question = get_object_or_404(Question, slug=slug, owner=learner)
    if question.version != seen:
        raise ChangedError(question)
    shelf = get_object_or_404(Category.objects.visible_to(learner), slug=category)
    store_question(question, entry, last_place(question, shelf), at=at)
    return question


def insert(question: Question, entry: BankQuestion, shelf: Category, *, at: datetime) -> Question:
    """Store a new question of a learner who is locked; raise QuotaError when it is one too many."""
    if Question.objects.filter(owner=question.owner).count() >= MAX_OWN_QUESTIONS:
        raise QuotaError
    store_question(question, entry, last_place(question, shelf), at=at)
    return question


def lock(learner: Learner) -> None:
    """Let nobody else write for this learner until the transaction ends."""
    Learner.objects.select_for_update().get(pk=learner.pk)


def last_place(question: Question, category: Category) -> Place | None:
    """Return the end of a category for an own question; None for one that stands in it."""
    if question.category_id == category.pk or question.owner is None:
        return None
    siblings = Question.objects.visible_to(question.owner).filter(category=category)
    last: int | None = siblings.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    return Place(category, position, position * RANK_STEP + category.position)


@transaction.atomic
def set_archived(learner: Learner, slug: str, *, archived: bool, at: datetime) -> Question:
    """Take an own question out of study, or bring it back; its history stays either way."""
    question = get_object_or_404(Question.objects.select_for_update(), slug=slug, owner=learner)
    if bool(question.archived_at) != archived:
        question.archived_at = at if archived else None
        question.save()
        offer_again(question)
    return question


def answer_preview(answer: str) -> str:
    """Return an answer as safe HTML; nothing is stored."""
    return render(answer)


def point_key() -> str:
    """Return a new stable id for a key point."""
    return f"point-{secrets.token_hex(6)}"


MARK = 16  # characters


def _new_slug(learner: Learner, prompt: str, token: str) -> str:
    words = slugify(prompt)[:50].strip("-") or "question"
    seed = f"{learner.pk} new {token or secrets.token_hex(16)}"
    return f"{words}-{hashlib.sha256(seed.encode()).hexdigest()[:MARK]}"
