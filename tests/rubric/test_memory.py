"""What is remembered of single points: a table, and laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.memory import PointMemory, remember
from cards.rubric import Recall

TODAY = date(2026, 3, 2)
NO, PARTLY, YES = Recall.NO, Recall.PARTLY, Recall.YES


def _after(*recalls: Recall) -> PointMemory:
    return remember((1, recall, TODAY) for recall in recalls)[1]


@pytest.mark.parametrize(
    ("recalls", "asked", "recalled", "missed", "streak"),
    [
        ([YES], 1, 1, 0, 1),
        ([NO], 1, 0, 1, 0),
        ([YES, PARTLY, YES, YES], 4, 3, 1, 2),
        ([YES, YES, NO], 3, 2, 1, 0),
    ],
)
def test_the_counts(
    recalls: list[Recall], asked: int, recalled: int, missed: int, streak: int
) -> None:
    memory = _after(*recalls)
    assert (memory.asked, memory.recalled, memory.missed) == (asked, recalled, missed)
    assert (memory.streak, memory.last, memory.last_on) == (streak, recalls[-1], TODAY)


@pytest.mark.parametrize(
    ("recalls", "days", "recall"),
    [
        ([YES], 0, 1.0),
        ([YES], 6, 0.5),  # one recall: half is gone after 6 days
        ([YES, YES], 12, 0.5),
        ([NO], 0, 0.3),
        ([NO], 3, 0.15),
        ([PARTLY], 3, 0.325),
        ([YES] * 20, 365, 0.5),  # never more than a year
    ],
)
def test_the_estimate(recalls: list[Recall], days: int, recall: float) -> None:
    estimated = _after(*recalls).recall_on(TODAY + timedelta(days=days))
    assert estimated == pytest.approx(recall)


def test_before_it_was_asked_there_is_no_estimate() -> None:
    assert PointMemory().recall_on(TODAY) is None


judgements = st.lists(st.sampled_from(Recall), min_size=1, max_size=30)


@given(judgements, st.integers(0, 1000))
def test_the_estimate_is_a_share_that_falls_with_time(recalls: list[Recall], days: int) -> None:
    memory = _after(*recalls)
    sooner = memory.recall_on(TODAY + timedelta(days=days))
    later = memory.recall_on(TODAY + timedelta(days=days + 1))
    assert sooner is not None
    assert later is not None
    assert 0 <= later <= sooner <= 1


@given(judgements)
def test_a_better_judgement_never_lowers_the_estimate(recalls: list[Recall]) -> None:
    before = _after(*recalls)
    day = TODAY + timedelta(days=3)
    estimates = [before.after(recall, TODAY).recall_on(day) or 0 for recall in Recall]
    assert estimates == sorted(estimates)


@given(judgements)
def test_what_is_stored_comes_back_as_it_was(recalls: list[Recall]) -> None:
    memory = _after(*recalls)
    assert PointMemory.from_json(memory.as_json()) == memory
    assert PointMemory.from_json(PointMemory().as_json()) == PointMemory()


@pytest.mark.parametrize(
    ("judged", "changed", "is_older"),
    [(0, 1, True), (0, 0, False), (1, 0, False), (None, 0, False), (0, None, False)],
)
def test_a_memory_is_older_than_a_later_change_of_words(
    judged: int | None, changed: int | None, *, is_older: bool
) -> None:
    judged_on, changed_on = (
        None if days is None else TODAY + timedelta(days=days) for days in (judged, changed)
    )
    assert PointMemory(last_on=judged_on).is_older_than(changed_on) is is_older
