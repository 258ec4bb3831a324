"""Points whose wording changed after the learner last judged them."""

from collections.abc import Mapping
from datetime import date

from cards.memory import Memories, PointMemory
from cards.models import Question


def changed_points(question: Question, memories: Memories) -> Mapping[int, date]:
    """Return the day of the change by key point; a point never judged has nothing to compare."""
    changed = {}
    for point in question.points:
        stored = point.get("changed_on")
        on = date.fromisoformat(stored) if stored else None
        if on and memories.get(point["id"], PointMemory()).is_older_than(on):
            changed[point["id"]] = on
    return changed
