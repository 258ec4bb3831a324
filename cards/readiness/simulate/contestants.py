"""Who decides what a simulated learner is asked: a scheduler of single cards, or the plan."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from cards.readiness.layout import Item, final_pass_from, laid_out
from cards.readiness.pace import Follower

Date = Callable[[int, int, int], int]  # question, rating, day: the day on which it is due next


class Contestant(Protocol):
    """Decides what is asked, and hears how it went."""

    def today(self, day: int) -> Iterable[int]:
        """Return the questions for the day, most urgent first, more than time allows."""
        ...

    def answered(self, question: int, rating: int, day: int) -> None:
        """Take in an answer."""
        ...


class Dated:
    """Due cards, oldest date first, then new ones; with variants that suit a deadline better."""

    def __init__(
        self, questions: int, date: Date, *, ahead: bool = False, new_first: bool = False
    ) -> None:
        """Ask `date` for every next date.

        `ahead` fills spare minutes with reviews before their date, `new_first` learns before it
        reviews.
        """
        self.new = dict.fromkeys(range(questions))
        self.date, self.ahead, self.new_first = date, ahead, new_first
        self.due: dict[int, int] = {}

    def today(self, day: int) -> list[int]:
        """Return what is due, then what is new, then perhaps what would be due next."""
        met = sorted(self.due, key=lambda question: (self.due[question], question))
        due = [question for question in met if self.due[question] <= day]
        later = [question for question in met if self.due[question] > day] if self.ahead else []
        new = list(self.new)
        return (new + due if self.new_first else due + new) + later

    def answered(self, question: int, rating: int, day: int) -> None:
        """Set the next date."""
        self.new.pop(question, None)
        self.due[question] = self.date(question, rating, day)


class Planned:
    """The plan, made anew every day from what has really happened."""

    def __init__(
        self, minutes: Sequence[float], budgets: Sequence[float], meetings_each: int
    ) -> None:
        """Know the minutes of each question and of each day."""
        self.minutes, self.budgets, self.meetings_each = minutes, budgets, meetings_each
        self.pass_from = final_pass_from(
            [Item(each) for each in minutes], len(budgets), lambda day: budgets[max(0, day)]
        )
        self.follower = Follower()
        self.met = [0] * len(minutes)

    def today(self, day: int) -> list[int]:
        """Return the plan's first day."""
        at = self.follower.likeliest
        items = [Item(minutes) for minutes in self.minutes]
        for question, (stability, difficulty) in self.follower.memories[at].items():
            item = items[question]
            item.stability, item.difficulty = stability, difficulty
            item.last = self.follower.last[question] - day
            item.met = self.met[question]
        pace = self.follower.pace()
        pass_from = self.pass_from - day
        return laid_out(items, self.budgets[day:], pace, self.meetings_each, pass_from)[0][0]

    def answered(self, question: int, rating: int, day: int) -> None:
        """Follow the learner's memory."""
        self.met[question] += 1
        self.follower.answered(question, rating, day)
