"""What a card must be, by its log and by how its learner wants cards to be planned."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import isclose

from cards.memory import Memories, remember
from cards.models import Card, PointMark, ReviewLog, StudySettings
from cards.scheduling import SCHEDULING, CardState, ToldEvent, replay_told

PRECISION = 1e-9  # relative: powers may differ in the last places between two machines


@dataclass(frozen=True, slots=True)
class Truth:
    """Schedule, and memory of the points."""

    state: CardState
    memories: Memories

    def matches(self, stored: "Truth") -> bool:
        """Is this what is stored, but for what another machine would round another way?"""
        return not differing(self.state, stored.state) and self.memories == stored.memories


def differing(one: CardState, other: CardState) -> list[str]:
    """Return the names in which two states differ."""
    if one == other:
        return []
    ours, theirs = one.as_json(), other.as_json()
    return [name for name, value in ours.items() if not _is_same(value, theirs[name])]


def truth_of(card: Card) -> Truth:
    """Return what one card must be."""
    return truths_of([card])[card.pk]


def truths_of(cards: Sequence[Card]) -> dict[int, Truth]:
    """Return what these cards must be, by card; four queries for all of them."""
    states, memories = states_of(cards), _memories_of(cards)
    return {card.pk: Truth(states[card.pk], memories[card.pk]) for card in cards}


def states_of(cards: Sequence[Card]) -> dict[int, CardState]:
    """Return the schedules alone, by card; two queries for all of them."""
    events = _events_of(cards)
    settings = StudySettings.objects.in_bulk({card.learner_id for card in cards})
    planners = {
        learner: one.planner for learner, one in settings.items() if not one.spreads_intervals
    }
    states = {}
    for card in cards:
        learner = card.learner_id
        planner = planners.get(learner) or settings[learner].planner_for(card.question_id)
        states[card.pk] = replay_told(planner, events[card.pk])
    return states


def _events_of(cards: Collection[Card]) -> dict[int, list[ToldEvent]]:
    logs = ReviewLog.objects.standing().filter(card__in=cards, kind__in=SCHEDULING).oldest_first()
    events: dict[int, list[ToldEvent]] = defaultdict(list)
    rows = logs.values_list("card_id", "quality", "study_date", "told_days")
    for card, quality, on, told_days in rows:
        events[card].append((quality, on, told_days))
    return events


def _memories_of(cards: Collection[Card]) -> dict[int, Memories]:
    marks = defaultdict(list)
    judged = PointMark.objects.filter(review__card__in=cards).as_judged()
    for mark in judged.values_list(
        "review__card_id", "key_point_id", "recalled", "review__study_date"
    ):
        marks[mark[0]].append(mark[1:])
    return {card.pk: remember(marks[card.pk]) for card in cards}


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=PRECISION)
    return one == other
