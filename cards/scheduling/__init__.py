"""When a card comes again: plain Python, no Django, no clock, no dice."""

from cards.scheduling.grading import (
    NOT_ANSWERS,
    SCHEDULING,
    Kind,
    Outcome,
    grade,
    practise,
    preview,
)
from cards.scheduling.leech import is_leech, turns_leech
from cards.scheduling.queue import Available, Counts, Limits, due_left, new_left
from cards.scheduling.registry import DEFAULT_SCHEDULER, SCHEDULERS, scheduler_named
from cards.scheduling.replay import replay
from cards.scheduling.study_day import StudyClock
from cards.scheduling.types import (
    AGAIN,
    BUTTONS,
    EASY,
    GOOD,
    HARD,
    PASSING_QUALITY,
    CardState,
    Scheduler,
)

__all__ = [
    "AGAIN",
    "BUTTONS",
    "DEFAULT_SCHEDULER",
    "EASY",
    "GOOD",
    "HARD",
    "NOT_ANSWERS",
    "PASSING_QUALITY",
    "SCHEDULERS",
    "SCHEDULING",
    "Available",
    "CardState",
    "Counts",
    "Kind",
    "Limits",
    "Outcome",
    "Scheduler",
    "StudyClock",
    "due_left",
    "grade",
    "is_leech",
    "new_left",
    "practise",
    "preview",
    "replay",
    "scheduler_named",
    "turns_leech",
]
