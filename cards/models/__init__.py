"""The tables."""

from cards.models.card import MATURE_INTERVAL_DAYS, Card
from cards.models.content import Category, KeyPoint, Question
from cards.models.learner import Learner, StudySettings
from cards.models.review import PointMark, ReviewLog

__all__ = [
    "MATURE_INTERVAL_DAYS",
    "Card",
    "Category",
    "KeyPoint",
    "Learner",
    "PointMark",
    "Question",
    "ReviewLog",
    "StudySettings",
]
