"""Other words in which learners ask for a question of the shared bank: they help to find it.

Questions that a text answers, kept beside it, are known to find it better than its own words do:
Nogueira, Yang, Lin, Cho (2019), "Document expansion by query prediction".
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from cards.services.search import STOP, Term
from cards.services.search.words import UNSPACED, folded, tokens, words

ENGLISH = "English"


@dataclass(frozen=True, slots=True)
class Phrasings:
    """All ways to ask, each by its place among them."""

    slugs: tuple[str, ...]  # of the question that each asks for
    sizes: tuple[int, ...]  # words of each that say something
    where: dict[str, tuple[int, ...]]  # by token, the ways that have it
    many: dict[str, int]  # by slug, how many there are
    times: dict[str, dict[str, int]]  # by slug and token, how many ways have it
    common: dict[str, int]  # by token, for how many questions it is used

    def slugs_with(self, asked: Iterable[str]) -> set[str]:
        """Return the questions that are asked for with one of these tokens."""
        return {self.slugs[way] for token in asked for way in self.where.get(token, ())}

    def ways_with(self, term: Term) -> set[int]:
        """Return the ways in which a term stands."""
        parts = [{way for one in part for way in self.where.get(one, ())} for part in term.parts]
        whole = {way for one in term.whole for way in self.where.get(one, ())}
        return whole | set.intersection(*parts) if parts else whole


@lru_cache(maxsize=32)
def phrasings(language: str) -> Phrasings:
    """Return the English ways that are kept, with those of another language by its English name.

    Empty for English alone. Read once.
    """
    ways = _ways_in(ENGLISH) + _ways_in(language)
    where: dict[str, list[int]] = {}
    times: dict[str, Counter[str]] = {}
    for place, (slug, _, tokens_of_it) in enumerate(ways):
        times.setdefault(slug, Counter()).update(tokens_of_it)
        for token in tokens_of_it:
            where.setdefault(token, []).append(place)
    common: Counter[str] = Counter()
    for found in times.values():
        common.update(found.keys())
    return Phrasings(
        tuple(slug for slug, _, _ in ways),
        tuple(size for _, size, _ in ways),
        {token: tuple(places) for token, places in where.items()},
        dict(Counter(slug for slug, _, _ in ways)),
        {slug: dict(found) for slug, found in times.items()},
        dict(common),
    )


@lru_cache(maxsize=32)
def _ways_in(language: str) -> list[tuple[str, int, frozenset[str]]]:
    """Each way with its slug, how many of its words say something, and all of their tokens."""
    found = []
    for text in _texts():
        if _name(text) != language:
            continue
        for slug, line in _lines(text):
            said = [tokens(word) for _, _, word in words(line) if folded(word) not in STOP]
            found.append((slug, len(said), frozenset().union(*said)))
    return found


@lru_cache(maxsize=32)
def said_in(language: str) -> frozenset[str]:
    """Return the folded words in which one asks in this language, by its English name.

    Where words have no spaces between them, these are pairs of characters.
    """
    return frozenset(
        one for line in lines_in(language) for _, _, word in words(line) for one in pieces(word)
    )


def lines_in(language: str) -> Iterator[str]:
    """Yield each way to ask in a language as it is written, by its English name."""
    return (line for text in _texts() if _name(text) == language for _, line in _lines(text))


def pieces(word: str) -> list[str]:
    """Return a folded word, or the pairs of characters of one from a language without spaces."""
    plain = folded(word)
    if not UNSPACED.search(plain):
        return [plain]
    return [plain[place : place + 2] for place in range(len(plain) - 1)] or [plain]


@lru_cache(maxsize=1)
def _texts() -> tuple[str, ...]:
    folder: Path = settings.ASSISTANT_DIR / "phrasings"
    return tuple(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))


def _name(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ").strip()


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Each way to ask with its question's slug."""
    slug = ""
    for line in text.splitlines():
        if line.startswith("["):
            slug = line.strip("[] ")
        elif line.strip() and not line.startswith("#"):
            yield slug, line
