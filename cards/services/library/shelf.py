"""The list of every question that a learner can see: searched, filtered, sorted, in pages."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from cards.models import Category, Learner, Question, Tag
from cards.models.content import QuestionQuerySet
from cards.services import search, tags
from cards.services.library.filters import Active, LibraryFilter, active_choices
from cards.services.library.row import (
    LibraryRow,
    beside,
    card_beside,
    in_state,
    note_beside,
)
from cards.services.search import Passage, Query, Ranking, TextRun

PAGE_SIZE = 60
FEW = 500  # keys that a query may name
FOUND_PAGE_SIZE = 20  # rows with a passage are twice as high
LONGEST_PROMPT = 180  # characters
_IN_BANK_ORDER = ("category__position", "category_id", "position", "id")
_ORDERS: dict[str, tuple[Any, ...]] = {
    "bank": _IN_BANK_ORDER,
    "due": (F("card__due_on").asc(nulls_last=True), "id"),
    "newest": ("-id",),
    "weakest": (F("card__missed_points").desc(nulls_last=True), "id"),
    "hardest": ("-level", *_IN_BANK_ORDER),
    "lapses": (F("card__lapses").desc(nulls_last=True), "id"),
}
_BESIDE: tuple[Any, ...] = ("card", "note")  # by `beside`, which the type checker cannot know
# A row of the list shows none of these, and they are long.
_NOT_SHOWN = ("answer", "answer_html", "points", "misconceptions", "follow_ups", "references")


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One line of the list."""

    row: LibraryRow
    prompt: tuple[TextRun, ...]
    passage: Passage | None  # where else the words were found
    tags: tuple[str, ...]
    is_marked: bool
    flag: str  # its colour in a word, or empty

    @property
    def category(self) -> Category:
        """The shelf it stands on."""
        return self.row.question.category


@dataclass(frozen=True, slots=True)
class Library:
    """One page of the list, and what it can be narrowed by."""

    page: Page[Any]
    rows: list[ShelfRow]
    categories: list[Category]
    tags: list[str]
    chosen: LibraryFilter
    active: list[Active]
    is_cut: bool  # more were found than can be compared

    @property
    def count(self) -> int:
        """How many questions there are, on all pages."""
        return self.page.paginator.count


def library(learner: Learner, chosen: LibraryFilter, page: str, *, at: datetime) -> Library:
    """Return one page of the questions; a page that does not exist becomes the nearest one."""
    on = learner.settings.clock.date_of(at)
    categories = list(Category.objects.visible_to(learner))
    names = tags.names(learner)
    chosen, category = _sensible(chosen, categories, names)
    query = search.read_query(chosen.q)
    questions = _chosen(learner, chosen, on)
    if chosen.q and not query:
        questions = questions.none()
    ranking: Ranking | None = None
    order = _ORDERS.get(chosen.order, _IN_BANK_ORDER)
    if query and chosen.order == "relevance":
        ranking = search.ranked(learner.pk, query, questions)
        shown = Paginator(list(ranking.scores), FOUND_PAGE_SIZE).get_page(page)
        found = sorted(_wide(learner, shown.object_list), key=lambda q: ranking.place(q.pk))
    else:
        keys: Any = questions.order_by(*order).values_list("pk", flat=True)
        if query:
            keys = _only(keys, search.matching(learner, query))
        shown = Paginator(keys, FOUND_PAGE_SIZE if query else PAGE_SIZE).get_page(page)
        found = list(_wide(learner, shown.object_list).order_by(*order))
    return Library(
        page=shown,
        rows=_rows(learner, found, query, on),
        categories=categories,
        tags=names,
        chosen=chosen,
        active=active_choices(chosen, category.name if category else ""),
        is_cut=bool(ranking and ranking.is_cut),
    )


def _only(keys: Any, found: set[int]) -> Any:
    """Of these keys in their order those that were found.

    A database that joins thousands it has just found takes longer than both lists need.
    """
    if len(found) <= FEW:
        return keys.filter(pk__in=found)
    return [key for key in keys if key in found]


def _sensible(
    chosen: LibraryFilter, categories: list[Category], names: list[str]
) -> tuple[LibraryFilter, Category | None]:
    """Leave out a category or tag that is not there."""
    category = next((c for c in categories if c.slug == chosen.category), None)
    tag = next((name for name in names if tags.is_same(name, chosen.tag)), "")
    return replace(chosen, category=category.slug if category else "", tag=tag), category


def _chosen(learner: Learner, chosen: LibraryFilter, on: date) -> QuestionQuerySet:
    """The questions that the filters leave, unordered."""
    questions = beside(Question.objects.visible_to(learner), learner)
    conditions = {
        "category": Q(category__slug=chosen.category),
        "state": in_state(chosen.state, on),
        "tag": Exists(
            Tag.objects.filter(learner=learner, name=chosen.tag, question=OuterRef("pk"))
        ),
        "flag": Q(note__flag=chosen.flag),
        "marked": Q(note__is_marked=True),
        "weak": Q(card__missed_points__gt=0),
        "mine": Q(owner=learner),
        "noted": Q(note__text__gt=""),
    }
    wanted = [condition for name, condition in conditions.items() if getattr(chosen, name)]
    if not chosen.state:
        questions = questions.active()
    return questions.filter(*wanted)


def _wide(learner: Learner, keys: Any) -> QuestionQuerySet:
    """The questions of one page with what their rows show; for no other is so much read."""
    return (
        beside(Question.objects.visible_to(learner), learner)
        .filter(pk__in=keys)
        .annotate(
            entry=FilteredRelation("entries", condition=Q(entries__is_note=False)),
            passages=F("entry__passages"),
        )
        .select_related("category", *_BESIDE)
        .defer(*_NOT_SHOWN)
    )


def _rows(
    learner: Learner, questions: list[Question], query: Query | None, on: date
) -> list[ShelfRow]:
    named = tags.on_questions(learner, [question.pk for question in questions])
    marker = search.Marker(query) if query else None
    rows = []
    for question in questions:
        note = note_beside(question)
        prompt = question.prompt
        if len(prompt) > LONGEST_PROMPT:
            prompt = prompt[: LONGEST_PROMPT - 1].rstrip() + "…"
        stored = [*(question.passages or ())]  # type: ignore[attr-defined]  # by _wide
        if note and note.text:
            stored.append(("note", "", note.text))
        rows.append(
            ShelfRow(
                row=LibraryRow(question, card_beside(question), on),
                prompt=marker.runs(prompt) if marker else (TextRun(prompt),),
                passage=marker.best_passage(stored) if marker else None,
                tags=named.get(question.pk, ()),
                is_marked=bool(note and note.is_marked),
                flag=note.get_flag_display().lower() if note and note.flag else "",
            )
        )
    return rows
