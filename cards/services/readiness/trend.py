"""How readiness has gone, as it was written down each day."""

from dataclasses import dataclass
from datetime import date, timedelta

from cards.models import Learner, ReadinessDay

WIDTH, HEIGHT = 300, 80
SHOWN = timedelta(days=90)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Noted:
    """What was written down on one day."""

    on: date
    now: float
    share: float | None
    met: int  # of so many questions: what it rests on
    questions: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Trend:
    """The days written down, oldest first, ready to draw."""

    days: list[Noted]

    @property
    def points(self) -> str:
        """The line through all days."""
        return " ".join(f"{day.x},{day.y}" for day in self.days)

    @property
    def change(self) -> int | None:
        """Percentage points since a week before the newest day, or since the first."""
        if len(self.days) < 2:
            return None
        last = self.days[-1]
        before = next((day for day in reversed(self.days) if day.on <= last.on - A_WEEK), None)
        return round(100 * (last.now - (before or self.days[0]).now))


def recent_trend(learner: Learner, on: date) -> Trend:
    """Return the trend of the last 90 study days; one query."""
    rows = ReadinessDay.objects.filter(learner=learner, study_date__gt=on - SHOWN)
    stored = list(rows.order_by("study_date", "id"))
    if not stored:
        return Trend([])
    first, last = stored[0].study_date, stored[-1].study_date
    span = max(1, (last - first).days)
    return Trend(
        [
            Noted(
                on=day.study_date,
                now=day.now,
                share=day.share,
                met=day.basis.get("met", 0),
                questions=day.basis.get("questions", 0),
                x=round(WIDTH * (day.study_date - first).days / span, 1),
                y=round(HEIGHT * (1 - day.now), 1),
            )
            for day in stored
        ]
    )
