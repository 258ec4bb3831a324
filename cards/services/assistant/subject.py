"""Whether a question sounds like one of the field or like one of any other subject.

Naive Bayes over words and pairs of neighbouring words (Manning, Raghavan, Schütze, 2008,
"Introduction to Information Retrieval", chapter 13), in the ways to ask that are kept for the bank
and in questions of other subjects. Only what is there counts, not what is missing.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from django.conf import settings

from cards.services.assistant.phrasings import ENGLISH, lines_in
from cards.services.assistant.wordlists import lines_of
from cards.services.search.words import folded, root, words

SMOOTHING = 0.5  # of a word that only one side has
FEWEST = 3  # features: what fewer say is no surer


def of_the_field(text: str) -> float:
    """Return how much more an English text sounds like the field than like anything else.

    The logarithm of the odds over the square root of how much was said: 0 says nothing, below 0
    other subjects. Mostly between -5 and 5.
    """
    return summed(text, _odds())


def summed(text: str, odds: Mapping[str, float]) -> float:
    """Return the log odds of all that a text says, over the square root of how much that is."""
    said = _features(text)
    return sum(odds.get(one, 0.0) for one in sorted(said)) / math.sqrt(max(FEWEST, len(said)))


def log_odds(here: Iterable[str], other: Iterable[str]) -> dict[str, float]:
    """Return, by feature, how much more often the texts here have it than the others do."""
    counts_here, times_here = _count(here)
    counts_other, times_other = _count(other)
    return {
        one: math.log((counts_here[one] + SMOOTHING) / (times_here + 1))
        - math.log((counts_other[one] + SMOOTHING) / (times_other + 1))
        for one in counts_here.keys() | counts_other.keys()
    }


@lru_cache(maxsize=1)
def _odds() -> dict[str, float]:
    """Those of the ways to ask and of the questions of other subjects. Read once."""
    others = lines_of(settings.ASSISTANT_DIR / "elsewhere-questions.txt")
    return log_odds(lines_in(ENGLISH), others)


def _count(texts: Iterable[str]) -> tuple[Counter[str], int]:
    found: Counter[str] = Counter()
    many = 0
    for text in texts:
        found.update(_features(text))
        many += 1
    return found, many


def _features(text: str) -> frozenset[str]:
    """The roots of the words, little ones too, and each pair of neighbours; ends count as words."""
    said = [root(folded(word)) for _, _, word in words(text)]
    ends = ["", *said, ""]
    return frozenset(said) | {f"{one} {other}" for one, other in pairwise(ends)}
