"""What every view is given: a signed-in learner, the time, and whether htmx asks."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Protocol

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.urls import register_converter
from django_htmx.middleware import HtmxDetails

from cards.models import Learner

EVENT_STREAM = "text/event-stream"


class LearnerRequest(HttpRequest):
    """A request behind the login; `at` was read from the clock once, when it came in."""

    user: Learner
    at: datetime
    htmx: HtmxDetails


class VisitorRequest(HttpRequest):
    """A request that may come from anybody."""

    user: Learner | AnonymousUser
    at: datetime


class SeeOther(HttpResponseRedirect):
    """After a form: go on with GET, so that a reload sends nothing twice."""

    status_code = 303


class Parts(Protocol):
    """Parts of an answer as they come; closing it stops whoever makes them."""

    def __iter__(self) -> Iterator[Any]: ...

    def close(self) -> None:
        """Stop, however far it is."""


class EventStream(StreamingHttpResponse):
    """Events sent as they come, held up by no proxy; a reader who leaves stops them."""

    def __init__(self, parts: Parts, told: Callable[[Any], str]) -> None:
        super().__init__(map(told, parts), content_type=f"{EVENT_STREAM}; charset=utf-8")
        self["X-Accel-Buffering"] = "no"
        self["Cache-Control"] = "no-store"
        self._parts = parts

    def close(self) -> None:
        """Stop, also where nothing was read yet."""
        self._parts.close()
        super().close()


def wants_events(request: HttpRequest) -> bool:
    """Does a script read the answer as it comes?"""
    return request.get_preferred_type(["text/html", EVENT_STREAM]) == EVENT_STREAM


def event(name: str, **data: str) -> str:
    """Return one event as it goes over the line; JSON keeps its text on one line."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


class NameConverter:
    """The slug of a question in an address; anything else is 404 before a view is asked."""

    regex = "[a-z0-9-]{1,80}"

    def to_python(self, value: str) -> str:
        """Return the slug as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the slug as it stands."""
        return value


register_converter(NameConverter, "name")
