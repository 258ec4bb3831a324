"""Which questions are looked at closely: those that hold the rarest of what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from cards.models import Learner, Question, SearchEntry
from cards.models.content import QuestionQuerySet
from cards.services.assistant.ideas import Asked, Way
from cards.services.assistant.phrasings import Phrasings, phrasings
from cards.services.search import Query, Term, entries_with, ranked
from cards.services.search.passages import Stored

MOST = 200  # questions that are compared
MOST_TOGETHER = 3  # of the rarest ideas that have to stand together where all are common
# What a word weighs by where it stands; an answer says much beside its subject.
FIELDS = {"prompt": 4.0, "points": 2.0, "answer": 1.0, "rest": 1.0}
NOTE = 4.0  # what a learner wrote down says what it is about
ASKED_AS = 1.0  # and in the other ways to ask for it


@dataclass(slots=True)
class Candidate:
    """A question that may answer, with its words."""

    question_id: int
    slug: str
    prompt: str
    counts: dict[str, float] = field(default_factory=dict)  # by token, weighted by field
    in_prompt: set[str] = field(default_factory=set)
    is_shared: bool = True
    stored: list[Stored] = field(default_factory=list)

    def times(self, term: Term) -> float:
        """How much a term stands here."""
        parts = [max(self.counts.get(one, 0.0) for one in part) for part in term.parts]
        whole = max((self.counts.get(one, 0.0) for one in term.whole), default=0.0)
        return max(min(parts, default=0.0), whole)


def in_reach(learner: Learner | None) -> QuestionQuerySet:
    """Return the questions that may be quoted: the shared ones, and the learner's own."""
    active = Question.objects.active()
    return active.visible_to(learner) if learner else active.filter(owner=None)


def candidates(
    learner: Learner | None, asked: Asked, about: str, also: Iterable[int] = ()
) -> list[Candidate]:
    """Return the questions that may answer, in no order, with the one that lies open."""
    reader = learner.pk if learner else 0
    mine = in_reach(learner)
    found: set[int] = set(also)
    rare, all_common = _rarest(asked)
    if rare:
        found |= entries_with(rare, reader)
    if all_common and asked.ideas:
        together = Query(tuple(way.term for way in _together(asked)))
        found |= set(ranked(reader, together, mine).scores)
    ways = phrasings(asked.language)
    asked_for = Q(owner=None, slug__in=ways.slugs_with(rare))
    reached = Q(pk__in=sorted(found)[: 4 * MOST]) | Q(slug=about) | asked_for
    rows = mine.filter(reached).order_by("pk")
    by_key = {
        pk: Candidate(pk, slug, prompt, is_shared=owner is None)
        for pk, slug, prompt, owner in rows.values_list("pk", "slug", "prompt", "owner")[:MOST]
    }
    _read_words(by_key, reader, asked, ways)
    return list(by_key.values())


def _rarest(asked: Asked) -> tuple[list[str], bool]:
    """The tokens that together stand in few enough questions; is anything left out?"""
    tokens = {one for idea in asked.ideas for way in idea.ways for one in way.term.exact if one}
    kept: list[str] = []
    total = 0
    for token in sorted(tokens, key=lambda one: (asked.common.get(one, 0), one)):
        total += asked.common.get(token, 0)
        if total > MOST and asked.questions > MOST:
            return kept, True
        kept.append(token)
    return kept, False


def _together(asked: Asked) -> list[Way]:
    """The surest way of each of the rarest ideas."""
    ways = [max(idea.ways, key=lambda way: (asked.times(way.term) > 0, way.worth))
            for idea in asked.ideas if asked.is_known(idea)]  # fmt: skip
    return sorted(ways, key=lambda way: asked.times(way.term))[:MOST_TOGETHER]


def _read_words(by_key: dict[int, Candidate], reader: int, asked: Asked, ways: Phrasings) -> None:
    needed = {one for idea in asked.ideas for way in idea.ways for one in way.term.exact}
    readable = Q(reader=None) | Q(reader=reader)
    entries = SearchEntry.objects.filter(readable, question__in=list(by_key)).order_by("id")
    columns = ("question_id", "is_note", "prompt", "points", "answer", "rest", "passages")
    for key, is_note, prompt, points, answer, rest, passages in entries.values_list(*columns):
        candidate = by_key[key]
        candidate.stored += [tuple(one) for one in passages]
        candidate.in_prompt.update(prompt.split())
        for name, text in zip(FIELDS, (prompt, points, answer, rest), strict=True):
            _count(candidate.counts, text.split(), needed, NOTE if is_note else FIELDS[name])
    for candidate in by_key.values():
        times = ways.times.get(candidate.slug, {}) if candidate.is_shared else {}
        for token in needed & times.keys():
            candidate.counts[token] = candidate.counts.get(token, 0.0) + ASKED_AS * times[token]


def _count(counts: dict[str, float], tokens: Iterable[str], needed: set[str], worth: float) -> None:
    for token in tokens:
        if token in needed:
            counts[token] = counts.get(token, 0.0) + worth
