"""What a database has to do for a search; one back end for each, behind one interface."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from cards.services.search.query import Query, Term

Sql = tuple[str, tuple[Any, ...]]
MOST_RANKED = 300  # entries of each rank that are compared; a word in every text is no search


class Engine(Protocol):
    """Turns a query into SQL; nothing that was typed becomes part of the statement."""

    def matching(self, query: Query, reader: int) -> Sql:
        """Select the question of each entry that this reader may find, unranked."""
        ...

    def ranked(self, query: Query, reader: int, within: Sql) -> Sql:
        """Select question and score, the best first, of questions that `within` selects too."""
        ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine writes a query."""

    both: str
    either: str
    beginning: Callable[[str], str]

    def all_of(self, query: Query) -> str:
        """Each of the words."""
        return self.both.join(f"({self._term(term)})" for term in query.terms)

    def any_of(self, query: Query) -> str:
        """One of the words at least."""
        return self.either.join(f"({self._term(term)})" for term in query.terms)

    def _term(self, term: Term) -> str:
        parts = [self._any(part) for part in term.parts]
        if term.beginning:
            unfinished = (self._any(term.parts[-1]), self.beginning(term.beginning))
            parts[-1] = f"({self.either.join(unfinished)})"
        together = self.both.join(parts)
        return f"({together}){self.either}{self._any(term.whole)}" if term.whole else together

    def _any(self, tokens: tuple[str, ...]) -> str:
        return f"({self.either.join(tokens)})"


def engine() -> Engine:
    """Return the back end of the database in use."""
    if connection.vendor == "postgresql":
        from cards.services.search.postgresql import PostgreSQL

        return PostgreSQL()
    from cards.services.search.sqlite import SQLite

    return SQLite()
