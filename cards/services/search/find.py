"""Finding: the one interface, whichever database answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from cards.models import Learner, Question, SearchEntry
from cards.models.content import QuestionQuerySet
from cards.services.search.engine import MOST_RANKED, engine
from cards.services.search.passages import Marker, Passage, Stored
from cards.services.search.query import Query, Term, read_query


@dataclass(frozen=True, slots=True)
class Ranking:
    """Questions with their score, the best first; the lower the better."""

    scores: dict[int, float]

    def place(self, question: int) -> tuple[float, int]:
        """Where a question stands, to sort by."""
        return self.scores[question], question

    @property
    def is_cut(self) -> bool:
        """Were there, or may there have been, more than are ranked?"""
        return len(self.scores) >= MOST_RANKED


@dataclass(frozen=True, slots=True)
class Hit:
    """A question that was found, with the passage that says most about it."""

    question_id: int
    score: float  # the lower the better; to be compared within one search only
    passage: Passage


def find(learner: Learner, text: str, *, limit: int = 10) -> list[Hit]:
    """Return the questions in play that hold every word of a text, the best first."""
    query = read_query(text)
    if query is None:
        return []
    ranking = ranked(learner.pk, query, Question.objects.visible_to(learner).active())
    best = list(ranking.scores)[:limit]
    stored = passages_of(learner, best)
    prompts = dict(Question.objects.filter(pk__in=best).values_list("pk", "prompt"))
    marker = Marker(query)
    return [
        Hit(pk, ranking.scores[pk], _passage(marker, prompts[pk], stored.get(pk, ())))
        for pk in best
    ]


def ranked(reader: int, query: Query, within: QuestionQuerySet) -> Ranking:
    """Return the best of the questions `within` that hold every word."""
    inner, values = within.order_by().values("pk").query.sql_with_params()
    select, params = engine().ranked(query, reader, (inner, tuple(values)))
    with connection.cursor() as cursor:
        cursor.execute(select, params)
        return Ranking(dict(cursor.fetchall()))


def matching(learner: Learner, query: Query) -> set[int]:
    """Return the keys of all questions that hold every word, for any order of a list."""
    select, params = engine().matching(query, learner.pk)
    with connection.cursor() as cursor:
        cursor.execute(select, params)
        return {question for (question,) in cursor.fetchall()}


def entries_with(tokens: Iterable[str], reader: int) -> set[int]:
    """Return the keys of all questions that hold one of these tokens of the index."""
    either = Query((Term((tuple(sorted(tokens)),)),))
    select, params = engine().matching(either, reader)
    with connection.cursor() as cursor:
        cursor.execute(select, params)
        return {question for (question,) in cursor.fetchall()}


def passages_of(learner: Learner, questions: Sequence[int]) -> dict[int, list[Stored]]:
    """Return what is stored of these questions that the learner may read."""
    entries: QuerySet[SearchEntry] = SearchEntry.objects.filter(
        Q(reader=None) | Q(reader=learner), question__in=questions
    )
    found: dict[int, list[Stored]] = {}
    for question, stored in entries.order_by("id").values_list("question_id", "passages"):
        found.setdefault(question, []).extend(tuple(one) for one in stored)
    return found


def _passage(marker: Marker, prompt: str, stored: Sequence[Stored]) -> Passage:
    return marker.best_passage(stored) or Passage("prompt", "", marker.runs(prompt))
