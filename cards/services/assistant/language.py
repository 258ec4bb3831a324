"""Which language somebody asks in, and what its words are called in the bank."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile

from cards.services.assistant.phrasings import ENGLISH, phrasings, said_in
from cards.services.assistant.subject import of_the_field
from cards.services.assistant.wordlists import LATIN, Language, script_of, word_lists
from cards.services.search.words import UNSPACED

# By script, where no list knows the language; the first word of a letter's Unicode name.
_BY_SCRIPT = {
    "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "CYRILLIC": "Russian", "DEVANAGARI": "Hindi", "ARABIC": "Arabic",
}  # fmt: skip
ONE_LETTER = 0.3  # what a word of one letter says of the language: it may be an abbreviation
TERM = 0.25  # and an English word, which other languages borrow
_SHORTEST_FORM, _ALIKE = 4, 0.6  # letters, and share of the longer word
_SHORTEST_COMMON = 0.75
_SHORTEST_BEGINNING = 6  # letters of a term that a compound may begin with


def read_lists() -> None:
    """Read what every question needs, so that the first one does not wait for it."""
    phrasings("")
    speakers()
    of_the_field("")


def language_of(text: str, english: frozenset[str]) -> tuple[str, Language | None]:
    """Return the English name of a folded text's language, and its list; empty for English."""
    script = script_of(text)
    if script != LATIN:
        return _by_pieces(text, script)
    said = text.split()
    known, often = speakers(), _english()
    scores: dict[str, float] = defaultdict(float)
    for word in said:
        as_english = 1.0 if word in english else TERM if word in often else 0.0
        having = known.get(word, {}) | ({"": as_english} if as_english else {})
        for name, weight in having.items():
            share = weight if list(having) == [""] else weight / sum(having.values())
            scores[name] += share * (1 if len(word) > 1 else ONE_LETTER)
    listed = {one.name: one for one in word_lists().languages}
    best = max(sorted(scores), key=lambda name: scores[name], default="")
    # One letter alone may be anything: "w/o".
    if not best or not any(word in listed[best].little for word in said if len(word) > 1):
        return "", None
    return best, listed[best]


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    """The folded English words that are known, of the field and of other subjects. Read once."""
    return said_in(ENGLISH) | word_lists().elsewhere


@lru_cache(maxsize=1)
def speakers() -> dict[str, dict[str, float]]:
    """Return, by folded word, the languages that have it; a little word is a better sign.

    Read once.
    """
    found: dict[str, dict[str, float]] = {}
    for one in word_lists().languages:
        for word in said_in(one.name) - said_in(ENGLISH):
            found.setdefault(word, {})[one.name] = 0.5
        for word in one.little:
            found.setdefault(word, {})[one.name] = 1.0
    return found


def _by_pieces(text: str, script: str) -> tuple[str, Language | None]:
    """Of a script that is not Latin, the language whose little words stand in a text."""
    listed = {one.name: one for one in word_lists().languages}
    counts = {
        name: sum(len(piece) for piece in one.little if piece in text)
        for name, one in listed.items()
        if one.script != LATIN
    }
    best = max(counts, key=lambda name: (counts[name], name))
    if counts[best]:
        return best, listed[best]
    fallback = _BY_SCRIPT.get(script, script.title())
    return fallback, listed.get(fallback)


def translated(text: str, languages: Iterable[Language]) -> Iterator[tuple[str, str]]:
    """Yield each piece of a folded text that is a term of these languages, with the bank's word."""
    rest, said = text, text.split()
    for language in languages:
        for term, english in language.phrases:
            if term in rest:
                rest = rest.replace(term, " ")
                yield term, english
        for word in (one for one in said if one not in language.little):
            for term, english in language.singles.get(word[:2], ()):
                if _is_same(word, term):
                    yield word, english


def forms(word: str, language: Language) -> Iterator[str]:
    """Yield how the ways to ask in a language say a folded word, or a piece of an unspaced one."""
    known = said_in(language.name) - language.little
    if word in known:
        yield word
    if not UNSPACED.search(word):
        yield from sorted(one for one in known if one != word and _is_form(word, one))


def _is_form(word: str, known: str) -> bool:
    """Do two words begin alike for most of their length?"""
    least = _SHORTEST_FORM if word.isascii() else 2
    if min(len(word), len(known)) < least:
        return False
    return _common(word, known) >= max(least, _ALIKE * max(len(word), len(known)))


def _is_same(word: str, term: str) -> bool:
    """Is this a form of the term?"""
    if word == term:
        return True
    if not term.isascii():
        return (len(term) >= 2 and word.startswith(term)) or _share(word, term)
    if len(term) >= _SHORTEST_BEGINNING and word.startswith(term):
        return True
    return _share(word, term)


def _share(word: str, term: str) -> bool:
    shorter, longer = sorted((word, term), key=len)
    if len(shorter) < 4:
        return False
    return _common(shorter, longer) >= _SHORTEST_COMMON * len(longer)


def _common(one: str, other: str) -> int:
    """How many letters two words share at their beginning."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in alike)
