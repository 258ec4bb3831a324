"""Typing errors: the words of the bank that are close to one that it does not know."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract, extractOne

from cards.services.assistant.phrasings import phrasings
from cards.services.search.lexicon import beginning_with
from cards.services.search.words import parts

SHORTEST = 4  # letters; anything is close to a shorter word
MOST = 3  # spellings that are tried, of those equally close
LOSS = 0.15  # of worth for each letter that differs


def corrections(said: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
    """Return known words that each may mean and what each is worth (0 to 1), the closest first.

    A letter left out, too many, wrong or changed about counts one (optimal string alignment).
    One query, however many words.
    """
    simple = {word: "".join(parts(word)) for word in said}
    may_be = {word: one for word, one in simple.items() if _can_be_corrected(one)}
    known = beginning_with(letter for one in may_be.values() for letter in one[:2])
    known = sorted({*known, *phrasings("").common})
    return {word: _near(one, known) for word, one in may_be.items()}


def is_near(word: str, known: Iterable[str]) -> bool:
    """Is a word one letter away from one of these?"""
    alike = (one for one in known if len(one) >= SHORTEST - 1)
    return (
        len(word) >= SHORTEST
        and extractOne(word, alike, scorer=OSA.distance, score_cutoff=1) is not None
    )


def _can_be_corrected(word: str) -> bool:
    return len(word) >= SHORTEST and word.isascii() and word.isalpha()


def _near(word: str, known: list[str]) -> list[tuple[str, float]]:
    starts = tuple(word[:2])
    alike = [one for one in known if abs(len(one) - len(word)) <= 2 and one.startswith(starts)]
    most = 1 if len(word) < 7 else 2 if len(word) < 11 else 3
    near = extract(word, alike, scorer=OSA.distance, limit=MOST, score_cutoff=most)
    least = min((distance for _, distance, _ in near), default=0)
    return [(one, 0.9 - LOSS * distance) for one, distance, _ in near if distance == least]
