"""A learner's own questions as files: the format of the bank, in both directions."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from cards.models import Category, Learner, Question
from cards.services.bank import (
    BankError,
    BankQuestion,
    parse_question,
    points_as_written,
    store_question,
)
from cards.services.bank.reader import decoded
from cards.services.exchange.files import ImportRefusedError, QuestionFile
from cards.services.library import MAX_OWN_QUESTIONS, last_place

Entry = tuple[QuestionFile, BankQuestion]


@dataclass(slots=True)
class Imported:
    """How many questions an import added, changed and found as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def import_questions(
    learner: Learner, files: Sequence[QuestionFile], category: str, *, at: datetime
) -> Imported:
    """Store files as the learner's own questions, all or none; the same again changes nothing.

    A file's folder names its category; where there is none of that name, `category` is taken.
    Raises ImportRefusedError with a sentence for the learner.
    """
    entries = [(file, _parsed(file)) for file in files]
    seen: dict[str, str] = {}
    for file, entry in entries:
        if entry.slug in seen:
            twice = f"“{seen[entry.slug]}” and “{file.name}” have the same slug “{entry.slug}”."
            raise ImportRefusedError(f"{twice} Nothing was imported.")
        seen[entry.slug] = file.name
    with transaction.atomic():
        return _store(learner, entries, category, at)


def export_questions(learner: Learner) -> bytes:
    """Return a zip of the learner's own questions, archived ones too, as import takes them."""
    buffer = io.BytesIO()
    questions = Question.objects.filter(owner=learner).select_related("category").order_by("id")
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for question in questions.iterator(chunk_size=500):
            name = f"{question.category.slug}/{question.slug}.md"
            archive.writestr(zipfile.ZipInfo(name), _as_file(question), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _parsed(file: QuestionFile) -> BankQuestion:
    path = Path(file.name)
    try:
        return parse_question(path, decoded(path, file.content), is_complete=False)
    except BankError as error:
        where = f"“{file.name}”, line {error.line}"
        raise ImportRefusedError(f"{where}: {error.reason} Nothing was imported.") from None


def _store(learner: Learner, entries: list[Entry], category: str, at: datetime) -> Imported:
    Learner.objects.select_for_update().get(pk=learner.pk)
    shelves = {shelf.slug: shelf for shelf in Category.objects.visible_to(learner)}
    mine = {question.slug: question for question in Question.objects.filter(owner=learner)}
    slugs = {
        entry.slug: entry.slug if entry.slug in mine else _own_slug(learner, entry.slug)
        for _, entry in entries
    }
    if len(mine.keys() | set(slugs.values())) > MAX_OWN_QUESTIONS:
        raise ImportRefusedError("You would have more own questions than one account can hold.")
    done = Imported()
    for file, entry in entries:
        shelf = shelves.get(file.folder) or shelves.get(category)
        if shelf is None:
            raise ImportRefusedError("Choose a category for these questions.")
        slug = slugs[entry.slug]
        question = mine.get(slug) or Question(owner=learner, slug=slug)
        is_new = question.pk is None
        place = last_place(question, shelf) if is_new or file.folder in shelves else None
        related = [slugs.get(other, other) for other in entry.related]
        if store_question(question, replace(entry, related=related), place, at=at):
            done.added += is_new
            done.changed += not is_new
        else:
            done.unchanged += 1
    return done


def _own_slug(learner: Learner, slug: str) -> str:
    """The same file always becomes the same question of this learner, and of no other."""
    mark = hashlib.sha256(f"{learner.pk} {slug}".encode()).hexdigest()[:12]
    return f"{slug[:60].rstrip('-')}-{mark}"


def _as_file(question: Question) -> str:
    front: dict[str, Any] = {
        "slug": question.slug,
        "prompt": question.prompt,
        "level": question.level,
        "minutes": question.minutes,
        "hint": question.hint or None,
        "key_points": points_as_written(question),
        "misconceptions": question.misconceptions,
        "follow_ups": [
            {"prompt": one["prompt"], "answer": one["answer"]} for one in question.follow_ups
        ],
        "references": question.references,
        "related": question.related,
        "checked_on": question.checked_on,
    }
    written = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=100)
    return f"---\n{written}---\n{question.answer}\n"
