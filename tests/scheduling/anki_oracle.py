"""Asks Anki itself; runs in an environment of its own, for Anki is AGPL and no part of this.

Reads a line of JSON from standard input, a list of histories: each a list of [quality, days late]
(below 0: early), the first answer to a new card. Writes a line with, for each answer, what Again,
Hard, Good and Easy would give: [interval in days, ease factor in thousandths].
"""

import json
import os
import sys
import tempfile
from typing import Any

os.environ["ANKI_TEST_MODE"] = "1"  # intervals are not spread then

from anki.collection import Collection  # type: ignore[import-not-found]

BUTTONS = ("again", "hard", "good", "easy")
BUTTON_FOR = (0, 0, 0, 1, 2, 3)  # of quality 0 … 5
AGES_DAYS = 19_000  # of the collection: an interval begins after it was made
REVIEW = 2

Plan = tuple[int, int]
UNPLANNED = (0, 0)


def collection() -> Any:
    """Return an empty, old collection with Anki's own options."""
    made = Collection(os.path.join(tempfile.mkdtemp(), "oracle.anki2"))  # noqa: PTH118
    made.db.execute("update col set crt = crt - ?", AGES_DAYS * 86_400)
    path = made.path
    made.close()
    return Collection(path)  # the day is worked out when it is opened


def new_card(col: Any) -> Any:
    """Add a note and return its card."""
    note = col.new_note(col.models.by_name("Basic"))
    note["Front"] = "A question"
    col.add_note(note, col.decks.id("Default"))
    return note.cards()[0]


def plan_of(state: Any) -> Plan:
    """What a state says of the next review; nothing while steps of minutes go on."""
    filtered = state.filtered.rescheduling.original_state
    normal = filtered if state.WhichOneof("kind") == "filtered" else state.normal
    kind = normal.WhichOneof("kind")
    if kind == "learning":
        return UNPLANNED
    review = normal.relearning.review if kind == "relearning" else normal.review
    return review.scheduled_days, round(review.ease_factor * 1000)


def first_plans(col: Any) -> list[Plan]:
    """For each button of a new card: that button, then Good until the steps of the day are done."""
    plans = []
    for first in BUTTONS:
        card, button = new_card(col), first
        while True:
            states = col._backend.get_scheduling_states(card.id)  # noqa: SLF001
            plan = plan_of(getattr(states, button))
            if plan != UNPLANNED:
                break
            card.start_timer()
            place = BUTTONS.index(button)
            col.sched.answer_card(col.sched.build_answer(card=card, states=states, rating=place))
            card, button = col.get_card(card.id), "good"
        plans.append(plan)
    return plans


def review_plans(col: Any, card: Any, plan: Plan, late: int) -> list[Plan]:
    """What the buttons give for a card that was planned so, answered so many days late.

    Only in a filtered deck does Anki take a card before its day.
    """
    card.type = card.queue = REVIEW
    card.ivl, card.factor = plan
    card.due = col.sched.today - late
    home = col.decks.id("Default")
    card.did, card.odid = (col.decks.id_for_name("Early"), home) if late < 0 else (home, 0)
    card.odue = card.due if late < 0 else 0
    col.update_card(card)
    states = col._backend.get_scheduling_states(card.id)  # noqa: SLF001
    return [plan_of(getattr(states, button)) for button in BUTTONS]


def answers_of(col: Any, history: list[tuple[int, int]], first: list[Plan]) -> list[list[Plan]]:
    """The four buttons before each answer of one history."""
    card, plans, shown, plan = new_card(col), first, [], None
    for quality, late in history:
        plans = review_plans(col, card, plan, late) if plan else first
        shown.append(plans)
        plan = plans[BUTTON_FOR[quality]]
    return shown


def main() -> None:
    """Answer every line."""
    col = collection()
    col.decks.new_filtered("Early")
    first = first_plans(col)
    for line in sys.stdin:
        print(json.dumps([answers_of(col, one, first) for one in json.loads(line)]))  # noqa: T201
    col.close()


if __name__ == "__main__":
    main()
