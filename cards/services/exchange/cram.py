"""The cram sheet: for each question the learner's own best answer, to read on the last evening."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from cards.models import Learner, Question, ReviewLog


@dataclass(frozen=True, slots=True)
class CramEntry:
    """One question with the best that the learner wrote about it, and what that left out."""

    question: Question
    attempt: str
    missed: list[str]


def cram_sheet(learner: Learner) -> list[CramEntry]:
    """Return the questions with a written answer, in bank order; three queries.

    The best answer is the one with the highest suggested quality, or grade where there was no
    suggestion; of equals the newest.
    """
    logs = ReviewLog.objects.answers().filter(learner=learner).written()
    best = (
        logs.filter(question=OuterRef("pk"))
        .annotate(worth=Coalesce("suggested_quality", "quality"))
        .order_by("-worth", "-id")
        .values("pk")[:1]
    )
    questions = Question.objects.visible_to(learner).active().annotate(best=Subquery(best))
    found = questions.exclude(best=None).select_related("category").in_bank_order()
    chosen = {question.best: question for question in found}  # type: ignore[attr-defined]
    attempts = {log.pk: log for log in logs.filter(pk__in=list(chosen)).prefetch_related("marks")}
    return [
        CramEntry(question, attempts[pk].attempt, _missed(question, attempts[pk]))
        for pk, question in chosen.items()
    ]


def _missed(question: Question, log: ReviewLog) -> list[str]:
    said = {mark.key_point_id: mark.recalled for mark in log.marks.all()}
    return [point["text"] for point in question.points if said.get(point["id"], 2) < 2]
