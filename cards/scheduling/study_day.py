"""Study days: a day that starts when the learner says so, in the learner's time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StudyClock:
    """Turns moments into study days and back.

    A start that does not exist (the clock jumps over it) counts as the same offset would
    have it; one that comes twice counts the first time.
    """

    zone: ZoneInfo
    day_start: time

    def date_of(self, at: datetime) -> date:
        """Return the study day that the aware moment `at` belongs to."""
        day = at.astimezone(self.zone).date() + ONE_DAY
        while at < self.start_of(day):  # twice at most, unless the clock jumped over a day
            day -= ONE_DAY
        return day

    def start_of(self, day: date) -> datetime:
        """Return the moment, in UTC, at which the study day begins."""
        return datetime.combine(day, self.day_start, tzinfo=self.zone).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """Return the moment, in UTC, at which the next study day begins."""
        return self.start_of(day + ONE_DAY)
