"""A model of the tests' own, and what is sent and read where it words an answer."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.core.signals import request_finished
from django.test import Client
from pytest_django import Settings

from cards.models import Learner, Message
from cards.services.assistant import Asking, ask_and_keep
from tests.conftest import MORNING
from tests.model_server import KEY, ModelServer, Turn, serving

TEXT = "Why are positional encodings needed?"
EVENTS = {"Accept": "text/event-stream"}
Event = tuple[str, dict[str, str]]
Model = Callable[[Turn], Any]


def model_of(settings: Settings) -> Model:
    """Return what starts a server that takes this turn, and makes it the site's model."""

    @contextmanager
    def running(turn: Turn) -> Iterator[ModelServer]:
        with serving(turn) as server:
            settings.LLM_BASE_URL, settings.LLM_API_KEY = server.url, KEY
            settings.LLM_MODEL, settings.LLM_TIMEOUTS = "small", (2.0, 5.0, 20.0)
            yield server

    return running


def ask(learner: Learner, text: str = TEXT, **more: Any) -> Message:
    """Ask, and return the message as the bank answers it."""
    return ask_and_keep(learner, Asking(uuid4(), text, **more), at=more.pop("at", MORNING))


def word(client: Client, message: Message, **data: str) -> Any:
    """Return the response to a script that wants the words."""
    return client.post(f"/assistant/m/{message.pk}/words/", data, headers=EVENTS)


def read(response: Any) -> list[Event]:
    """Return the events of a stream."""
    whole = b"".join(response).decode()
    assert whole.endswith("\n\n")
    return [event_of(one) for one in whole[:-2].split("\n\n")]


def event_of(text: str) -> Event:
    """Return one event's name and data."""
    name, data = text.strip().split("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def words_of(client: Client, message: Message, **data: str) -> tuple[str, str]:
    """Return what streamed, and the page's piece in the end."""
    events = read(word(client, message, **data))
    assert [name for name, _ in events[:-1]] == ["piece"] * (len(events) - 1)
    assert events[-1][0] == "done"
    return "".join(one["text"] for _, one in events[:-1]), events[-1][1]["html"]


def leave(response: Any) -> None:
    """Close it, as the server does when its reader is gone; the test keeps its connection."""
    with patch.object(request_finished, "send"):
        response.close()
