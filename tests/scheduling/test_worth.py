"""What a minute is worth, and what fits into ten."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import (
    Candidate,
    CardState,
    Group,
    Mode,
    best,
    fit,
    minutes_of,
    mode_for,
    outcomes,
    recall_after,
    usual_ratio,
)
from cards.scheduling.sm2 import Sm2
from cards.scheduling.worth import doubt

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("days", "interval", "recall"),
    [
        (0, 10, 1.0), (10, 10, 0.9), (20, 10, 0.81), (5, 10, 0.949), (60, 10, 0.531),
        (3, 0, 0.729),  # an interval of none counts as a day
        (-4, 10, 1.0),  # a clock set back
    ],
)  # fmt: skip
def test_recall_fades_to_nine_tenths_in_one_interval(
    days: int, interval: int, recall: float
) -> None:
    assert recall_after(days, interval) == pytest.approx(recall, abs=0.001)


@pytest.mark.parametrize(
    ("recall", "worth"), [(1, 0), (0.9, 0.09), (0.5, 0.25), (0.2, 0.16), (0, 0)]
)
def test_the_doubtful_are_worth_most(recall: float, worth: float) -> None:
    assert doubt(recall) == pytest.approx(worth)


@pytest.mark.parametrize(
    ("stated", "own", "ratio", "minutes"),
    [
        (4, [], None, 4),  # nothing is known
        (4, [], 0.5, 2),
        (4, [1.0], 0.5, 1),  # its own time is better than the usual ratio
        (4, [1.0, 9.0, 2.0], None, 2),
        (4, [600.0], None, 12),  # a tab left open
        (4, [0.0], None, 0.1),
    ],
)
def test_the_minutes_to_expect(
    stated: int, own: list[float], ratio: float | None, minutes: float
) -> None:
    assert minutes_of(stated, own, ratio) == pytest.approx(minutes)


@pytest.mark.parametrize(
    ("ratios", "usual"),
    [
        ([], None), ([0.5] * 4, None), ([0.5] * 5, 0.5), ([0.01] * 5, 0.25), ([99] * 5, 3),
        ([0.4, 0.5, 0.6, 2, 3], 0.6),
    ],
)  # fmt: skip
def test_the_usual_ratio_is_a_bounded_median(ratios: list[float], usual: float | None) -> None:
    assert usual_ratio(ratios) == usual


def _due(pk: int, minutes: float, recall: float = 0.9) -> Candidate:
    return Candidate(pk, Group.DUE, minutes, recall)


def test_repeats_come_first_then_doubt_per_minute_then_new_ones() -> None:
    new, repeat = Candidate(1, Group.NEW, 1), Candidate(2, Group.REPEAT, 5)
    sure, doubtful, long = _due(3, 2), _due(4, 2, 0.6), _due(5, 9, 0.6)
    chosen = fit([new, sure, long, doubtful, repeat], 60, 9)
    assert [one.id for one in chosen] == [2, 4, 3, 5, 1]


def test_what_does_not_fit_is_passed_over_for_what_does() -> None:
    assert [one.id for one in fit([_due(1, 2), _due(2, 20, 0.5), _due(3, 3)], 5, 9)] == [1, 3]


def test_where_nothing_fits_the_most_valuable_comes_alone() -> None:
    assert [one.id for one in fit([_due(1, 20), _due(2, 20, 0.5)], 10, 9)] == [2]
    assert fit([_due(1, 20)], 10, 0) == []
    assert fit([], 10, 9) == []


candidates = st.lists(
    st.builds(
        Candidate,
        id=st.integers(1, 10**6),
        group=st.sampled_from(Group),
        minutes=st.floats(0.1, 60),
        recall=st.floats(0, 1),
    ),
    max_size=40,
    unique_by=lambda one: one.id,
)


@given(candidates, st.integers(1, 60), st.integers(0, 40))
def test_what_is_chosen_fits_time_and_limit(
    some: list[Candidate], minutes: int, due_left: int
) -> None:
    chosen = fit(some, minutes, due_left)
    assert chosen == fit(some, minutes, due_left)
    assert len({one.id for one in chosen}) == len(chosen)
    assert len(chosen) == 1 or sum(one.minutes for one in chosen) <= minutes + 1e-9
    assert sum(one.group == Group.DUE for one in chosen) <= due_left
    assert [one.group for one in chosen] == sorted(one.group for one in chosen)
    assert chosen or all(one.group == Group.DUE and not due_left for one in some)


@given(candidates, st.integers(0, 50))
def test_the_best_are_no_worse_than_those_left(some: list[Candidate], count: int) -> None:
    chosen = best(some, count)
    left = [one for one in some if one not in chosen]
    assert len(chosen) == min(count, len(some))
    assert all((a.group, -a.worth) <= (b.group, -b.worth) for a in chosen for b in left)


MET = CardState(
    repetitions=2, interval_days=6, introduced_on=ON - timedelta(days=9),
    last_reviewed_on=ON - timedelta(days=3), due_on=ON + timedelta(days=3),
)  # fmt: skip
DUE = CardState(introduced_on=ON, last_reviewed_on=ON - timedelta(days=3), due_on=ON)
SEEN_TODAY = CardState(introduced_on=ON, last_reviewed_on=ON, due_on=ON + timedelta(days=1))
AGAIN_TODAY = CardState(
    introduced_on=ON, last_reviewed_on=ON, due_on=ON + timedelta(days=1), repeat_today_on=ON
)


@pytest.mark.parametrize(
    ("state", "practice", "told_to"),
    [
        (DUE, Mode.DUE, Mode.DUE),
        (AGAIN_TODAY, Mode.DUE, Mode.DUE),
        (MET, Mode.PRACTICE, Mode.EARLY),
        (SEEN_TODAY, Mode.PRACTICE, Mode.PRACTICE),
        (CardState(), Mode.PRACTICE, Mode.DUE),
    ],
)
def test_how_an_answer_counts(state: CardState, practice: Mode, told_to: Mode) -> None:
    assert mode_for(state, ON, moves_schedule=False) == practice
    assert mode_for(state, ON, moves_schedule=True) == told_to


def test_the_four_outcomes_follow_the_mode() -> None:
    assert {one.state for one in outcomes(Sm2(), MET, ON, Mode.PRACTICE)} == {MET}
    early = outcomes(Sm2(), MET, ON, Mode.EARLY)
    assert [one.state.last_reviewed_on for one in early] == [ON] * 4
    with pytest.raises(ValueError, match="due on"):
        outcomes(Sm2(), MET, ON, Mode.DUE)
