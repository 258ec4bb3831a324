"""What learners miss most, all of them together and nobody alone."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, ExpressionWrapper, F, FloatField, Max, Q

from cards.models import KeyPoint, PointMark, Question, ReviewLog
from cards.rubric import Recall
from cards.scheduling import PASSING_QUALITY, Kind

NEWEST = 250_000  # rows of the log that are looked at: what the page costs stops growing there
FEWEST_LEARNERS = 5  # below that a share could point at somebody
MOST_ROWS = 500
PAGE_SIZE = 50
FIRST_ANSWERS = (Kind.LEARN, Kind.REVIEW)  # a repeat asks again what was just read


@dataclass(frozen=True, slots=True)
class Missed:
    """One question or key point: how often it was missed, by however many learners."""

    slug: str
    question: int
    text: str
    answers: int
    learners: int
    missed: int

    @property
    def share(self) -> float:
        """Missed out of answered, from 0 to 1."""
        return self.missed / self.answers


@dataclass(frozen=True, slots=True)
class MostMissed:
    """One page of the list."""

    of_points: bool
    rows: list[Missed]
    page: Page[Any]


def most_missed(page: str, *, of_points: bool) -> MostMissed:
    """Return one page of the shared questions, or key points, that are missed most; 3 queries."""
    groups = _points() if of_points else _questions()
    shown = Paginator(groups, PAGE_SIZE).get_page(page)
    keys = [group["key"] for group in shown.object_list]
    texts: dict[int, tuple[str, int, str]] = {}
    if of_points:
        for point in KeyPoint.objects.filter(pk__in=keys).select_related("question"):
            texts[point.pk] = point.question.slug, point.question_id, point.text
    else:
        for question in Question.objects.filter(pk__in=keys):
            texts[question.pk] = question.slug, question.pk, question.prompt
    rows = [
        Missed(*texts[group["key"]], group["answers"], group["learners"], group["missed"])
        for group in shown.object_list
    ]
    return MostMissed(of_points, rows, shown)


def _points() -> list[dict[str, Any]]:
    """Marks of points still in use, by point."""
    newest = PointMark.objects.aggregate(newest=Max("pk"))["newest"] or 0
    marks = PointMark.objects.filter(
        pk__gt=newest - NEWEST,
        review__undone_at=None,
        review__kind__in=FIRST_ANSWERS,
        key_point__retired_at=None,
        key_point__question__owner=None,
        key_point__question__archived_at=None,
    )
    return _worst_first(
        marks.order_by()
        .values(key=F("key_point_id"))
        .annotate(
            answers=Count("pk"),
            learners=Count("review__learner", distinct=True),
            missed=Count("pk", filter=Q(recalled__lt=Recall.YES)),
        )
    )


def _questions() -> list[dict[str, Any]]:
    """First answers of a study day, by question."""
    newest = ReviewLog.objects.aggregate(newest=Max("pk"))["newest"] or 0
    logs = ReviewLog.objects.answers().filter(
        pk__gt=newest - NEWEST,
        kind__in=FIRST_ANSWERS,
        question__owner=None,
        question__archived_at=None,
    )
    return _worst_first(
        logs.order_by()
        .values(key=F("question_id"))
        .annotate(
            answers=Count("pk"),
            learners=Count("learner", distinct=True),
            missed=Count("pk", filter=Q(quality__lt=PASSING_QUALITY)),
        )
    )


def _worst_first(groups: Any) -> list[dict[str, Any]]:
    share = ExpressionWrapper(F("missed") * 1.0 / F("answers"), output_field=FloatField())
    found = groups.filter(learners__gte=FEWEST_LEARNERS, missed__gt=0).annotate(share=share)
    return list(found.order_by("-share", "-answers", "key")[:MOST_ROWS])
