"""An answer that is kept gets a model's words: claimed once, streamed, settled however it ends."""

from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from cards.assistant.prompt import ASSISTANT, MOST_EARLIER, USER
from cards.assistant.prompt import Message as Said
from cards.integrations.trouble import ModelError, Trouble
from cards.models import Learner, Message
from cards.services.assistant.meter import LEASE
from cards.services.assistant.offered import has_model
from cards.services.assistant.reply import Mode, Reply, Source
from cards.services.assistant.worded import Done, Piece, worded

Wording = Message.Wording
FREE = (Wording.NONE, Wording.WAITING)
OVER = (Wording.DONE, Wording.STOPPED, Wording.FAILED)
STOPPED = "The language model was stopped before it was done."
ELSEWHERE = "The language model is already writing this answer. It appears here when it is done."


class ElsewhereError(Exception):
    """It is being written for another tab; its text is for the learner."""

    def __init__(self, message: Message) -> None:
        super().__init__(ELSEWHERE)
        self.message = message


class Writing:
    """A message that is being worded: pieces of text, then the message as it is kept.

    Closed early, the model's connection is closed and the message says that it was stopped. If it
    was deleted in the meantime, it ends without a message.
    """

    def __init__(self, message: Message, events: Generator[str | Message]) -> None:
        self._message, self._events = message, events
        next(events)  # as far as its `try`, so that closing it always settles the message

    def __iter__(self) -> Iterator[str | Message]:
        return self

    def __next__(self) -> str | Message:
        return next(self._events)

    def finish(self) -> Message:
        """Wait for the end, and return the message; raise Http404 if it was deleted."""
        for _ in self:
            pass
        return find_message(self._message.learner, self._message.pk)

    def close(self) -> None:
        """Stop."""
        self._events.close()


def first_state(reply: Reply) -> Wording:
    """Return what a new answer waits for."""
    return Wording.WAITING if reply.sources and has_model() else Wording.NONE


def wording_at(message: Message, at: datetime) -> Wording:
    """Return how far it is; one whose worker must be dead waits again."""
    is_dead = message.writing_since is not None and message.writing_since <= at - LEASE
    return Wording.WAITING if is_dead else Wording(message.wording)


def find_message(learner: Learner, pk: int) -> Message:
    """Return a message of the learner's; raise Http404 for any other."""
    return get_object_or_404(_mine(learner), pk=pk)


def word(learner: Learner, pk: int, *, again: bool, at: datetime) -> Writing:
    """Have a message worded, unless it is; `again`: also where it is, was stopped or failed.

    Raises Http404 as above, and ElsewhereError while it is being written.
    """
    message = find_message(learner, pk)
    free = Q(wording__in=FREE + OVER if again else FREE)
    dead = Q(wording=Wording.WRITING, writing_since__lte=at - LEASE)
    if message.sources:
        claim = {"wording": Wording.WRITING, "writing_since": at}
        if _mine(learner).filter(free | dead, pk=pk).update(**claim):
            return Writing(message, _write(learner, message, at))
        message = find_message(learner, pk)
    if wording_at(message, at) == Wording.WRITING:
        raise ElsewhereError(message)
    return Writing(message, _as_it_is(message))


def stop_wording(learner: Learner, pk: int) -> Message:
    """Stop it, whoever writes, and return the message. Raises Http404 as above."""
    going_on = _mine(learner).filter(pk=pk, wording__in=(Wording.WAITING, Wording.WRITING))
    going_on.update(**_ended(None))
    return find_message(learner, pk)


def _as_it_is(message: Message) -> Generator[str | Message]:
    yield ""
    yield message


def _write(learner: Learner, message: Message, at: datetime) -> Generator[str | Message]:
    reply = _reply(message)
    done: Done | None = None
    try:
        yield ""
        with closing(worded(reply, message.asked, _earlier(message), learner, at=at)) as events:
            for event in events:
                if isinstance(event, Piece):
                    yield event.text
                else:
                    done = event
    finally:
        # Who stopped it, or was faster after the lease was over, is not overwritten.
        held = _mine(learner).filter(pk=message.pk, wording=Wording.WRITING, writing_since=at)
        held.update(**_ended(done, reply))
    kept = _mine(learner).filter(pk=message.pk).first()
    if kept:
        yield kept


def _ended(done: Done | None, reply: Reply | None = None) -> dict[str, Any]:
    """Return what is kept; what an earlier try has written stays where this one has nothing."""
    if done is None:
        return {"wording": Wording.STOPPED, "writing_since": None, "trouble": STOPPED}
    if reply is None or done.reply.mode != Mode.MODEL:
        trouble = done.trouble or str(ModelError(Trouble.OFF))
        return {"wording": Wording.FAILED, "writing_since": None, "trouble": trouble}
    return {
        "wording": Wording.DONE,
        "writing_since": None,
        "trouble": done.trouble,
        "mode": Mode.MODEL,
        "words": done.reply.answer,
        "cited": [reply.sources.index(one) for one in done.reply.sources],
        "dropped": list(done.dropped),
        "uncited": list(done.uncited),
        "off_topic": done.reply.off_topic,
    }


def _reply(message: Message) -> Reply:
    sources = tuple(Source(**one) for one in message.sources)
    return Reply(message.answer, sources, language=message.language)


def _earlier(message: Message) -> list[Said]:
    """What was said before in the same conversation, the oldest first."""
    before = Message.objects.filter(conversation=message.conversation_id, pk__lt=message.pk)
    said: list[Said] = []
    for one in reversed(before.order_by("-pk")[: MOST_EARLIER // 2]):
        said += [Said(USER, one.asked), Said(ASSISTANT, one.shown)]
    return said


def _mine(learner: Learner) -> QuerySet[Message]:
    return Message.objects.filter(learner=learner)
