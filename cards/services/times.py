"""How long answers take a learner, by what they took."""

from collections import defaultdict
from datetime import date

from cards.models import Learner, ReviewLog
from cards.scheduling import Kind, usual_ratio

NEWEST_ANSWERS = 1000  # as many tell how long this learner takes
MS_PER_MINUTE = 60_000


def own_times(
    learner: Learner, before: date | None = None
) -> tuple[dict[int, list[float]], float | None]:
    """Return minutes of the newest whole answers, by question, and the usual ratio to those stated.

    With `before` only answers of earlier study days count. One query.
    """
    logs = ReviewLog.objects.answers().filter(learner=learner).newest_first()
    if before:
        logs = logs.filter(study_date__lt=before)
    rows = logs.values_list("question_id", "kind", "duration_ms", "question__minutes")
    times: dict[int, list[float]] = defaultdict(list)
    ratios = []
    for pk, kind, duration_ms, stated in rows[:NEWEST_ANSWERS]:
        if duration_ms is not None and kind in {Kind.LEARN, Kind.REVIEW}:
            times[pk].append(duration_ms / MS_PER_MINUTE)
            ratios.append(duration_ms / MS_PER_MINUTE / stated)
    return times, usual_ratio(ratios)
