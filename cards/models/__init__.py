"""The tables."""

from cards.models.card import MATURE_INTERVAL_DAYS, Card
from cards.models.content import Category, KeyPoint, Question, QuestionVersion
from cards.models.conversation import LONGEST_TITLE, Conversation, Message
from cards.models.interview import DayOff, Interview, ReadinessDay
from cards.models.learner import Learner, StudySettings
from cards.models.model_use import ModelUse
from cards.models.note import Note, Tag
from cards.models.review import PointMark, ReviewLog
from cards.models.search import SearchEntry, SearchVector, SearchWord
from cards.models.second_opinion import SecondOpinion
from cards.models.session import StudySession

__all__ = [
    "LONGEST_TITLE",
    "MATURE_INTERVAL_DAYS",
    "Card",
    "Category",
    "Conversation",
    "DayOff",
    "Interview",
    "KeyPoint",
    "Learner",
    "Message",
    "ModelUse",
    "Note",
    "PointMark",
    "Question",
    "QuestionVersion",
    "ReadinessDay",
    "ReviewLog",
    "SearchEntry",
    "SearchVector",
    "SearchWord",
    "SecondOpinion",
    "StudySession",
    "StudySettings",
    "Tag",
]
