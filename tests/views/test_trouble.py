"""Pages for when something is wrong: they ask no database, name nobody and say what to do."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from cards.models import Learner
from cards.views import errors

CODES = ["400", "403", "403_csrf", "404", "429", "500", "503"]


@pytest.mark.parametrize("code", [*CODES, "offline/offline"])
def test_a_page_of_trouble_needs_no_request_and_says_what_is_kept(code: str) -> None:
    page = " ".join(render_to_string(f"{code}.html").split())  # no database mark: it would fail
    assert f'<p class="trouble-mark">{code[:3]}</p>' in page or "offline" in code
    assert re.search(r"[Nn]othing|safe", page)
    assert page.count("<h1>") == 1
    assert page.count('class="button button-primary"') == 1


def test_every_handler_answers_without_a_database_and_with_its_status() -> None:
    request = RequestFactory().get("/")
    answers = [
        (errors.bad_request(request, ValueError()), 400),
        (errors.forbidden(request, ValueError()), 403),
        (errors.csrf_failed(request), 403),
        (errors.not_found(request, ValueError()), 404),
        (errors.too_many(request), 429),
        (errors.server_error(request), 500),
    ]
    for response, status in answers:
        assert response.status_code == status
        assert b"trouble-mark" in response.content


@pytest.mark.django_db
def test_the_page_without_a_connection_is_the_same_for_everybody(
    as_sam: Client, sam: Learner
) -> None:
    mine, anyones = as_sam.get("/offline/"), Client().get("/offline/")
    assert mine.content == anyones.content
    assert sam.name not in mine.content.decode()
    assert "csrf" not in mine.content.decode()
    with CaptureQueriesContext(connection) as queries:
        Client().get("/offline/")
    assert len(queries) == 0


@pytest.mark.django_db
def test_the_worker_is_never_kept_by_a_cache_and_keeps_only_what_the_page_needs() -> None:
    response = Client().get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    assert response["Service-Worker-Allowed"] == "/"
    text = response.content.decode()
    kept = re.findall(r'"(/[^"]+)"', text[text.index("KEPT") : text.index("];")])
    assert all(address.startswith("/static/") for address in kept)
    page = Client().get("/offline/").content.decode()
    needed = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert needed <= set(kept)
    for address in kept:
        found = finders.find(address.removeprefix("/static/"))
        assert isinstance(found, str)
        assert Path(found).is_file()
