"""Drills: the missed points alone, on the same study day or in a session of their own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cards.memory import Memories, PointMemory
from cards.models import Question
from cards.rubric import Recall

OFTEN = 2  # as often missed, a point is weak
Points = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class DrillPoint:
    """One missed point: its own cue asks for it, or else its place among all points."""

    id: int
    text: str
    essential: bool
    position: int  # from 1
    count: int
    missed: int  # how often it was missed so far
    cue: str = ""  # asked instead of its place


def drill_of(question: Question, memories: Memories, on: date) -> tuple[DrillPoint, ...]:
    """Return the points missed when they were last judged on this study day, weakest first.

    Empty when nothing was judged or everything was said: then the whole card is asked again.
    """
    return _gaps(question.points, memories, on, lambda memory: memory.last_on == on)


def weak_drill(points: Points, memories: Memories, on: date) -> tuple[DrillPoint, ...]:
    """Return the points that a drill session asks: often missed or missed today, weakest first."""

    def is_asked(memory: PointMemory) -> bool:
        return memory.missed >= OFTEN or memory.last_on == on

    return _gaps(points, memories, on, is_asked)


def _gaps(
    points: Points, memories: Memories, on: date, is_asked: Callable[[PointMemory], bool]
) -> tuple[DrillPoint, ...]:
    gaps = []
    for position, point in enumerate(points, start=1):
        memory = memories.get(point["id"])
        if memory is None or memory.last == Recall.YES or not is_asked(memory):
            continue
        gap = DrillPoint(
            point["id"], point["text"], point["essential"], position, len(points),
            memory.missed, point.get("cue") or "",
        )  # fmt: skip
        gaps.append((-memory.missed, memory.recall_on(on) or 0.0, position, gap))
    return tuple(gap for *_, gap in sorted(gaps, key=lambda found: found[:3]))
