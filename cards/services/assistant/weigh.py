"""How well a question answers: its words by how rare they are and where they stand.

The weights are those of BM25F (Robertson, Zaragoza, Taylor, 2004, "Simple BM25 extension to
multiple weighted fields"), reckoned here and not by a database, so that both find the same.
"""

import math
from collections.abc import Iterable, Iterator, Set
from functools import cached_property, lru_cache

from cards.services.assistant.candidates import Candidate
from cards.services.assistant.ideas import Asked, Idea, said
from cards.services.assistant.likeness import Likeness, gain
from cards.services.assistant.phrasings import phrasings
from cards.services.search import STOP, Term
from cards.services.search.passages import Stored
from cards.services.search.words import folded, tokens, words

SATURATION = 2.0  # weighted times at which a word has half its worth
FLOOR = 0.1  # what even a word of every question says
JUST_THIS = 1.5  # what a passage counts whose heading is what was asked
AFFINITY = 0.24  # what the likeness to all of them counts
CLOSE_BY = 0.85  # share of the best passage in the score; the rest is the question's
WAY = 0.3  # what the likeness to another way to ask adds at most
OWN_WAYS = 5  # ways to ask that the own words of a question stand for
OWN_PROMPT = 0.3  # what the likeness of the prompts adds at most
# What is short is read: so many characters are, and so many more count a passage half.
SHORT, LONG = 300, 4000
PASSAGE_WORTH = {"point": 1.1, "answer": 1.0, "note": 1.0, "follow-up": 0.95, "hint": 0.7}


