"""What counts as a word: the same for the index of either database, for a query and for a hit.

A word goes into the index as tokens of the letters a to z and digits only, so that nothing is left
for a database's own parser to interpret: neither signs, nor scripts, nor an operator.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from cards.services.search.stem import stem

# Raised whenever the same text would give other tokens or passages: the index is then made anew.
EDITION = 2
LONGEST = 40  # characters of a word; the rest of a longer one is not looked at

# Letters, digits and everything beyond ASCII but the blocks of punctuation; parts may be joined.
_LETTERS = (
    r"0-9A-Za-z_\u00aa\u00b2\u00b3\u00b5\u00b9-\u00be\u00c0-\u1fff\u2070-\u2fff\u3040-\U0010ffff"
)
_WORD = re.compile(rf"[A-Za-z](?:\+\+|#)(?![{_LETTERS}])|[{_LETTERS}]+(?:[-'’‐‑][{_LETTERS}]+)*")
_PARTS = re.compile(r"[-_‐‑]+")
# Written without spaces between words: Thai to Lao, Burmese, Khmer, kana and Han.
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U000323af]"
)
# Quantisation and quantization, analyse and analyze, behaviour and behavior.
_BRITISH = re.compile(
    r"(?<=\w\w)(?:is|ys)(?=(?:e[drs]?|ers|ing|ations?)$)|(?<=\w\w)our(?=s?$|al|ed|ing)"
)
_AMERICAN = str.maketrans("s", "z", "u")
_LATIN_ACCENTS = re.compile("[\u0300-\u036f]+")


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and the word itself for each word of a text."""
    for found in _WORD.finditer(text):
        yield found.start(), found.end(), found[0]


@lru_cache(maxsize=20_000)
def parts(word: str) -> tuple[str, ...]:
    """Return the simple words that a word is made of, folded: `Fine-tuned` is fine and tuned."""
    found: list[str] = []
    for part in _PARTS.split(folded(word)):
        found += [part] if part.isascii() else _pieces(part)
    return tuple(token(part) for part in found if part)


@lru_cache(maxsize=20_000)
def tokens(word: str) -> frozenset[str]:
    """Return all that the word is found by: its parts, them joined, and the stem of each."""
    simple = parts(word)
    surface = {*simple, joined(word)} - {""}
    if word[-1:] in {"+", "#"}:  # C++ and C# are C as well
        surface.add(folded(word[0]))
    return frozenset(surface | {root(part) for part in surface})


def root(part: str) -> str:
    """Return what the forms of a word share, British and American ones too."""
    return stem(_BRITISH.sub(lambda found: found[0].translate(_AMERICAN), part))


def joined(word: str) -> str:
    """Return `fine-tuning` as finetuning; empty for a word without joints."""
    pieces = _PARTS.split(folded(word))
    is_joined = len(pieces) > 1 and all(piece.isascii() and piece.isalnum() for piece in pieces)
    return token("".join(pieces)) if is_joined else ""


def folded(text: str) -> str:
    """Return the text without case, accents, apostrophes and differences of mere form."""
    if text.isascii():
        return text.lower().replace("'", "")
    plain = _LATIN_ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFKC", plain).replace("’", "").replace("'", "")


def token(part: str) -> str:
    """Return a simple word as letters a to z and digits; a beginning stays a beginning."""
    kept = part[:LONGEST]
    if kept.isascii() and kept.isalnum():
        return kept
    return "".join(c if c.isascii() and c.isalnum() else f"z{ord(c):x}z" for c in kept)


def _pieces(text: str) -> list[str]:
    """Words of any script: what has no spaces goes by character and by pair of neighbours."""
    found: list[str] = []
    run = last = ""
    for character in f"{text} ":
        kind = unicodedata.category(character)
        stands_alone = kind == "So" or bool(UNSPACED.match(character))
        if kind[0] in "LMN" and not stands_alone:
            run, last = run + character, ""
            continue
        if run:
            found.append(run)
        if stands_alone:
            found += [character, last + character] if last else [character]
        run, last = "", character if stands_alone else ""
    return found
