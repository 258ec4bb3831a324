"""Why a card comes on its day: each case in its words, and the words with the right numbers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scheduling import CardState, Case, LastAnswer, explain, grade
from cards.scheduling.sm2 import Sm2

MON = date(2026, 3, 2)
SM2 = Sm2()


def _after(*answers: tuple[int, int]) -> Case:
    """A card answered with these qualities, each so many days after Monday; seen on Monday."""
    state, last = CardState(), None
    for quality, days in answers:
        on = MON + timedelta(days=days)
        last = LastAnswer(quality, on, state)
        state = grade(SM2, state, quality, on, early=True).state
    return Case(state, MON, last)


NEW = Case(CardState(), MON)
ONCE = _after((4, -1))
THRICE = _after((4, -24), (4, -23), (4, -17))
NIGHT = LastAnswer(4, MON - timedelta(days=1), CardState(), was_after_midnight=True)
LATE = replace(ONCE, on=MON + timedelta(days=4))
UNMET = "You have not answered it yet."
BECAUSE_ONCE = (
    "On 1 March 2026 you answered Good: the first success in a row, which gives 1 day. "
    "1 March 2026 + 1 day = 2 March 2026."
)
AGAIN_TODAY = (
    "It comes again today, because the last answer was below Good. Answering again is practice "
    "and moves no date: it stays due on 3 March 2026. On 2 March 2026 you answered "
)
TABLE = [
    (replace(NEW, new_left=10),
     (f"{UNMET} No other new question comes before it. It comes today, after the cards that are "
     "due.")),
    (replace(NEW, new_left=3, new_ahead=5),
     f"{UNMET} 5 other new questions come first. Today still allows 3, so it does not come today."),
    (replace(NEW, new_left=1, new_ahead=1),
     (f"{UNMET} One other new question comes first. Today still allows one, so it does not come "
     "today.")),
    (NEW,
     (f"{UNMET} No other new question comes before it. Today’s new questions have all been asked, "
     "so it does not come today.")),
    (ONCE, f"It is due today. {BECAUSE_ONCE}"),
    (LATE, f"It was due on 2 March 2026 and is 4 days overdue. {BECAUSE_ONCE}"),
    (replace(LATE, reviews_left=0),
     (f"It was due on 2 March 2026 and is 4 days overdue. {BECAUSE_ONCE} Today’s limit of reviews "
     "has been reached, so it waits for another day.")),
    (_after((3, -1)),
     ("It is due today. On 1 March 2026 you answered Hard: the first success in a row, which gives "
     "1 day (Hard lowered the ease factor from 2.50 to 2.36). 1 March 2026 + 1 day = 2 March "
     "2026.")),
    (_after((5, -7), (4, -6)),
     ("It is due today. On 24 February 2026 you answered Good: the second success in a row, which "
     "gives 6 days. 24 February 2026 + 6 days = 2 March 2026.")),
    (THRICE,
     ("It was due on 28 February 2026 and is 2 days overdue. On 13 February 2026 you answered "
     "Good: 6 days × ease factor 2.50 gives 15 days. 13 February 2026 + 15 days = 28 February "
     "2026.")),
    (_after((4, -24), (4, -23), (5, -17)),
     ("It was due on 1 March 2026 and is 1 day overdue. On 13 February 2026 you answered Easy: 6 "
     "days × ease factor 2.60, rounded up, gives 16 days (Easy raised the ease factor from 2.50 "
     "to 2.60). "
     "13 February 2026 + 16 days = 1 March 2026.")),
    (_after((4, -8), (4, -7), (1, -1)),
     ("It is due today. On 1 March 2026 you answered Again: not recalled, so it starts afresh with "
     "1 day. It had been learned, so that counts as a lapse. 1 March 2026 + 1 day = 2 March "
     "2026.")),
    (_after((4, -4), (4, -3), (4, 1)),
     ("It is next due on 13 March 2026, in 11 days. On 3 March 2026 you answered Good before its "
     "day: the 4 days since the review before it × ease factor 2.50 gives 10 days. 3 March 2026 + "
     "10 days = 13 March 2026.")),
    (_after((4, -24), (4, -23), (4, -17), (4, -14)),
     ("It is next due on 3 March 2026, in 1 day. On 16 February 2026 you answered Good before its "
     "day: a success never shortens the interval, which is now 15 days. 16 February 2026 + 15 days "
     "= 3 March 2026.")),
    (_after((1, 0)),
     (f"{AGAIN_TODAY}Again: not recalled, so it starts afresh with 1 day. 2 March 2026 + 1 day = "
     "3 March 2026.")),
    (replace(ONCE, last=NIGHT),
     "It is due today. " + BECAUSE_ONCE.replace(
         "Good", "Good (after midnight, but your study day starts at 04:00)")),
    (replace(ONCE, is_after_midnight=True),
     f"It is due today. {BECAUSE_ONCE} Your study day of 2 March 2026 lasts until 04:00."),
    (replace(ONCE, last=None),
     "It is due today. The interval is 1 day, counted from the last review."),
    (replace(ONCE, is_suspended=True),
     ("It is suspended, so it is not asked until you bring it back. Its schedule is kept: it would "
     "next come on 2 March 2026.")),
    (replace(ONCE, is_suspended=True, is_archived=True),
     ("It is archived, so it is not asked. Its schedule is kept: it would next come on 2 March "
     "2026.")),
    (replace(NEW, buried_until=date(2026, 3, 3)),
     f"You left it out until 3 March 2026. {UNMET}"),
    (replace(ONCE, buried_until=MON), f"It is due today. {BECAUSE_ONCE}"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "words"), TABLE)
def test_every_case_in_its_words(case: Case, words: str) -> None:
    assert explain(case) == words


AROUND = ", moved to one of the days around it,"
ANSWERED = "On 13 February 2026 you answered Good: "
OTHERS = [
    (replace(THRICE, scheduler="fsrs", state=replace(THRICE.state, stability=16.54)),
     (f"{ANSWERED}your recall is expected to fall to 90 % after 16.5 days. Asking at 90 % gives 15 "
     "days.")),
    (replace(THRICE, scheduler="fsrs", desired_retention=0.85, is_spread=True,
             state=replace(THRICE.state, stability=9.0)),
     (f"{ANSWERED}your recall is expected to fall to 90 % after 9.0 days. Asking at 85 %{AROUND} "
     "gives 15 days.")),
    (replace(THRICE, scheduler="anki"),
     f"{ANSWERED}Anki’s rule with ease factor 2.50 gives 15 days."),
    (replace(THRICE, is_spread=True),
     f"{ANSWERED}SM-2 with ease factor 2.50{AROUND} gives 15 days."),
    (replace(THRICE, last=LastAnswer(4, date(2026, 2, 13), None)),  # planned anew since
     f"{ANSWERED}SM-2 with ease factor 2.50 gives 15 days."),
]  # fmt: skip


@pytest.mark.parametrize(("case", "words"), OTHERS)
def test_what_is_not_plain_sm2_is_not_explained_as_if_it_were(case: Case, words: str) -> None:
    said = explain(case)
    assert said.startswith(f"It was due on 28 February 2026 and is 2 days overdue. {words} ")
    assert said.endswith("13 February 2026 + 15 days = 28 February 2026.")


def test_a_date_that_does_not_follow_from_the_answer_is_not_worked_out() -> None:
    moved = replace(ONCE, state=replace(ONCE.state, due_on=MON + timedelta(days=3)))
    assert explain(moved) == (
        "It is next due on 5 March 2026, in 3 days. On 1 March 2026 you answered Good: the first "
        "success in a row, which gives 1 day."
    )


@given(
    answers=st.lists(
        st.tuples(st.integers(0, 5), st.integers(1, 40)), min_size=1, max_size=12
    )
)  # fmt: skip
def test_whatever_was_answered_the_paragraph_names_the_due_date(
    answers: list[tuple[int, int]],
) -> None:
    days, given_answers = 0, []
    for quality, later in answers:
        days += later
        given_answers.append((quality, days))
    case = _after(*given_answers)
    due_on = case.state.due_on
    assert due_on
    said = explain(case)
    assert f"= {due_on.day} {due_on:%B %Y}." in said
    assert f"{case.state.interval_days} day" in said