class Scale:
    """Weighs for one question that was asked."""

    def __init__(self, asked: Asked, found: Iterable[Candidate]) -> None:
        self.asked = asked
        self.total = asked.questions
        own = list(found)
        # What only the learner's own texts say is known as well.
        self.local = {
            id(way.term): sum(one.times(way.term) > 0 for one in own)
            for idea in asked.ideas
            for way in idea.ways
            if not asked.times(way.term)
        }
        self.ways = [self._ways(idea) for idea in asked.ideas if not idea.is_elsewhere]
        self.full = sum(idea.weight * self._most(idea) for idea in asked.ideas)
        self._covered: dict[int, float] = {}  # by question, as it is asked for again and again
        self.kept = phrasings(asked.language)
        self.likeness = Likeness(self.kept)
        here = [idea for idea in asked.ideas if not idea.is_elsewhere]
        weights = [one.weight * max((way.worth for way in one.ways), default=0) for one in here]
        self.usual = [
            (weight, self.likeness.add(weight, self._rare(ways)))
            for weight, ways in zip(weights, self.ways, strict=True)
        ]

    def rarity(self, times: int) -> float:
        """Inverse document frequency, never nothing."""
        return FLOOR + math.log1p((self.total - times + 0.5) / (times + 0.5))

    def _times(self, term: Term) -> int:
        return self.asked.times(term) or self.local.get(id(term), 0)

    def _ways(self, idea: Idea) -> list[tuple[float, Term]]:
        """The ways to say an idea with what each is worth, the best first."""
        ways = [
            (idea.weight * way.worth * self.rarity(self._times(way.term)), way.term)
            for way in idea.ways
        ]
        return sorted(ways, key=lambda pair: -pair[0])

    def _rare(self, ways: list[tuple[float, Term]]) -> Iterator[tuple[float, float, Term]]:
        return ((worth, self.rarity(self._times(term)), term) for worth, term in ways)

    def _best_in(self, candidate: Candidate, ways: list[tuple[float, Term]]) -> float:
        """How much an idea stands in a question, 0 to 1, however it is said."""
        return max((_saturated(candidate.times(term)) for _, term in ways), default=0.0)

    def _worth_in(self, here: Set[str]) -> float:
        """What of the ideas stands among these tokens."""
        return sum(
            next((worth for worth, term in ways if _stands(term, here)), 0.0) for ways in self.ways
        )

    def _most(self, idea: Idea) -> float:
        """What an idea is worth where it is said as fully as can be."""
        if idea.is_elsewhere:
            return self.rarity(0)
        known = [
            way.worth * self.rarity(self._times(way.term))
            for way in idea.ways
            if self._times(way.term)
        ]
        return max(known) if known else self.rarity(0)

    def coverage(self, candidate: Candidate) -> float:
        """How much of what was asked stands in a question, 0 to 1."""
        key = candidate.question_id
        if key not in self._covered:
            got = sum(
                max((worth * _saturated(candidate.times(term)) for worth, term in ways), default=0)
                for ways in self.ways
            )
            self._covered[key] = got / self.full if self.full else 0.0
        return self._covered[key]

    def ideas_in(self, candidate: Candidate) -> float:
        """How many ideas stand in a question, as if each were as rare as can be."""
        return self.coverage(candidate) * self.full / self.rarity(0)

    def terms_in(self, candidate: Candidate) -> int:
        """How many terms of the field that were asked about stand in a question."""
        terms = (idea for idea in self.asked.ideas if idea.is_term)
        return sum(any(candidate.times(way.term) for way in idea.ways) for idea in terms)

    @cached_property
    def is_all_terms(self) -> bool:
        """Was nothing said but terms of the field?"""
        return bool(self.asked.ideas) and all(idea.is_term for idea in self.asked.ideas)

    def own_words_in(self, candidate: Candidate) -> int:
        """How many ideas stand in a question that only the learner's own texts have."""
        own = (idea for idea in self.asked.ideas if not self.asked.is_known(idea))
        return sum(any(candidate.times(way.term) for way in idea.ways) for idea in own)

    def sounds(self, candidate: Candidate) -> float:
        """How much it sounds like the field, where ways to ask for the question are kept."""
        is_kept = candidate.is_shared and candidate.slug in self.kept.many
        return self.asked.of_the_field if is_kept else 0.0

    def elsewhere(self, candidate: Candidate) -> int:
        """How many words of other subjects were said that nobody uses to ask for this question."""
        strange = [idea for idea in self.asked.ideas if idea.is_elsewhere]
        asked_with = self._asked_with(candidate) if strange else frozenset()
        return sum(_tokens_in(idea).isdisjoint(asked_with) for idea in strange)

    def _asked_with(self, candidate: Candidate) -> Set[str]:
        ways = self.kept.times.get(candidate.slug, {}).keys() if candidate.is_shared else ()
        asking = (one for one in candidate.stored if one[0] == "follow-up")
        follow_ups = (_tokens_of("", heading or text) for _, heading, text in asking)
        return candidate.in_prompt.union(ways, *follow_ups)

    def in_passage(self, stored: Stored) -> float:
        """How much of it stands in one passage, 0 to 1; more under the question's own words."""
        if not self.full:
            return 0.0
        if stored[1] and said(stored[1]) == self.asked.said:
            return JUST_THIS
        got = self._worth_in(_tokens_of(stored[1], stored[2]))
        worth = PASSAGE_WORTH.get(stored[0], 0.9) / (1 + max(0, len(stored[2]) - SHORT) / LONG)
        return got / self.full * worth

    def nearest_way(self, candidate: Candidate) -> float:
        """How like the closest way to ask for it is, 0 to 1; its own prompt is one."""
        there = self._worth_in(candidate.in_prompt) / self.full if self.full else 0.0
        back = self.own_prompt(candidate)
        prompt = 2 * there * back / (there + back) if there and back else 0.0
        other = self._nearest.get(candidate.slug, 0.0) if candidate.is_shared else 0.0
        return max(prompt, other)

    def affinity(self, candidate: Candidate) -> float:
        """How much more it is asked for in these words than others are; from 0, open to above.

        Where no ways to ask are kept, a question's own words stand for some.
        """
        if candidate.is_shared and candidate.slug in self.kept.many:
            return self.likeness.affinity.get(candidate.slug, 0.0)
        return sum(
            weight * gain(OWN_WAYS * self._best_in(candidate, ways), OWN_WAYS, usual)
            for ways, (weight, usual) in zip(self.ways, self.usual, strict=True)
        )

    @cached_property
    def _nearest(self) -> dict[str, float]:
        return self.likeness.nearest(self.full, self.rarity(self.total // 2))

    def own_prompt(self, candidate: Candidate) -> float:
        """How much of the question's own prompt was said, 0 to 1."""
        said = {one for idea in self.asked.ideas for way in idea.ways for one in way.term.exact}
        weights = [
            (
                self.rarity(self.asked.common.get(root, self.total)),
                not tokens(word).isdisjoint(said),
            )
            for _, _, word in words(candidate.prompt)
            if folded(word) not in STOP
            for root in [min(tokens(word), key=lambda one: (len(one), one))]
        ]
        full = sum(weight for weight, _ in weights)
        return sum(weight for weight, is_said in weights if is_said) / full if full else 0.0


def _tokens_in(idea: Idea) -> frozenset[str]:
    return frozenset().union(*(way.term.exact for way in idea.ways))


def _saturated(times: float) -> float:
    return times / (times + SATURATION)


@lru_cache(maxsize=2000)
def _tokens_of(heading: str, text: str) -> frozenset[str]:
    """All tokens of a passage; the same ones are looked at again and again."""
    found = (tokens(word) for part in (heading, text) for _, _, word in words(part))
    return frozenset().union(*found)


def _stands(term: Term, here: Set[str]) -> bool:
    for part in term.parts:
        if here.isdisjoint(part):
            return not here.isdisjoint(term.whole)
    return bool(term.parts) or not here.isdisjoint(term.whole)
