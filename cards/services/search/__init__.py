"""Search: one interface over questions and notes, with a back end for either database."""

from cards.services.search.find import Hit, Ranking, find, matching, passages_of, ranked
from cards.services.search.index import index_note, index_question, reindex
from cards.services.search.passages import Marker, Passage, TextRun
from cards.services.search.query import Query, read_query

__all__ = [
    "Hit",
    "Marker",
    "Passage",
    "Query",
    "Ranking",
    "TextRun",
    "find",
    "index_note",
    "index_question",
    "matching",
    "passages_of",
    "ranked",
    "read_query",
    "reindex",
]
