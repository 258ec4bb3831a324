"""How well a question is remembered: FSRS-6 on whole study days, as arithmetic on plain numbers.

Source: the formulas and default weights of FSRS-6 (J. Ye and others, "The Algorithm", FSRS wiki;
the same as in py-fsrs 6.3, which a test holds them against). Same-day repeats are practice and
never come here. Planning asks thousands of times what would be if, hence numbers, not objects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

AGAIN, HARD, GOOD, EASY = RATINGS = (1, 2, 3, 4)
DEFAULT_WEIGHTS = (
    0.212, 1.2931, 2.3065, 8.2956,  # stability after a first Again, Hard, Good, Easy
    6.4133, 0.8334, 3.0194, 0.001,  # difficulty: first, by first rating, change, reversion
    1.8722, 0.1666, 0.796,  # stability after a success
    1.4835, 0.0614, 0.2629, 1.6483,  # stability after a failure
    0.6014, 1.8729,  # Hard's penalty, Easy's bonus
    0.5425, 0.0912, 0.0658,  # same-day answers; here they bound what a failure leaves
    0.1542,  # how fast forgetting slows down
)  # fmt: skip
LEAST_STABILITY = 0.001
EASIEST, HARDEST = 1.0, 10.0
RECALL_AT_STABILITY = 0.9  # what stability means: the days until recall has fallen to this


def rating_of(quality: int) -> int:
    """Return FSRS's rating, 1 to 4, of a quality from 0 to 5."""
    return max(AGAIN, quality - 1)


@dataclass(frozen=True, slots=True)
class Memory:
    """What the model knows of one question: stability in days, difficulty from 1 to 10."""

    stability: float
    difficulty: float


@dataclass(frozen=True, slots=True)
class MemoryModel:
    """FSRS-6 with one set of weights; made by `memory_model`."""

    weights: tuple[float, ...]
    decay: float
    factor: float
    growth: float
    reversion: float
    failure_keeps: float

    def first(self, rating: int) -> tuple[float, float]:
        """Return stability and difficulty after the first answer ever."""
        return max(LEAST_STABILITY, self.weights[rating - 1]), _within(self._difficulty(rating))

    def recall(self, stability: float, days: float) -> float:
        """Return the probability of recall so many days after the last answer."""
        return float((1 + self.factor * max(0.0, days) / stability) ** self.decay)

    def days_until(self, recall: float, stability: float) -> float:
        """Return after how many days recall has fallen to `recall` (above 0, at most 1)."""
        return float(stability / self.factor * (recall ** (1 / self.decay) - 1))

    def after(
        self, stability: float, difficulty: float, days: float, rating: int
    ) -> tuple[float, float]:
        """Return stability and difficulty after an answer, one day or more after the last."""
        recall = self.recall(stability, days)
        changed = (
            self.failed(stability, difficulty, recall)
            if rating == AGAIN
            else self.recalled(stability, difficulty, recall, rating)
        )
        return changed, self._next_difficulty(difficulty, rating)

    def failed(self, stability: float, difficulty: float, recall: float) -> float:
        """Return the stability after a failure."""
        w = self.weights
        left: float = (
            w[11]
            * difficulty ** -w[12]
            * ((stability + 1) ** w[13] - 1)
            * exp((1 - recall) * w[14])
        )
        return max(LEAST_STABILITY, min(left, stability * self.failure_keeps))

    def recalled(self, stability: float, difficulty: float, recall: float, rating: int) -> float:
        """Return the stability after a success: the lower recall was, the more it grows."""
        w = self.weights
        weight = w[15] if rating == HARD else w[16] if rating == EASY else 1.0
        surprise = exp((1 - recall) * w[10]) - 1
        grown: float = self.growth * (11 - difficulty) * stability ** -w[9] * surprise * weight
        return max(LEAST_STABILITY, stability * (1 + grown))

    def _difficulty(self, rating: int) -> float:
        return float(self.weights[4] - exp(self.weights[5] * (rating - 1)) + 1)

    def _next_difficulty(self, difficulty: float, rating: int) -> float:
        change = self.weights[6] * (GOOD - rating)
        damped = difficulty + (HARDEST - difficulty) * change / 9
        pulled = self.weights[7]
        return _within(pulled * self.reversion + (1 - pulled) * damped)


@lru_cache(maxsize=64)
def memory_model(weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> MemoryModel:
    """Return the model with these 21 weights; raise ValueError for another number of them."""
    if len(weights) != len(DEFAULT_WEIGHTS):
        raise ValueError(f"FSRS-6 has {len(DEFAULT_WEIGHTS)} weights, not {len(weights)}.")
    decay = -weights[20]
    return MemoryModel(
        weights=weights,
        decay=decay,
        factor=RECALL_AT_STABILITY ** (1 / decay) - 1,
        growth=exp(weights[8]),
        reversion=weights[4] - exp(weights[5] * (EASY - 1)) + 1,
        failure_keeps=exp(-weights[17] * weights[18]),
    )


def remembered(
    answers: Sequence[tuple[int, int]], model: MemoryModel | None = None
) -> Memory | None:
    """Return the memory after answers, oldest first: quality and number of the study day.

    Only the first answer of a day is read. No answer, no memory.
    """
    model = model or memory_model()
    state: tuple[float, float] | None = None
    last = 0
    for quality, day in answers:
        if state is None:
            state = model.first(rating_of(quality))
        elif day > last:
            state = model.after(*state, day - last, rating_of(quality))
        last = day
    return Memory(*state) if state else None


def _within(difficulty: float) -> float:
    return min(max(difficulty, EASIEST), HARDEST)
