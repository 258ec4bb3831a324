"""What search is made of: words, the index of either database, and keeping it true."""

import re
import sqlite3

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from cards.models import Learner, Question, SearchEntry
from cards.services import search
from cards.services.search.engine import engine
from cards.services.search.stem import stem
from cards.services.search.words import tokens, words
from tests.services.test_search import found, noted, written

pytestmark = pytest.mark.django_db


def test_an_account_that_goes_takes_its_words_with_it(sam: Learner, bank: list[Question]) -> None:
    written(sam, hint="zebrafish")
    noted(sam, bank[0], "wildebeest")
    sam.delete()
    assert SearchEntry.objects.count() == 36
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO cards_searchindex (cards_searchindex, rank)"
                           " VALUES ('integrity-check', 1)")  # fmt: skip
            cursor.execute("SELECT count(*) FROM cards_searchindex('zebrafish OR wildebeest')")
            assert cursor.fetchone() == (0,)


def test_an_installation_from_before_is_indexed_by_seed(sam: Learner, bank: list[Question]) -> None:
    noted(sam, bank[0], "zebrafish")
    SearchEntry.objects.all().delete()
    assert found(sam, "attention") == []
    call_command("seed", verbosity=0)
    assert found(sam, "attention")
    assert found(sam, "zebrafish") == [bank[0].pk]
    assert search.reindex() == 0


def test_older_rules_for_words_are_replaced(sam: Learner, bank: list[Question]) -> None:
    SearchEntry.objects.update(edition=0, prompt="nonsense")
    call_command("reindex", verbosity=0)
    assert found(sam, "nonsense") == []
    assert SearchEntry.objects.exclude(edition=0).count() == 36


def test_the_migration_can_be_taken_back_and_made_again(
    transactional_db: None, sam: Learner, bank: list[Question]
) -> None:
    call_command("migrate", "cards", "0008", verbosity=0)
    call_command("migrate", "cards", verbosity=0)
    assert search.reindex() == 36
    assert found(sam, "attention")


@given(st.text(max_size=40))
def test_whatever_the_text_the_index_sees_letters_and_digits_only(text: str) -> None:
    for start, end, word in words(text):
        assert text[start:end] == word
        assert all(re.fullmatch("[a-z0-9]+", token) for token in tokens(word))


def test_the_stemmer_agrees_with_the_one_of_sqlite(bank: list[Question]) -> None:
    vocabulary = sorted(
        {word.lower() for q in bank for _, _, word in words(q.answer) if word.isalpha()}
    )
    memory = sqlite3.connect(":memory:")
    memory.execute("CREATE VIRTUAL TABLE text USING fts5(word, tokenize='porter ascii')")
    memory.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(text, 'instance')")
    memory.executemany("INSERT INTO text (rowid, word) VALUES (?, ?)", enumerate(vocabulary))
    theirs = {vocabulary[row]: term for term, row in memory.execute("SELECT term, doc FROM stems")}
    memory.close()
    assert len(theirs) > 2000
    ascii_only = {word: term for word, term in theirs.items() if word.isascii()}
    assert {word: stem(word) for word in ascii_only} == ascii_only


def test_the_index_is_used(sam: Learner, bank: list[Question]) -> None:
    query = search.read_query("attention")
    assert query
    within = ("SELECT id FROM cards_question", ())
    for select, params in (
        engine().ranked(query, sam.pk, within),
        engine().matching(query, sam.pk),
    ):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # With so few rows any index would do; those that are not for text step aside.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                for index in ("search_entry_slim", "search_entry_by_reader"):
                    cursor.execute(f"DROP INDEX IF EXISTS {index}")
                for scan in ("seqscan", "indexscan", "indexonlyscan"):
                    cursor.execute(f"SET LOCAL enable_{scan} = off")
                cursor.execute(f"EXPLAIN {select}", params)
                plan = str(cursor.fetchall())
                assert "Bitmap Index Scan on cards_searchentry_in_all" in plan
            else:
                cursor.execute(f"EXPLAIN QUERY PLAN {select}", params)
                plan = str(cursor.fetchall())
                assert "VIRTUAL TABLE INDEX 0:M" in plan
                assert "COVERING INDEX search_entry_slim" in plan
                assert "MATERIALIZE" not in plan  # ranks are read only until enough is found
