"""Sessions from a test: through the service, each step as a request of its own would see it."""

from datetime import date, datetime, timedelta
from typing import Any

from cards.models import Card, Learner, Question, StudySession
from cards.rubric import Recall
from cards.services.replay import replay_cards
from cards.services.review import (
    Choice,
    Graded,
    Turn,
    Way,
    end_session,
    grade_card,
    next_turn,
    start_session,
)
from tests.answers import submission


def fresh(learner: Learner) -> Learner:
    """The learner as the next request loads them."""
    return Learner.objects.select_related("settings", "session").get(pk=learner.pk)


def study_date(learner: Learner, at: datetime) -> date:
    """The learner's study day, which is yesterday's until the day starts."""
    return learner.settings.clock.date_of(at)


def start(learner: Learner, way: Way, *, at: datetime, **chosen: Any) -> StudySession | None:
    """Begin a session."""
    return start_session(fresh(learner), Choice(way, **chosen), at=at)


def leave(learner: Learner) -> None:
    """End it."""
    end_session(fresh(learner))


def turn_of(learner: Learner, *, at: datetime, wanted: str = "") -> Turn:
    """What the review shows now."""
    return next_turn(fresh(learner), at=at, wanted=wanted)


def give(learner: Learner, quality: int, *, at: datetime, **sent: Any) -> Graded:
    """Grade the card that is shown now, as its page says that it counts."""
    turn = turn_of(learner, at=at)
    assert turn.question is not None, "nothing is asked"
    sent.setdefault("mode", turn.mode)
    return grade_card(fresh(learner), turn.question.slug, submission(turn, quality, **sent), at=at)


def judged(question: Question, *recalls: int) -> dict[int, Recall]:
    """The points in order; those beyond are recalled."""
    ids = [point["id"] for point in question.points]
    return dict.fromkeys(ids, Recall.YES) | dict(zip(ids, map(Recall, recalls), strict=False))


def meet(
    learner: Learner, questions: list[Question], on: date, *, due_in: int = 0, **fields: Any
) -> list[Card]:
    """Let the learner have met the questions: due so many days from `on`."""
    days = {"interval_days": 10, "repetitions": 3, "last_reviewed_on": on - timedelta(days=10)}
    due_on = on + timedelta(days=due_in)
    return Card.objects.bulk_create(
        Card(
            learner=learner,
            question=question,
            introduced_on=on - timedelta(days=40),
            due_on=due_on,
            **(days | fields),
        )
        for question in questions
    )


def schedules(learner: Learner) -> dict[int, Any]:
    """Every card's schedule, by question."""
    return {card.question_id: card.state for card in Card.objects.filter(learner=learner)}


def drifts() -> list[str]:
    """Cards that do not follow from their log."""
    return [str(drift) for drift in replay_cards() if drift]
