"""How a learner's own grades and confidence compare with the points that they said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count

from cards.models import Learner, ReviewLog
from cards.rubric import Confidence
from cards.scheduling import PASSING_QUALITY, Kind

ENOUGH = 20  # judged answers, before anything is shown
ENOUGH_OF_A_ROW = 5
BUTTONS = ((0, 2, "Again"), (3, 3, "Hard"), (4, 4, "Good"), (5, 5, "Easy"))


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """Answers of one grade or one confidence; shares from 0 to 1."""

    word: str
    cases: int
    coverage: float
    recalled: float  # graded Hard or better


@dataclass(frozen=True, slots=True)
class Calibration:
    """Grades and confidence against coverage, each with its number of cases."""

    cases: int
    grades: list[CalibrationRow]
    confidences: list[CalibrationRow]
    kinder: int  # graded higher than the points suggested
    stricter: int

    @property
    def lead(self) -> CalibrationRow | None:
        """The row to say first: Good, or else the grade given most."""
        rows = sorted(self.grades, key=lambda row: (row.word != "Good", -row.cases))
        return rows[0] if rows else None

    @property
    def agreed(self) -> int:
        """Graded as the points suggested."""
        return self.cases - self.kinder - self.stricter


def calibration(learner: Learner, category: str = "") -> Calibration | None:
    """Return how the learner judges their own answers; None with too few cases. One query.

    First answers of a study day only: in a drill the points were seen minutes ago.
    """
    logs = ReviewLog.objects.answers().filter(
        learner=learner, coverage__isnull=False, kind__in=(Kind.LEARN, Kind.REVIEW)
    )
    if category:
        logs = logs.filter(question__category__slug=category)
    groups: list[Any] = list(
        logs.order_by()
        .values("quality", "suggested_quality", "confidence")
        .annotate(cases=Count("pk"), covered=Avg("coverage"))
    )
    cases = sum(group["cases"] for group in groups)
    if cases < ENOUGH:
        return None
    return Calibration(
        cases=cases,
        grades=_rows(groups, "quality", BUTTONS),
        confidences=_rows(
            groups, "confidence", [(one, one, one.name.lower()) for one in Confidence]
        ),
        kinder=_count(groups, lambda given, suggested: given > suggested),
        stricter=_count(groups, lambda given, suggested: given < suggested),
    )


def _rows(
    groups: list[Any], name: str, spans: Iterable[tuple[int, int, str]]
) -> list[CalibrationRow]:
    rows = []
    for low, high, word in spans:
        mine = [g for g in groups if g[name] is not None and low <= g[name] <= high]
        cases = sum(group["cases"] for group in mine)
        if cases >= ENOUGH_OF_A_ROW:
            covered = sum(group["covered"] * group["cases"] for group in mine) / cases / 100
            recalled = sum(g["cases"] for g in mine if g["quality"] >= PASSING_QUALITY)
            rows.append(CalibrationRow(word, cases, covered, recalled / cases))
    return rows


def _count(groups: list[Any], differs: Callable[[int, int], bool]) -> int:
    """How many answers differ, button against button."""

    def button(quality: int) -> int:
        return max(quality, PASSING_QUALITY - 1)

    return sum(
        group["cases"]
        for group in groups
        if differs(button(group["quality"]), button(group["suggested_quality"]))
    )
