"""Do all meetings that every question still needs fit into the days that are left?

A question is asked once a day at most. On each day those go first that need the most meetings
still: for questions of equal length no order fits more (McNaughton, 1959; Hu, 1961). As all
start level, the last round through them is the final pass.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MOST_EXTRA_MINUTES = 24 * 60
CLOSE_ENOUGH = 1e-9  # minutes; sums of fractions are not exact


@dataclass(frozen=True, slots=True)
class Need:
    """How many meetings a question still needs, and the minutes that one takes."""

    meetings: int
    minutes: float
    worth: float = 1.0  # what it counts for on the day; the least is dropped first
    rests_today: bool = False  # it has been asked today already


def has_room(minutes: float, left: float, budget: float) -> bool:
    """May a question of so many minutes still be asked? On a study day the first one always may."""
    return minutes <= left + CLOSE_ENOUGH or left == budget > 0


def rounds(needs: Sequence[Need], budgets: Sequence[float]) -> tuple[list[list[int]], list[int]]:
    """Return who is asked on each day, by place in `needs`, and the meetings that found no room."""
    most = max((need.meetings for need in needs), default=0)
    waiting: list[deque[int]] = [deque() for _ in range(most + 1)]
    for at, need in enumerate(needs):
        waiting[need.meetings].append(at)
    shortest = min((need.minutes for need in needs), default=0.0)
    days = [_one_day(needs, waiting, day, budget, shortest) for day, budget in enumerate(budgets)]
    owed = [0] * len(needs)
    for count, places in enumerate(waiting):
        for at in places:
            owed[at] = count
    return days, owed


def _one_day(
    needs: Sequence[Need], waiting: list[deque[int]], day: int, budget: float, shortest: float
) -> list[int]:
    asked: list[tuple[int, int]] = []
    left = budget
    for count in range(len(waiting) - 1, 0, -1):
        queue, passed = waiting[count], []
        while queue and has_room(shortest, left, budget):
            at = queue.popleft()
            rests = day == 0 and needs[at].rests_today
            if not rests and has_room(needs[at].minutes, left, budget):
                asked.append((count - 1, at))
                left -= needs[at].minutes
            else:
                passed.append(at)
        queue.extendleft(reversed(passed))
    for count, at in asked:
        waiting[count].append(at)
    return [at for _, at in asked]


def minutes_short(needs: Sequence[Need], budgets: Sequence[float]) -> float:
    """Return the minutes of all meetings that find no room; 0 if everything fits."""
    _, owed = rounds(needs, budgets)
    return sum(count * need.minutes for count, need in zip(owed, needs, strict=True))


def fits(needs: Sequence[Need], budgets: Sequence[float]) -> bool:
    """Does every meeting find room? Says no early where the sums alone say it."""
    days = sum(budget > 0 for budget in budgets)
    longest = max((need.minutes for need in needs), default=0.0)
    room = sum(max(budget, longest) for budget in budgets if budget > 0)
    asked = sum(need.meetings * need.minutes for need in needs)
    if asked > room + CLOSE_ENOUGH or any(need.meetings > days for need in needs):  # at a glance
        return False
    return minutes_short(needs, budgets) == 0


def fewest_dropped(needs: Sequence[Need], budgets: Sequence[float]) -> tuple[int, ...]:
    """Return the places to drop so that the others fit: what can never fit, then the least worth.

    By worth for the minutes they would take; not the smallest set there is, but the first that
    does in this order.
    """
    days = sum(budget > 0 for budget in budgets)
    needing = [at for at, need in enumerate(needs) if need.meetings]
    needing.sort(key=lambda at: (needs[at].meetings <= days, _worth_a_minute(needs[at]), -at))
    return tuple(
        needing[: _least(len(needing), lambda count: _without(needs, needing[:count], budgets))]
    )


def extra_minutes(needs: Sequence[Need], budgets: Sequence[float]) -> int | None:
    """Return the fewest whole minutes more on each study day with which everything fits.

    None where days are too few for any number of minutes.
    """

    def enough(extra: int) -> bool:
        return fits(needs, [budget + extra if budget > 0 else 0.0 for budget in budgets])

    return _least(MOST_EXTRA_MINUTES, enough) if enough(MOST_EXTRA_MINUTES) else None


def _without(needs: Sequence[Need], dropped: Sequence[int], budgets: Sequence[float]) -> bool:
    gone = set(dropped)
    return fits([need for at, need in enumerate(needs) if at not in gone], budgets)


def _worth_a_minute(need: Need) -> float:
    return need.worth / (need.meetings * need.minutes)


def _least(most: int, enough: Callable[[int], bool]) -> int:
    """Return the least number up to `most` that is enough; `most` itself must be."""
    least = 0
    while least < most:
        middle = (least + most) // 2
        if enough(middle):
            most = middle
        else:
            least = middle + 1
    return most
