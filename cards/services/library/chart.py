"""The answers to one question as a small chart: a bar for each, as high as its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cards.models import ReviewLog
from cards.scheduling import Kind

MOST_BARS = 14
SLOT, BAR = 50, 26  # widths
HEIGHT, TOP, BOTTOM = 180, 24, 132  # of the whole, and the bars between them
LEAST = 3  # height of a bar of one day beside one of years
SHOWN = (Kind.LEARN, Kind.REVIEW)


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer that set a date."""

    quality: int
    on: date
    interval_days: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where its words are centred."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class HistoryChart:
    """The newest answers that set a date, the oldest of them first."""

    bars: list[Bar]
    width: int
    height: int = HEIGHT
    floor: int = BOTTOM

    @property
    def longest_days(self) -> int:
        """The longest interval shown."""
        return max(bar.interval_days for bar in self.bars)


def history_chart(newest_first: Sequence[ReviewLog]) -> HistoryChart | None:
    """Return the chart; None where fewer than two answers set a date."""
    logs = [log for log in newest_first if log.kind in SHOWN and log.undone_at is None]
    logs = logs[:MOST_BARS][::-1]
    if len(logs) < 2:
        return None
    intervals = [log.after.interval_days for log in logs]
    most = max(*intervals, 1)
    bars = []
    for place, (log, interval) in enumerate(zip(logs, intervals, strict=True)):
        height = max(LEAST, round((BOTTOM - TOP) * interval / most, 1))
        x = place * SLOT + (SLOT - BAR) / 2
        bars.append(
            Bar(log.quality or 0, log.study_date, interval, x, BOTTOM - height, BAR, height)
        )
    return HistoryChart(bars, len(bars) * SLOT)
