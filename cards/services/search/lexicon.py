"""How common each word of the shared bank is: the rare says more, the unknown is misspelt."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q

from cards.models import SearchEntry, SearchWord

ALL = ""  # the word that stands in every question; so the table knows how many there are
CHUNK = 200


def words_of(entry: SearchEntry) -> set[str]:
    """Return each token of an entry, and the one that every entry has."""
    return {ALL, *f"{entry.prompt} {entry.points} {entry.answer} {entry.rest}".split()}


def count_words(before: set[str], after: set[str]) -> None:
    """Count what a shared question says now instead of what it said before."""
    gone, come = sorted(before - after), sorted(after - before)
    if come:
        new = (SearchWord(word=word, questions=0) for word in come)
        SearchWord.objects.bulk_create(new, ignore_conflicts=True)
    # In one order for everybody, so that two who write at once wait instead of blocking each other.
    moved = SearchWord.objects.filter(word__in=[*gone, *come]).order_by("word")
    list(moved.select_for_update().values_list("word"))
    SearchWord.objects.filter(word__in=gone).update(questions=F("questions") - 1)
    SearchWord.objects.filter(word__in=come).update(questions=F("questions") + 1)


@transaction.atomic
def recount() -> None:
    """Count every word anew."""
    found: Counter[str] = Counter()
    shared = SearchEntry.objects.filter(reader=None, is_note=False).order_by("pk")
    for entry in shared.iterator(chunk_size=CHUNK):
        found.update(words_of(entry))
    SearchWord.objects.all().delete()
    rows = (SearchWord(word=word, questions=times) for word, times in sorted(found.items()))
    SearchWord.objects.bulk_create(rows, batch_size=5000)


def how_common(words: Iterable[str]) -> dict[str, int]:
    """Return in how many shared questions each word stands; the count of all questions by ALL.

    Words that stand in none are not there.
    """
    asked = SearchWord.objects.filter(word__in={ALL, *words}, questions__gt=0)
    return dict(asked.values_list("word", "questions"))


def beginning_with(letters: Iterable[str]) -> list[str]:
    """Return the known words that begin with one of these letters."""
    near = Q()
    for letter in sorted(set(letters)):
        near |= Q(word__gte=letter, word__lt=chr(ord(letter) + 1))
    known = SearchWord.objects.filter(near, questions__gt=0) if near else SearchWord.objects.none()
    return list(known.order_by("word").values_list("word", flat=True))
