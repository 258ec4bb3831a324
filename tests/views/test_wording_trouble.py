"""Where a model gives no answer, the bank's words stand and the page says why."""

import logging
from threading import BoundedSemaphore

import pytest
from django.test import Client
from pytest_django import Settings

from cards.integrations.llm import MOST_CHARACTERS
from cards.models import Learner, Message, Question
from cards.services.assistant import meter
from cards.services.assistant.meter import CROWDED, SPENT
from cards.services.assistant.worded import CUT
from tests.model_server import KEY, Turn, answering, failing
from tests.wording import Model, ask, model_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(settings: Settings, bank: list[Question]) -> Model:
    return model_of(settings)


def _now(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        (failing(429, Retry_After="7"), "busy. Try again in 7 seconds."),
        (failing(500), "failed on its side"),
        (failing(401), "key"),
        (lambda talk: (talk.begin(), talk.say("It weighs ")), "broke before it was done"),
        (lambda talk: talk.begin(), "could not be read"),
        (answering("[9]"), "could not be read"),
    ],
    ids=["429", "500", "wrong key", "cut", "empty", "nothing cited"],
)
def test_in_trouble_the_banks_words_stand_and_say_why(
    turn: Turn, told: str, as_sam: Client, sam: Learner, model: Model,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    with model(turn) as server, caplog.at_level(logging.DEBUG, "django"):
        message = ask(sam)
        _, html = words_of(as_sam, message)
        assert told in html
        assert "What the bank says stands here" in html
        assert "Try the language model again" in html
        assert "This is what the bank says" in html
        assert html.count("<blockquote") == len(message.sources)
        for place in (html, caplog.text):
            assert KEY not in place
            assert server.url not in place
        assert (_now(message).wording, _now(message).mode) == ("failed", "bank")
        assert words_of(as_sam, message)[0] == ""
        assert len(server.asked) == 1
        server.turn = answering("Now it does [1].")
        assert "Now it does [1]." in words_of(as_sam, message, again="on")[1]
    assert (_now(message).wording, _now(message).trouble) == ("done", "")


def test_a_huge_answer_ends_and_says_so(as_sam: Client, sam: Learner, model: Model) -> None:
    with model(answering(*["word " * 1000 + "[1]. "] * 50)):
        message = ask(sam)
        streamed, html = words_of(as_sam, message)
    assert len(streamed) == MOST_CHARACTERS
    assert CUT in html
    assert _now(message).wording == "done"


def test_what_failed_later_leaves_what_was_written_before(
    as_sam: Client, sam: Learner, model: Model
) -> None:
    with model(answering("Good [1].")) as server:
        message = ask(sam)
        words_of(as_sam, message)
        server.turn = failing(500)
        _, html = words_of(as_sam, message, again="on")
    assert "Good [1]." in html
    assert "What it wrote before stands here." in html
    assert (_now(message).wording, _now(message).mode) == ("failed", "model")


def test_where_all_places_are_taken_the_banks_words_stand(
    as_sam: Client, sam: Learner, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model(answering("Ok [1].")) as server:
        message = ask(sam)
        monkeypatch.setattr(meter, "PLACES", BoundedSemaphore(1))
        meter.PLACES.acquire()
        assert CROWDED in words_of(as_sam, message)[1]
        assert server.asked == []
        meter.PLACES.release()
        assert words_of(as_sam, message, again="on")[0] == "Ok [1]."
        assert meter.PLACES.acquire(blocking=False)


def test_a_days_limit_is_told(
    as_sam: Client, sam: Learner, model: Model, settings: Settings
) -> None:
    settings.LLM_TOKENS_PER_DAY = 10
    with model(answering("x")) as server:
        assert SPENT in words_of(as_sam, ask(sam))[1]
    assert server.asked == []
