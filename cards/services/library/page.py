"""One question with everything the learner has done with it."""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from cards.memory import PointMemory
from cards.models import Learner, Question, ReviewLog
from cards.services.library.row import LibraryRow, row_of, with_card

HISTORY = 50


@dataclass(frozen=True, slots=True)
class PointRow:
    """A key point with what the learner remembers of it."""

    text: str
    essential: bool
    memory: PointMemory
    recall: float | None  # estimated, from 0 to 1, today


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question with everything the learner has done with it."""

    row: LibraryRow
    related: list[Question]
    history: list[ReviewLog]
    points: list[PointRow]
    is_own: bool


def question_page(learner: Learner, slug: str, *, at: datetime) -> QuestionPage:
    """Return one question's page; raise Http404 if the learner cannot see it."""
    questions = with_card(Question.objects.visible_to(learner), learner)
    question = get_object_or_404(questions, slug=slug)
    row = row_of(question, learner.settings.clock.date_of(at))
    history = ReviewLog.objects.filter(learner=learner, question=question).newest_first()
    related = Question.objects.visible_to(learner).active().filter(slug__in=question.related)
    return QuestionPage(
        row=row,
        related=list(related.in_bank_order()),
        history=list(history[:HISTORY]),
        points=_points(row),
        is_own=question.owner_id == learner.pk,
    )


def _points(row: LibraryRow) -> list[PointRow]:
    memories = row.card.memories if row.card else {}
    rows = []
    for point in row.question.points:
        memory = memories.get(point["id"], PointMemory())
        recall = memory.recall_on(row.on)
        rows.append(PointRow(point["text"], point["essential"], memory, recall))
    return rows
