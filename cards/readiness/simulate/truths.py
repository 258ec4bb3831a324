"""How simulated learners really forget; the plan is never told.

`fsrs` is the memory model with its default weights; `drawn` has its own weights for each learner,
spread around them; `exponential` forgets at one rate that answers only lengthen or shorten, as in
half-life regression (Settles and Meeder, 2016); `other` remembers every single meeting as a trace
that fades as a power of time, and the faster the better it was known when it was made (Pavlik and
Anderson, 2005). The model knows no traces, and no forgetting as fast as an exponential one.
"""

from collections.abc import Callable
from math import exp, log
from statistics import NormalDist
from typing import Protocol

from cards.readiness.fractions import fraction
from cards.readiness.recall import DEFAULT_WEIGHTS, RATINGS, memory_model

_FIRST_HALF_LIVES = (1.4, 8.5, 15.2, 54.6)  # 90 % after as long as the default weights say
_LEAST_HALF_LIFE = 0.5
_AFTER_FAILURE = 0.5
_SLOW, _FAST = 1.5, 2.5  # what a success multiplies a half-life by, drawn for each learner
_SPREADS = {
    0: 0.4,
    1: 0.4,
    2: 0.4,
    3: 0.4,
    8: 0.15,
    10: 0.15,
    11: 0.15,
    13: 0.15,
    14: 0.15,
    20: 0.3,
}
_LEAST_DECAY, _MOST_DECAY = 0.1, 0.8  # the bounds of FSRS-6
# Pavlik and Anderson's own constants; time runs at this share of real time between sessions.
_DECAY_SCALE, _DECAY_LEAST, _THRESHOLD, _NOISE, _TIME = 0.217, 0.177, -0.704, 0.255, 0.025
_EASE = (-0.3, -0.1, 0.0, 0.4)  # of a question, by how its first answer went
_STUDIED = 3  # traces that a first meeting leaves: trying, reading, saying it again
_EASIER = 1.1  # than the paired words of their study, of which nothing would be left after a week
_LEARNERS_SPREAD = 0.15
_MOMENT = 0.02  # of a day: the time since an answer is never nothing


class Truth(Protocol):
    """What one simulated learner really remembers."""

    def first(self, question: int, day: int, rating: int) -> None:
        """Meet a question for the first time."""
        ...

    def answer(self, question: int, day: int, rating: int) -> None:
        """Meet it again."""
        ...

    def recall(self, question: int, day: int) -> float:
        """Return the true probability of recall; 0 before the first meeting."""
        ...


class Fsrs:
    """The memory model itself."""

    def __init__(self, weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> None:
        """Forget with these weights."""
        self.model = memory_model(weights)
        self.states: dict[int, tuple[float, float, int]] = {}

    def first(self, question: int, day: int, rating: int) -> None:
        """Start with the first stability of the rating."""
        self.states[question] = (*self.model.first(rating), day)

    def answer(self, question: int, day: int, rating: int) -> None:
        """Change as the model does."""
        stability, difficulty, last = self.states[question]
        changed = self.model.after(stability, difficulty, day - last, rating)
        self.states[question] = (*changed, day)

    def recall(self, question: int, day: int) -> float:
        """Recall as the model does."""
        if question not in self.states:
            return 0.0
        stability, _, last = self.states[question]
        return self.model.recall(stability, day - last)


class Exponential:
    """One half-life for each question, longer after success, halved after failure; no spacing."""

    def __init__(self, growth: float) -> None:
        """Success multiplies the half-life by `growth`."""
        more = growth - 1
        self.changes = (_AFTER_FAILURE, 1 + 0.6 * more, growth, 1.5 * growth)
        self.states: dict[int, tuple[float, int]] = {}

    def first(self, question: int, day: int, rating: int) -> None:
        """Start with the half-life of the rating."""
        self.states[question] = (_FIRST_HALF_LIVES[rating - 1], day)

    def answer(self, question: int, day: int, rating: int) -> None:
        """Multiply the half-life."""
        half_life, _ = self.states[question]
        changed = max(_LEAST_HALF_LIFE, half_life * self.changes[rating - 1])
        self.states[question] = (changed, day)

    def recall(self, question: int, day: int) -> float:
        """Fall by half in every half-life."""
        if question not in self.states:
            return 0.0
        half_life, last = self.states[question]
        return float(0.5 ** ((day - last) / half_life))


class Traces:
    """Every meeting a trace that fades for itself; success or failure leaves the same."""

    def __init__(self, ability: float) -> None:
        """Every recall of this learner is easier by `ability`."""
        self.ability = ability
        self.traces: dict[int, list[tuple[float, float]]] = {}
        self.ease: dict[int, float] = {}

    def first(self, question: int, day: int, rating: int) -> None:
        """Leave the traces of a first meeting."""
        self.traces[question] = []
        self.ease[question] = _EASE[rating - 1]
        for number in range(_STUDIED):
            self.answer(question, day, rating, number * _MOMENT / 10)

    def answer(self, question: int, day: int, rating: int, later: float = 0.0) -> None:  # noqa: ARG002
        """Leave one more trace; it fades faster the better the question is known now."""
        activation = self._activation(question, day + later)
        decay = _DECAY_LEAST + (_DECAY_SCALE * exp(activation) if activation is not None else 0.0)
        self.traces[question].append((day + later, decay))

    def recall(self, question: int, day: int) -> float:
        """Turn the sum of the traces into a probability."""
        activation = self._activation(question, day)
        if activation is None:
            return 0.0
        above = activation + self.ease[question] + self.ability - _THRESHOLD + _EASIER
        return 1 / (1 + exp(-above / _NOISE))

    def _activation(self, question: int, at: float) -> float | None:
        traces = self.traces.get(question)
        if not traces:
            return None
        seconds = _TIME * 24 * 60 * 60
        return log(sum(((at - then + _MOMENT) * seconds) ** -decay for then, decay in traces))


def _drawn(seed: int, learner: int) -> Fsrs:
    weights = list(DEFAULT_WEIGHTS)
    for at, spread in _SPREADS.items():
        weights[at] *= exp(spread * _normal(seed, learner, at))
    weights[20] = min(_MOST_DECAY, max(_LEAST_DECAY, weights[20]))
    firsts = len(RATINGS)
    weights[:firsts] = sorted(weights[:firsts])  # better answers are never remembered shorter
    return Fsrs(tuple(weights))


def _normal(*keys: int) -> float:
    return NormalDist().inv_cdf(max(1e-9, fraction(*keys)))


TRUTHS: dict[str, Callable[[int, int], Truth]] = {
    "fsrs": lambda _seed, _learner: Fsrs(),
    "drawn": _drawn,
    "exponential": lambda seed, learner: Exponential(
        _SLOW + (_FAST - _SLOW) * fraction(seed, learner, 0)
    ),
    "other": lambda seed, learner: Traces(_LEARNERS_SPREAD * _normal(seed, learner, 0)),
}
