"""What was typed, read as words: whatever it is, it becomes a question that can be asked."""

from dataclasses import dataclass

from cards.services.search.words import LONGEST, joined, parts, root, tokens, words

LONGEST_TEXT = 1000  # characters that are read
MOST_TERMS = 12
SHORTEST_BEGINNING = 2  # letters; a single one begins nearly everything
# Left out where other words remain: they stand in every text.
STOP = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how", "i",
    "if", "in", "is", "it", "its", "of", "on", "or", "so", "that", "the", "their", "this", "to",
    "was", "what", "when", "where", "which", "who", "why", "will", "with", "you", "your",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """One word that was asked for, as tokens of the index.

    It is found where each of its `parts` is, by any of that part's tokens, or where one of
    `whole` is. With `beginning` the word may still be unfinished.
    """

    parts: tuple[tuple[str, ...], ...]
    whole: tuple[str, ...] = ()
    beginning: str = ""

    @property
    def exact(self) -> frozenset[str]:
        """Every token that this term is found by as a whole word."""
        return frozenset(self.whole).union(*self.parts)


@dataclass(frozen=True, slots=True)
class Query:
    """The words of one search; all of them have to be found."""

    terms: tuple[Term, ...]

    def hits(self, word: str) -> bool:
        """Is this word of a text one that was asked for?"""
        found = tokens(word)
        return any(
            not found.isdisjoint(term.exact)
            or (term.beginning and any(one.startswith(term.beginning) for one in found))
            for term in self.terms
        )


def read_query(text: str) -> Query | None:
    """Return the words of a text; None when there is none to look for.

    The last word counts as unfinished unless a space or sign follows it.
    """
    text = text[:LONGEST_TEXT]
    found = list(words(text))
    is_typing = bool(found) and found[-1][1] == len(text)
    kept = _kept([word for _, _, word in found], is_typing=is_typing)
    terms = {
        _term(word, is_last=is_typing and place == len(kept)): None
        for place, word in enumerate(kept, 1)
    }
    known = [term for term in terms if term.parts][:MOST_TERMS]
    return Query(tuple(known)) if known else None


def _kept(found: list[str], *, is_typing: bool) -> list[str]:
    """Without the words that say nothing, and without the first letter of a next one."""
    kept = [word for word in found if word.lower() not in STOP] or found
    if is_typing and len(kept) > 1 and len(kept[-1]) < SHORTEST_BEGINNING and kept[-1].isascii():
        return kept[:-1]
    return kept


def _term(word: str, *, is_last: bool) -> Term:
    simple = parts(word)
    whole = joined(word)
    beginning = simple[-1] if is_last and simple and len(simple[-1]) >= SHORTEST_BEGINNING else ""
    return Term(
        parts=tuple(_with_stem(part) for part in simple),
        whole=_with_stem(whole) if whole else (),
        beginning=beginning if len(beginning) < LONGEST or not beginning.isascii() else "",
    )


def _with_stem(part: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((part, root(part))))
