"""Search and the library over 10 000 questions, in CPU milliseconds of this process and in all.

Run it with `python -m tests.benchmarks.search [questions]`; DATABASE_URL chooses the database, in
which a test database is made and dropped again.
"""

import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llmprep.settings_test")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from cards.models import Learner, Question
from cards.services import search
from cards.services.bank import read_bank, seed_bank
from tests.history import add_history

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SEARCHES = ["attention", "model", "the", "co", "attention model", "kv cache", "quantiz", "zebra"]
PAGES = [
    "/library/", "/library/?sort=due", "/library/?sort=weakest", "/library/?state=young",
    "/library/?state=due&sort=lapses", "/library/?page=150", "/library/?q=attention",
    "/library/?q=model&state=mature", "/library/?q=the&sort=due", "/library/?q=zebra",
]  # fmt: skip
TIMES = 9


def grow(size: int) -> None:
    """Make questions of sentences of the bank: as long as real ones, and with the same words."""
    dice = random.Random(7)
    bank = list(Question.objects.all())
    sentences = [s for q in bank for s in re.split(r"(?<=[.!?])\s+", q.answer) if s]
    points = [point["text"] for q in bank for point in q.points]
    Question.objects.bulk_create(
        [
            Question(
                slug=f"grown-{n}",
                category=dice.choice(bank).category,
                prompt=f"{dice.choice(bank).prompt} {dice.choice(bank).prompt}",
                answer="\n\n".join(dice.sample(sentences, 25)),
                answer_html="<p>An answer.</p>" * 300,
                points=[
                    {"id": m, "key": f"p{m}", "text": text, "essential": False}
                    for m, text in enumerate(dice.sample(points, 6))
                ],
                position=100 + n,
                introduction_rank=(100 + n) * 1000,
                level=n % 3 + 1,
            )
            for n in range(size - len(bank))
        ],
        batch_size=500,
    )
    print(f"{search.reindex()} entries written")


def timed(label: str, act: Callable[[], object]) -> None:
    """Print the median of some runs: all the time, and this process's processor time."""
    act()
    wall, cpu = [], []
    for _ in range(TIMES):
        start, used = time.perf_counter(), time.process_time()
        act()
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - used)
    milliseconds = [1000 * statistics.median(times) for times in (wall, cpu)]
    print(f"{label:44}{milliseconds[0]:9.1f}{milliseconds[1]:9.1f}")


def measure(size: int) -> None:
    """Grow a bank and a learner, then search and browse."""
    seed_bank(read_bank(settings.BANK_DIR), at=NOW)
    grow(size)
    learner = Learner.objects.create_user("bench@example.org", name="B")
    add_history(learner, list(Question.objects.order_by("id")[: size // 2]), NOW, [3])
    connection.cursor().execute("ANALYZE")
    print(f"\n{connection.vendor}, {Question.objects.count()} questions")
    print(f"{'':44}{'ms':>9}{'CPU ms':>9}")
    for text in SEARCHES:
        timed(f"find “{text}”", lambda text=text: search.find(learner, text))  # type: ignore[misc]
    client = Client(HTTP_HOST="localhost")
    client.force_login(learner)
    for page in PAGES:
        timed(page, lambda page=page: client.get(page))  # type: ignore[misc]
        fragment = lambda page=page: client.get(page, headers={"HX-Request": "true"})  # noqa: E731
        if "q=" in page:
            timed(f"{page} by htmx", fragment)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        settings.DATA_DIR = folder
        old = setup_databases(verbosity=0, interactive=False)
        try:
            measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
        finally:
            teardown_databases(old, verbosity=0)
