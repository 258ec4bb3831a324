"""The library: every question a learner can see, and writing one's own."""

from cards.services.library.page import PointRow, QuestionPage, question_page
from cards.services.library.row import LibraryRow
from cards.services.library.shelf import Library, LibraryFilter, library
from cards.services.library.write import (
    MAX_OWN_QUESTIONS,
    QuotaError,
    category_choices,
    own_question,
    place_last,
    point_key,
    set_archived,
    write_question,
)

__all__ = [
    "MAX_OWN_QUESTIONS",
    "Library",
    "LibraryFilter",
    "LibraryRow",
    "PointRow",
    "QuestionPage",
    "QuotaError",
    "category_choices",
    "library",
    "own_question",
    "place_last",
    "point_key",
    "question_page",
    "set_archived",
    "write_question",
]
