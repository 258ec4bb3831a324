"""Why a card comes on its day, in one paragraph: from its state and its last answer."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from cards.scheduling.fsrs import DEFAULT_RETENTION
from cards.scheduling.types import PASSING_QUALITY, CardState

WORDS = ("Again", "Again", "Again", "Hard", "Good", "Easy")
NAMES = {"sm2": "SM-2", "fsrs": "FSRS", "anki": "Anki’s rule"}


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """The answer that set the date: the first one of its study day."""

    quality: int
    on: date
    before: CardState | None  # None where all cards were planned anew since: what was is no reason
    was_after_midnight: bool = False  # given on the next calendar day, before the study day ended


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that decides on which day one card comes; dates are study days."""

    state: CardState
    on: date  # today
    last: LastAnswer | None = None
    scheduler: str = "sm2"
    desired_retention: float = DEFAULT_RETENTION
    is_spread: bool = False  # intervals are moved to the days around them
    is_archived: bool = False
    is_suspended: bool = False
    buried_until: date | None = None
    new_ahead: int = 0  # other new questions that come first
    new_left: int = 0  # new questions that today still allows
    reviews_left: int = 1  # reviews that today still allows
    is_after_midnight: bool = False  # the next calendar day has begun, the study day goes on
    day_start: time = time(4)


def explain(case: Case) -> str:
    """Return one plain paragraph with the numbers."""
    state = case.state
    if case.is_archived:
        return "It is archived, so it is not asked. " + _kept(state)
    if case.is_suspended:
        return "It is suspended, so it is not asked until you bring it back. " + _kept(state)
    if case.buried_until and case.buried_until > case.on:
        return f"You left it out until {day(case.buried_until)}. " + _kept(state)
    if state.introduced_on is None or state.due_on is None:
        return _new(case)
    parts = [_when(case), _because(case)]
    if state.repeats_on(case.on):
        parts = [_repeat(case), _because(case)]
    elif state.due_on <= case.on and case.reviews_left < 1:
        parts.append("Today’s limit of reviews has been reached, so it waits for another day.")
    if case.is_after_midnight:
        parts.append(f"Your study day of {day(case.on)} lasts until {case.day_start:%H:%M}.")
    return " ".join(part for part in parts if part)


def day(one: date) -> str:
    """Return a day as the pages write it: 3 March 2026."""
    return f"{one.day} {one:%B %Y}"


def _kept(state: CardState) -> str:
    if state.due_on is None:
        return "You have not answered it yet."
    return f"Its schedule is kept: it would next come on {day(state.due_on)}."


def _new(case: Case) -> str:
    if case.new_left < 1:
        turn = "Today’s new questions have all been asked, so it does not come today."
    elif case.new_ahead >= case.new_left:
        many = "one" if case.new_left == 1 else str(case.new_left)
        turn = f"Today still allows {many}, so it does not come today."
    else:
        turn = "It comes today, after the cards that are due."
    ahead = {0: "No other new question comes before it.", 1: "One other new question comes first."}
    others = ahead.get(case.new_ahead, f"{case.new_ahead} other new questions come first.")
    return f"You have not answered it yet. {others} {turn}"


def _when(case: Case) -> str:
    due_on = case.state.due_on or case.on
    late = (case.on - due_on).days
    if late == 0:
        return "It is due today."
    if late > 0:
        return f"It was due on {day(due_on)} and is {_days(late)} overdue."
    return f"It is next due on {day(due_on)}, in {_days(-late)}."


def _repeat(case: Case) -> str:
    due_on = case.state.due_on or case.on
    return (
        "It comes again today, because the last answer was below Good. "
        f"Answering again is practice and moves no date: it stays due on {day(due_on)}."
    )


def _because(case: Case) -> str:
    last, state = case.last, case.state
    if last is None:
        return f"The interval is {_days(state.interval_days)}, counted from the last review."
    answered = f"On {day(last.on)} you answered {WORDS[last.quality]}"
    if _passed_early(last) is not None:
        answered += " before its day"
    if last.was_after_midnight:
        answered += f" (after midnight, but your study day starts at {case.day_start:%H:%M})"
    because = f"{answered}: {_reason(case, last)}"
    planned_on = last.on + timedelta(days=state.interval_days)
    if planned_on != state.due_on:
        return because
    return f"{because} {day(last.on)} + {_days(state.interval_days)} = {day(planned_on)}."


def _reason(case: Case, last: LastAnswer) -> str:
    state, before = case.state, last.before
    if case.scheduler == "fsrs" and state.stability is not None:
        return _by_memory(case, state.stability)
    if case.scheduler == "sm2" and before is not None and not case.is_spread:
        return _by_sm2(last, before, state)
    return f"{_rule(case)} gives {_days(state.interval_days)}."


def _by_memory(case: Case, stability: float) -> str:
    """FSRS needs no more than the memory that the answer left."""
    wanted, now = f"{round(100 * case.desired_retention)} %", _days(case.state.interval_days)
    moved = ", moved to one of the days around it," if case.is_spread else ""
    return (
        f"your recall is expected to fall to 90 % after {stability:.1f} days. "
        f"Asking at {wanted}{moved} gives {now}."
    )


def _rule(case: Case) -> str:
    name = NAMES.get(case.scheduler, case.scheduler)
    moved = ", moved to one of the days around it," if case.is_spread else ""
    return f"{name} with ease factor {case.state.ease_factor / 100:.2f}{moved}"


def _by_sm2(last: LastAnswer, before: CardState, state: CardState) -> str:
    now = _days(state.interval_days)
    if last.quality < PASSING_QUALITY:
        lapse = " It had been learned, so that counts as a lapse." if before.repetitions else ""
        return f"not recalled, so it starts afresh with {now}.{lapse}"
    if before.repetitions < 2:
        which = "first" if before.repetitions == 0 else "second"
        return f"the {which} success in a row, which gives {now}{_ease(last, before, state)}."
    return f"{_growth(last, before, state)}{_ease(last, before, state)}."


def _growth(last: LastAnswer, before: CardState, state: CardState) -> str:
    now, passed = _days(state.interval_days), _passed_early(last)
    growing = before.interval_days if passed is None else passed
    whole, rest = divmod(growing * state.ease_factor, 100)
    if state.interval_days != whole + bool(rest):  # at least what it was, at most a century
        return f"a success never shortens the interval, which is now {now}"
    that = _days(growing) if passed is None else f"the {_days(growing)} since the review before it"
    rounded = ", rounded up," if rest else ""
    return f"{that} × ease factor {state.ease_factor / 100:.2f}{rounded} gives {now}"


def _passed_early(last: LastAnswer) -> int | None:
    if last.before is None:
        return None
    due_on, before = last.before.due_on, last.before.last_reviewed_on
    return (last.on - before).days if due_on and before and last.on < due_on else None


def _ease(last: LastAnswer, state_before: CardState, state: CardState) -> str:
    """How this answer changed the ease factor; nothing when it did not."""
    before, after = state_before.ease_factor, state.ease_factor
    if before == after:
        return ""
    verb = "raised" if after > before else "lowered"
    change = f"from {before / 100:.2f} to {after / 100:.2f}"
    return f" ({WORDS[last.quality]} {verb} the ease factor {change})"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
