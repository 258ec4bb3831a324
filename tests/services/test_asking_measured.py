"""How well and how fast the assistant answers without a model, on the database in use."""

import statistics
import time

import pytest

from cards.models import Question
from cards.services.assistant import ask
from tests.benchmarks.assistant import entries, judge
from tests.pace import pace, unmeasured

pytestmark = pytest.mark.django_db
RIGHT, RECOGNISED = 0.95, 0.90
MOST_CPU_MS = 100  # with 36 questions


def test_the_right_question_is_among_the_first_three_and_off_topic_is_recognised(
    bank: list[Question],
) -> None:
    tallies = judge(entries("report"), lambda asked: ask(None, asked))
    assert tallies["in-bank"].total >= 60
    assert tallies["in-bank"].share >= RIGHT
    assert tallies["off-topic"].share >= RECOGNISED


def test_an_answer_takes_less_than_a_tenth_of_a_second(bank: list[Question]) -> None:
    with unmeasured():
        before = pace()
        spent = [_cpu_ms(one["ask"]) for one in entries("tune")]
        most = MOST_CPU_MS * max(before, pace())
    assert statistics.quantiles(spent, n=20)[-1] < most


def _cpu_ms(asked: str) -> float:
    start = time.process_time()
    ask(None, asked)
    return 1000 * (time.process_time() - start)
