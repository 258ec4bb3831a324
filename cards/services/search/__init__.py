"""Search: one interface over questions and notes, with a back end for either database."""

from cards.services.search.find import (
    Hit,
    Ranking,
    entries_with,
    find,
    matching,
    passages_of,
    ranked,
)
from cards.services.search.index import index_note, index_question, reindex
from cards.services.search.passages import Marker, Passage, TextRun
from cards.services.search.query import STOP, Query, Term, read_query

__all__ = [
    "STOP",
    "Hit",
    "Marker",
    "Passage",
    "Query",
    "Ranking",
    "Term",
    "TextRun",
    "entries_with",
    "find",
    "index_note",
    "index_question",
    "matching",
    "passages_of",
    "ranked",
    "read_query",
    "reindex",
]
