"""`manage.py serve`: what is ready before the first page."""

import pytest

from cards.management.commands.serve import _Server
from cards.models import Question
from cards.services.assistant import ask
from cards.services.assistant.language import speakers
from cards.services.assistant.phrasings import phrasings, said_in
from cards.services.assistant.wordlists import word_lists

LISTS = (phrasings, said_in, speakers, word_lists)


@pytest.mark.django_db
def test_the_first_question_does_not_wait_for_the_lists_of_the_assistant(
    bank: list[Question],
) -> None:
    for one in LISTS:
        one.cache_clear()
    _Server().load()
    read = [one.cache_info().misses for one in LISTS]
    assert all(read)
    ask(None, "What is attention?")
    assert [one.cache_info().misses for one in LISTS] == read
