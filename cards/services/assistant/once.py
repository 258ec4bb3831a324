"""One at a time: the same request in two tabs asks the language model once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

HELD = 120  # seconds, longer than any answer; then its worker is taken for dead
GOING_ON = "It is being asked already. Wait until it is done, then try again."


class GoingOnError(Exception):
    """Somebody is at it, as its text says."""

    def __init__(self) -> None:
        super().__init__(GOING_ON)


@contextmanager
def one_at_a_time(key: str) -> Iterator[None]:
    """Hold this key while the block runs; raise GoingOnError where it is held."""
    if not cache.add(f"held:{key}", 1, HELD):
        raise GoingOnError
    try:
        yield
    finally:
        cache.delete(f"held:{key}")
