"""What happens around every request."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from cards.http import EventStream

GetResponse = Callable[[HttpRequest], HttpResponse]
RETRY_AFTER_SECONDS = 60


def refuse_nul(get_response: GetResponse) -> GetResponse:
    """Answer 400 to a NUL character in address or cookies: PostgreSQL cannot hold it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        cookies = request.META.get("HTTP_COOKIE", "")
        if "\x00" in request.path_info or "%00" in query or "\x00" in query + cookies:
            return HttpResponse(
                "This address holds a character that cannot be used.",
                status=400,
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return middleware


def read_the_clock(get_response: GetResponse) -> GetResponse:
    """Read the clock once, as `request.at`, and show times in the learner's zone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return get_response(request)
        with timezone.override(request.user.settings.clock.zone):
            return get_response(request)

    return middleware


def keep_private(get_response: GetResponse) -> GetResponse:
    """Nothing that a signed-in learner sees is kept by a cache; a 429 says when to come back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", str(RETRY_AFTER_SECONDS))
        return response

    return middleware


class Compress(GZipMiddleware):
    """Compresses what is sent at once; a packed stream would wait for its end."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leave streams as they are."""
        if isinstance(response, EventStream):
            return response
        return super().process_response(request, response)


class RequireLogin(LoginRequiredMiddleware):
    """Every view needs a login unless it says otherwise."""

    def handle_no_permission(  # type: ignore[override]  # 401 is no redirect
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        """Send a page to the sign-in; answer 401 to what is no page: a fragment, or JSON."""
        if request.headers.get("HX-Request") == "true":
            return HttpResponse("You are signed out.", status=401, content_type="text/plain")
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            sign_in = resolve_url(self.get_login_url(view_func))
            error = {"error": "You are signed out.", "sign_in": sign_in}
            return JsonResponse(error, status=401, headers={"WWW-Authenticate": "Session"})
        response: HttpResponse = super().handle_no_permission(request, view_func)
        return response
