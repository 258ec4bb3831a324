"""How much of the model a learner may use: tokens and cost a study day, two answers at once."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum

from cards.assistant.prompt import Message
from cards.integrations.llm import Answer, Usage, estimated, stream
from cards.integrations.trouble import ModelError
from cards.models import Learner, ModelUse, StudySettings
from cards.scheduling.study_day import ONE_DAY

AT_ONCE = 2
LEASE = timedelta(minutes=2)  # longer than any answer; then its worker is taken for dead
MOST_AT_ONCE = 40  # in one process: each holds a thread while it waits
PLACES = BoundedSemaphore(MOST_AT_ONCE)
MICRO = 1_000_000  # as many tokens as prices are given for, and parts of a currency unit
SPENT = (
    "That is all that the language model may do for you today. "
    "It is there again on your next study day."
)
TOO_MANY = "The language model is already writing for you. Wait until it is done, then try again."
CROWDED = (
    "The language model is writing for as many others as it can just now. "
    "Try again in half a minute."
)


class OverLimitError(Exception):
    """The model is not asked, for the reason that is its text."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a study day has taken so far."""

    tokens: int
    cost_micro: int


@contextmanager
def metered(
    learner: Learner,
    purpose: ModelUse.Purpose,
    messages: Sequence[Message],
    max_tokens: int,
    *,
    at: datetime,
) -> Iterator[Answer]:
    """Ask the model within the limits; whatever happens in the block, what it took is kept."""
    with _place():
        use = _begin(learner, purpose, (estimated(messages), max_tokens), at)
        _give_connection_back()
        outcome = ModelUse.Outcome.STOPPED
        with stream(messages, max_tokens=max_tokens) as answer:
            try:
                yield answer
                outcome = ModelUse.Outcome.DONE
            except ModelError as error:
                outcome = ModelUse.Outcome(error.kind)
                raise
            finally:
                answer.close()
                _finish(use, answer.usage, outcome)


@contextmanager
def _place() -> Iterator[None]:
    """Keep one of the threads that may wait for the model; the others are for pages."""
    if not PLACES.acquire(blocking=False):
        raise OverLimitError(CROWDED)
    try:
        yield
    finally:
        PLACES.release()


def _give_connection_back() -> None:
    """Nobody waits for the database because somebody waits for the model."""
    if not connection.in_atomic_block:
        connection.close()


def used(learner: Learner, *, at: datetime) -> Used:
    """Return what the study day of this moment has taken, with what is going on."""
    return _used(learner, learner.settings, at)


def _used(learner: Learner, own: StudySettings, at: datetime) -> Used:
    uses = ModelUse.objects.filter(learner=learner, study_date=own.clock.date_of(at))
    sums = uses.aggregate(read=Sum("tokens_in"), written=Sum("tokens_out"), cost=Sum("cost_micro"))
    return Used((sums["read"] or 0) + (sums["written"] or 0), sums["cost"] or 0)


@transaction.atomic
def _begin(
    learner: Learner, purpose: ModelUse.Purpose, most: tuple[int, int], at: datetime
) -> ModelUse:
    """Keep a place and the most that it may take; the settings' row makes others wait."""
    own = StudySettings.objects.select_for_update().get(learner=learner)
    on = own.clock.date_of(at)
    going_on = ModelUse.objects.filter(
        learner=learner, study_date__gte=on - ONE_DAY, ended_at=None, started_at__gt=at - LEASE
    )
    if going_on.count() >= AT_ONCE:
        raise OverLimitError(TOO_MANY)
    so_far, cost = _used(learner, own, at), _cost(*most)
    if so_far.tokens + sum(most) > settings.LLM_TOKENS_PER_DAY:
        raise OverLimitError(SPENT)
    limit = settings.LLM_COST_PER_DAY * MICRO
    if limit and so_far.cost_micro + cost > limit:
        raise OverLimitError(SPENT)
    return ModelUse.objects.create(
        learner=learner, study_date=on, purpose=purpose, started_at=at,
        tokens_in=most[0], tokens_out=most[1], cost_micro=cost,
    )  # fmt: skip


def _finish(use: ModelUse, usage: Usage, outcome: ModelUse.Outcome) -> None:
    ModelUse.objects.filter(pk=use.pk).update(
        ended_at=use.started_at + timedelta(seconds=usage.seconds),
        tokens_in=usage.tokens_in,
        tokens_out=usage.tokens_out,
        cost_micro=_cost(usage.tokens_in, usage.tokens_out),
        outcome=outcome,
    )


def _cost(tokens_in: int, tokens_out: int) -> int:
    return math.ceil(tokens_in * settings.LLM_PRICE_IN + tokens_out * settings.LLM_PRICE_OUT)
