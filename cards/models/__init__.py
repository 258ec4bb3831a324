"""The tables."""

from cards.models.card import MATURE_INTERVAL_DAYS, Card
from cards.models.content import Category, KeyPoint, Question, QuestionVersion
from cards.models.interview import DayOff, Interview, ReadinessDay
from cards.models.learner import Learner, StudySettings
from cards.models.note import Note, Tag
from cards.models.review import PointMark, ReviewLog
from cards.models.search import SearchEntry
from cards.models.session import StudySession

__all__ = [
    "MATURE_INTERVAL_DAYS",
    "Card",
    "Category",
    "DayOff",
    "Interview",
    "KeyPoint",
    "Learner",
    "Note",
    "PointMark",
    "Question",
    "QuestionVersion",
    "ReadinessDay",
    "ReviewLog",
    "SearchEntry",
    "StudySession",
    "StudySettings",
    "Tag",
]
