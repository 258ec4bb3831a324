"""Which questions come on which day: each day by what an answer gains for the interview.

Three things shape a day. New questions come in evenly over the first two thirds of the time, for
learning all at once and failing them a week later gains less. Of the others those go first whose
recall on the day of the interview rises most for the minute. Where every question can get all the
meetings it should, the minutes for them are kept free, and in the last days each comes once more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from cards.readiness.gain import HORIZON_DAYS, expected_after, expected_first, gain
from cards.readiness.need import CLOSE_ENOUGH, Need, fits, has_room, rounds
from cards.readiness.pace import Pace

INTAKE_SHARE = 0.65  # of the study days left, over which new questions are spread
PASS_ROOM = 1.5  # of what the final pass takes; by simulation
LONGEST_PASS_DAYS = 366  # before today; a pass that has gone on for a year is over


@dataclass(slots=True)
class Item:
    """One question while days are laid out; `last` is the day of its last answer, today being 0."""

    minutes: float
    weight: float = 1.0
    stability: float = 0.0
    difficulty: float = 0.0
    last: int | None = None
    met: int = 0
    score: float = 0.0
    rescore_on: int = 0
    is_final: bool = False  # has had its turn in the final pass


def needed(item: Item, meetings_each: int) -> int:
    """Return how often it must still be met: up to `meetings_each`, once in the last days."""
    return max(meetings_each - item.met, 0 if item.is_final else 1)


def needs_of(items: Sequence[Item], meetings_each: int) -> list[Need]:
    """Return what every question needs to be met often enough, whenever that is."""
    return [
        Need(max(0, meetings_each - item.met), item.minutes, item.weight, item.last == 0)
        for item in items
    ]


def laid_out(
    items: Sequence[Item],
    budgets: Sequence[float],
    pace: Pace,
    meetings_each: int,
    pass_from: int = 0,
) -> tuple[list[list[int]], bool]:
    """Return the places of the questions for each day, and whether all are met often enough.

    The final pass begins on day `pass_from`, below 0 if that is past already; where it does not fit
    beside the meetings that are needed, it is given up. Where choosing by gain has used up the room
    that was needed, everyone takes turns instead.
    """
    for item in items:
        item.is_final = item.last is not None and item.last >= pass_from
    needs = [
        replace(need, meetings=needed(item, meetings_each))
        for need, item in zip(needs_of(items, meetings_each), items, strict=True)
    ]
    if not fits(needs, budgets):
        needs, pass_from = needs_of(items, meetings_each), len(budgets)
        for item in items:
            item.is_final = True
    is_enough = fits(needs, budgets)
    layout = Layout(items, budgets, pace, meetings_each if is_enough else None, max(0, pass_from))
    days = layout.days()
    if is_enough and not layout.keeps_all():
        days = rounds(needs, budgets)[0]
    return days, is_enough


def final_pass_from(items: Sequence[Item], days: int, budget_on: Callable[[int], float]) -> int:
    """Return the first of the last days, which together hold every question one and a half times.

    With room for each just once, the weakest could not wait for the days nearest the date. Day 0 is
    today, and it may lie before today: `budget_on` gives the minutes of any day.
    """
    wanted, room, day = PASS_ROOM * sum(item.minutes for item in items), 0.0, days
    while room < wanted - CLOSE_ENOUGH and day > -LONGEST_PASS_DAYS:
        day -= 1
        room += _used(budget_on(day), _usual(items))
    return day


class Layout:
    """Lays out day after day, today first, as if each answer went as may be expected."""

    def __init__(
        self,
        items: Sequence[Item],
        budgets: Sequence[float],
        pace: Pace,
        meetings_each: int | None,
        pass_from: int,
    ) -> None:
        """Take the minutes of each day, the last being the day before the interview.

        Without `meetings_each` nothing is kept free for anything: all goes by gain.
        """
        self.items, self.budgets, self.model = items, budgets, pace.model
        self.meetings_each, self.pass_from = meetings_each, pass_from
        self.first = expected_first(pace.model, pace.first_ratings)
        self.new = sorted(
            (at for at, item in enumerate(items) if item.last is None),
            key=lambda at: -items[at].weight / items[at].minutes,
        )
        self.met = [at for at, item in enumerate(items) if item.last is not None]
        self.shortest = min((item.minutes for item in items), default=0.0)
        self.rooms = _rooms(items, budgets)
        self.days_left = _study_days(budgets)
        self.owed = sum(self._need(item) * item.minutes for item in items)

    def days(self) -> list[list[int]]:
        """Return the places of the questions for each day."""
        return [self.one_day(day) for day in range(len(self.budgets))]

    def keeps_all(self) -> bool:
        """Has every question got the meetings that it needs?"""
        return all(self._need(item) == 0 for item in self.items)

    def one_day(self, day: int) -> list[int]:
        """Return the questions for the day, and go on as if they had been answered."""
        budget = left = self.budgets[day]
        asked: list[int] = []
        for at in self._order(day) if budget > 0 else ():
            item = self.items[at]
            if not has_room(self.shortest, left, budget):
                break
            if has_room(item.minutes, left, budget) and self._may(item, day, left):
                asked.append(at)
                left -= item.minutes
                self._answer(item, day)
        taken = set(asked)
        self.met += [at for at in self.new if at in taken]
        self.new = [at for at in self.new if at not in taken]
        return asked

    def _order(self, day: int) -> list[int]:
        met = [at for at in self.met if self._is_open(self.items[at], day)]
        met.sort(key=lambda at: -self.items[at].score)
        quota = self._quota(day)
        order = self.new[:quota] + met + self.new[quota:]
        if day >= self.pass_from or self.days_left[day] <= (self.meetings_each or 0):
            order.sort(key=lambda at: self._rank(self.items[at], day))
        return order

    def _rank(self, item: Item, day: int) -> int:
        """What cannot wait goes first; in the final pass, then, what has not had its turn."""
        if self._need(item) >= self.days_left[day]:
            return 0
        return 2 if day >= self.pass_from and item.is_final else 1

    def _is_open(self, item: Item, day: int) -> bool:
        last = item.last
        if last is None or last >= day:
            return False
        ahead = len(self.budgets) - day
        if day >= item.rescore_on or ahead <= HORIZON_DAYS:
            since = day - last
            risen = gain(
                self.model, item.stability, item.difficulty, since, min(ahead, HORIZON_DAYS)
            )
            item.score = item.weight * risen / item.minutes
            item.rescore_on = day + 1 + since // 4  # it changes slowly after a while
        return True

    def _quota(self, day: int) -> int:
        if day >= self.pass_from:
            return len(self.new)
        until = min(INTAKE_SHARE * self.days_left[day], self._days_before_the_pass(day))
        return ceil(len(self.new) / max(1.0, until))

    def _days_before_the_pass(self, day: int) -> int:
        """Count the days on which a new question can still get all but its last meeting."""
        after = self.days_left[self.pass_from] if self.pass_from < len(self.budgets) else 0
        return self.days_left[day] - after - max(0, (self.meetings_each or 0) - 2)

    def _may(self, item: Item, day: int, left: float) -> bool:
        """Are the minutes that others need still free if this one is asked?"""
        if self.meetings_each is None or self._falls(item, day):
            return True
        return self.owed + item.minutes <= left + self.rooms[day + 1] + CLOSE_ENOUGH

    def _falls(self, item: Item, day: int) -> bool:
        if day >= self.pass_from and not item.is_final:
            return True
        return item.met + 1 <= (self.meetings_each or 0) - (not item.is_final)

    def _answer(self, item: Item, day: int) -> None:
        before = self._need(item)
        if item.last is None:
            item.stability, item.difficulty = self.first
        else:
            item.stability, item.difficulty = expected_after(
                self.model, item.stability, item.difficulty, day - item.last
            )
        item.last, item.met, item.rescore_on = day, item.met + 1, 0
        item.is_final = item.is_final or day >= self.pass_from
        self.owed -= (before - self._need(item)) * item.minutes

    def _need(self, item: Item) -> int:
        return needed(item, self.meetings_each) if self.meetings_each else 0


def _rooms(items: Sequence[Item], budgets: Sequence[float]) -> list[float]:
    """Return how many minutes can be used from each day on; what is left over at night is lost."""
    rooms, usual = [0.0], _usual(items)
    for budget in reversed(budgets):
        rooms.append(rooms[-1] + _used(budget, usual))
    return rooms[::-1]


def _usual(items: Sequence[Item]) -> float:
    return sum(item.minutes for item in items) / len(items) if items else 1.0


def _used(budget: float, usual: float) -> float:
    return max(1, (budget + CLOSE_ENOUGH) // usual) * usual if budget > 0 else 0.0


def _study_days(budgets: Sequence[float]) -> list[int]:
    """Return for each day how many study days are left, itself among them."""
    left, days = 0, []
    for budget in reversed(budgets):
        left += budget > 0
        days.append(left)
    return days[::-1]
