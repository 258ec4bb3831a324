"""Promises in seconds that hold on a slow machine too, and while coverage is measured."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

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
    """Run the block without coverage, which would be timed as well."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


@contextmanager
def promised(seconds: float) -> Iterator[None]:
    """Fail when the block takes more processor time than this on a machine of the usual pace.

    The pace is measured before and after, because a neighbour may take its share at any time.
    """
    with unmeasured():
        before = pace()
        start = process_time()
        yield
        taken = process_time() - start
        times = max(before, pace())
    assert taken < seconds * times, f"{taken:.3f} s, at {times:.1f} times {seconds} s"
