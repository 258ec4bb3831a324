"""Categories of one's own: made, changed, deleted when empty, and seen by nobody else."""

import pytest
from django.http import Http404

from cards.models import Category, Learner, Question
from cards.services import standing, today
from cards.services.bank import content_of, entry_of
from cards.services.exchange import QuestionFile, import_questions
from cards.services.library import (
    HUES,
    CategoryRefusedError,
    LibraryFilter,
    categories,
    category_choices,
    change_category,
    change_question,
    create_category,
    delete_category,
    library,
    own_categories,
    write_question,
)
from tests.bank.small import QUESTION
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(sam: Learner, bank: list[Question]) -> Category:
    return create_category(sam, "Mine", 210)


@pytest.fixture
def held(sam: Learner, shelf: Category, bank: list[Question]) -> Question:
    """Return Sam's own question in Sam's own category."""
    entry = entry_of(content_of(bank[0]))
    return write_question(sam, entry, shelf.slug, at=MORNING)


def test_it_comes_after_the_shared_ones_and_has_its_colour(sam: Learner, shelf: Category) -> None:
    assert category_choices(sam)[-1] == (shelf.slug, "Mine")
    assert shelf.slug.startswith("mine-")
    assert shelf.tone == "own-7"
    assert Category.objects.get(slug="research").tone == "research"
    assert len({hue for hue, _ in HUES}) == 12


def test_nobody_else_sees_it_anywhere(
    sam: Learner, kim: Learner, shelf: Category, held: Question
) -> None:
    slug = shelf.slug
    on = MORNING.date()
    assert slug in [row.slug for row in standing.category_rows(sam, on)]
    assert slug not in [row.slug for row in standing.category_rows(kim, on)]
    assert slug not in [row.slug for row in today.welcome().categories]
    assert slug not in dict(category_choices(kim))
    theirs = library(kim, LibraryFilter(category=slug), "", at=MORNING)
    assert slug not in [c.slug for c in theirs.categories]
    assert held not in [line.row.question for line in theirs.rows]
    assert own_categories(kim) == []
    with pytest.raises(Http404):
        change_category(kim, slug, "Stolen", 0)
    with pytest.raises(Http404):
        delete_category(kim, slug)
    entry = entry_of(content_of(held))
    with pytest.raises(Http404):
        write_question(kim, entry, slug, at=MORNING)
    file = QuestionFile("why.md", slug, QUESTION.encode())
    import_questions(kim, [file], "research", at=MORNING)
    assert Question.objects.get(owner=kim).category.slug == "research"
    import_questions(sam, [file], "research", at=MORNING)
    assert Question.objects.filter(owner=sam, category=shelf).count() == 2
    shelf.refresh_from_db()
    assert shelf.name == "Mine"


def test_a_shared_category_is_nobodys_to_change(sam: Learner, bank: list[Question]) -> None:
    for act in (lambda: change_category(sam, "research", "X", 0),
                lambda: delete_category(sam, "research")):  # fmt: skip
        with pytest.raises(Http404):
            act()


def test_only_an_empty_one_is_deleted(sam: Learner, shelf: Category, held: Question) -> None:
    held.archived_at = MORNING
    held.save()
    with pytest.raises(CategoryRefusedError, match="move its question first"):
        delete_category(sam, shelf.slug)
    entry = entry_of(content_of(held))
    change_question(sam, held.slug, entry, "research", held.version, at=MORNING)
    delete_category(sam, shelf.slug)
    assert not Category.objects.filter(owner=sam).exists()


def test_a_name_is_used_once_whatever_its_case(sam: Learner, kim: Learner, shelf: Category) -> None:
    other = create_category(sam, "Other", 0)
    for name in ("mine", "MINE", "Fundamentals"):
        with pytest.raises(CategoryRefusedError, match="already"):
            create_category(sam, name, 0)
        with pytest.raises(CategoryRefusedError, match="already"):
            change_category(sam, other.slug, name, 0)
    change_category(sam, shelf.slug, "MINE", 30)
    shelf.refresh_from_db()
    assert (shelf.name, shelf.hue) == ("MINE", 30)
    assert create_category(kim, "Mine", 0).slug != shelf.slug


def test_there_is_a_limit_and_a_name_without_letters_has_an_address(
    sam: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(categories, "MOST_CATEGORIES", 2)
    slugs = [create_category(sam, name, 0).slug for name in ("面接", "🙂")]
    assert all(slug.startswith("category-") for slug in slugs)
    with pytest.raises(CategoryRefusedError, match="delete an empty one"):
        create_category(sam, "Third", 0)


def test_a_learner_who_goes_takes_own_categories_along(sam: Learner, held: Question) -> None:
    Learner.objects.get(pk=sam.pk).delete()
    assert not Category.objects.exclude(owner=None).exists()
    assert not Question.objects.filter(pk=held.pk).exists()
