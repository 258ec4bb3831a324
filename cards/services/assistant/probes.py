"""The interviewer's three questions about an attempt: each asked once, none kept for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.cache import cache
from django.shortcuts import get_object_or_404

from cards.assistant.probe import MOST_PROBES
from cards.models import Learner, Question
from cards.services.assistant.once import GoingOnError, one_at_a_time
from cards.services.assistant.probing import next_probe

REMEMBERED = 6 * 60 * 60  # seconds
NO_ATTEMPT = "There is nothing that could be asked about yet: write your answer first."
Earlier = tuple[tuple[str, str], ...]  # each question with what the learner answered


@dataclass(frozen=True, slots=True)
class Probing:
    """An attempt as it was sent, with what was asked about it and answered so far."""

    submission_id: UUID
    attempt: str
    earlier: Earlier = ()


@dataclass(frozen=True, slots=True)
class ShownProbe:
    """The next question for a page; without one it is over, or `trouble` says why."""

    question: Question
    earlier: Earlier = ()
    text: str = ""
    trouble: str = ""

    @property
    def number(self) -> int:
        """Which of the three it is."""
        return len(self.earlier) + 1

    @property
    def is_over(self) -> bool:
        """Have three been asked and answered?"""
        return len(self.earlier) >= MOST_PROBES

    @property
    def is_last(self) -> bool:
        """Is this the third?"""
        return bool(self.text) and self.number == MOST_PROBES

    @property
    def all(self) -> Earlier:
        """What was asked so far, the new question too."""
        return (*self.earlier, (self.text, "")) if self.text else self.earlier


def ask_probe(learner: Learner, slug: str, sent: Probing, *, at: datetime) -> ShownProbe:
    """Ask for the next question; sent again, the same one comes back and costs nothing.

    What was asked for this form is remembered here, so that no form gets a fourth. Raises
    Http404 for a question that the learner cannot see.
    """
    questions = Question.objects.visible_to(learner).active()
    question = get_object_or_404(questions, slug=slug)
    if not sent.attempt.strip():
        return ShownProbe(question, sent.earlier, trouble=NO_ATTEMPT)
    key = f"probes:{learner.pk}:{question.pk}:{sent.submission_id}"
    try:
        with one_at_a_time(key):
            return _next(learner, question, sent, key, at)
    except GoingOnError as error:
        return ShownProbe(question, sent.earlier, trouble=str(error))


def _next(
    learner: Learner, question: Question, sent: Probing, key: str, at: datetime
) -> ShownProbe:
    told: list[str] = cache.get(key, [])
    earlier = _as_told(sent.earlier, told)
    if len(earlier) < len(told):
        return ShownProbe(question, earlier, told[len(earlier)])
    probe = next_probe(learner, question.prompt, question.points, sent.attempt, earlier, at=at)
    if probe is None:
        return ShownProbe(question, earlier)
    if probe.question:
        cache.set(key, [*(asked for asked, _ in earlier), probe.question], REMEMBERED)
    return ShownProbe(question, earlier, probe.question, probe.trouble)


def _as_told(earlier: Earlier, told: Sequence[str]) -> Earlier:
    """What a form says was asked gives way to what is remembered."""
    return tuple(
        (told[place] if place < len(told) else asked, answered)
        for place, (asked, answered) in enumerate(earlier)
    )
