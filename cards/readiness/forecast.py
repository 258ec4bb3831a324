"""Readiness: the share of questions that will be answered acceptably on the day, with a band.

Recall of each question comes from the memory model, in every variant of the learner's pace. What
is not known goes into the band: how each answer falls out, and which variant is right.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt
from statistics import NormalDist

from cards.readiness.fractions import choice, fraction
from cards.readiness.pace import SUCCESS_RATINGS, Pace, pace_of
from cards.readiness.plan import Studied
from cards.readiness.recall import AGAIN, HARD, MemoryModel, memory_model, remembered

BAND = 0.8  # of the time the share that is then answered lies within
LEAST_SHARE = 0.01  # variants less likely than this are left out
LIVES = 300  # how many courses of things are looked at, over all questions
NO_PLAN: Mapping[int, tuple[date, ...]] = {}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of questions, its band, and what it rests on."""

    share: float  # from 0 to 1, weighed as categories are
    low: float
    high: float
    questions: int
    met: int  # of them, answered at least once; the others count as not known
    answers: int  # to these questions


@dataclass(frozen=True, slots=True)
class Readiness:
    """The forecast for a day, in all and for each category."""

    on: date
    total: Estimate
    categories: Mapping[int, Estimate]
    recall: Mapping[int, float]  # of each question
    pace_answers: int  # how many reviews the learner's pace of forgetting rests on


def forecast(
    questions: Sequence[Studied],
    on: date,
    *,
    asked_on: Mapping[int, tuple[date, ...]] = NO_PLAN,
    pace: Pace | None = None,
    band: float = BAND,
) -> Readiness:
    """Return the readiness on a day, after the answers so far and those of a plan, if given.

    A question never met, nor planned, counts as not known; what a plan had for days up to a
    question's last answer is over. Without a `pace` it is read from the answers.
    """
    pace = pace or pace_of([question.answers for question in questions])
    likely = [
        (share, memory_model(variant))
        for share, variant in zip(pace.shares, pace.variants, strict=True)
        if share >= LEAST_SHARE
    ]
    lives = ceil(LIVES / max(1, len(questions)))
    recalls = [
        [
            _recall(model, pace, question, on, asked_on.get(question.id, ()), lives)
            for question in questions
        ]
        for _, model in likely
    ]
    shares = [share / sum(share for share, _ in likely) for share, _ in likely]
    return _readiness(questions, on, shares, recalls, pace, band)


def _readiness(
    questions: Sequence[Studied],
    on: date,
    shares: list[float],
    recalls: list[list[float]],
    pace: Pace,
    band: float,
) -> Readiness:
    members: dict[int, list[int]] = {}
    for at, question in enumerate(questions):
        members.setdefault(question.category, []).append(at)
    middling = [
        sum(share * of for share, of in zip(shares, each, strict=True))
        for each in zip(*recalls, strict=True)
    ]
    return Readiness(
        on,
        _estimate(questions, range(len(questions)), shares, recalls, band),
        {
            category: _estimate(questions, places, shares, recalls, band)
            for category, places in members.items()
        },
        {question.id: recall for question, recall in zip(questions, middling, strict=True)},
        pace.answers,
    )


def _recall(
    model: MemoryModel,
    pace: Pace,
    question: Studied,
    on: date,
    asked_on: Sequence[date],
    lives: int,
) -> float:
    answers = [(quality, day.toordinal()) for quality, day in question.answers]
    known = remembered(answers, model)
    state = (known.stability, known.difficulty, answers[-1][1]) if known else None
    last = state[2] if state else 0
    planned = [day.toordinal() for day in asked_on if last < day.toordinal() < on.toordinal()]
    if not planned:
        return model.recall(state[0], on.toordinal() - state[2]) if state else 0.0
    ends = [_live(model, pace, question.id, state, planned, life) for life in range(lives)]
    return sum(model.recall(s, on.toordinal() - last) for s, _, last in ends) / lives


State = tuple[float, float, int]  # stability, difficulty, number of the day of the last answer


def _live(
    model: MemoryModel, pace: Pace, question: int, state: State | None, days: list[int], life: int
) -> State:
    """Return where one possible course of answers on these days ends."""
    stability, difficulty, last = state or (0.0, 0.0, 0)
    for number, day in enumerate(days):
        at = fraction(question, life, number)
        if state is None and number == 0:
            stability, difficulty = model.first(choice(pace.first_ratings, at) + 1)
        else:
            recall = model.recall(stability, day - last)
            success = HARD + choice(SUCCESS_RATINGS, at / recall)
            rating = success if at < recall else AGAIN
            stability, difficulty = model.after(stability, difficulty, day - last, rating)
        last = day
    return stability, difficulty, last


def _estimate(
    questions: Sequence[Studied],
    places: Sequence[int],
    shares: list[float],
    recalls: list[list[float]],
    band: float,
) -> Estimate:
    weights = [questions[at].weight for at in places]
    total = sum(weights) or 1.0
    means, spreads = [], []
    for recall in recalls:
        own = [recall[at] for at in places]
        means.append(sum(w * r for w, r in zip(weights, own, strict=True)) / total)
        doubt = sum(w * w * r * (1 - r) for w, r in zip(weights, own, strict=True))
        spreads.append(sqrt(doubt) / total)
    low, high = _band(shares, means, spreads, band)
    return Estimate(
        share=sum(share * mean for share, mean in zip(shares, means, strict=True)),
        low=max(0.0, low),
        high=min(1.0, high),
        questions=len(places),
        met=sum(bool(questions[at].answers) for at in places),
        answers=sum(len(questions[at].answers) for at in places),
    )


def _band(
    shares: list[float], means: list[float], spreads: list[float], band: float
) -> tuple[float, float]:
    """Return where the middle `band` of the mixed normal distributions begins and ends."""
    if not any(spreads):
        return min(means, default=0.0), max(means, default=0.0)
    curves = [NormalDist(mean, spread or 1e-9) for mean, spread in zip(means, spreads, strict=True)]

    def below(value: float) -> float:
        return sum(share * curve.cdf(value) for share, curve in zip(shares, curves, strict=True))

    return _where(below, (1 - band) / 2), _where(below, (1 + band) / 2)


def _where(below: Callable[[float], float], level: float) -> float:
    low, high = -1.0, 2.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < level else (low, middle)
    return high
