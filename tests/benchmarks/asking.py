"""How long an answer takes: `python -m tests.benchmarks.asking [questions]`, in milliseconds.

DATABASE_URL chooses the database, in which a test database is made and dropped again.
"""

import os
import sys
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llmprep.settings_test")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from cards.models import Learner, Question
from cards.services.assistant import ask
from cards.services.bank import read_bank, seed_bank
from tests.benchmarks.search import NOW, grow, timed

LONG = (
    "how does a model know which words of a long text matter when it writes the next one, and "
    "what does that cost in memory and time on a graphics card when many people ask at once?"
)
ASKED = [
    "What is attention?", "kv cache", "the", "model", "waht is atention good for in transfromers",
    "Warum erfinden Sprachmodelle Dinge, die nicht stimmen?", "What is the weather in Paris?",
    LONG, "幻觉是什么", "zebra " * 300,
]  # fmt: skip


def measure(size: int) -> None:
    """Ask of banks of two sizes."""
    seed_bank(read_bank(settings.BANK_DIR), at=NOW)
    learner = Learner.objects.create_user("bench@example.org", name="B")
    for questions in (0, size):
        grow(questions)
        connection.cursor().execute("ANALYZE")
        print(f"\n{connection.vendor}, {Question.objects.count()} questions")
        print(f"{'':44}{'ms':>9}{'CPU ms':>9}")
        for text in ASKED:
            timed(text[:42], lambda text=text: ask(learner, text))  # type: ignore[misc]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        settings.DATA_DIR = folder
        old = setup_databases(verbosity=0, interactive=False)
        try:
            measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
        finally:
            teardown_databases(old, verbosity=0)
