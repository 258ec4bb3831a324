"""What a scheduler takes and gives: plain, frozen values."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from cards.scheduling.memory import MemoryModel

LOWEST_QUALITY = 0
HIGHEST_QUALITY = 5
PASSING_QUALITY = 3  # from here on the answer counts as recalled
SETTLED_QUALITY = 4  # below this the card comes again on the same study day
MAX_INTERVAL_DAYS = 36_500

AGAIN, HARD, GOOD, EASY = BUTTONS = (1, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class CardState:
    """Everything a scheduler knows about one card; the default is a card never met."""

    repetitions: int = 0  # successes in a row
    interval_days: int = 0
    ease_factor: int = 250  # hundredths
    lapses: int = 0
    introduced_on: date | None = None
    last_reviewed_on: date | None = None
    due_on: date | None = None
    repeat_today_on: date | None = None  # the study day on which it still has to come again
    stability: float | None = None  # days until recall falls to 90 %; not rounded, ever
    difficulty: float | None = None  # 1 to 10

    def repeats_on(self, day: date) -> bool:
        """Is the card waiting for a repeat on this study day?"""
        return self.repeat_today_on == day

    def is_due_on(self, day: date) -> bool:
        """May the card be graded on this study day? A card never met always may."""
        return self.due_on is None or self.due_on <= day or self.repeats_on(day)

    def as_json(self) -> dict[str, Any]:
        """Return the state as JSON can hold it; `from_json` gives it back."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return the state that `as_json` stored; what it knew nothing of is as for a new card."""
        values: dict[str, Any] = {
            name: date.fromisoformat(value) if isinstance(value, str) else value
            for name, value in stored.items()
        }
        return cls(**values)


class Scheduler(Protocol):
    """One way to plan a card's next day."""

    @property
    def name(self) -> str:
        """What settings and logs call it."""
        ...

    @property
    def version(self) -> int:
        """Raised whenever the same answers would give another plan."""
        ...

    @property
    def memory(self) -> MemoryModel:
        """How well cards are remembered; kept for each card, whatever plans it."""
        ...

    def review(self, state: CardState, quality: int, on: date) -> CardState:
        """Plan anew after the first answer of study day `on`; repeats never come here.

        The memory in `state` is already the one that this answer leaves.
        """
        ...


def tallied(state: CardState, quality: int) -> CardState:
    """Return the state with this answer counted: successes in a row, and falls from them."""
    if quality >= PASSING_QUALITY:
        return replace(state, repetitions=state.repetitions + 1)
    return replace(state, repetitions=0, lapses=state.lapses + (state.repetitions > 0))


def require_quality(quality: int) -> None:
    """Raise ValueError unless 0 ≤ quality ≤ 5."""
    if not LOWEST_QUALITY <= quality <= HIGHEST_QUALITY:
        raise ValueError(f"Quality is a whole number from 0 to 5, not {quality}.")
