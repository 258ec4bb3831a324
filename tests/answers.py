"""Grading from a test: through the service, as a real grade goes."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from cards.models import Learner
from cards.services.review import Graded, Submission, Turn, grade_card, next_turn


def answer(learner: Learner, quality: int, *, at: datetime, **sent: Any) -> Graded:
    """Grade the card that is shown now."""
    turn = next_turn(learner, at=at)
    assert turn.question is not None, "nothing is due"
    return grade_card(learner, turn.question.slug, submission(turn, quality, **sent), at=at)


def submission(turn: Turn, quality: int, **sent: Any) -> Submission:
    """What the form of this turn sends."""
    sent.setdefault("submission_id", uuid4())
    sent.setdefault("told", turn.told)
    return Submission(seen_version=turn.version, quality=quality, **sent)


def form_of(turn: Turn, quality: int = 4, **sent: Any) -> dict[str, Any]:
    """The fields of this turn's form."""
    return {
        "submission_id": str(turn.submission_id),
        "version": turn.version,
        "quality": quality,
        "told": list(turn.told),
    } | sent
