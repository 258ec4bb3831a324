"""How fast one learner forgets: a few variants of the memory model, weighed by their own answers.

The weights of FSRS come from many learners. A single one may forget far faster, and a plan or a
forecast that does not notice is wrong every day. So twelve variants are followed side by side:
three paces of the first days, four shapes of the forgetting curve. Each weighs what Bayes' rule
says after the answers seen; before the first review the weights given weigh most.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log

from cards.readiness.recall import (
    AGAIN,
    DEFAULT_WEIGHTS,
    EASY,
    MemoryModel,
    memory_model,
    rating_of,
)

Answer = tuple[int, date]  # quality from 0 to 5 and study day

SCALES = (0.6, 1.0, 1.6)  # of the stability after the first answer
DECAYS = (None, 0.3, 0.5, 0.8)  # None keeps the given one; 0.8 is nearly exponential
DOUBT_OF_A_FACTOR_E = 2.0  # how much log prior a variant loses for each factor of e it differs by
SUREST = 0.999  # no answer may rule a variant out by itself
# How first answers fall out, Again to Easy, and successes, Hard to Easy: the defaults of the
# simulator in fsrs-rs (open-spaced-repetition), as the prior of a learner's own shares.
FIRST_RATINGS = (0.24, 0.094, 0.495, 0.171)
SUCCESS_RATINGS = (0.224, 0.631, 0.145)
PRIOR_ANSWERS = 20  # so many answers of one's own weigh as much as the defaults


@dataclass(frozen=True, slots=True)
class Pace:
    """Variants of the weights with their shares (they sum to 1), and how first answers fall out."""

    variants: tuple[tuple[float, ...], ...]
    shares: tuple[float, ...]
    first_ratings: tuple[float, ...] = FIRST_RATINGS
    answers: int = 0  # how many reviews it rests on; first answers say nothing about forgetting

    @property
    def weights(self) -> tuple[float, ...]:
        """The likeliest variant."""
        return max(zip(self.shares, self.variants, strict=True))[1]

    @property
    def model(self) -> MemoryModel:
        """The memory model of the likeliest variant."""
        return memory_model(self.weights)


class Follower:
    """Follows one learner's answers, oldest first, with every variant at once."""

    def __init__(self, weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> None:
        """Start before the first answer."""
        grid = [(scale, decay) for scale in SCALES for decay in DECAYS]
        self.models = [memory_model(_variant(weights, *point)) for point in grid]
        self.likelihood = [
            -DOUBT_OF_A_FACTOR_E
            * (abs(log(scale)) + abs(log((decay or weights[20]) / weights[20])))
            for scale, decay in grid
        ]
        self.memories: list[dict[int, tuple[float, float]]] = [{} for _ in grid]
        self.last: dict[int, int] = {}
        self.firsts = [0] * EASY
        self.answers = 0

    def answered(self, question: int, rating: int, day: int) -> None:
        """Take in an answer; only the first of a day counts, as everywhere."""
        last = self.last.get(question)
        if last is not None and day <= last:
            return
        self.last[question] = day
        if last is None:
            self.firsts[rating - 1] += 1
            for model, memory in zip(self.models, self.memories, strict=True):
                memory[question] = model.first(rating)
            return
        self.answers += 1
        for at, model in enumerate(self.models):
            stability, difficulty = self.memories[at][question]
            recall = min(SUREST, max(1 - SUREST, model.recall(stability, day - last)))
            self.likelihood[at] += log(1 - recall if rating == AGAIN else recall)
            self.memories[at][question] = model.after(stability, difficulty, day - last, rating)

    @property
    def likeliest(self) -> int:
        """The place of the likeliest variant."""
        return max(range(len(self.models)), key=self.likelihood.__getitem__)

    def pace(self) -> Pace:
        """Return what is known by now."""
        most = max(self.likelihood)
        raw = [exp(one - most) for one in self.likelihood]
        seen = sum(self.firsts)
        return Pace(
            variants=tuple(model.weights for model in self.models),
            shares=tuple(one / sum(raw) for one in raw),
            first_ratings=tuple(
                (PRIOR_ANSWERS * usual + own) / (PRIOR_ANSWERS + seen)
                for usual, own in zip(FIRST_RATINGS, self.firsts, strict=True)
            ),
            answers=self.answers,
        )


def pace_of(
    answers: Iterable[Sequence[Answer]], weights: tuple[float, ...] = DEFAULT_WEIGHTS
) -> Pace:
    """Return the pace after all answers of a learner, given as one sequence for each question."""
    follower = Follower(weights)
    for question, given in enumerate(answers):
        for quality, on in given:
            follower.answered(question, rating_of(quality), on.toordinal())
    return follower.pace()


def _variant(weights: tuple[float, ...], scale: float, decay: float | None) -> tuple[float, ...]:
    first = tuple(scale * one for one in weights[:EASY])
    return first + weights[EASY:20] + (weights[20] if decay is None else decay,)
