"""Tags: words of a learner's own on any question they can see."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from cards.models import Learner, Question, Tag

LONGEST = 40  # characters
MOST_ON_QUESTION = 20
MOST_NAMES = 200  # different ones of one learner


class TooManyTagsError(Exception):
    """The learner has as many different tags as one account may hold."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What adding or removing a tag came to, in questions."""

    name: str  # as it is spelt: the first spelling stays
    changed: int = 0
    unchanged: int = 0  # they had it already, or never had it
    full: int = 0  # they have as many tags as a question may


def normal(name: str) -> str:
    """Return a tag's name in one form: trimmed, inner spaces collapsed, at most 40 characters."""
    plain = unicodedata.normalize("NFC", name).strip().lstrip("#")
    return " ".join(plain.split())[:LONGEST].strip()


def is_same(one: str, other: str) -> bool:
    """Do two names stand for one tag, whatever the case?"""
    return normal(one).casefold() == normal(other).casefold()


def names(learner: Learner) -> list[str]:
    """Return every different tag of a learner, by name."""
    found = Tag.objects.filter(learner=learner).order_by("name").values_list("name", flat=True)
    return list(found.distinct())


def on_questions(learner: Learner, questions: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return the learner's tags on each of these questions that has any."""
    found: dict[int, tuple[str, ...]] = {}
    rows = Tag.objects.filter(learner=learner, question__in=questions).order_by("name")
    for question, name in rows.values_list("question_id", "name"):
        found[question] = (*found.get(question, ()), name)
    return found


@transaction.atomic
def add_tag(learner: Learner, slugs: Iterable[str], name: str) -> Tagged:
    """Put a tag on questions; twice is once, and what the learner cannot see is left out.

    Raises ValueError for a name of nothing, TooManyTagsError for one new name too many.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    known = names(learner)
    name = _spelt(known, name)
    if not name:
        raise ValueError("A tag needs a name.")
    if name not in known and len(known) >= MOST_NAMES:
        raise TooManyTagsError
    keys = _visible(learner, slugs)
    mine = Tag.objects.filter(learner=learner, question__in=keys)
    has = set(mine.filter(name=name).values_list("question_id", flat=True))
    counted = mine.order_by().values_list("question_id").annotate(count=Count("pk"))
    full = {key for key, count in counted if count >= MOST_ON_QUESTION} - has
    new = [Tag(learner=learner, question_id=key, name=name) for key in keys - has - full]
    Tag.objects.bulk_create(new, ignore_conflicts=True)
    return Tagged(name, len(new), len(has), len(full))


@transaction.atomic
def remove_tag(learner: Learner, slugs: Iterable[str], name: str) -> Tagged:
    """Take a tag off questions; where it is not, nothing changes."""
    name = _spelt(names(learner), name)
    keys = _visible(learner, slugs)
    gone, _ = Tag.objects.filter(learner=learner, question__in=keys, name=name).delete()
    return Tagged(name, gone, len(keys) - gone)


def _spelt(known: list[str], name: str) -> str:
    """The name as the learner has spelt it before, if they have."""
    return next((one for one in known if is_same(one, name)), normal(name))


def _visible(learner: Learner, slugs: Iterable[str]) -> set[int]:
    questions = Question.objects.visible_to(learner).filter(slug__in=list(slugs))
    return set(questions.values_list("pk", flat=True))
