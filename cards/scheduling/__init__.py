"""When a card comes again: plain Python, no Django, no clock, no dice."""

from cards.scheduling.backlog import Pace, is_backlog, reviews_a_day
from cards.scheduling.fsrs import (
    DEFAULT_RETENTION,
    HIGHEST_RETENTION,
    LOWEST_RETENTION,
    Fsrs,
)
from cards.scheduling.fuzz import Spread, as_told, span_of
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
from cards.scheduling.load import Load
from cards.scheduling.memory import DEFAULT_MEMORY, MemoryModel, retrievability
from cards.scheduling.modes import Mode, answer, mode_for, outcomes
from cards.scheduling.queue import Available, Counts, Limits, due_left, new_left
from cards.scheduling.registry import DEFAULT_SCHEDULER, SCHEDULERS, scheduler_named
from cards.scheduling.replay import ToldEvent, replay, replay_told
from cards.scheduling.sm2 import Sm2
from cards.scheduling.study_day import StudyClock
from cards.scheduling.types import (
    AGAIN,
    BUTTONS,
    EASY,
    GOOD,
    HARD,
    MAX_INTERVAL_DAYS,
    PASSING_QUALITY,
    SETTLED_QUALITY,
    CardState,
    Scheduler,
)
from cards.scheduling.why import Case, LastAnswer, explain
from cards.scheduling.worth import (
    Candidate,
    Group,
    best,
    fit,
    minutes_of,
    recall_after,
    usual_ratio,
)

__all__ = [
    "AGAIN",
    "BUTTONS",
    "DEFAULT_MEMORY",
    "DEFAULT_RETENTION",
    "DEFAULT_SCHEDULER",
    "EASY",
    "GOOD",
    "HARD",
    "HIGHEST_RETENTION",
    "LOWEST_RETENTION",
    "MAX_INTERVAL_DAYS",
    "NOT_ANSWERS",
    "PASSING_QUALITY",
    "SCHEDULERS",
    "SCHEDULING",
    "SETTLED_QUALITY",
    "Available",
    "Candidate",
    "CardState",
    "Case",
    "Counts",
    "Fsrs",
    "Group",
    "Kind",
    "LastAnswer",
    "Limits",
    "Load",
    "MemoryModel",
    "Mode",
    "Outcome",
    "Pace",
    "Scheduler",
    "Sm2",
    "Spread",
    "StudyClock",
    "ToldEvent",
    "answer",
    "as_told",
    "best",
    "due_left",
    "explain",
    "fit",
    "grade",
    "is_backlog",
    "is_leech",
    "minutes_of",
    "mode_for",
    "new_left",
    "outcomes",
    "practise",
    "preview",
    "recall_after",
    "replay",
    "replay_told",
    "retrievability",
    "reviews_a_day",
    "scheduler_named",
    "span_of",
    "turns_leech",
    "usual_ratio",
]
