"""A shared question as a learner's own: the copy goes its own way, the shared one stays."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404

from cards.models import Card, Learner, Question
from cards.services.bank import content_of, entry_of
from cards.services.library.write import insert, lock
from cards.services.review import suspend_card


@dataclass(frozen=True, slots=True)
class Copied:
    """The learner's own copy; `is_new` unless there was one already."""

    question: Question
    is_new: bool
    left_out: bool  # the shared one, from now on


def shared_question(learner: Learner, slug: str) -> Question:
    """Return a shared question; raise Http404 for one that is nobody's to copy."""
    questions = Question.objects.visible_to(learner).filter(owner=None).active()
    return get_object_or_404(questions.select_related("category"), slug=slug)


def copy_of(learner: Learner, question: Question) -> Question | None:
    """Return the learner's copy of a shared question, if there is one."""
    return Question.objects.filter(owner=learner, slug=_slug(learner, question)).first()


@transaction.atomic
def copy_question(learner: Learner, slug: str, *, leave_out: bool, at: datetime) -> Copied:
    """Copy a shared question into the learner's own; a second time finds the first copy.

    With `leave_out` the shared one is suspended for this learner. Raises Http404 for a question
    that is not shared, QuotaError when there are too many own ones.
    """
    lock(learner)
    source = shared_question(learner, slug)
    left_out = leave_out and _leave_out(learner, source, at)
    there = copy_of(learner, source)
    if there:
        return Copied(there, is_new=False, left_out=left_out)
    mine = Question(owner=learner, slug=_slug(learner, source))
    insert(mine, entry_of(content_of(source)), source.category, at=at)
    return Copied(mine, is_new=True, left_out=left_out)


def _leave_out(learner: Learner, source: Question, at: datetime) -> bool:
    cards = Card.objects.select_for_update().filter(learner=learner, question=source)
    card = cards.order_by("id").first()
    return not suspend_card(learner, source.slug, card.version if card else 0, at=at).refused


def _slug(learner: Learner, source: Question) -> str:
    """Always the same for this learner and this question: a double click finds its first copy."""
    mark = hashlib.sha256(f"{learner.pk} copy {source.slug}".encode()).hexdigest()[:16]
    return f"{source.slug[:60].rstrip('-')}-{mark}"
