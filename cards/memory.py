"""What a learner remembers of single key points; a rule of thumb, not a fitted model.

Recall is taken to fade by half every so many days, and each recall in a row doubles that time: the
form of half-life regression (Settles and Meeder, 2016), with fixed weights instead of learned ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cards.rubric import Recall

FIRST_HALF_LIFE_DAYS = 3
LONGEST_HALF_LIFE_DAYS = 365
AFTER = {Recall.NO: 0.3, Recall.PARTLY: 0.65, Recall.YES: 1.0}  # the answer was seen just then


@dataclass(frozen=True, slots=True)
class PointMemory:
    """How often one point was asked and recalled, and how it went last."""

    asked: int = 0
    recalled: int = 0  # wholly
    streak: int = 0  # recalls in a row
    last: Recall = Recall.NO
    last_on: date | None = None

    def after(self, recall: Recall, on: date) -> "PointMemory":
        """Return the memory once the point was judged on study day `on`."""
        streak = self.streak + 1 if recall == Recall.YES else 0
        return PointMemory(
            self.asked + 1, self.recalled + (recall == Recall.YES), streak, recall, on
        )

    def recall_on(self, day: date) -> float | None:
        """Return the estimated recall, from 0 to 1, on a study day; None before it was asked."""
        if self.last_on is None:
            return None
        half_life = min(FIRST_HALF_LIFE_DAYS * 2**self.streak, LONGEST_HALF_LIFE_DAYS)
        days = max(0, (day - self.last_on).days)
        return float(AFTER[self.last] * 0.5 ** (days / half_life))

    def is_older_than(self, changed_on: date | None) -> bool:
        """Was the point last judged before its wording was changed?"""
        return bool(changed_on and self.last_on and changed_on > self.last_on)

    @property
    def missed(self) -> int:
        """How often it was not wholly recalled."""
        return self.asked - self.recalled

    def as_json(self) -> list[Any]:
        """Return the memory as JSON can hold it."""
        last_on = self.last_on.isoformat() if self.last_on else None
        return [self.asked, self.recalled, self.streak, int(self.last), last_on]

    @classmethod
    def from_json(cls, stored: list[Any]) -> "PointMemory":
        """Return the memory that was stored."""
        asked, recalled, streak, last, last_on = stored
        day = date.fromisoformat(last_on) if last_on else None
        return cls(asked, recalled, streak, Recall(last), day)


Memories = dict[int, PointMemory]


def remember(marks: Iterable[tuple[int, int, date]]) -> Memories:
    """Return the memory of each point from its marks, oldest first: point, recall, study day."""
    memories: Memories = {}
    for point, recall, on in marks:
        memories[point] = memories.get(point, PointMemory()).after(Recall(recall), on)
    return memories
