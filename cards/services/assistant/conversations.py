"""Conversations: what was asked and answered is kept, found again, renamed and deleted."""

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID, uuid5

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from cards.models import LONGEST_TITLE, Conversation, Learner, Message, Question
from cards.services.assistant.ask import ask
from cards.services.assistant.quotas import check_quotas
from cards.services.assistant.reply import Reply
from cards.services.assistant.wording import first_state

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Asking:
    """Something asked, as it was sent."""

    submission_id: UUID
    text: str
    conversation: int | None = None  # goes on with this one
    about: str = ""  # slug of the question that a new one is about

    @property
    def key(self) -> UUID:
        """The same for the same words from the same form; other words from it are asked, too."""
        return uuid5(self.submission_id, self.text)


def ask_and_keep(learner: Learner, asking: Asking, *, at: datetime) -> Message:
    """Ask, and keep question and answer; sent twice, it is asked once.

    Raises Http404 for a conversation or question that the learner cannot see, and RefusedError.
    """
    kept = _kept(learner, asking)
    if kept:
        return kept
    conversation, question = _place(learner, asking)
    check_quotas(learner, conversation, at=at)
    last = conversation.messages.order_by("-id").first() if conversation else None
    about = question.slug if question else ""
    reply = ask(learner, asking.text, about=about, before=last.asked if last else "")
    return _keep(learner, asking, reply, at)


@transaction.atomic
def _keep(learner: Learner, asking: Asking, reply: Reply, at: datetime) -> Message:
    _lock(learner)
    kept = _kept(learner, asking)
    if kept:
        return kept
    conversation, question = _place(learner, asking)
    check_quotas(learner, conversation, at=at)
    if conversation is None:
        conversation = Conversation(
            learner=learner, question=question, title=title_of(asking.text), created_at=at
        )
    conversation.updated_at = at
    conversation.save()
    return Message.objects.create(
        conversation=conversation,
        learner=learner,
        submission_id=asking.key,
        asked=asking.text,
        answer=reply.answer,
        sources=[asdict(source) for source in reply.sources],
        mode=reply.mode,
        off_topic=reply.off_topic,
        language=reply.language,
        asked_at=at,
        wording=first_state(reply),
    )


def _kept(learner: Learner, asking: Asking) -> Message | None:
    return Message.objects.filter(learner=learner, submission_id=asking.key).first()


def _place(learner: Learner, asking: Asking) -> tuple[Conversation | None, Question | None]:
    """The conversation to go on with, or None; and the question that it is about."""
    if asking.conversation is not None:
        conversation = _own(learner, asking.conversation)
        return conversation, conversation.question
    if asking.about:
        visible = Question.objects.visible_to(learner).only("slug")
        return None, get_object_or_404(visible, slug=asking.about)
    return None, None


def title_of(text: str) -> str:
    """Return the first words of what was asked, as many as a title holds."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_TITLE:
        return line
    cut = line[:LONGEST_TITLE]  # one character goes to the dots
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(" ,;:.") + "…"


def find_conversations(learner: Learner, words: str = "", page: str = "") -> Page[Conversation]:
    """Return a page of the learner's conversations, the newest first; `words` stand in each."""
    found = Conversation.objects.filter(learner=learner)
    if words:
        said = _holds(words, "asked", "answer", "words")
        messages = Message.objects.filter(said, conversation=OuterRef("pk"))
        found = found.filter(_holds(words, "title") | Exists(messages))
    return Paginator(found.order_by("-updated_at", "-id"), PAGE_SIZE).get_page(page)


def _holds(words: str, *columns: str) -> Q:
    """Do they stand in a column? SQLite knows large and small letters of ASCII only."""
    forms = {words, words.lower(), words.upper(), words.capitalize(), words.title()}
    held = (Q((f"{column}__icontains", form)) for column in columns for form in sorted(forms))
    return reduce(or_, held)


def conversation_of(learner: Learner, pk: int) -> tuple[Conversation, list[Message]]:
    """Return a conversation with its messages, the oldest first; raise Http404 as above."""
    conversation = _own(learner, pk)
    return conversation, list(conversation.messages.order_by("id"))


@transaction.atomic
def rename_conversation(learner: Learner, pk: int, title: str) -> None:
    """Give it another title. Raises Http404 as above."""
    _lock(learner)
    _own(learner, pk)
    _mine(learner).filter(pk=pk).update(title=title)


@transaction.atomic
def delete_conversation(learner: Learner, pk: int) -> str:
    """Delete it with all its messages, and return its title. Raises Http404 as above."""
    _lock(learner)
    conversation = _own(learner, pk)
    conversation.delete()
    return conversation.title


def _lock(learner: Learner) -> None:
    # One at a time, so that a second tab finds what the first has stored, renamed or deleted.
    Learner.objects.select_for_update().get(pk=learner.pk)


def _mine(learner: Learner) -> QuerySet[Conversation]:
    return Conversation.objects.filter(learner=learner)


def _own(learner: Learner, pk: int) -> Conversation:
    mine = _mine(learner).select_related("question")
    return get_object_or_404(mine.only("title", "created_at", "updated_at", "question__slug",
                                       "question__prompt", "learner"), pk=pk)  # fmt: skip
