"""Conversations: as many as are kept, and one deleted while something is asked in it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.http import Http404

from cards.models import Conversation, Learner, Message, Question
from cards.services.assistant import RefusedError, delete_conversation, quotas
from tests.services.test_conversations import asked

pytestmark = pytest.mark.django_db


def test_five_thousand_messages_in_all_are_enough(
    sam: Learner, kim: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert quotas.MOST_KEPT == 5000
    monkeypatch.setattr(quotas, "MOST_KEPT", 2)
    first = asked(sam)
    asked(sam, "What is attention?")
    for more in ({}, {"conversation": first.conversation_id}):
        with pytest.raises(RefusedError, match="You have 2 questions") as refused:
            asked(sam, "One more?", **more)
        assert refused.value.status == 400
    assert asked(kim)
    delete_conversation(sam, first.conversation_id)
    assert asked(sam, "One more?")


@pytest.mark.django_db(transaction=True)
def test_a_conversation_deleted_while_something_is_asked_in_it_is_gone_or_goes_with_it(
    sam: Learner, bank: list[Question]
) -> None:
    first = asked(sam)
    gate = Barrier(4)

    def work(number: int) -> None:
        gate.wait()
        try:
            if number:
                asked(sam, f"Why {number}?", conversation=first.conversation_id)
            else:
                delete_conversation(sam, first.conversation_id)
        except Http404:
            assert number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert not Conversation.objects.exists()
    assert not Message.objects.exists()
