"""Anki's variant: by the table, and button by button against Anki itself."""

import json
import random
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cards.scheduling import BUTTONS, CardState, grade, preview
from cards.scheduling.anki import Anki

from .anki_environment import MISSING, PYTHON, has_anki

ORACLE = Path(__file__).with_name("anki_oracle.py")
MONDAY = date(2026, 3, 2)
ANKI = Anki()
HISTORIES = 600
LONGEST_ASKED = 15_000  # days; beyond it an interval would begin before the oracle's collection


def _learned(interval_days: int, ease_factor: int, late: int = 0) -> CardState:
    """A card that is so many days late on Monday; below 0: early."""
    due_on = MONDAY - timedelta(days=late)
    return CardState(
        repetitions=3,
        interval_days=interval_days,
        ease_factor=ease_factor,
        introduced_on=date(2025, 1, 1),
        last_reviewed_on=due_on - timedelta(days=interval_days),
        due_on=due_on,
    )


@pytest.mark.parametrize(
    ("state", "intervals", "ease_factors"),
    [
        (CardState(), (1, 1, 1, 4), (250, 250, 250, 250)),  # graduates in 1 day, with Easy in 4
        (_learned(1, 250), (1, 2, 3, 4), (230, 235, 250, 265)),  # 1.2, 2.5, 3.25: a day apart
        (_learned(10, 250), (1, 12, 25, 33), (230, 235, 250, 265)),  # 12, 25, 32.5 upwards
        (_learned(10, 250, late=5), (1, 12, 31, 49), (230, 235, 250, 265)),  # 12.5 and 15 days
        (_learned(10, 250, late=-4), (1, 7, 15, 17), (230, 235, 250, 265)),  # 6 days have passed
        (_learned(10, 250, late=-8), (1, 6, 10, 12), (230, 235, 250, 265)),  # never below Good’s 10
        (_learned(100, 130), (1, 120, 130, 169), (130, 130, 130, 145)),  # the floor, and the way up
        (_learned(36_500, 250), (1, 36_500, 36_500, 36_500), (230, 235, 250, 265)),
    ],
)
def test_four_buttons(
    state: CardState, intervals: tuple[int, ...], ease_factors: tuple[int, ...]
) -> None:
    after = [outcome.state for outcome in preview(ANKI, state, MONDAY, early=True)]
    assert tuple(one.interval_days for one in after) == intervals
    assert tuple(one.ease_factor for one in after) == ease_factors
    assert all(one.due_on == MONDAY + timedelta(days=one.interval_days) for one in after)


@pytest.mark.parametrize("quality", [0, 1, 2])
def test_whatever_is_not_recalled_is_again(quality: int) -> None:
    after = grade(ANKI, _learned(10, 250), quality, MONDAY).state
    assert (after.interval_days, after.ease_factor, after.lapses) == (1, 230, 1)


@pytest.mark.parametrize("quality", range(6))
def test_a_card_that_was_reset_begins_as_a_new_one(quality: int) -> None:
    assert grade(ANKI, CardState(), quality, MONDAY).state.ease_factor == 250


def _drawn(seed: int) -> list[tuple[int, int]]:
    """A history that can really happen: quality, and the days late (early, never the same day)."""
    dice, state, on, history = random.Random(seed), CardState(), MONDAY, []
    for _ in range(dice.randint(2, 14)):
        if state.interval_days > LONGEST_ASKED:
            break
        late = 0
        if state.due_on:
            soonest = 1 - state.interval_days
            late = dice.choice((0, 0, 0, dice.randint(0, 9), dice.randint(soonest, 60)))
            on = state.due_on + timedelta(days=late)
        quality = dice.choice((0, 1, 2, 3, 3, 4, 4, 4, 4, 5, 5))
        history.append((quality, late))
        state = grade(ANKI, state, quality, on, early=True).state
    return history


def _ours(history: list[tuple[int, int]]) -> list[list[list[int]]]:
    state, rows = CardState(), []
    for quality, late in history:
        on = state.due_on + timedelta(days=late) if state.due_on else MONDAY
        shown = preview(ANKI, state, on, early=True)
        rows.append([[one.state.interval_days, 10 * one.state.ease_factor] for one in shown])
        assert [one.quality for one in shown] == list(BUTTONS)
        state = grade(ANKI, state, quality, on, early=True).state
    return rows


# Anki is AGPL and large, so no install of this project brings it along: `make oracle` does. Where
# it was not run there is nothing to compare with, and the table and the laws above still hold the
# scheduler to the published constants. CI runs it first, and there a skip is a failure.
@pytest.mark.skipif(not has_anki(), reason=MISSING)
def test_every_button_of_600_random_histories_is_as_in_anki() -> None:
    histories = [_drawn(seed) for seed in range(HISTORIES)]
    asked = subprocess.run(
        [PYTHON, ORACLE], input=json.dumps(histories), capture_output=True, text=True, check=True
    )
    theirs: Any = json.loads(asked.stdout)
    assert len(theirs) == HISTORIES
    assert sum(len(history) for history in histories) > 3000
    assert any(late < 0 for history in histories for _, late in history)
    for history, expected in zip(histories, theirs, strict=True):
        assert _ours(history) == expected, history
