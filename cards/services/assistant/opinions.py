"""Second opinions on attempts: asked once, kept, and compared with what the learner ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.shortcuts import get_object_or_404

from cards.assistant.opinion import UNSURE, Verdict
from cards.models import Learner, Question, SecondOpinion
from cards.rubric import Recall
from cards.services.assistant.once import GoingOnError, one_at_a_time
from cards.services.assistant.second_opinion import as_ticks, as_words, second_opinion

CHOICES = {Recall.NO: "no", Recall.PARTLY: "partly", Recall.YES: "yes"}  # as the page has them


@dataclass(frozen=True, slots=True)
class Attempted:
    """An attempt as it was sent, with what is ticked so far."""

    submission_id: UUID
    attempt: str
    ticks: Mapping[int, Recall] = field(default_factory=dict)  # by key point

    def key(self, slug: str) -> UUID:
        """The same for the same attempt at this question from the same form."""
        return uuid5(self.submission_id, f"{slug}\n{self.attempt}")


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One key point: what the model says of it, and what the learner ticked."""

    id: int
    text: str
    word: str
    quote: str
    suggested: Recall | None  # None where it is unsure
    ticked: str  # as the learner reads it; empty where nothing was
    differs: bool

    @property
    def is_compared(self) -> bool:
        """Did both judge it?"""
        return bool(self.ticked) and self.word != UNSURE


@dataclass(frozen=True, slots=True)
class ShownOpinion:
    """A second opinion for a page; without rows `trouble` says why there is none."""

    question: Question
    rows: tuple[OpinionRow, ...] = ()
    trouble: str = ""

    @property
    def compared(self) -> int:
        """On how many points both judged."""
        return sum(row.is_compared for row in self.rows)

    @property
    def differing(self) -> int:
        """On how many of these they differ."""
        return sum(row.differs for row in self.rows)

    @property
    def is_ticked(self) -> bool:
        """Had the learner ticked anything?"""
        return any(row.ticked for row in self.rows)

    @property
    def has_unsure(self) -> bool:
        """Is there a point that it cannot tell?"""
        return any(row.word == UNSURE for row in self.rows)

    @property
    def suggests(self) -> bool:
        """Is there a tick to take?"""
        return any(row.suggested is not None for row in self.rows)


def ask_opinion(learner: Learner, slug: str, sent: Attempted, *, at: datetime) -> ShownOpinion:
    """Ask for a second opinion and keep it; sent twice, it is asked once.

    It is compared with the ticks of the first time. Raises Http404 for a question that the
    learner cannot see.
    """
    questions = Question.objects.visible_to(learner).active()
    question = get_object_or_404(questions, slug=slug)
    key = sent.key(slug)
    kept = _kept(learner, key)
    if kept:
        return _shown(question, kept)
    try:
        with one_at_a_time(f"{learner.pk}:{key}"):
            return _asked(learner, question, sent, at)
    except GoingOnError as error:
        return ShownOpinion(question, trouble=str(error))


def _asked(learner: Learner, question: Question, sent: Attempted, at: datetime) -> ShownOpinion:
    key = sent.key(question.slug)
    kept = _kept(learner, key)  # by who held the key until now
    if kept:
        return _shown(question, kept)
    given = second_opinion(learner, question.prompt, question.points, sent.attempt, at=at)
    if given.trouble:
        return ShownOpinion(question, trouble=given.trouble)
    verdicts = given.verdicts
    kept, _ = SecondOpinion.objects.get_or_create(
        learner=learner,
        submission_id=key,
        defaults={
            "question": question,
            "asked_at": at,
            "study_date": learner.settings.clock.date_of(at),
            "words": {one: verdict.word for one, verdict in verdicts.items()},
            "quotes": {one: verdict.quote for one, verdict in verdicts.items() if verdict.quote},
            "ticks": {
                str(one): int(recall) for one, recall in sent.ticks.items() if str(one) in verdicts
            },
        },
    )
    return _shown(question, kept)


def _kept(learner: Learner, key: UUID) -> SecondOpinion | None:
    return SecondOpinion.objects.filter(learner=learner, submission_id=key).first()


def _shown(question: Question, kept: SecondOpinion) -> ShownOpinion:
    points = [point for point in question.points if str(point["id"]) in kept.words]
    return ShownOpinion(question, tuple(_rows(points, kept)))


def _rows(points: Sequence[Mapping[str, Any]], kept: SecondOpinion) -> list[OpinionRow]:
    verdicts = {one: Verdict(word, kept.quotes.get(one, "")) for one, word in kept.words.items()}
    suggested, learners = as_ticks(verdicts), as_words(kept.ticks)
    rows = []
    for point in points:
        one = str(point["id"])
        verdict, own = verdicts[one], learners.get(one, "")
        rows.append(
            OpinionRow(
                id=point["id"],
                text=point["text"],
                word=verdict.word,
                quote=verdict.quote,
                suggested=suggested.get(one),
                ticked=CHOICES[Recall(kept.ticks[one])] if own else "",
                differs=bool(own) and verdict.word not in {UNSURE, own},
            )
        )
    return rows
