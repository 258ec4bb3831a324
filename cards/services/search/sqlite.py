"""Search on SQLite: FTS5."""

from cards.services.search.engine import MOST_RANKED, Dialect, Sql
from cards.services.search.index import EVERYBODY, audience
from cards.services.search.query import Query

_FTS5 = Dialect(both=" AND ", either=" OR ", beginning=lambda token: f"{token} *")
# The columns in which all words have to be, the best rank first.
_RANKS = ("prompt", "prompt points", "prompt points answer rest")
_WEIGHTS = "0, 100, 10, 4, 1"  # audience, prompt, points, answer, rest
# By the narrow index: a row of the table itself is several pages.
_ENTRY = (
    "CROSS JOIN cards_searchentry entry INDEXED BY search_entry_slim ON entry.id = hit.rowid"
    " AND (entry.reader_id IS NULL OR entry.reader_id = %s)"
)


class SQLite:
    """Full text by FTS5, ranked by columns and then by BM25."""

    def matching(self, query: Query, reader: int) -> Sql:
        """Select the question of each entry that this reader may find, unranked."""
        select = (
            "SELECT entry.question_id FROM cards_searchindex hit "
            f"{_ENTRY} WHERE cards_searchindex MATCH %s"
        )
        return select, (reader, _match(query, _RANKS[-1], reader))

    def ranked(self, query: Query, reader: int, within: Sql) -> Sql:
        """Select question and score, the best first, of questions that `within` selects too.

        The ranks are read one after the other and only until enough is found: what has all words
        in a better one comes up again in the next.
        """
        ranks = [
            f"SELECT rowid, {rank} AS rank, bm25(cards_searchindex, {_WEIGHTS}) AS score"
            " FROM cards_searchindex WHERE cards_searchindex MATCH %s"
            for rank in range(len(_RANKS))
        ]
        select = (
            f"WITH hit AS ({' UNION ALL '.join(ranks)} LIMIT -1), "  # the limit keeps it lazy
            "found AS (SELECT entry.question_id, hit.rank, hit.score FROM hit "
            f"{_ENTRY} WHERE entry.question_id IN ({within[0]})"
            f" LIMIT {len(_RANKS) * MOST_RANKED}) "
            "SELECT question_id, min(1e6 * rank + score) AS score FROM found "
            f"GROUP BY question_id ORDER BY 2, 1 LIMIT {MOST_RANKED}"
        )
        asked = (_match(query, columns, reader) for columns in _RANKS)
        return select, (*asked, reader, *within[1])


def _match(query: Query, columns: str, reader: int) -> str:
    """The words in these columns, in an entry for everybody or for this reader."""
    readers = f"audience : ({EVERYBODY} OR {audience(reader)})"
    return f"{readers} AND {{{columns}}} : ({_FTS5.all_of(query)})"
