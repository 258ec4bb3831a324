"""FSRS: against the library itself, and what is read into its open points."""

import random
from datetime import UTC, date, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import (
    BUTTONS,
    CardState,
    Fsrs,
    MemoryModel,
    grade,
    preview,
    retrievability,
)
from cards.scheduling.sm2 import Sm2

MONDAY = date(2026, 3, 2)
HISTORIES = 10_000
RATINGS = {1: fsrs.Rating.Again, 3: fsrs.Rating.Hard, 4: fsrs.Rating.Good, 5: fsrs.Rating.Easy}


def _drawn(dice: random.Random) -> list[tuple[int, float]]:
    """Answers, and when each is given: a share of the interval before it, late or early."""
    return [
        (dice.choice((1, 3, 4, 4, 4, 5)), dice.choice((1.0, 1.0, dice.uniform(0.1, 3.0))))
        for _ in range(dice.randint(1, 12))
    ]


@pytest.mark.parametrize("retention", [0.90, 0.80, 0.95])
def test_10_000_random_histories_are_as_in_the_library(retention: float) -> None:
    library = fsrs.Scheduler(
        desired_retention=retention, learning_steps=[], relearning_steps=[], enable_fuzzing=False
    )
    ours, dice = Fsrs(desired_retention=retention), random.Random(int(100 * retention))
    for _ in range(HISTORIES if retention == 0.90 else 500):
        card, state, on = fsrs.Card(card_id=1), CardState(), MONDAY
        for quality, share in _drawn(dice):
            on += timedelta(days=max(1, round(share * state.interval_days)))
            at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
            expected = library.get_card_retrievability(card, at)
            assert (ours.memory.recall(state, on) or 0) == expected
            card, _ = library.review_card(card, RATINGS[quality], at)
            state = grade(ours, state, quality, on, early=True).state
            assert (state.stability, state.difficulty) == (card.stability, card.difficulty)
            assert state.due_on == card.due.date()
            assert state.interval_days == (card.due - at).days


@pytest.mark.parametrize(
    ("retention", "intervals"),
    [
        (0.90, (1, 1, 2, 8)),  # the first stabilities: 0.212, 1.2931, 2.3065 and 8.2956 days
        (0.70, (2, 12, 21, 77)),  # (0.7^(-1/0.1542) - 1) / (0.9^(-1/0.1542) - 1) = 9.288 times that
        (0.97, (1, 1, 1, 2)),
    ],
)
def test_first_intervals_follow_from_the_first_stabilities(
    retention: float, intervals: tuple[int, ...]
) -> None:
    shown = preview(Fsrs(desired_retention=retention), CardState(), MONDAY)
    assert tuple(one.state.interval_days for one in shown) == intervals


@pytest.mark.parametrize("retention", [0.69, 0.98, 0.0, 1.0])
def test_a_retention_nobody_can_want_is_refused(retention: float) -> None:
    with pytest.raises(ValueError, match=r"from 0\.70 to 0\.97"):
        Fsrs(desired_retention=retention)


@pytest.mark.parametrize("quality", [0, 1, 2])
def test_whatever_is_not_recalled_is_again(quality: int) -> None:
    learned = grade(Fsrs(), CardState(), 4, MONDAY).state
    on = learned.due_on or MONDAY
    assert grade(Fsrs(), learned, quality, on).state == grade(Fsrs(), learned, 1, on).state


def test_a_repeat_on_the_same_day_leaves_memory_and_plan_alone() -> None:
    failed = grade(Fsrs(), CardState(), 1, MONDAY).state
    repeated = grade(Fsrs(), failed, 5, MONDAY).state
    assert (repeated.stability, repeated.due_on) == (failed.stability, failed.due_on)


def test_a_second_answer_without_a_day_between_adds_nothing_to_the_memory() -> None:
    # Possible where the learner has moved to a zone in which it is still the day before.
    learned = grade(Fsrs(), CardState(), 4, MONDAY).state
    for on in (MONDAY, MONDAY - timedelta(days=1)):
        again = grade(Fsrs(), learned, 1, on, early=True).state
        assert (again.stability, again.difficulty) == (learned.stability, learned.difficulty)


def test_sm2_plans_as_ever_and_remembers_as_fsrs_does() -> None:
    by_fsrs, by_sm2, on = CardState(), CardState(), MONDAY
    for quality in (4, 4, 3, 1, 5):
        by_fsrs = grade(Fsrs(), by_fsrs, quality, on, early=True).state
        by_sm2 = grade(Sm2(), by_sm2, quality, on, early=True).state
        assert (by_sm2.stability, by_sm2.difficulty) == (by_fsrs.stability, by_fsrs.difficulty)
        on += timedelta(days=9)
    assert by_sm2.interval_days != by_fsrs.interval_days


def test_a_card_that_was_met_before_memories_were_kept_begins_one() -> None:
    old = CardState(repetitions=3, interval_days=15, introduced_on=MONDAY, due_on=MONDAY)
    after = grade(Fsrs(), old, 4, MONDAY).state
    assert (after.stability, after.repetitions) == (2.3065, 4)


def test_a_plan_asked_for_without_a_memory_makes_one() -> None:
    assert Fsrs().review(CardState(), 5, MONDAY).interval_days == 8


@pytest.mark.parametrize(
    ("stability", "days", "recall"),
    [(10, 0, 1.0), (10, -3, 1.0), (10, 10, 0.9), (1, 1, 0.9), (10, 100, 0.6928), (1, 30, 0.5906)],
)
def test_recall_falls_from_one_to_nine_tenths_at_the_stability(
    stability: float, days: float, recall: float
) -> None:  # F = 0.9^(-1/0.1542) - 1 = 0.98035; (1 + 9.8035)^-0.1542 = 0.6928
    assert retrievability(stability, days) == pytest.approx(recall, abs=1e-4)


@given(st.floats(0.001, 10_000), st.integers(0, 10_000))
def test_recall_only_falls_and_stays_above_nothing(stability: float, days: int) -> None:
    assert 0 < retrievability(stability, days + 1) < retrievability(stability, days) <= 1


@given(st.floats(0.70, 0.97), st.floats(1.0, 1000))
def test_on_the_planned_day_recall_is_what_was_wanted(retention: float, stability: float) -> None:
    days = MemoryModel().days_until(retention, stability)
    if 1 < days < 36_500:
        assert retrievability(stability, days + 0.5) <= retention + 1e-9
        assert retrievability(stability, days - 0.5) >= retention - 1e-9


def test_other_parameters_make_another_memory() -> None:
    slower = MemoryModel((*MemoryModel().parameters[:20], 0.5))
    state = grade(Fsrs(memory=slower), CardState(), 4, MONDAY).state
    on = MONDAY + timedelta(days=30)
    theirs, ours = slower.recall(state, on), MemoryModel().recall(state, on)
    assert theirs is not None
    assert ours is not None
    assert theirs < ours
    assert slower.recall(CardState(), on) is None
    assert len(preview(Fsrs(memory=slower), CardState(), MONDAY)) == len(BUTTONS)
