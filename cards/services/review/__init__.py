"""The review: what comes next, grading, undo."""

from cards.services.review.grade import Graded, Stale, Submission, grade_card
from cards.services.review.turn import Finish, Turn, counts_today, next_turn
from cards.services.review.undo import Undone, undo_review

__all__ = [
    "Finish",
    "Graded",
    "Stale",
    "Submission",
    "Turn",
    "Undone",
    "counts_today",
    "grade_card",
    "next_turn",
    "undo_review",
]
