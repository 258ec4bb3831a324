"""How recall of one card falls until it is asked, and after each grade: a small picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cards.scheduling import CardState, MemoryModel, Outcome

WIDTH, HEIGHT, TOP, FLOOR = 440, 170, 18, 136  # recall 1 is at the top, the lowest on the floor
HIGHEST_FLOOR = 80  # per cent; a picture that shows less of the scale would exaggerate
STEPS = 40  # of each line
LONGEST_BRANCH = 2.5  # times what led up to it; a line beyond the edge is cut


@dataclass(frozen=True, slots=True)
class Branch:
    """How recall would fall after one grade, until the day it sets."""

    quality: int
    points: str
    recall: float  # expected on the day that the grade sets


@dataclass(frozen=True, slots=True)
class Spot:
    """One day on the line."""

    on: date
    recall: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RecallCurve:
    """The line so far and on to the next answer, and one more for each grade."""

    points: str  # empty for a card never met
    spots: tuple[Spot, ...]  # today, and the day of the answer if it is another
    branches: tuple[Branch, ...]
    first: date
    last: date
    answered_x: float
    lowest: int  # per cent of recall on the floor
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR
    top: int = TOP


def recall_curve(
    memory: MemoryModel, state: CardState, on: date, answered_on: date, outcomes: Sequence[Outcome]
) -> RecallCurve:
    """Return the picture on study day `on` of a card that is answered on `answered_on`."""
    first = state.last_reviewed_on if state.stability is not None else None
    first = min(first or on, on)
    before = max(1, (answered_on - first).days)
    longest = max((_days(one, answered_on) for one in outcomes), default=1)
    span = before + min(longest, max(7, round(LONGEST_BRANCH * before)))
    line = _Line(first, span, memory, _lowest(memory, state, answered_on, outcomes))
    spots = [line.spot(state, day) for day in dict.fromkeys((on, answered_on))]
    return RecallCurve(
        points=line.points(state, first, (answered_on - first).days),
        spots=tuple(spot for spot in spots if spot),
        branches=tuple(
            Branch(
                one.quality,
                line.points(one.state, answered_on, _days(one, answered_on)),
                memory.recall(one.state, one.state.due_on or answered_on) or 0.0,
            )
            for one in outcomes
        ),
        first=first,
        last=first + timedelta(days=span),
        answered_x=line.x((answered_on - first).days),
        lowest=line.lowest,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    first: date
    span: int  # days
    memory: MemoryModel
    lowest: int

    def x(self, days: float) -> float:
        return round(WIDTH * min(1.0, days / self.span), 1)

    def points(self, state: CardState, begins: date, days: int) -> str:
        """The line of a state from its review on, cut at the edge."""
        offset = (begins - self.first).days
        days = min(days, self.span - offset)
        steps = sorted({round(days * step / STEPS) for step in range(STEPS + 1)})
        places = (
            (self.x(offset + step), self._y(self.memory.recall(state, begins + timedelta(step))))
            for step in steps
        )
        return " ".join(f"{x},{y}" for x, y in places if y is not None)

    def spot(self, state: CardState, on: date) -> Spot | None:
        recall = self.memory.recall(state, on)
        y = self._y(recall)
        if recall is None or y is None:
            return None
        return Spot(on, recall, self.x((on - self.first).days), y)

    def _y(self, recall: float | None) -> float | None:
        if recall is None:
            return None
        above = max(0.0, recall - self.lowest / 100) / (1 - self.lowest / 100)
        return round(FLOOR - (FLOOR - TOP) * above, 1)


def _lowest(
    memory: MemoryModel, state: CardState, answered_on: date, outcomes: Sequence[Outcome]
) -> int:
    """The tens of per cent below everything shown."""
    ends = [memory.recall(state, answered_on)]
    ends += [memory.recall(one.state, one.state.due_on or answered_on) for one in outcomes]
    least = min((recall for recall in ends if recall is not None), default=1.0)
    return max(0, min(HIGHEST_FLOOR, int(10 * least) * 10))


def _days(outcome: Outcome, answered_on: date) -> int:
    return max(1, ((outcome.state.due_on or answered_on) - answered_on).days)
