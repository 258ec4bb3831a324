"""Does a memory model that was fitted to one learner predict better than the one in use?

The newest reviews are held back: they are predicted, never learned from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log

from cards.scheduling.memory import RATINGS, MemoryModel
from cards.scheduling.replay import Event
from cards.scheduling.types import PASSING_QUALITY, CardState

# Reviews to learn the first stabilities from. The library keeps its own where they say too little,
# and fits all 21 parameters from 64.
FEWEST_FOR_FIRST = 8
SHARE_HELD_BACK = 0.2
FEWEST_HELD_BACK = 8
LEAST_GAIN = 0.0005  # in log loss; less is noise of single precision
SURE = 1e-6  # no prediction is surer than this

Life = list[tuple[int, date]]  # quality and study day of one card, one a day, the first introduces


@dataclass(frozen=True, slots=True)
class Fit:
    """What fitting found; log losses are over the reviews held back, lower is better."""

    parameters: tuple[float, ...]
    reviews: int  # that can be predicted, in all
    held_back: int
    loss_before: float  # of the model in use
    loss_after: float  # of the fitted one

    @property
    def is_better(self) -> bool:
        """Is the gain more than noise, on enough reviews to say so?"""
        is_enough = self.held_back >= FEWEST_HELD_BACK
        return is_enough and self.loss_before - self.loss_after >= LEAST_GAIN


def lives_of(events: Iterable[Event]) -> list[Life]:
    """Return what the memory of one card sees: first answers of later days; a reset begins anew."""
    lives: list[Life] = [[]]
    for quality, on in events:
        if quality is None:
            lives.append([])
        elif not lives[-1] or on > lives[-1][-1][1]:
            lives[-1].append((quality, on))
    return [life for life in lives if life]


def held_back_from(lives: Sequence[Life]) -> date | None:
    """Return the first study day that is held back; None when there is nothing to predict."""
    days = sorted(on for life in lives for _, on in life[1:])
    if not days:
        return None
    return days[min(len(days) - 1, int(len(days) * (1 - SHARE_HELD_BACK)))]


def before(lives: Sequence[Life], day: date) -> list[Life]:
    """Return the lives as they were when that study day began."""
    return [[one for one in life if one[1] < day] for life in lives]


def predictable(lives: Sequence[Life]) -> int:
    """Return how many reviews there are of cards met before."""
    return sum(max(0, len(life) - 1) for life in lives)


def histories(lives: Sequence[Life]) -> list[list[tuple[int, int]]]:
    """Return, for each review that can be predicted, (rating, days passed) up to and with it."""
    found = []
    for life in lives:
        seen: list[tuple[int, int]] = []
        for place, (quality, on) in enumerate(life):
            passed = (on - life[place - 1][1]).days if place else 0
            seen.append((int(RATINGS[quality]), passed))
            if place:
                found.append(list(seen))
    return found


def log_loss(model: MemoryModel, lives: Sequence[Life], since: date) -> tuple[float, int]:
    """Return the mean log loss of the predictions from that study day on, and how many they are."""
    total, count = 0.0, 0
    for life in lives:
        state = CardState()
        for quality, on in life:
            recall = model.recall(state, on)
            if recall is not None and on >= since:
                right = recall if quality >= PASSING_QUALITY else 1 - recall
                total -= log(max(SURE, right))
                count += 1
            state = replace(model.after(state, quality, on), last_reviewed_on=on)
    return (total / count if count else 0.0), count


def compare(lives: Sequence[Life], since: date, used: MemoryModel, fitted: MemoryModel) -> Fit:
    """Return how both models predict what was held back."""
    loss_before, held_back = log_loss(used, lives, since)
    loss_after, _ = log_loss(fitted, lives, since)
    return Fit(fitted.parameters, predictable(lives), held_back, loss_before, loss_after)
