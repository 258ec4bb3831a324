"""The memory arithmetic, held against py-fsrs."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.readiness.recall import (
    AGAIN,
    DEFAULT_WEIGHTS,
    EASY,
    RATINGS,
    Memory,
    memory_model,
    rating_of,
    remembered,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LIBRARY = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
MODEL = memory_model()
ANSWERS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 5) | st.integers(1, 900)), min_size=1, max_size=25
)
STABILITIES = st.floats(0.001, 10_000)


@settings(max_examples=400)
@given(ANSWERS)
def test_memory_is_that_of_the_library_after_every_answer(steps: list[tuple[int, int]]) -> None:
    card, day = Card(card_id=1), 0
    answers: list[tuple[int, int]] = []
    for quality, gap in steps:
        day += gap
        moment = NOON + timedelta(days=day)
        if answers:
            recall = LIBRARY.get_card_retrievability(card, moment)
            known = remembered(answers)
            assert known is not None
            assert MODEL.recall(known.stability, gap) == pytest.approx(recall, rel=1e-9)
        card, _ = LIBRARY.review_card(card, Rating(rating_of(quality)), moment)
        answers.append((quality, day))
        assert card.stability is not None
        assert card.difficulty is not None
        mine = remembered(answers)
        assert mine is not None
        assert mine.stability == pytest.approx(card.stability, rel=1e-9)
        assert mine.difficulty == pytest.approx(card.difficulty, rel=1e-9)


def test_no_answer_leaves_no_memory() -> None:
    assert remembered([]) is None


def test_only_the_first_answer_of_a_day_is_read() -> None:
    assert remembered([(1, 3), (4, 3), (4, 9), (1, 9)]) == remembered([(1, 3), (4, 9)])


@pytest.mark.parametrize(("quality", "rating"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 3), (5, 4)])
def test_quality_is_read_as_a_rating(quality: int, rating: int) -> None:
    assert rating_of(quality) == rating


@given(STABILITIES)
def test_stability_is_the_days_until_recall_is_nine_in_ten(stability: float) -> None:
    assert MODEL.recall(stability, stability) == pytest.approx(0.9)
    assert MODEL.days_until(0.9, stability) == pytest.approx(stability)


@given(STABILITIES, st.integers(0, 2000), st.integers(1, 2000))
def test_recall_falls_from_certainty_and_never_below_nothing(
    stability: float, days: int, more: int
) -> None:
    assert MODEL.recall(stability, 0) == 1
    assert 0 < MODEL.recall(stability, days + more) < MODEL.recall(stability, days) <= 1


@given(STABILITIES, st.floats(1, 10), st.integers(1, 900), st.sampled_from(RATINGS))
def test_difficulty_stays_in_its_range_and_failure_never_strengthens(
    stability: float, difficulty: float, days: int, rating: int
) -> None:
    after, harder = MODEL.after(stability, difficulty, days, rating)
    assert 1 <= harder <= 10
    assert after >= 0.001
    if rating == AGAIN:
        assert after <= max(stability, 0.001)
    else:
        assert after >= stability


def test_easier_first_answer_is_remembered_longer_and_counts_as_easier() -> None:
    first = [MODEL.first(rating) for rating in RATINGS]
    assert [stability for stability, _ in first] == list(DEFAULT_WEIGHTS[:EASY])
    assert [difficulty for _, difficulty in first] == sorted(
        (difficulty for _, difficulty in first), reverse=True
    )


def test_other_numbers_of_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="21 weights, not 3"):
        memory_model((1.0, 2.0, 3.0))


def test_memory_is_a_value() -> None:
    assert Memory(2.0, 5.0) == Memory(2.0, 5.0)
