"""Promises in seconds that hold on a slow machine too, and while coverage is measured."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import TypeVar

import pytest

Result = TypeVar("Result")

USUAL = 0.008  # seconds of processor time that `_work` takes on the machine the promises are for


def _work() -> int:
    """Do a little of what Python programs do: words, numbers, a table, an order."""
    counts: dict[str, int] = {}
    for number in range(40_000):
        word = f"w{number * 7919 % 1009}"
        counts[word] = counts.get(word, 0) + len(word)
    return sum(count for _, count in sorted(counts.items(), key=lambda pair: pair[1]))


def pace() -> float:
    """Return how many times slower than the usual machine this one is at the moment, at least 1."""
    taken = []
    for _ in range(5):
        start = process_time()
        _work()
        taken.append(process_time() - start)
    return max(1.0, sorted(taken)[2] / USUAL)


@contextmanager
def unmeasured() -> Iterator[None]:
    """Run the block without coverage and the collector of garbage, which would be timed as well."""
    tracer = sys.gettrace()
    sys.settrace(None)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        sys.settrace(tracer)


def promised(seconds: float, work: Callable[[], Result], tries: int = 3) -> Result:
    """Return what the work gives; fail if it never keeps to so much processor time.

    That is on a machine of the usual pace, which is measured before and after each try, because
    a neighbour may take its share at any time. Once is enough: a slow program is slow every time.
    """
    told = []
    for _ in range(tries):
        with unmeasured():
            before = pace()
            start = process_time()
            result = work()
            taken = process_time() - start
            times = max(before, pace())
        if taken < seconds * times:
            return result
        told.append(f"{taken:.3f} s at {times:.1f} times the usual pace")
    pytest.fail(f"{seconds} s were promised: {', '.join(told)}")
