"""How like what was asked is to the other ways to ask: to the closest, and to all of a question."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from cards.services.assistant.phrasings import Phrasings
from cards.services.search import Term

PRIOR = 18  # ways to ask for anything, that are added to those of a question
LEAST = 0.001  # share of the ways; what is rarer than that says no more


class Likeness:
    """What was asked beside all ways to ask, taken in idea by idea."""

    def __init__(self, kept: Phrasings) -> None:
        self._kept = kept
        self._got: dict[int, float] = defaultdict(float)  # by way, what of the ideas stands there
        self._here: dict[int, float] = defaultdict(float)  # and what its words for them weigh
        self._ideas: Counter[int] = Counter()
        self.affinity: dict[str, float] = defaultdict(float)  # by slug

    def add(self, weight: float, terms: Iterable[tuple[float, float, Term]]) -> float:
        """Take in an idea: each term with its worth and how rare it is, the best first.

        Return the share of all ways that have it.
        """
        having: set[int] = set()
        for worth, rarity, term in terms:
            for way in self._kept.ways_with(term) - having:
                having.add(way)
                self._got[way] += worth
                self._here[way] += rarity
                self._ideas[way] += 1
        usual = len(having) / max(len(self._kept.slugs), 1)
        for slug, many in Counter(self._kept.slugs[way] for way in having).items():
            self.affinity[slug] += weight * gain(many, self._kept.many[slug], usual)
        return usual

    def nearest(self, full: float, usual: float) -> dict[str, float]:
        """Return by slug how like the closest way is, 0 to 1.

        It is the harmonic mean of how much of the one stands in the other, either way round; all
        that was asked weighs `full`, and a word that was not asked `usual`.
        """
        best: dict[str, float] = defaultdict(float)
        for way, worth in self._got.items():
            more = max(0, self._kept.sizes[way] - self._ideas[way])
            there, back = worth / full, self._here[way] / (self._here[way] + usual * more)
            slug = self._kept.slugs[way]
            best[slug] = max(best[slug], 2 * there * back / (there + back))
        return best


def gain(many: float, ways: float, usual: float) -> float:
    """Return how much more often an idea is asked than usual: the logarithm of the ratio, or 0.

    `many` of a question's `ways` have it, and the share `usual` of all. Smoothed with a Dirichlet
    prior as in Zhai, Lafferty (2004), "A study of smoothing methods for language models".
    """
    share = (many + PRIOR * usual) / (ways + PRIOR)
    return max(0.0, math.log((share + LEAST) / (usual + LEAST)))
