"""What holds for every card, every grade and every day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import BUTTONS, CardState, grade, preview, replay, scheduler_named

SM2 = scheduler_named("sm2")
START = date(2026, 1, 1)
qualities = st.integers(0, 5)
# each answer: quality, and how many days after the card is due (a repeat the same day if it can be)
histories = st.lists(st.tuples(qualities, st.integers(0, 40), st.booleans()), max_size=40)


def _played(history: list[tuple[int, int, bool]]) -> tuple[CardState, list[tuple[int, date]], date]:
    state, on, answers = CardState(), START, []
    for quality, late, stay in history:
        if not (stay and state.repeats_on(on)):
            on = (state.due_on or on) + timedelta(days=late)
        state = grade(SM2, state, quality, on).state
        answers.append((quality, on))
    return state, answers, on


@given(histories)
def test_replaying_the_log_gives_the_state(history: list[tuple[int, int, bool]]) -> None:
    state, answers, _ = _played(history)
    assert replay(SM2, answers) == state


@given(histories, qualities)
def test_every_figure_stays_within_its_bounds(
    history: list[tuple[int, int, bool]], quality: int
) -> None:
    before, _, _ = _played(history)
    on = before.due_on or START
    after = grade(SM2, before, quality, on).state
    assert after.ease_factor >= 130
    assert 1 <= after.interval_days <= 36_500
    assert after.repetitions >= 0
    assert before.lapses <= after.lapses <= before.lapses + 1
    assert after.due_on
    assert after.due_on > on, "never due before tomorrow"


@given(histories)
def test_a_better_grade_never_brings_the_card_sooner(history: list[tuple[int, int, bool]]) -> None:
    before, _, _ = _played(history)
    on = before.due_on or START
    after = [grade(SM2, before, quality, on).state for quality in range(6)]
    assert [s.interval_days for s in after] == sorted(s.interval_days for s in after)
    assert [s.ease_factor for s in after[3:]] == sorted(s.ease_factor for s in after[3:])


@given(histories)
def test_the_label_on_a_button_is_what_pressing_it_does(
    history: list[tuple[int, int, bool]],
) -> None:
    state, _, last = _played(history)
    on = last if state.repeats_on(last) else state.due_on or START
    labels = preview(SM2, state, on)
    assert [label.state for label in labels] == [grade(SM2, state, q, on).state for q in BUTTONS]


@given(histories)
def test_a_state_survives_being_stored(history: list[tuple[int, int, bool]]) -> None:
    state, _, _ = _played(history)
    assert CardState.from_json(state.as_json()) == state
