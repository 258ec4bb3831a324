"""What must always hold, on every address."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import URLPattern, reverse

from cards.models import Conversation, Learner, Question, ReviewLog
from cards.services.assistant import Asking, ask_and_keep
from cards.services.bank import BankPoint, BankQuestion
from cards.services.library import write_question
from cards.urls import urlpatterns
from tests.answers import answer
from tests.conftest import MORNING, PASSWORD

pytestmark = pytest.mark.django_db
OPEN = {"today", "offline", "service_worker", "healthz", "readyz"}


def _own_patterns() -> list[URLPattern]:
    return [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)]


def _names(pattern: URLPattern, slug: str, pk: int) -> dict[str, str | int]:
    """What an address needs that names a question, or a conversation."""
    given: dict[str, str | int] = {"slug": slug, "pk": pk}
    return {name: given[name] for name in pattern.pattern.converters}


def own_conversation(learner: Learner) -> Conversation:
    """A conversation that belongs to the learner alone."""
    message = ask_and_keep(learner, Asking(uuid4(), "What is mine?"), at=MORNING)
    return message.conversation


def own_question(learner: Learner) -> Question:
    """A question that belongs to the learner alone."""
    entry = BankQuestion(
        slug="", prompt="What is mine?", answer="**This.**", level=1, minutes=2, hint="",
        key_points=(BankPoint("one", "It is mine.", essential=True),), misconceptions=[],
        follow_ups=[], references=[], related=[], checked_on=None,
    )  # fmt: skip
    return write_question(learner, entry, "fundamentals", at=MORNING)


@pytest.mark.parametrize("pattern", _own_patterns(), ids=lambda p: p.name)
def test_every_address_but_those_for_everybody_needs_a_login(
    pattern: URLPattern, bank: list[Question]
) -> None:
    names = _names(pattern, bank[0].slug, 1)
    response = Client().get(reverse(pattern.name or "", kwargs=names))
    if pattern.name in OPEN:
        assert response.status_code == 200
    else:
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "pattern", [p for p in _own_patterns() if "slug" in p.pattern.converters], ids=lambda p: p.name
)
def test_somebody_elses_question_does_not_exist(
    pattern: URLPattern, method: str, as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    mine = own_question(sam)
    data = {"submission_id": "0" * 32, "version": 0, "quality": 4}
    address = reverse(pattern.name or "", kwargs={"slug": mine.slug})
    theirs = getattr(as_kim, method)(address, data)
    missing = getattr(as_kim, method)(address.replace(mine.slug, "no-such-question"), data)
    assert theirs.status_code == missing.status_code
    assert theirs.status_code in {404, 405}
    mine.refresh_from_db()
    assert mine.archived_at is None


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "pattern", [p for p in _own_patterns() if "pk" in p.pattern.converters], ids=lambda p: p.name
)
def test_somebody_elses_conversation_does_not_exist(
    pattern: URLPattern, method: str, as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    mine = own_conversation(sam)
    data = {"title": "Kim's now"}
    for pk in (mine.pk, mine.pk + 1, mine.messages.get().pk, 2**63 - 1, 2**80):
        address = reverse(pattern.name or "", kwargs={"pk": pk})
        assert getattr(as_kim, method)(address, data).status_code in {404, 405}
    mine.refresh_from_db()
    assert mine.title == "What is mine?"


def test_somebody_elses_review_cannot_be_undone_over_http(
    as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    data = {"review_id": ReviewLog.objects.get().pk}
    assert as_kim.post("/review/undo/", data).status_code == 404
    assert ReviewLog.objects.standing().count() == 1


@pytest.mark.parametrize("pattern", _own_patterns(), ids=lambda p: p.name)
def test_get_never_writes(
    pattern: URLPattern, as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    conversation = own_conversation(sam)
    names = _names(pattern, bank[0].slug, conversation.pk)
    with CaptureQueriesContext(connection) as queries:
        as_sam.get(reverse(pattern.name or "", kwargs=names))
    writes = [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "DELETE", "UPDATE"}]
    if pattern.name == "readyz":  # proves that writing works, on no row
        assert len(writes) == 1
    else:
        assert writes == []


@pytest.mark.parametrize("address", ["/review/undo/", "/settings/", "/library/new/"])
def test_a_form_without_its_token_is_refused_kindly(sam: Learner, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(sam)
    response = client.post(address, {})
    assert response.status_code == 403
    assert "too old" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/library/?category=%00", "/library/?page=" + "9" * 50,
     "/library/?page=x&category=%F0%9F%98%80",
     "/progress/?category=' OR 1=1 --", "/review/?question=" + "z" * 5000,
     "/library/q/" + "a" * 500,
     "/library/q/%00/", "/review/?question=%00", "/nope/", "/library/?mine=maybe"],
)  # fmt: skip
def test_strange_addresses_never_break_the_server(
    as_sam: Client, bank: list[Question], address: str
) -> None:
    assert as_sam.get(address).status_code in {200, 400, 404}


def test_an_unreadable_body_is_400(as_sam: Client, bank: list[Question]) -> None:
    address = reverse("review_grade", args=[bank[0].slug])
    kind = "application/x-www-form-urlencoded; charset=utf-7"
    assert as_sam.post(address, "a=b", content_type=kind).status_code == 400
    kind = "multipart/form-data; boundary=x"
    assert as_sam.post(address, "nonsense", content_type=kind).status_code == 400
    kind = "application/x-www-form-urlencoded"
    assert as_sam.post(address, "a=" + "b" * 2_000_000, content_type=kind).status_code == 400
    assert (
        as_sam.post(address, "&".join("a=b" for _ in range(500)), content_type=kind).status_code
        == 400
    )
    assert not ReviewLog.objects.exists()


def test_headers_are_strict_and_nothing_private_is_cached(as_sam: Client) -> None:
    response = as_sam.get("/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "'unsafe-inline'" not in policy.replace("style-src-attr 'unsafe-inline'", "")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


def test_a_busy_database_is_503_with_a_time_to_retry(
    as_sam: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*args: object, **named: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("cards.services.review.next_turn", busy)
    response = as_sam.get("/review/")
    assert (response.status_code, response["Retry-After"]) == (503, "3")
    assert "nothing you had saved is lost" in response.content.decode()


def test_our_own_fault_is_500_without_a_trace(
    as_sam: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cards.services.review.next_turn", lambda *_, **__: 1 / 0)
    response = as_sam.get("/review/")
    assert response.status_code == 500
    assert "ZeroDivision" not in response.content.decode()


def test_health_and_readiness(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    assert client.get("/healthz").content == b"alive\n"
    assert client.get("/readyz").status_code == 200

    def down() -> bool:
        raise OperationalError("no server")

    monkeypatch.setattr("cards.views.health.is_ready", down)
    assert client.get("/readyz").status_code == 503


def test_the_settings_are_safe_by_default() -> None:
    assert settings.DEBUG is False
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_a_password_change_ends_every_other_session(sam: Learner) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        assert client.login(email=sam.email, password=PASSWORD)
    new = {
        "oldpassword": PASSWORD,
        "password1": "another quiet pass",
        "password2": "another quiet pass",
    }
    assert here.post("/account/password/change/", new).status_code == 302
    assert here.get("/progress/").status_code == 200
    assert elsewhere.get("/progress/").status_code == 302
