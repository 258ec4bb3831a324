"""Shelves of one's own, beside the shared ones and seen by nobody else."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from cards.models import Category, Learner
from cards.models.content import HUE_STEP
from cards.services.library.write import lock

MOST_CATEGORIES = 50
FIRST_PLACE = 500  # after the shared ones, and still within one round of new questions
HUES = tuple(
    (step * HUE_STEP, name)
    for step, name in enumerate(
        ("rose", "red", "orange", "yellow", "lime", "green",
         "teal", "cyan", "sky", "blue", "violet", "magenta")
    )
)  # fmt: skip


class CategoryRefusedError(Exception):
    """Why nothing was changed, in one sentence for the learner."""


@dataclass(frozen=True, slots=True)
class OwnCategory:
    """A category of the learner's own, with how many questions stand in it."""

    category: Category
    questions: int

    @property
    def hue_name(self) -> str:
        """The name of its colour."""
        return dict(HUES).get(self.category.hue, "")


def own_categories(learner: Learner) -> list[OwnCategory]:
    """Return the learner's own categories; archived questions count."""
    mine = Category.objects.filter(owner=learner).annotate(held=Count("questions"))
    return [OwnCategory(one, one.held) for one in mine]  # type: ignore[attr-defined]


def own_category(learner: Learner, slug: str) -> Category:
    """Return a category of the learner's own; raise Http404 for any other."""
    return get_object_or_404(Category, slug=slug, owner=learner)


def category_choices(learner: Learner) -> list[tuple[str, str]]:
    """Return slug and name of every category a question of this learner may stand in."""
    return list(Category.objects.visible_to(learner).values_list("slug", "name"))


@transaction.atomic
def create_category(learner: Learner, name: str, hue: int) -> Category:
    """Add a category; raise CategoryRefusedError for one too many or a name that is taken."""
    lock(learner)
    _require_free(learner, name)
    mine = Category.objects.filter(owner=learner)
    if mine.count() >= MOST_CATEGORIES:
        raise CategoryRefusedError(f"You have {MOST_CATEGORIES} categories: delete an empty one.")
    last: int | None = mine.aggregate(last=Max("position"))["last"]
    return Category.objects.create(
        owner=learner,
        slug=f"{slugify(name)[:40].strip('-') or 'category'}-{secrets.token_hex(5)}",
        name=name,
        hue=hue,
        position=FIRST_PLACE if last is None else last + 1,
    )


@transaction.atomic
def change_category(learner: Learner, slug: str, name: str, hue: int) -> Category:
    """Give another name and colour; its address stays.

    Raises Http404 for a category that is not theirs, CategoryRefusedError for a name that is taken.
    """
    lock(learner)
    category = own_category(learner, slug)
    _require_free(learner, name, but=category)
    category.name, category.hue = name, hue
    category.save()
    return category


@transaction.atomic
def delete_category(learner: Learner, slug: str) -> None:
    """Delete an empty category; raise CategoryRefusedError when it holds questions.

    Raises Http404 for a category that is not theirs.
    """
    lock(learner)
    category = own_category(learner, slug)
    held = category.questions.count()
    if held:
        them = "its question" if held == 1 else f"its {held} questions"
        raise CategoryRefusedError(f"“{category.name}” is not empty: move {them} first.")
    category.delete()


def _require_free(learner: Learner, name: str, but: Category | None = None) -> None:
    same = Category.objects.visible_to(learner).filter(name__iexact=name)
    if same.exclude(pk=but.pk if but else 0).exists():
        raise CategoryRefusedError(f"There is a category “{name}” already.")
