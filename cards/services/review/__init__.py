"""The review: what comes next, grading, undo, putting aside."""

from cards.services.review.aside import Aside, bring_back, bury_card, reset_card, suspend_card
from cards.services.review.changed import changed_points
from cards.services.review.choose import Choice, Way
from cards.services.review.compare import compare_attempt
from cards.services.review.counts import counts_today
from cards.services.review.finish import AHEAD_DAYS, Finish, Offers, offers
from cards.services.review.grade import Graded, Stale, grade_card
from cards.services.review.judge import Submission, suggestion_for
from cards.services.review.load import planner_by_load
from cards.services.review.session import end_session, start_session
from cards.services.review.turn import Turn, next_turn
from cards.services.review.undo import Undone, undo_review

__all__ = [
    "AHEAD_DAYS",
    "Aside",
    "Choice",
    "Finish",
    "Graded",
    "Offers",
    "Stale",
    "Submission",
    "Turn",
    "Undone",
    "Way",
    "bring_back",
    "bury_card",
    "changed_points",
    "compare_attempt",
    "counts_today",
    "end_session",
    "grade_card",
    "next_turn",
    "offers",
    "planner_by_load",
    "reset_card",
    "start_session",
    "suggestion_for",
    "suspend_card",
    "undo_review",
]
