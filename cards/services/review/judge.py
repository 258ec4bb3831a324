"""What the points that a learner judged amount to; nothing is stored here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from cards.models import Learner, Question
from cards.rubric import Confidence, Judged, Recall, Suggestion, suggest
from cards.scheduling import BUTTONS, PASSING_QUALITY, Mode

AGAIN = BUTTONS[0]


@dataclass(frozen=True, slots=True)
class Submission:
    """What the learner sent: the card as it was seen, and the answer."""

    submission_id: UUID
    seen_version: int
    quality: int  # 0 to 5
    attempt: str = ""
    judged: Mapping[int, Recall] = field(default_factory=dict)  # by key point
    drilled: frozenset[int] = frozenset()  # the points asked for; empty when all were
    misconceptions: frozenset[int] = frozenset()  # places among the question's, from 0
    confidence: Confidence | None = None
    hint_used: bool = False
    attempt_ms: int | None = None
    duration_ms: int | None = None
    mode: Mode = Mode.DUE  # how the page said that it counts
    told: tuple[int, ...] = ()  # the interval on each button, in days; empty where none is chosen

    @property
    def told_days(self) -> int | None:
        """The interval that the pressed button told; 0 and 2 are Again's."""
        if not self.told:
            return None
        return self.told[BUTTONS.index(self.quality if self.quality in BUTTONS else AGAIN)]


def judge(question: Question, sent: Submission) -> Suggestion | None:
    """Return what the rubric makes of an answer; None when no point of it was judged.

    A point that was not judged, while others were, was not said.
    """
    if not (sent.judged or sent.misconceptions):
        return None
    allowed_ms = question.minutes * 60_000
    return suggest(
        [
            Judged(sent.judged.get(point["id"], Recall.NO), point["essential"])
            for point in asked_points(question, sent)
        ],
        has_misconception=bool(sent.misconceptions),
        has_used_hint=sent.hint_used,
        is_over_time=sent.attempt_ms is not None and sent.attempt_ms > allowed_ms,
        confidence=sent.confidence,
    )


def suggestion_for(learner: Learner, slug: str, sent: Submission) -> Suggestion | None:
    """Return what the rubric makes of an answer that is not graded yet; nothing is stored.

    Raises Http404 for a question that the learner cannot see.
    """
    questions = Question.objects.visible_to(learner).active()
    return judge(get_object_or_404(questions, slug=slug), sent)


def asked_points(question: Question, sent: Submission) -> list[dict[str, Any]]:
    """Return the points that were asked for: all of them, or those of the drill."""
    if not sent.drilled:
        return list(question.points)
    return [point for point in question.points if point["id"] in sent.drilled]


def refined(quality: int, suggestion: Suggestion | None) -> int:
    """Again is 1, and 0 or 2 where the points say so: the effect is the same, the record better."""
    if quality == AGAIN and suggestion and suggestion.quality < PASSING_QUALITY:
        return suggestion.quality
    return quality
