"""What every view is given: a signed-in learner, the time, and whether htmx asks."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import register_converter
from django_htmx.middleware import HtmxDetails

from cards.models import Learner


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
