"""The lists that a person keeps: how the terms of the field are said otherwise, and abroad."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from cards.services.search import STOP
from cards.services.search.words import UNSPACED, folded, parts, root, words

LATIN = "LATIN"
VAGUE = "~"  # after a phrase that may mean something else


@dataclass(frozen=True, slots=True)
class Synonym:
    """A phrase, as roots of its words, and the one it may stand for."""

    said: tuple[str, ...]
    written: str  # as it stands in the list, folded
    meant: str
    is_vague: bool


@dataclass(frozen=True, slots=True)
class Language:
    """How a language says the field's terms."""

    name: str
    little: frozenset[str]  # words that say nothing of the subject, folded
    elsewhere: frozenset[str]  # folded words of other subjects
    script: str  # as Unicode names it
    # Folded terms with the English of the bank, longest first: of several words or without spaces,
    # and single words by their first two letters.
    phrases: tuple[tuple[str, str], ...]
    singles: dict[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class WordLists:
    """All lists."""

    chatter: frozenset[str]  # folded English words that say nothing of the subject
    elsewhere: frozenset[str]  # folded English words of other subjects
    phrases_elsewhere: tuple[str, ...]  # folded phrases of them
    synonyms: dict[str, tuple[Synonym, ...]]  # by the first root of what is said
    languages: tuple[Language, ...]


def roots(text: str) -> tuple[str, ...]:
    """Return the root of each simple word of a text, without those that stand in every text."""
    found = [word for _, _, word in words(text)]
    kept = [word for word in found if folded(word) not in STOP] or found
    return tuple(root(part) for word in kept for part in parts(word))


@lru_cache(maxsize=1)
def word_lists() -> WordLists:
    """Return the lists; read once."""
    folder: Path = settings.ASSISTANT_DIR
    chatter = " ".join(lines_of(folder / "chatter.txt"))
    elsewhere = list(lines_of(folder / "elsewhere.txt"))
    phrases = [line.strip('"') for line in elsewhere if line.startswith('"')]
    single = " ".join(line for line in elsewhere if not line.startswith('"'))
    synonyms: dict[str, list[Synonym]] = {}
    for bank, other in _pairs(folder / "synonyms.txt"):
        phrase = other.removesuffix(VAGUE).strip()
        is_vague = other.endswith(VAGUE)
        for said, meant in ((phrase, bank), (bank, phrase)):
            said_roots = roots(said)
            if said_roots and not (is_vague and said == bank):
                one = Synonym(said_roots, folded(said), meant, is_vague)
                synonyms.setdefault(said_roots[0], []).append(one)
    return WordLists(
        chatter=frozenset(folded(word) for word in chatter.split()),
        elsewhere=frozenset(folded(word) for word in single.split()),
        phrases_elsewhere=tuple(folded(phrase) for phrase in phrases),
        synonyms={first: tuple(many) for first, many in synonyms.items()},
        languages=tuple(_language(path) for path in sorted((folder / "languages").glob("*.txt"))),
    )


def _language(path: Path) -> Language:
    name = path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ").strip()
    kept = {"little": "", "elsewhere": ""}
    for line in lines_of(path):
        name_of_it, colon, words_of_it = line.partition(":")
        if colon and name_of_it in kept:
            kept[name_of_it] += " " + words_of_it
    terms = {folded(other.removesuffix(VAGUE).strip()): bank for bank, other in _pairs(path)}
    phrases: list[tuple[str, str]] = []
    singles: dict[str, list[tuple[str, str]]] = {}
    for term, bank in sorted(terms.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        is_phrase = " " in term or UNSPACED.search(term)
        (phrases if is_phrase else singles.setdefault(term[:2], [])).append((term, bank))
    return Language(
        name=name,
        little=frozenset(folded(word) for word in kept["little"].split()),
        elsewhere=frozenset(folded(word) for word in kept["elsewhere"].split()),
        script=script_of(next(iter(terms))),
        phrases=tuple(phrases),
        singles={start: tuple(many) for start, many in singles.items()},
    )


def script_of(text: str) -> str:
    """Return the script of most letters, by Unicode's name."""
    found: dict[str, int] = {}
    for letter in text[:400]:
        if letter.isalpha():
            name = unicodedata.name(letter, LATIN).partition(" ")[0]
            found[name] = found.get(name, 0) + 1
    if {"HIRAGANA", "KATAKANA"} & found.keys():
        return "HIRAGANA"
    foreign = {name: times for name, times in found.items() if name != LATIN}
    # A few letters of another script weigh more than the English terms between them.
    if foreign and 3 * sum(foreign.values()) >= found.get(LATIN, 0):
        return max(foreign, key=lambda name: (foreign[name], name))
    return LATIN


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a list, without empty ones and remarks."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Each `words of the bank = other; other`, one pair for each other."""
    for line in lines_of(path):
        bank, equals, others = line.partition("=")
        if not equals:
            continue
        for other in others.split(";"):
            if other.strip():
                yield bank.strip(), other.strip()
