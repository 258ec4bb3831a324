"""A million reviews replayed: by each scheduler alone, and read from a database; then a switch.

Run it with `python -m tests.benchmarks.replay [reviews]`; DATABASE_URL chooses the database, in
which a test database is made and dropped again.

Measured on two shared cores: a million reviews take 17 to 20 s in the core, with each scheduler
(22 s of CPU when spread); read from a database of 100 000 cards, with the memory of their points,
28 s on SQLite and 39 s on PostgreSQL, in 107 MB at most. A learner with 10 000 cards and 100 000
reviews switches in 3 s on SQLite and in 4.5 s on PostgreSQL.
"""

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llmprep.settings_test")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from cards.models import Card, Category, Learner, Question, ReviewLog
from cards.scheduling import SCHEDULERS, CardState, Scheduler, Sm2, Spread, grade, replay
from cards.services.account import Planning, change_planning
from cards.services.replay import replay_cards

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REVIEWS_PER_CARD = 10
CARDS_PER_LEARNER = 10_000
HISTORIES = 500

Life = list[tuple[int, date]]


def lives() -> list[Life]:
    """Histories as SM-2 would have asked, some days late, one in six forgotten."""
    dice, made = random.Random(7), []
    for _ in range(HISTORIES):
        state, answers = CardState(), Life()
        for _ in range(REVIEWS_PER_CARD):
            on = (state.due_on or date(2024, 1, 1)) + timedelta(days=dice.randint(0, 3))
            answers.append((dice.choice((1, 3, 4, 4, 4, 5)), on))
            state = grade(Sm2(), state, *answers[-1]).state
        made.append(answers)
    return made


def timed(label: str, act: Callable[[], object], per: int) -> None:
    """Print how long it took, in all and by the review, and the most memory there ever was."""
    start, used = time.perf_counter(), time.process_time()
    act()
    wall, cpu = time.perf_counter() - start, time.process_time() - used
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{label:44}{wall:8.1f} s{cpu:8.1f} s CPU{1e6 * wall / per:8.1f} µs{most:8} MB")


def in_the_core(reviews: int, known: list[Life]) -> None:
    """Replay without any database."""
    schedulers: list[Scheduler] = [*SCHEDULERS.values(), Spread(SCHEDULERS["fsrs"], "1/7")]
    for planner in schedulers:
        cards = range(reviews // REVIEWS_PER_CARD)
        name = f"{planner.name}, spread" if isinstance(planner, Spread) else planner.name
        act = lambda planner=planner: [replay(planner, known[n % HISTORIES]) for n in cards]  # noqa: B023, E731
        timed(f"core, {name}", act, reviews)


def populate(reviews: int, known: list[Life]) -> list[Learner]:
    """Store learners with 10 000 cards each, as SM-2 planned them."""
    states = [replay(Sm2(), life) for life in known]
    category = Category.objects.create(slug="bench", name="Bench", position=1)
    questions = Question.objects.bulk_create(
        Question(slug=f"bench-{n}", category=category, prompt=f"Bench {n}?", position=n)
        for n in range(min(CARDS_PER_LEARNER, reviews // REVIEWS_PER_CARD))
    )
    learners = []
    for number in range(max(1, reviews // REVIEWS_PER_CARD // CARDS_PER_LEARNER)):
        learner = Learner.objects.create_user(f"bench-{number}@example.org", name="B")
        learners.append(learner)
        cards = [Card(learner=learner, question=question) for question in questions]
        for n, card in enumerate(cards):
            card.take(states[n % HISTORIES])
        Card.objects.bulk_create(cards, batch_size=500)
        for begin in range(0, len(cards), 500):
            some = list(enumerate(cards[begin : begin + 500], begin))
            ReviewLog.objects.bulk_create(
                ReviewLog(
                    learner=learner, card=card, question_id=card.question_id,
                    submission_id=uuid4(), reviewed_at=NOW, time_zone="UTC", study_date=on,
                    kind="review", quality=quality, scheduler="sm2", scheduler_version=1,
                    state_before={}, state_after={},
                )
                for n, card in some
                for quality, on in known[n % HISTORIES]
            )  # fmt: skip
    return learners


def from_the_database(reviews: int, known: list[Life]) -> None:
    """Prove every card; then let one learner switch and switch back."""
    learners = populate(reviews, known)
    connection.cursor().execute("ANALYZE")
    print(
        f"\n{connection.vendor}, {Card.objects.count()} cards, {ReviewLog.objects.count()} reviews"
    )
    drifts: list[object] = []
    timed("every card proved", lambda: drifts.extend(filter(None, replay_cards())), reviews)
    assert drifts == []
    per = Card.objects.filter(learner=learners[0]).count() * REVIEWS_PER_CARD
    for name in ("fsrs", "anki", "sm2"):
        planning = Planning(name, 90, spreads_intervals=False)
        act = lambda planning=planning: change_planning(learners[0], planning)  # noqa: E731
        timed(f"one learner switches to {name}", act, per)


def main() -> None:
    """Measure the core, then the database."""
    reviews = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    known = lives()
    print(f"{reviews} reviews, {REVIEWS_PER_CARD} a card")
    in_the_core(reviews, known)
    with tempfile.TemporaryDirectory() as folder:
        settings.DATA_DIR = folder
        old = setup_databases(verbosity=0, interactive=False)
        try:
            from_the_database(reviews, known)
        finally:
            teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    main()
