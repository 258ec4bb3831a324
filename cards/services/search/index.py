"""Writes what is searched: one entry for a question, one for each learner's note beside it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from cards.markup import plain
from cards.models import Learner, Note, Question, SearchEntry, SearchWord
from cards.services.search.lexicon import count_words, recount, words_of
from cards.services.search.passages import Stored
from cards.services.search.vectors import embed_missing, embed_question
from cards.services.search.words import EDITION, tokens, words

Row = TypeVar("Row", bound=Model)
EVERYBODY = "all"
CHUNK = 200  # rows a transaction
MOST_TIMES = 3  # a word counts more the more often it stands in a field, but only so far


def index_question(question: Question) -> None:
    """Make a question found by what it says now; to be called in the transaction that writes it."""
    values = _entry(list(_passages(question)), question.owner_id)
    old = SearchEntry.objects.filter(question=question, is_note=False, reader=None).first()
    before = words_of(old) if old else set()
    new, _ = SearchEntry.objects.update_or_create(question=question, is_note=False, defaults=values)
    count_words(before, words_of(new) if new.reader_id is None else set())
    if settings.EMBEDDING_MODEL_DIR:
        embed_question(question)


def index_note(learner: Learner, question: Question, text: str) -> None:
    """Let a learner, and nobody else, find a question by their note; without text by none."""
    entries = SearchEntry.objects.filter(question=question, reader=learner, is_note=True)
    if not text.strip():
        entries.delete()
        return
    values = _entry([("note", "", text)], learner.pk)
    SearchEntry.objects.update_or_create(
        question=question, reader_id=learner.pk, is_note=True, defaults=values
    )


def reindex(*, everything: bool = False) -> int:
    """Index what is not, or was by older rules; return how many entries were written."""
    ours = SearchEntry.objects.filter(edition=EDITION)
    questions, notes = Question.objects.all(), Note.objects.exclude(text="")
    if not everything:
        of_question = ours.filter(is_note=False, question=OuterRef("pk"))
        of_note = ours.filter(
            is_note=True, question=OuterRef("question"), reader=OuterRef("learner")
        )
        questions, notes = questions.exclude(Exists(of_question)), notes.exclude(Exists(of_note))
    written = 0
    for question in _in_chunks(questions):
        index_question(question)
        written += 1
    for note in _in_chunks(notes.select_related("learner", "question")):
        index_note(note.learner, note.question, note.text)
        written += 1
    if written or not SearchWord.objects.exists():
        recount()
    embed_missing()
    return written


def _in_chunks(rows: QuerySet[Row]) -> Iterator[Row]:
    """Each row, a transaction for every so many: what is done stays done when it is stopped."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        with transaction.atomic():
            yield from rows.filter(pk__in=keys[start : start + CHUNK]).order_by("pk")


def audience(reader: int | None) -> str:
    """Return the word by which the index knows who may find an entry."""
    return EVERYBODY if reader is None else f"learner{reader}"


def _entry(passages: list[Stored], reader: int | None) -> dict[str, Any]:
    columns: dict[str, list[str]] = {"prompt": [], "point": [], "answer": [], "rest": []}
    for field, _, text in passages:
        columns.get(field, columns["rest"]).append(text)
    return {
        "reader_id": reader,
        "audience": audience(reader),
        "edition": EDITION,
        "prompt": _tokens(columns["prompt"]),
        "points": _tokens(columns["point"]),
        "answer": _tokens(columns["answer"]),
        "rest": _tokens(columns["rest"]),
        "passages": [list(passage) for passage in passages if passage[0] != "prompt"],
    }


def _passages(question: Question) -> Iterator[Stored]:
    yield "prompt", "", question.prompt
    for point in question.points:
        yield "point", "", point["text"]
    yield from _blocks("answer", "", question.answer)
    if question.hint:
        yield "hint", "", question.hint
    for text in question.misconceptions:
        yield "misconception", "", str(text)
    for follow_up in question.follow_ups:
        yield "follow-up", "", str(follow_up["prompt"])
        yield from _blocks("follow-up", str(follow_up["prompt"]), str(follow_up["answer"]))


def _blocks(field: str, title: str, text: str) -> Iterator[Stored]:
    """The blocks of a text in Markdown, and each heading once as a passage of its own."""
    last = ""
    for heading, words_of_block in plain(text):
        if heading != last:
            yield field, title, heading
            last = heading
        yield field, heading or title, words_of_block


def _tokens(texts: Iterable[str]) -> str:
    """Each token once, or more often where its word is frequent: 2 from 2 on, 3 from 4 on."""
    found: Counter[str] = Counter()
    for word, times in Counter(word for text in texts for _, _, word in words(text)).items():
        for one in tokens(word):
            found[one] += times
    repeated = (one for one, times in sorted(found.items()) for _ in range(_weight(times)))
    return " ".join(repeated)


def _weight(times: int) -> int:
    return min(MOST_TIMES, times.bit_length())
