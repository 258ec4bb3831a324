"""The curve of recall: on the lines of the memory, inside its frame, for every card there is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import DEFAULT_MEMORY, SCHEDULERS, CardState, preview, replay
from cards.services.library.curve import FLOOR, TOP, WIDTH, recall_curve

ON = date(2026, 3, 2)
SM2 = SCHEDULERS["sm2"]
DAY = timedelta(days=1)


def _points(line: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (one.split(",") for one in line.split())]


def test_a_card_that_was_met_falls_until_its_answer_and_from_there_after_each_grade() -> None:
    state = replay(SM2, [(4, ON - 7 * DAY), (4, ON - 6 * DAY)])
    curve = recall_curve(DEFAULT_MEMORY, state, ON - 2 * DAY, ON, preview(SM2, state, ON))
    today, due = curve.spots
    assert [today.on, due.on] == [ON - 2 * DAY, ON]
    assert today.recall == DEFAULT_MEMORY.recall(state, ON - 2 * DAY)
    assert today.recall > due.recall
    line = _points(curve.points)
    assert list(line[0]) == [0, TOP]
    assert list(line[-1]) == [due.x, due.y]
    assert [y for _, y in line] == sorted(y for _, y in line), "recall only falls"
    for branch, outcome in zip(curve.branches, preview(SM2, state, ON), strict=True):
        assert list(_points(branch.points)[0]) == [curve.answered_x, TOP]
        assert branch.recall == DEFAULT_MEMORY.recall(outcome.state, outcome.state.due_on or ON)
    assert [branch.quality for branch in curve.branches] == [1, 3, 4, 5]


@pytest.mark.parametrize(
    "state", [CardState(), replace(CardState(), last_reviewed_on=ON, due_on=ON)]
)
def test_a_card_whose_memory_is_not_known_has_no_line_so_far(state: CardState) -> None:
    curve = recall_curve(DEFAULT_MEMORY, state, ON, ON, preview(SM2, state, ON))
    assert [curve.points, curve.spots, curve.first] == ["", (), ON]
    assert len(curve.branches) == 4


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 400)), min_size=1, max_size=12),
    st.integers(0, 900),
    st.sampled_from(sorted(SCHEDULERS)),
)
def test_every_line_stays_inside_its_frame(
    steps: list[tuple[int, int]], later: int, name: str
) -> None:
    day, answers = ON, []
    for quality, gap in steps:
        answers.append((quality, day))
        day += timedelta(days=gap)
    planner = SCHEDULERS[name]
    state = replay(planner, answers)
    on = answers[-1][1] + timedelta(days=later)
    answered_on = on if state.is_due_on(on) else state.due_on or on
    curve = recall_curve(
        DEFAULT_MEMORY, state, on, answered_on, preview(planner, state, answered_on)
    )
    lines = [curve.points, *(branch.points for branch in curve.branches)]
    for x, y in (point for line in lines for point in _points(line)):
        assert 0 <= x <= WIDTH
        assert TOP <= y <= FLOOR
    assert curve.first <= on
    assert answered_on <= curve.last
