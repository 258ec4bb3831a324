"""What a person is told when something goes wrong. Nothing here asks the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

PAUSE_SECONDS = 60
BUSY_SECONDS = 3


def _page(template: str, status: int, **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(render_to_string(template), status=status, headers=named)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The request could not be read."""
    return _page("400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Not allowed."""
    return _page("403.html", 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form is too old or came from elsewhere."""
    return _page("403_csrf.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """There is nothing here, or nothing for this learner."""
    return _page("404.html", 404)


def too_many(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Too often in a short time."""
    return _page("429.html", 429, Retry_After=str(PAUSE_SECONDS))


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Our fault; a database that is busy, down or full is said to be so, with a time to retry."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _page("503.html", 503, Retry_After=str(BUSY_SECONDS))
    return _page("500.html", 500)
