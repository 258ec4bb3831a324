"""Which cards are worth the next minutes: rules of thumb, written down in decision 0006."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from statistics import median

TARGET_RECALL = 0.9  # what an interval of SM-2 is commonly taken to aim at
LEAST_RATIO, MOST_RATIO = 0.25, 3.0  # beyond these a clock measured something else
USUAL = 5  # times it takes before there is a usual ratio
SHORTEST_MINUTES = 0.1


class Group(IntEnum):
    """What goes first."""

    REPEAT = 0
    DUE = 1
    NEW = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that could be asked now; `recall` is estimated, from 0 to 1, for a due one."""

    id: int
    group: Group
    minutes: float
    recall: float = TARGET_RECALL

    @property
    def worth(self) -> float:
        """What a minute spent on it is worth, compared with others of its group."""
        return doubt(self.recall) / self.minutes if self.group == Group.DUE else 0.0


def recall_after(days: int, interval_days: int) -> float:
    """Return the estimated recall so many days after the last review."""
    return float(TARGET_RECALL ** (max(0, days) / max(1, interval_days)))


def doubt(recall: float) -> float:
    """Return how much an answer decides: most where recall is even, nothing where it is sure."""
    return recall * (1 - recall)


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Repeats, then what is due by worth, then new ones; otherwise the order they came in."""
    return sorted(candidates, key=lambda one: (one.group, -one.worth))


def best(candidates: Iterable[Candidate], count: int) -> list[Candidate]:
    """Return the `count` most valuable ones."""
    return in_order(candidates)[:count]


def fit(candidates: Iterable[Candidate], minutes: float, due_left: int) -> list[Candidate]:
    """Return the most valuable ones that fit together, of the due ones at most `due_left`.

    Where not even one fits, the most valuable comes alone: some time is always enough for one.
    """
    ordered = in_order(candidates)
    chosen: list[Candidate] = []
    for one in ordered:
        if one.group == Group.DUE and due_left <= 0:
            continue
        if one.minutes <= minutes:
            chosen.append(one)
            minutes -= one.minutes
            due_left -= one.group == Group.DUE
    if chosen:
        return chosen
    return [one for one in ordered if one.group != Group.DUE or due_left > 0][:1]


def usual_ratio(ratios: Sequence[float]) -> float | None:
    """Return the learner's usual own time by stated time; None before it is usual."""
    if len(ratios) < USUAL:
        return None
    return min(MOST_RATIO, max(LEAST_RATIO, median(ratios)))


def minutes_of(stated: int, own: Sequence[float], ratio: float | None) -> float:
    """Return the minutes to expect: the median of the learner's own, else the stated, scaled.

    An own time beyond three times the stated one was a tab left open, and counts as that much.
    """
    if own:
        return max(SHORTEST_MINUTES, min(MOST_RATIO * stated, median(own)))
    return stated * (1.0 if ratio is None else ratio)
