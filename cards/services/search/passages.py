"""What a text says where it was found: the best passage, cut to size, in runs that are hits or not.

Runs are plain text; a template escapes them, so nothing here can become HTML.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cards.services.search.query import Query
from cards.services.search.words import words

LONGEST_PASSAGE = 180  # characters shown
LEAD = 60  # of them before the first hit
Stored = tuple[str, str, str]  # field, heading and text, as an entry keeps them
_WRITTEN = re.compile("z[0-9a-f]+z")
_WORTH = {"point": 4, "note": 3, "answer": 2}  # by field; any other is worth 1


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of text that is a hit, or is not."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """The piece of one field in which the words were found."""

    field: str  # prompt, point, answer, hint, misconception, follow-up or note
    heading: str  # of the answer's section, or the follow-up's question; may be empty
    runs: tuple[TextRun, ...]

    @property
    def text(self) -> str:
        """The passage without its marks."""
        return "".join(run.text for run in self.runs)


class Marker:
    """Finds in texts what one query asked for; keep it for all texts of a page."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.known: dict[str, bool] = {}
        tokens = {token for term in query.terms for token in (*term.exact, term.beginning) if token}
        # A token may be written with signs in it: then only its first letter is sure.
        begins = sorted({token[: 1 if _WRITTEN.search(token) else 3] for token in tokens})
        self.may_begin = re.compile(rf"(?<![^\W_])(?:{'|'.join(begins)})", re.IGNORECASE)

    def runs(self, text: str) -> tuple[TextRun, ...]:
        """Return the whole text, the words that were asked for as hits."""
        return tuple(_runs(text, [(start, end) for start, end, _ in self._hits(text)]))

    def best_passage(self, stored: Iterable[Stored]) -> Passage | None:
        """Return the passage that holds most of what was asked for; None when there is none."""
        best: tuple[tuple[int, int], Stored, list[tuple[int, int]]] | None = None
        for field, heading, text in stored:
            hits = list(self._hits(text))
            worth = (len({word.lower() for _, _, word in hits}), _WORTH.get(field, 1))
            if hits and (best is None or worth > best[0]):
                best = worth, (field, heading, text), [(start, end) for start, end, _ in hits]
        if best is None:
            return None
        _, (field, heading, text), places = best
        return Passage(field, heading, tuple(_cut(text, places)))

    def _hits(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and word of each hit; most texts hold none, and a quick look says so."""
        if text.isascii() and not self.may_begin.search(text):
            return
        for start, end, word in words(text):
            is_hit = self.known.get(word)
            if is_hit is None:
                is_hit = self.known[word] = self.query.hits(word)
            if is_hit:
                yield start, end, word


def _cut(text: str, hits: list[tuple[int, int]]) -> Iterator[TextRun]:
    """The text around the first hit, cut between words."""
    start = 0 if len(text) <= LONGEST_PASSAGE else max(0, hits[0][0] - LEAD)
    if start:
        start = text.find(" ", start, hits[0][0]) + 1 or hits[0][0]
    end = min(len(text), max(start + LONGEST_PASSAGE, hits[0][1]))
    if end < len(text):
        space = text.rfind(" ", hits[0][1], end)
        end = space if space > 0 else end
    inside = [(a - start, b - start) for a, b in hits if start <= a and b <= end]
    if start:
        yield TextRun("… ")
    yield from _runs(text[start:end], inside)
    if end < len(text):
        yield TextRun(" …")


def _runs(text: str, hits: list[tuple[int, int]]) -> Iterator[TextRun]:
    done = 0
    for start, end in hits:
        if start > done:
            yield TextRun(text[done:start])
        yield TextRun(text[start:end], is_hit=True)
        done = end
    if done < len(text):
        yield TextRun(text[done:])
