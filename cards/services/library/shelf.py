"""The list of every question that a learner can see."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from cards.models import Category, Learner, Question
from cards.services.library.row import LibraryRow, row_of, with_card

PAGE_SIZE = 60


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """Which questions to list."""

    category: str = ""
    mine: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Library:
    """One page of the list."""

    page: Page[Question]
    rows: list[LibraryRow]
    categories: list[Category]
    chosen: LibraryFilter


def library(learner: Learner, chosen: LibraryFilter, page: str, *, at: datetime) -> Library:
    """Return one page of the questions; a page that does not exist becomes the nearest one."""
    questions = Question.objects.visible_to(learner).in_bank_order()
    questions = questions.exclude(archived_at=None) if chosen.archived else questions.active()
    if chosen.category:
        questions = questions.filter(category__slug=chosen.category)
    if chosen.mine:
        questions = questions.filter(owner=learner)
    shown = Paginator(with_card(questions, learner), PAGE_SIZE).get_page(page)
    on = learner.settings.clock.date_of(at)
    rows = [row_of(question, on) for question in shown.object_list]
    return Library(shown, rows, list(Category.objects.visible_to(learner)), chosen)
