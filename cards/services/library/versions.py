"""What a question said at different times, and what changed from one time to the next."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404

from cards.models import Category, Learner, Question, QuestionVersion
from cards.services.bank import BankQuestion, content_of, entry_of, store_question
from cards.services.library.differences import Differences, differences
from cards.services.library.write import lock

PAGE_SIZE = 10  # comparing takes its time


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version: how long it stood, and what it changed in the one before."""

    number: int
    content: Mapping[str, Any]
    since: datetime | None  # None: from the beginning
    until: datetime | None  # None: still
    changes: Differences | None  # None: the first there is

    @property
    def is_current(self) -> bool:
        """Is it what the question says now?"""
        return self.until is None


@dataclass(frozen=True, slots=True)
class VersionHistory:
    """A question with its versions, the newest first, a page at a time."""

    question: Question
    page: Page[Any]
    rows: list[VersionRow]
    is_own: bool


def version_history(learner: Learner, slug: str, page: str) -> VersionHistory:
    """Return a question's versions; raise Http404 if the learner cannot see it."""
    questions = Question.objects.visible_to(learner).select_related("category")
    question = get_object_or_404(questions, slug=slug)
    old = QuestionVersion.objects.filter(question=question).order_by("-version")
    numbers = [question.version, *old.values_list("version", flat=True)]
    shown = Paginator(numbers, PAGE_SIZE).get_page(page)
    wanted = numbers[shown.start_index() - 1 : shown.end_index() + 1]  # and the one before them
    rows = _rows(question, {one.version: one for one in old.filter(version__in=wanted)}, wanted)
    return VersionHistory(
        question, shown, rows[: len(shown.object_list)], question.owner_id == learner.pk
    )


def _rows(
    question: Question, old: Mapping[int, QuestionVersion], numbers: list[int]
) -> list[VersionRow]:
    contents = {number: one.content for number, one in old.items()}
    contents.setdefault(question.version, content_of(question))
    shelves = {content["category"] for content in contents.values()}
    names = dict(Category.objects.filter(pk__in=shelves).values_list("pk", "name"))
    rows = []
    for number, before in zip(numbers, [*numbers[1:], None], strict=True):
        content = contents[number]
        changes = None if before is None else differences(contents[before], content, names)
        since = old[before].replaced_at if before is not None and before in old else None
        until = old[number].replaced_at if number in old else None
        rows.append(VersionRow(number, content, since, until, changes))
    return rows


def changes_of(question: Question, entry: BankQuestion, category: str) -> Differences:
    """Return what storing this entry in this category would change in the question."""
    shelf = Category.objects.filter(slug=category).first()
    points = [
        {"key": one.id, "text": one.text, "essential": one.essential, "cue": one.cue}
        for one in entry.key_points
    ]
    wanted = asdict(entry) | {"points": points, "category": shelf and shelf.pk}
    now = content_of(question)
    now["follow_ups"] = [
        {"prompt": one["prompt"], "answer": one["answer"]} for one in now["follow_ups"]
    ]
    names = {one.pk: one.name for one in (question.category, shelf) if one}
    return differences(now, wanted, names)


@transaction.atomic
def restore_version(learner: Learner, slug: str, number: int, *, at: datetime) -> bool:
    """Let an own question say again what it said; return whether that was anything new.

    It becomes a new version and stays in its category; progress is kept. Raises Http404 for a
    question that is not theirs and a version that never was.
    """
    lock(learner)
    question = get_object_or_404(Question, slug=slug, owner=learner)
    version = get_object_or_404(QuestionVersion, question=question, version=number)
    return store_question(question, entry_of(version.content), at=at)
