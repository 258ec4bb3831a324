"""For whoever watches the server."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cards.services.health import is_ready


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 a view takes a request
    """The process is alive."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 a view takes a request
    """The database can be written and every migration is applied."""
    try:
        ready = is_ready()
    except Error:
        ready = False
    if ready:
        return HttpResponse("ready\n", content_type="text/plain")
    return HttpResponse(
        "not ready\n", status=503, content_type="text/plain", headers={"Retry-After": "5"}
    )
