"""How well the app's own forecasts of recall have held: each was logged before its answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cards.models import Learner, ReviewLog
from cards.readiness.calibration import (
    Bin,
    Pair,
    brier_score,
    calibration_bins,
    expected_calibration_error,
)
from cards.readiness.recall import DEFAULT_WEIGHTS, memory_model
from cards.scheduling import PASSING_QUALITY, Kind

FEWEST_CASES = 50  # before that there is nothing to be said
NEWEST_CASES = 2000
BINS = 5


@dataclass(frozen=True, slots=True)
class Held:
    """Forecasts against answers; figures only where there are cases enough."""

    cases: int
    brier: float = 0.0  # mean squared distance: 0 is perfect
    off_by: float = 0.0  # mean distance of what was said from what happened
    said: float = 0.0
    happened: float = 0.0
    bins: tuple[Bin, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Is there anything to be said?"""
        return self.cases >= FEWEST_CASES

    @property
    def missing(self) -> int:
        """How many more reviews it takes."""
        return max(0, FEWEST_CASES - self.cases)


def held(learner: Learner) -> Held:
    """Return how the forecasts held at the newest reviews; one query."""
    logs = ReviewLog.objects.answers().filter(learner=learner, kind=Kind.REVIEW).newest_first()
    rows = logs.values_list("state_before", "study_date", "quality")[:NEWEST_CASES]
    weights = learner.settings.memory_parameters
    model = memory_model(tuple(weights) if weights else DEFAULT_WEIGHTS)
    pairs: list[Pair] = []
    for before, on, quality in rows:
        days = _days_since(before, on)
        if days is not None:
            said = model.recall(before["stability"], days)
            pairs.append((said, float((quality or 0) >= PASSING_QUALITY)))
    if len(pairs) < FEWEST_CASES:
        return Held(len(pairs))
    return Held(
        cases=len(pairs),
        brier=brier_score(pairs),
        off_by=expected_calibration_error(pairs, BINS),
        said=sum(said for said, _ in pairs) / len(pairs),
        happened=sum(happened for _, happened in pairs) / len(pairs),
        bins=calibration_bins(pairs, BINS),
    )


def _days_since(before: dict[str, Any], on: date) -> int | None:
    """Days since the last review; None in a log that knows no memory."""
    last = before.get("last_reviewed_on")
    if not before.get("stability") or not last:
        return None
    return (on - date.fromisoformat(last)).days
