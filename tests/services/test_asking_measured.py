"""How well and how fast the assistant answers without a model, on the database in use."""

import statistics
import sys
import time

import pytest

from cards.models import Question
from cards.services.assistant import ask
from tests.benchmarks.assistant import entries, judge

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
    tracer = sys.gettrace()  # of coverage, which would be timed as well
    sys.settrace(None)
    try:
        spent = [_cpu_ms(one["ask"]) for one in entries("tune")]
    finally:
        sys.settrace(tracer)
    assert statistics.quantiles(spent, n=20)[-1] < MOST_CPU_MS


def _cpu_ms(asked: str) -> float:
    start = time.process_time()
    ask(None, asked)
    return 1000 * (time.process_time() - start)
