"""What is shown without a connection, and the worker that keeps it."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 the page is the same for everybody
    """Say that nothing is lost; nobody's name is on this page, so that it may be kept."""
    return HttpResponse(render_to_string("offline/offline.html"))


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 the same for everybody
    """The service worker; a browser takes the new one as soon as a letter of it differs."""
    page = render_to_string("offline/offline.html")
    mark = hashlib.sha256(page.encode()).hexdigest()[:12]
    return HttpResponse(
        render_to_string("offline/worker.js", {"mark": mark}),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"},
    )
