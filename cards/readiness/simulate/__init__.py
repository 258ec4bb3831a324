"""Learners who do not exist, to see what a scheduler does for their interview: docs/evidence.md."""

from cards.readiness.simulate.contestants import Contestant, Date, Dated, Planned
from cards.readiness.simulate.life import Course, Life, live
from cards.readiness.simulate.report import Result, summed_up
from cards.readiness.simulate.truths import TRUTHS, Truth

__all__ = [
    "TRUTHS",
    "Contestant",
    "Course",
    "Date",
    "Dated",
    "Life",
    "Planned",
    "Result",
    "Truth",
    "live",
    "summed_up",
]
