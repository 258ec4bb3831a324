"""Search on PostgreSQL: tsvector and GIN."""

from cards.services.search.engine import MOST_RANKED, Dialect, Sql
from cards.services.search.index import EVERYBODY, audience
from cards.services.search.query import Query

_TSQUERY = Dialect(both=" & ", either=" | ", beginning=lambda token: f"{token}:*")
# The columns hold the words of more and more fields; all words have to be in one, the best first.
_RANKS = ("in_prompt", "in_points", "in_all")
_WEIGHTS = "{0.1, 0.2, 0.4, 1}"  # rest, answer, points, prompt
_BY_LENGTH = 1  # divides by the logarithm of the length
_MINE = "(entry.reader_id IS NULL OR entry.reader_id = %s)"


class PostgreSQL:
    """Full text by tsvector, ranked by fields and then by ts_rank.

    The query is a sub-select, and the rows it finds are fenced off by OFFSET 0, so that the planner
    cannot guess that reading every vector would be cheaper than the index: they are long.
    """

    def matching(self, query: Query, reader: int) -> Sql:
        """Select the question of each entry that this reader may find, unranked."""
        select = (
            "SELECT entry.question_id FROM cards_searchentry entry "
            f"WHERE entry.in_all @@ (SELECT %s::tsquery) AND {_MINE}"
        )
        return select, (_match(query, reader), reader)

    def ranked(self, query: Query, reader: int, within: Sql) -> Sql:
        """Select question and score, the best first, of questions that `within` selects too."""
        ranks: list[str] = []
        values: list[object] = [_TSQUERY.any_of(query), _match(query, reader)]
        for rank, column in enumerate(_RANKS):
            ranks.append(
                f"(SELECT hit.question_id, {rank} - ts_rank('{_WEIGHTS}', hit.words,"
                f" (SELECT any_word FROM asked), {_BY_LENGTH}) AS score"
                f" FROM (SELECT entry.question_id, entry.{column} AS words"
                f" FROM cards_searchentry entry"
                f" WHERE entry.{column} @@ (SELECT all_words FROM asked) AND {_MINE} OFFSET 0) hit"
                f" WHERE hit.question_id IN ({within[0]}) LIMIT {MOST_RANKED})"
            )
            values += [reader, *within[1]]
        select = (
            "WITH asked AS MATERIALIZED"
            " (SELECT %s::tsquery AS any_word, %s::tsquery AS all_words), "
            f"found AS ({' UNION ALL '.join(ranks)}) "
            "SELECT question_id, min(score) AS score FROM found "
            f"GROUP BY question_id ORDER BY 2, 1 LIMIT {MOST_RANKED}"
        )
        return select, tuple(values)


def _match(query: Query, reader: int) -> str:
    """All words, in an entry for everybody or for this reader."""
    return f"({EVERYBODY} | {audience(reader)}) & {_TSQUERY.all_of(query)}"
