"""A language model words an answer on its page: asked once, streamed, stopped, checked."""

from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cards.models import Learner, Message, ModelUse, Question
from cards.services.assistant.meter import LEASE
from cards.services.assistant.wording import ELSEWHERE, STOPPED
from tests.model_server import Talk, answering, dribbling
from tests.wording import EVENTS, Model, ask, leave, model_of, read, word, words_of

pytestmark = pytest.mark.django_db
SAID = (
    "Attention sees no order ",
    "[1]. So one is added [9]. ",
    "Nobody knows where it came from.",
)


@pytest.fixture
def model(settings: Settings, bank: list[Question]) -> Model:
    return model_of(settings)


def _now(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_the_words_stream_and_take_the_place_of_the_banks(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(answering(*SAID)) as server:
        message = ask(sam)
        assert (message.wording, message.mode) == ("waiting", "bank")
        response = word(as_sam, message)
        assert response["Content-Type"] == "text/event-stream; charset=utf-8"
        assert response["X-Accel-Buffering"] == "no"
        assert "no-store" in response["Cache-Control"]
        events = read(response)
    assert [one["text"] for name, one in events if name == "piece"] == list(SAID)
    html = events[-1][1]["html"]
    assert "Attention sees no order [1]. So one is added." in html
    assert "sources that it was not given: [9]" in html
    assert "2 statements name no source" in html
    assert '<li dir="auto">Nobody knows where it came from.</li>' in html
    assert html.count('class="source-number"') == 1
    assert "What else the bank says" in html
    assert len(server.asked) == 1
    kept = _now(message)
    assert (kept.wording, kept.mode, kept.writing_since) == ("done", "model", None)
    assert (kept.answer, kept.sources) == (message.answer, message.sources)
    assert (
        kept.words
        == "Attention sees no order [1]. So one is added. Nobody knows where it came from."
    )
    assert (kept.cited, kept.dropped, len(kept.uncited)) == ([0], ["[9]"], 2)
    page = as_sam.get(f"/assistant/c/{message.conversation_id}/").content.decode()
    assert 'data-wording="done"' in page
    assert "So one is added." in page


def test_it_streams_although_pages_are_compressed(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    go_on = Event()

    def turn(talk: Talk) -> None:
        talk.begin()
        talk.say("First. ")
        go_on.wait(5)
        talk.say("Second [1].", finish="stop")

    with model(turn):
        message = ask(sam)
        headers = EVENTS | {"Accept-Encoding": "gzip, br"}
        response = as_sam.post(f"/assistant/m/{message.pk}/words/", headers=headers)
        parts = iter(response)
        assert b"First." in next(parts)
        go_on.set()
        assert b"Second" in b"".join(parts)
    assert "Content-Encoding" not in response.headers


def test_a_slow_first_byte_is_waited_for(as_sam: Client, sam: Learner, model: Model) -> None:
    def turn(talk: Talk) -> None:
        sleep(0.7)
        talk.begin()
        talk.say("Late [1].", finish="stop")

    with model(turn):
        assert "Late [1]." in words_of(as_sam, ask(sam))[1]


def test_a_learner_who_leaves_ends_the_models_connection(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(dribbling) as server:
        message = ask(sam)
        response = word(as_sam, message)
        assert b"word " in next(iter(response))
        leave(response)
        assert server.hung_up.wait(5)
        kept = _now(message)
        assert (kept.wording, kept.trouble, kept.words) == ("stopped", STOPPED, "")
        assert ModelUse.objects.get().outcome == "stopped"
        server.turn = answering("Again [1].")
        assert words_of(as_sam, message)[0] == ""
        assert words_of(as_sam, message, again="on")[0] == "Again [1]."


def test_who_leaves_before_the_first_byte_is_read_blocks_nothing(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(answering("x")) as server:
        message = ask(sam)
        leave(word(as_sam, message))
        assert _now(message).wording == "stopped"
        assert server.asked == []


def test_stopped_by_its_button_it_stays_stopped_whatever_still_comes(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(dribbling) as server:
        message = ask(sam)
        parts = iter(word(as_sam, message))
        next(parts)
        stopped = as_sam.post(f"/assistant/m/{message.pk}/stop/").content.decode()
        assert STOPPED in stopped
        assert "Try the language model again" in stopped
        server.turn = answering("Anew [1].")
        assert "Anew [1]." in words_of(as_sam, message, again="on")[1]
        assert "Anew [1]." in b"".join(parts).decode()  # the old stream ends with what is kept
    assert _now(message).words == "Anew [1]."


def test_two_tabs_ask_once_and_the_second_looks_until_it_is_written(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(dribbling) as server:
        message = ask(sam)
        first = word(as_sam, message)
        next(iter(first))
        for again in ({}, {"again": "on"}):
            second = word(as_sam, message, **again)
            assert (second.status_code, second.content.decode()) == (409, ELSEWHERE)
        seen = as_sam.get(f"/assistant/m/{message.pk}/").content.decode()
        assert 'data-wording="writing"' in seen
        leave(first)
        seen = as_sam.get(f"/assistant/m/{message.pk}/").content.decode()
        assert 'data-wording="stopped"' in seen
    assert len(server.asked) == 1


def test_who_comes_back_after_it_was_written_is_given_it_and_nothing_is_asked(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(answering("Once [1].")) as server:
        message = ask(sam)
        words_of(as_sam, message)
        streamed, html = words_of(as_sam, message)
        assert (streamed, len(server.asked)) == ("", 1)
    assert "Once [1]." in html


def test_a_worker_that_was_killed_blocks_for_its_lease_only(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(answering("Mine [1].")):
        message = ask(sam)
        since = timezone.now()
        Message.objects.update(wording="writing", writing_since=since)
        assert word(as_sam, message).status_code == 409
        Message.objects.update(writing_since=since - LEASE - timedelta(seconds=1))
        seen = as_sam.get(f"/assistant/m/{message.pk}/").content.decode()
        assert 'data-wording="waiting"' in seen
        assert words_of(as_sam, message)[0] == "Mine [1]."


def test_a_conversation_deleted_meanwhile_ends_the_stream_without_an_answer(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(answering("a [1].", " b [1].")):
        message = ask(sam)
        parts = iter(word(as_sam, message))
        next(parts)
        Message.objects.all().delete()
        assert b"done" not in b"".join(parts)


def test_without_script_it_is_waited_for_and_shown_in_its_conversation(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(answering("Plain [1].")):
        message = ask(sam)
        page = as_sam.get(f"/assistant/c/{message.conversation_id}/").content.decode()
        assert f'formaction="/assistant/m/{message.pk}/words/"' in page
        assert "Word it with the language model" in page
        response = as_sam.post(f"/assistant/m/{message.pk}/words/", {"first": "on"}, follow=True)
        where = f"/assistant/c/{message.conversation_id}/#message-{message.pk}"
        assert response.redirect_chain == [(where, 303)]
        assert "Plain [1]." in response.content.decode()


def test_without_script_what_is_written_elsewhere_is_said(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(answering("x")) as server:
        message = ask(sam)
        Message.objects.update(wording="writing", writing_since=timezone.now())
        page = as_sam.post(f"/assistant/m/{message.pk}/words/", follow=True).content.decode()
    assert ELSEWHERE in page
    assert server.asked == []


def test_without_a_model_nothing_is_different(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    message = ask(sam)
    assert message.wording == ""
    page = as_sam.get(f"/assistant/c/{message.conversation_id}/").content.decode()
    for word_of_it in ("wording", "language model", "assistant-stop"):
        assert word_of_it not in page
    _, html = words_of(as_sam, message)
    assert "No language model is set up here." in html


def test_what_the_bank_has_nothing_on_is_not_asked_of_the_model(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(answering("x")) as server:
        message = ask(sam, "Which zebra won the Eurovision song contest?")
        assert message.wording == ""
        assert "The bank has nothing" in words_of(as_sam, message)[1]
    assert server.asked == []
