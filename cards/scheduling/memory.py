"""How well a card is remembered, whatever scheduler plans it: the memory of FSRS-6.

Stability is the days after which recall has fallen to 90 %; difficulty goes from 1 to 10.
Source: the library `fsrs` and the description of FSRS-6 by open-spaced-repetition.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache

from fsrs import Card, Rating, State
from fsrs import Scheduler as Library
from fsrs.scheduler import DEFAULT_PARAMETERS

from cards.scheduling.types import MAX_INTERVAL_DAYS, CardState

RATINGS = (Rating.Again, Rating.Again, Rating.Again, Rating.Hard, Rating.Good, Rating.Easy)
DEFAULT_DECAY = DEFAULT_PARAMETERS[20]
RECALL_AT_STABILITY = 0.9


@dataclass(frozen=True, slots=True)
class MemoryModel:
    """The 21 parameters of FSRS-6; the defaults were fitted to many people's reviews."""

    parameters: tuple[float, ...] = DEFAULT_PARAMETERS

    def __post_init__(self) -> None:
        """Raise ValueError unless there are 21, each within the bounds of the library."""
        _library(self.parameters)

    @property
    def decay(self) -> float:
        """How fast recall falls in the long run."""
        return self.parameters[20]

    @property
    def factor(self) -> float:
        """What makes recall 90 % once as many days have passed as stability says."""
        return _factor(self.decay)

    def after(self, state: CardState, quality: int, on: date) -> CardState:
        """Return the state with its memory as the first answer of study day `on` leaves it.

        Without a study day between this answer and the last the memory stays as it is.
        """
        last = state.last_reviewed_on
        if state.stability is not None and last is not None and on <= last:
            return state
        now = _noon(on)
        card = _known(state, now) or Card(card_id=0, due=now)
        reviewed, _ = _library(self.parameters).review_card(card, RATINGS[quality], now)
        return replace(state, stability=reviewed.stability, difficulty=reviewed.difficulty)

    def recall(self, state: CardState, on: date) -> float | None:
        """Return the expected recall on a study day, from 0 to 1; None for a card never met."""
        if state.stability is None or state.last_reviewed_on is None:
            return None
        return self.recall_after(state.stability, (on - state.last_reviewed_on).days)

    def recall_after(self, stability: float, days: float) -> float:
        """Return the expected recall so many days after the last review, from 0 to 1."""
        return retrievability(stability, days, self.decay)

    def days_until(self, recall: float, stability: float) -> int:
        """Return the whole study days, at least one, until recall has fallen so far."""
        days: float = stability / self.factor * (recall ** (-1 / self.decay) - 1)
        return min(MAX_INTERVAL_DAYS, max(1, round(days)))


def retrievability(stability: float, days: float, decay: float = DEFAULT_DECAY) -> float:
    """Return the recall, from 0 to 1, so many days after the last review; 1 before any passed.

    Source: the forgetting curve of FSRS-6, R = (1 + F × t ÷ S)^-decay, where F makes R = 0.9 at
    t = S.
    """
    return float((1 + _factor(decay) * max(0.0, days) / stability) ** -decay)


def _factor(decay: float) -> float:
    return float(RECALL_AT_STABILITY ** (-1 / decay) - 1)


def _known(state: CardState, now: datetime) -> Card | None:
    """The card as the library knows it; None when nothing is remembered of it yet."""
    if state.stability is None or state.difficulty is None or state.last_reviewed_on is None:
        return None
    return Card(
        card_id=0,  # else the library reads the clock for one
        state=State.Review,
        stability=state.stability,
        difficulty=state.difficulty,
        due=now,
        last_review=_noon(state.last_reviewed_on),
    )


def _noon(day: date) -> datetime:
    """The library counts 24 hours: from noon to noon they are the study days between."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@lru_cache(maxsize=64)
def _library(parameters: tuple[float, ...]) -> Library:
    """Without steps of minutes and without its fuzz; its intervals are not asked for."""
    return Library(
        parameters,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=1,
        enable_fuzzing=False,
    )


DEFAULT_MEMORY = MemoryModel()
