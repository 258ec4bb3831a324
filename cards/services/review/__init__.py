"""The review: what comes next, grading, undo, putting aside."""

from cards.services.review.aside import Aside, bring_back, bury_card, reset_card, suspend_card
from cards.services.review.compare import compare_attempt
from cards.services.review.grade import Graded, Stale, grade_card
from cards.services.review.judge import Submission, suggestion_for
from cards.services.review.turn import Finish, Turn, counts_today, next_turn
from cards.services.review.undo import Undone, undo_review

__all__ = [
    "Aside",
    "Finish",
    "Graded",
    "Stale",
    "Submission",
    "Turn",
    "Undone",
    "bring_back",
    "bury_card",
    "compare_attempt",
    "counts_today",
    "grade_card",
    "next_turn",
    "reset_card",
    "suggestion_for",
    "suspend_card",
    "undo_review",
]
