"""How often a learner and the second opinion said the same, over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cards.assistant.opinion import NOT_SAID, PARTLY, SAID, Agreement, agreement
from cards.models import Learner, SecondOpinion
from cards.services.assistant.second_opinion import as_words

RECENT_DAYS = 30
_ORDER = (NOT_SAID, PARTLY, SAID)
Pair = tuple[str, str]  # the learner's word, the opinion's


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A stretch of time."""

    words: str
    figures: Agreement


@dataclass(frozen=True, slots=True)
class Agreements:
    """What both judged: in all, in the last 30 study days, and before."""

    rows: tuple[AgreementRow, ...]  # only those with something to compare
    whole: Agreement
    same: int
    kinder: int  # the learner saw more in it than the opinion
    stricter: int


def agreements(learner: Learner, on: date, category: str = "") -> Agreements | None:
    """Return how often both said the same; None where there is nothing to compare. One query."""
    opinions = SecondOpinion.objects.filter(learner=learner).exclude(ticks={})
    if category:
        opinions = opinions.filter(question__category__slug=category)
    recent: list[Pair] = []
    before: list[Pair] = []
    first = on - timedelta(days=RECENT_DAYS - 1)
    for day, words, ticks in opinions.values_list("study_date", "words", "ticks").iterator():
        (recent if day >= first else before).extend(_pairs(words, ticks))
    whole = agreement([*recent, *before])
    if not whole.count:
        return None
    steps = [_ORDER.index(own) - _ORDER.index(other) for own, other in (*recent, *before)]
    return Agreements(
        rows=tuple(_rows(recent, before)),
        whole=whole,
        same=steps.count(0),
        kinder=sum(step > 0 for step in steps),
        stricter=sum(step < 0 for step in steps),
    )


def _pairs(words: dict[str, str], ticks: dict[str, int]) -> list[Pair]:
    return [(own, words[one]) for one, own in as_words(ticks).items() if words.get(one) in _ORDER]


def _rows(recent: Iterable[Pair], before: Iterable[Pair]) -> list[AgreementRow]:
    named = ((f"Last {RECENT_DAYS} days", agreement(recent)), ("Before", agreement(before)))
    return [AgreementRow(words, figures) for words, figures in named if figures.count]
