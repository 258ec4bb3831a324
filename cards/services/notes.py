"""What a learner keeps beside a question: a note, a flag, a mark, tags. None of it schedules.

The card is never touched, so a grade in another tab is not made stale by a note.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from cards.models import Learner, Note, Question, Tag
from cards.services import tags
from cards.services.search import index_note

LONGEST_NOTE = 5000
FLAGS = tuple((flag.value, flag.name.lower()) for flag in Note.Flag)


class TagError(Exception):
    """A tag that cannot be kept; its text says why."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What one learner keeps beside one question; the default is nothing."""

    text: str = ""
    flag: int = Note.Flag.NONE
    is_marked: bool = False

    @property
    def flag_word(self) -> str:
        """The colour of the flag."""
        return Note.Flag(self.flag).name.lower()

    @property
    def flags(self) -> tuple[tuple[int, str], ...]:
        """Every flag there is, with its word."""
        return FLAGS


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of one question, and all that the learner has."""

    here: list[str]
    known: list[str]


def kept_beside(learner: Combinable, question: str) -> Subquery:
    """Return a column for a query of questions or cards; `beside_of` reads it.

    So a review reads the note with the card, at no query of its own.
    """
    mine = Note.objects.filter(learner=learner, question=OuterRef(question))
    kept = JSONObject(text="text", flag="flag", is_marked="is_marked")
    return Subquery(mine.order_by("id").values(kept=kept)[:1])


def beside_of(kept: dict[str, Any] | None) -> Beside:
    """Return what the column of `kept_beside` held."""
    return Beside(kept["text"], kept["flag"], bool(kept["is_marked"])) if kept else Beside()


def beside(learner: Learner, slug: str) -> Beside:
    """Return what is kept beside a question; raise Http404 if the learner cannot see it."""
    return _beside(learner, _question(learner, slug))


def tags_of(learner: Learner, slug: str) -> Tags:
    """Return the tags of a question; raise Http404 if the learner cannot see it."""
    return tags_beside(learner, _question(learner, slug))


def tags_beside(learner: Learner, question: Question) -> Tags:
    """Return the tags of a question that has been looked up already, in one query."""
    here = Count("pk", filter=Q(question=question))
    rows = Tag.objects.filter(learner=learner).order_by().values_list("name").annotate(here=here)
    found = sorted(rows, key=lambda row: row[0].casefold())
    return Tags([name for name, count in found if count], [name for name, _ in found])


def save_note(learner: Learner, slug: str, text: str, *, at: datetime) -> Beside:
    """Keep this text, to the byte; nothing but blanks is no note. Raises Http404 as above."""
    return _keep(learner, slug, at, text=text if text.strip() else "")


def set_flag(learner: Learner, slug: str, flag: int, *, at: datetime) -> Beside:
    """Give the question this flag, or none with 0. Raises Http404 as above."""
    return _keep(learner, slug, at, flag=flag)


def set_mark(learner: Learner, slug: str, *, marked: bool, at: datetime) -> Beside:
    """Mark the question, or take the mark away. Raises Http404 as above."""
    return _keep(learner, slug, at, is_marked=marked)


@transaction.atomic
def change_tags(
    learner: Learner, slug: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> Tags:
    """Put tags on a question and take others off, all or nothing.

    Raises Http404 as above, TagError where one cannot be kept.
    """
    question = _question(learner, slug)
    for name in remove:
        tags.remove_tag(learner, [slug], name)
    for name in add:
        _add_tag(learner, slug, name)
    return tags_beside(learner, question)


def _add_tag(learner: Learner, slug: str, name: str) -> None:
    try:
        tagged = tags.add_tag(learner, [slug], name)
    except ValueError:
        raise TagError("A tag needs a name.") from None
    except tags.TooManyTagsError:
        raise TagError(
            f"There can be {tags.MOST_NAMES} different tags, and you have them."
        ) from None
    if tagged.full:
        raise TagError(f"A question holds at most {tags.MOST_ON_QUESTION} tags.")


@transaction.atomic
def _keep(learner: Learner, slug: str, at: datetime, **kept: Any) -> Beside:
    """Change only what is named, so that two tabs do not overwrite each other's."""
    question = _question(learner, slug)
    mine: dict[str, Any] = {"learner": learner, "question": question}
    if not any(kept.values()) and not Note.objects.filter(**mine).exists():
        return Beside()
    note, _ = Note.objects.update_or_create(**mine, defaults=kept | {"updated_at": at})
    if "text" in kept:
        index_note(learner, question, note.text)
    now = _read(note)
    if now == Beside():
        note.delete()
    return now


def _question(learner: Learner, slug: str) -> Question:
    return get_object_or_404(Question.objects.visible_to(learner).only("pk"), slug=slug)


def _beside(learner: Learner, question: Question) -> Beside:
    return _read(Note.objects.filter(learner=learner, question=question).order_by("id").first())


def _read(note: Note | None) -> Beside:
    return Beside(note.text, note.flag, note.is_marked) if note else Beside()
