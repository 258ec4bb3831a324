"""Schedulers and the plan against each other: the same simulated learners, the same minutes."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from cards.readiness.plan import MEETINGS_EACH
from cards.readiness.simulate import (
    TRUTHS,
    Contestant,
    Course,
    Dated,
    Life,
    Planned,
    Result,
    live,
    summed_up,
)
from cards.scheduling import CardState, Scheduler, grade
from cards.scheduling.fsrs import DEFAULT_RETENTION
from cards.scheduling.registry import SCHEDULERS, scheduler_named

PLAN, FSRS = "plan", "fsrs"
CHUNK = 10  # learners handed to a process at a time
FIRST_DAY = date(2026, 1, 1)
QUALITIES = (1, 3, 4, 5)  # of the ratings Again, Hard, Good, Easy


@dataclass(frozen=True, slots=True)
class Player:
    """A contestant by name; `retention` is FSRS's, the rest makes a scheduler fairer to it."""

    name: str
    retention: float | None = None
    ahead: bool = False  # fills minutes it would leave with reviews before their date
    new_first: bool = False  # learns before it reviews

    @property
    def label(self) -> str:
        """What tables call it."""
        retention = f" {self.retention:.2f}" if self.retention else ""
        fairer = " new first" if self.new_first else " ahead" if self.ahead else ""
        return f"{self.name}{retention}{fairer}"


@dataclass(frozen=True, slots=True)
class Match:
    """One contestant under one truth, with everything that all contestants share."""

    player: Player
    truth: str
    learners: int
    days: int
    minutes: float
    questions: int
    question_minutes: float = 3.0
    seed: int = 1
    missed: float = 0.0


def players(
    names: Sequence[str], retentions: Sequence[float], *, fairer: bool
) -> tuple[Player, ...]:
    """Return the contestants of these names, FSRS once for each retention.

    With `fairer` each scheduler also plays filling the minutes it would leave, and once more asking
    new questions first. Raises LookupError for a name that is neither a scheduler nor the plan,
    ValueError for a retention out of FSRS's range.
    """
    chosen: list[Player] = []
    for name in names:
        if name == FSRS:
            for retention in retentions:
                scheduler_named(name, desired_retention=retention)  # refuses what nobody can want
                chosen.append(Player(name, retention))
        elif name == PLAN or name in SCHEDULERS:
            chosen.append(Player(name))
        else:
            known = ", ".join((*SCHEDULERS, PLAN))
            raise LookupError(f"There is no scheduler “{name}”. Known: {known}.")
    dated = [replace(one, ahead=True) for one in chosen if one.name != PLAN] if fairer else []
    return tuple(chosen + dated + [replace(one, new_first=True) for one in dated])


def matches(
    shared: Match, players: Sequence[Player], truths: Sequence[str], days: Sequence[int],
    questions: Sequence[int],
) -> list[Match]:  # fmt: skip
    """Return every match of these; raise LookupError for a truth that is none."""
    for truth in truths:
        if truth not in TRUTHS:
            raise LookupError(f"There is no truth “{truth}”. Known: {', '.join(TRUTHS)}.")
    return [
        replace(shared, truth=truth, questions=bank, days=until, player=player)
        for truth, bank, until, player in product(truths, questions, days, players)
    ]


def play(
    wanted: Sequence[Match], jobs: int = 1, heard: Callable[[int, Match], None] = lambda *_: None
) -> Iterator[tuple[Match, Result]]:
    """Yield each match with its result; `heard` is told of every few learners lived through."""
    pieces = [
        (match, range(first, min(first + CHUNK, match.learners)))
        for match in wanted
        for first in range(0, match.learners, CHUNK)
    ]
    lives: list[Life] = []
    for (match, learners), lived in zip(pieces, _lived(pieces, jobs), strict=True):
        lives += lived
        heard(len(learners), match)
        if learners.stop == match.learners:
            yield match, summed_up(lives, match.days)
            lives = []


Piece = tuple[Match, range]


def _lived(pieces: Sequence[Piece], jobs: int) -> Iterator[list[Life]]:
    if jobs <= 1:
        yield from map(_live, pieces)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(_live, pieces)


def _live(piece: Piece) -> list[Life]:
    match, learners = piece
    course = Course(
        match.days,
        match.minutes,
        (match.question_minutes,) * match.questions,
        match.seed,
        match.missed,
    )
    return [
        live(
            course,
            _contestant(match.player, course),
            TRUTHS[match.truth](match.seed, learner),
            learner,
            plans=match.player.name == PLAN,
        )
        for learner in learners
    ]


def _contestant(player: Player, course: Course) -> Contestant:
    if player.name == PLAN:
        return Planned(course.question_minutes, [course.minutes] * course.days, MEETINGS_EACH)
    dates = Scheduled(
        scheduler_named(player.name, desired_retention=player.retention or DEFAULT_RETENTION)
    )
    bank = len(course.question_minutes)
    return Dated(bank, dates, ahead=player.ahead, new_first=player.new_first)


class Scheduled:
    """The dates that one of the app's own schedulers sets, reviews ahead of them counting too."""

    def __init__(self, scheduler: Scheduler) -> None:
        """Start with no card met."""
        self.scheduler = scheduler
        self.states: dict[int, CardState] = {}

    def __call__(self, question: int, rating: int, day: int) -> int:
        """Return the day on which the question is due next."""
        state = self.states.get(question, CardState())
        on = FIRST_DAY + timedelta(days=day)
        after = grade(self.scheduler, state, QUALITIES[rating - 1], on, early=True).state
        self.states[question] = replace(after, repeat_today_on=None)
        return (after.due_on - FIRST_DAY).days if after.due_on else day
