"""Fitting the memory model to one learner; the library for it is optional (extra `fit`)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.util import find_spec
from typing import Any

from django.db import transaction

from cards.models import Learner, ReviewLog, StudySettings
from cards.scheduling import SCHEDULING, MemoryModel
from cards.scheduling.fitting import (
    FEWEST_FOR_FIRST,
    Fit,
    Life,
    before,
    compare,
    held_back_from,
    histories,
    lives_of,
    predictable,
)
from cards.services.replay import rebuild_cards

LIBRARY = "fsrs_rs_python"
WORTH_AGAIN = 1.1  # times the reviews of the last fitting


@dataclass(frozen=True, slots=True)
class LastFit:
    """What a learner sees of the last fitting; log losses on reviews held back."""

    reviews: int
    held_back: int
    loss_before: float
    loss_after: float
    kept: bool
    fitted_at: datetime


def last_fit(learner: Learner) -> LastFit | None:
    """Return what the last fitting found; None where there was none yet."""
    found = learner.settings.memory_fit
    if not found:
        return None
    return LastFit(**found | {"fitted_at": datetime.fromisoformat(found["fitted_at"])})


def can_fit() -> bool:
    """Is the library installed?"""
    return find_spec(LIBRARY) is not None


def learners_to_fit() -> list[int]:
    """Return the learners who have answered anything, by id."""
    answered = ReviewLog.objects.answers().order_by("learner").values_list("learner", flat=True)
    return list(answered.distinct())


def fit_memory(learner: Learner, *, at: datetime) -> Fit | None:
    """Fit, and keep it only where it predicts what was held back better than the one in use.

    None, and no change, where there is too little to learn from, or hardly more than last time.
    """
    lives, settings = _lives(learner), learner.settings
    since = held_back_from(lives)
    known = before(lives, since) if since else []
    last = settings.memory_fit or {"reviews": 0}
    if not since or predictable(known) < FEWEST_FOR_FIRST:
        return None
    if predictable(lives) < WORTH_AGAIN * last["reviews"]:
        return None
    fitted = _fitted(known)
    fit = compare(lives, since, settings.memory, fitted or settings.memory)
    _keep(learner, fit, at)
    return fit


@transaction.atomic
def _keep(learner: Learner, fit: Fit, at: datetime) -> None:
    """Store what was found; a better memory rebuilds every card."""
    found: dict[str, Any] = asdict(fit)
    parameters = list(found.pop("parameters"))
    found |= {"kept": fit.is_better, "fitted_at": at.isoformat()}
    if fit.is_better:
        rebuild_cards(learner, memory_parameters=parameters, memory_fit=found)
    else:
        StudySettings.objects.filter(learner=learner).update(memory_fit=found)
    learner.settings.refresh_from_db()


def _lives(learner: Learner) -> list[Life]:
    """Only small rows are read: one of a hundred thousand reviews takes a few megabytes."""
    logs = ReviewLog.objects.standing().filter(learner=learner, kind__in=SCHEDULING)
    events = defaultdict(list)
    rows = logs.oldest_first().values_list("card_id", "quality", "study_date")
    for card, quality, on in rows.iterator(chunk_size=2000):
        events[card].append((quality, on))
    return [life for some in events.values() for life in lives_of(some)]


def _fitted(lives: Sequence[Life]) -> MemoryModel | None:
    """The library begins from the defaults; None where what it found is out of bounds."""
    import fsrs_rs_python as library  # optional: only here

    items = [
        library.FSRSItem([library.FSRSReview(rating, passed) for rating, passed in history])
        for history in histories(lives)
    ]
    start = library.FSRS(list(library.DEFAULT_PARAMETERS))
    try:
        return MemoryModel(tuple(start.compute_parameters(items, enable_short_term=False)))
    except ValueError:
        return None
