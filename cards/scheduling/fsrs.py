"""FSRS-6 on whole study days: a card comes when its expected recall has fallen to what is wanted.

Source: the library `fsrs`; how its open points are read is in docs/decisions/0011-schedulers.md.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from cards.scheduling.memory import DEFAULT_MEMORY, MemoryModel
from cards.scheduling.types import CardState, tallied

DEFAULT_RETENTION = 0.90
LOWEST_RETENTION, HIGHEST_RETENTION = 0.70, 0.97


@dataclass(frozen=True, slots=True)
class Fsrs:
    """Plans by the memory alone; the ease factor is left as it was."""

    desired_retention: float = DEFAULT_RETENTION  # the share that should be recalled when asked
    memory: MemoryModel = DEFAULT_MEMORY
    name: str = "fsrs"
    version: int = 1

    def __post_init__(self) -> None:
        """Raise ValueError for a desired retention that nobody can want."""
        if not LOWEST_RETENTION <= self.desired_retention <= HIGHEST_RETENTION:
            raise ValueError(
                f"Desired retention goes from {LOWEST_RETENTION:.2f} to {HIGHEST_RETENTION:.2f}, "
                f"not {self.desired_retention}."
            )

    def review(self, state: CardState, quality: int, on: date) -> CardState:
        """Return the state after the first answer of study day `on`, whose memory it has."""
        remembered = self.memory.after(state, quality, on) if state.stability is None else state
        days = self.memory.days_until(self.desired_retention, remembered.stability or 0.0)
        after = tallied(remembered, quality)
        return replace(after, interval_days=days, due_on=on + timedelta(days=days))
