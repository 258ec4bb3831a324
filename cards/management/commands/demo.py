"""`manage.py demo`: a learner with 60 days behind them, to see every page full."""

import random
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cards.models import Learner
from cards.rubric import Confidence, Recall
from cards.services.review import Submission, grade_card, next_turn

EMAIL = "demo@example.com"
DAYS = 60
SECONDS_BETWEEN = 75


class Command(BaseCommand):
    """Makes the demo learner anew; reviews go the same way as real ones."""

    help = f"Make {EMAIL} with {DAYS} days of simulated reviews and print how to sign in."

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        """Replace an earlier demo learner, and only that one."""
        password = secrets.token_urlsafe(9)
        with transaction.atomic():
            Learner.objects.filter(email=EMAIL).delete()
            learner = Learner.objects.create_user(EMAIL, password, name="Sam")
            now = timezone.now()
            learner.settings.interview_on = (now + timedelta(days=18)).date()
            learner.settings.minutes_per_day = 25
            learner.settings.save()
            answers = sum(
                _study_day(learner, now - timedelta(days=ago), random.Random(ago))  # noqa: S311
                for ago in range(DAYS, 0, -1)
            )
        if not answers:
            raise CommandError("The bank is empty: run `manage.py seed` first.")
        self.stdout.write(f"{answers} answers in {DAYS} days. Sign in as {EMAIL} with {password}")


def _study_day(learner: Learner, at: datetime, dice: random.Random) -> int:
    """Answer until nothing is left; some days are missed and some end early."""
    patience = 0 if dice.random() < 0.12 else dice.randint(3, 12)
    learner.settings.new_per_day = int(dice.random() < 0.55)  # in memory: some days bring one
    answers = 0
    while answers < patience:
        turn = next_turn(learner, at=at)
        if turn.question is None:
            break
        quality = 4 if turn.drill else _quality(turn.outcomes[2].state.repetitions, dice)
        sent = Submission(
            submission_id=UUID(int=dice.getrandbits(128), version=4),
            seen_version=turn.version,
            quality=quality,
            attempt="I would start from what the question asks for." if dice.random() < 0.2 else "",
            judged={point["id"]: _recall(quality, dice) for point in turn.question.points},
            confidence=Confidence(min(3, max(1, quality - dice.randint(0, 2)))),
            hint_used=dice.random() < 0.1,
            attempt_ms=dice.randint(15_000, 150_000),
            duration_ms=dice.randint(20_000, 180_000),
        )
        grade_card(learner, turn.question.slug, sent, at=at)
        answers += 1
        at += timedelta(seconds=SECONDS_BETWEEN)
    return answers


def _recall(quality: int, dice: random.Random) -> Recall:
    """The better the grade, the more was said; people are kind to themselves."""
    yes, partly = 0.15 + 0.15 * quality, 0.15
    return dice.choices([Recall.YES, Recall.PARTLY, Recall.NO], [yes, partly, 1.05 - yes])[0]


def _quality(repetitions: int, dice: random.Random) -> int:
    """Better known, better answered."""
    recalled = 0.6 if repetitions <= 1 else 0.85
    if dice.random() > recalled:
        return dice.choice((1, 1, 2, 0))
    return dice.choice((3, 4, 4, 4, 5))
