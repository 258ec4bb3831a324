"""Conversations: asked once, kept, found, and nobody else's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import Http404

from cards.models import Conversation, Learner, Message, Question
from cards.services.assistant import (
    Asking,
    RefusedError,
    ask_and_keep,
    conversation_of,
    delete_conversation,
    find_conversations,
    quotas,
    rename_conversation,
    suggestions,
)
from cards.services.assistant.conversations import title_of
from tests.answers import answer
from tests.conftest import MORNING
from tests.views.test_safety import own_question

pytestmark = pytest.mark.django_db
TEXT = "Why are positional encodings needed?"
MINUTE = timedelta(minutes=1)


def asked(learner: Learner, text: str = TEXT, *, at: Any = MORNING, **more: Any) -> Message:
    return ask_and_keep(learner, Asking(more.pop("key", None) or uuid4(), text, **more), at=at)


def test_what_was_asked_is_kept_with_its_answer_and_sources(
    sam: Learner, bank: list[Question]
) -> None:
    message = asked(sam)
    conversation, said = conversation_of(sam, message.conversation_id)
    assert (conversation.title, conversation.question) == (TEXT, None)
    assert [(one.asked, one.off_topic, one.mode) for one in said] == [(TEXT, False, "bank")]
    assert set(said[0].sources[0]) == {"slug", "prompt", "field", "heading", "quote", "score"}
    assert len(said[0].paragraphs) == 1
    assert said[0].sources[0]["quote"] in said[0].answer


def test_going_on_adds_to_the_same_conversation(sam: Learner, bank: list[Question]) -> None:
    first = asked(sam)
    second = asked(sam, "And why?", conversation=first.conversation_id, at=MORNING + MINUTE)
    conversation, said = conversation_of(sam, first.conversation_id)
    assert [one.pk for one in said] == [first.pk, second.pk]
    assert conversation.created_at == MORNING
    assert conversation.updated_at == MORNING + MINUTE


def test_what_was_asked_before_and_the_open_question_are_passed_on(
    sam: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    from cards.services.assistant import Reply

    heard: list[dict[str, str]] = []

    def ask(learner: Learner, text: str, *, about: str, before: str) -> Reply:
        heard.append({"text": text, "about": about, "before": before})
        return Reply("So.\n\nAnd so.")

    monkeypatch.setattr("cards.services.assistant.conversations.ask", ask)
    first = asked(sam, "one", about=bank[3].slug)
    asked(sam, "two", conversation=first.conversation_id, about=bank[5].slug)
    slug = bank[3].slug
    assert heard == [
        {"text": "one", "about": slug, "before": ""},
        {"text": "two", "about": slug, "before": "one"},
    ]
    assert first.paragraphs == ["So.", "And so."]


@pytest.mark.parametrize("words", ["überanpassung", "ÜBERANPASSUNG", "Überanpassung"])
def test_a_search_minds_no_capital_letter_of_any_script(
    sam: Learner, kim: Learner, bank: list[Question], words: str
) -> None:
    message = asked(sam, "Wie verhindert man Überanpassung?")
    asked(kim, "Was ist Überanpassung?")
    assert [one.pk for one in find_conversations(sam, words)] == [message.conversation_id]


def test_sent_twice_it_is_asked_once_and_other_words_are_asked(
    sam: Learner, bank: list[Question]
) -> None:
    key = uuid4()
    assert asked(sam, key=key).pk == asked(sam, key=key).pk
    assert asked(sam, "What is attention?", key=key).asked == "What is attention?"
    assert (Message.objects.count(), Conversation.objects.count()) == (2, 2)


def test_two_learners_with_the_same_key_do_not_meet(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    key = UUID(int=7)
    assert asked(sam, key=key).learner == sam
    assert asked(kim, key=key).learner == kim


@pytest.mark.parametrize(
    "act",
    [
        lambda kim, pk: conversation_of(kim, pk),
        lambda kim, pk: rename_conversation(kim, pk, "mine"),
        lambda kim, pk: delete_conversation(kim, pk),
        lambda kim, pk: asked(kim, conversation=pk),
    ],
)
def test_somebody_elses_conversation_does_not_exist(
    sam: Learner, kim: Learner, bank: list[Question], act: Any
) -> None:
    message = asked(sam)
    with pytest.raises(Http404):
        act(kim, message.conversation_id)
    assert Conversation.objects.get().title == TEXT
    assert Message.objects.count() == 1
    assert not find_conversations(kim).object_list
    assert not find_conversations(kim, "positional").object_list


def test_somebody_elses_question_cannot_be_asked_about(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    mine = own_question(sam)
    with pytest.raises(Http404):
        asked(kim, about=mine.slug)
    assert asked(sam, about=mine.slug).conversation.question == mine


def test_the_newest_is_first_and_thirty_are_on_a_page(sam: Learner, bank: list[Question]) -> None:
    Conversation.objects.bulk_create(
        Conversation(learner=sam, title=f"{n}", created_at=MORNING, updated_at=MORNING + n * MINUTE)
        for n in range(31)
    )
    first, second = find_conversations(sam), find_conversations(sam, page="2")
    assert [one.title for one in first][:2] == ["30", "29"]
    assert (len(first.object_list), [one.title for one in second]) == (30, ["0"])
    assert find_conversations(sam, page="nonsense").number == 1


def test_a_conversation_is_found_by_title_question_and_answer(
    sam: Learner, bank: list[Question]
) -> None:
    message = asked(sam)
    rename_conversation(sam, message.conversation_id, "For Monday")
    word = max(message.answer.split(), key=len)
    for words in ("monday", "POSITIONAL enc", word):
        assert [one.pk for one in find_conversations(sam, words)] == [message.conversation_id]
    assert not find_conversations(sam, "zebra").object_list
    assert not find_conversations(sam, "%").object_list


def test_deleting_takes_the_messages_along_and_nothing_else(
    sam: Learner, bank: list[Question]
) -> None:
    gone, stays = asked(sam), asked(sam, "What is attention?")
    assert delete_conversation(sam, gone.conversation_id) == TEXT
    assert list(Message.objects.all()) == [stays]


def test_a_deleted_question_leaves_its_conversation(sam: Learner, bank: list[Question]) -> None:
    mine = own_question(sam)
    message = asked(sam, about=mine.slug)
    mine.delete()
    conversation, said = conversation_of(sam, message.conversation_id)
    assert conversation.question is None
    assert len(said) == 1
    assert asked(sam, "On?", conversation=conversation.pk)


def test_a_deleted_account_takes_its_conversations_along(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    asked(sam)
    hers = asked(kim)
    sam.delete()
    assert list(Message.objects.all()) == [hers]
    assert Conversation.objects.count() == 1


def test_sixty_in_ten_minutes_are_enough(
    sam: Learner, kim: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotas, "MOST_ASKED", 2)
    asked(sam)
    asked(sam, at=MORNING + MINUTE)
    with pytest.raises(RefusedError) as refused:
        asked(sam, at=MORNING + 2 * MINUTE)
    assert refused.value.status == 429
    assert 8 * 60 <= refused.value.retry_after <= 8 * 60 + 1
    assert asked(kim, at=MORNING + 2 * MINUTE)
    assert asked(sam, at=MORNING + 11 * MINUTE)


def test_a_full_conversation_and_a_full_account_say_so(
    sam: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asked(sam)
    monkeypatch.setattr(quotas, "MOST_MESSAGES", 1)
    with pytest.raises(RefusedError, match="This conversation has 1"):
        asked(sam, conversation=first.conversation_id)
    monkeypatch.setattr(quotas, "MOST_CONVERSATIONS", 1)
    with pytest.raises(RefusedError, match="You have 1 conversations"):
        asked(sam)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  Why\n so?  ", "Why so?"),
        ("x" * 80, "x" * 80),
        ("word " * 30, "word " * 15 + "word…"),
        ("y" * 300, "y" * 79 + "…"),
    ],
)
def test_a_title_is_the_first_words(text: str, title: str) -> None:
    assert title_of(text) == title
    assert len(title) <= 80


def test_suggestions_are_six_of_the_bank_and_the_weak_come_first(
    sam: Learner, bank: list[Question]
) -> None:
    assert suggestions(sam, at=MORNING) == [question.prompt for question in bank[:6]]
    for day in range(2):
        at = MORNING + timedelta(days=day)
        point = bank[0].points[0]["id"]
        answer(sam, 1, at=at, judged={point: 0})
    found = suggestions(sam, at=MORNING + timedelta(days=1))
    assert found[0] == bank[0].prompt
    assert len(set(found)) == 6


@pytest.mark.django_db(transaction=True)
def test_the_same_asked_in_eight_tabs_at_once_is_kept_once(
    sam: Learner, bank: list[Question]
) -> None:
    gate = Barrier(8)
    asking = Asking(uuid4(), TEXT)

    def work(_: int) -> int:
        gate.wait()
        try:
            return ask_and_keep(sam, asking, at=MORNING).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        kept = set(pool.map(work, range(8)))
    assert len(kept) == Message.objects.count() == Conversation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_different_things_asked_at_once_in_one_conversation_all_stay(
    sam: Learner, bank: list[Question]
) -> None:
    first = asked(sam)
    gate = Barrier(4)

    def work(number: int) -> None:
        gate.wait()
        try:
            asked(sam, f"Why {number}?", conversation=first.conversation_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert Message.objects.filter(conversation=first.conversation_id).count() == 5
