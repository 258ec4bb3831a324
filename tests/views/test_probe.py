"""The interviewer in the review: three questions, each asked once, nothing kept for good."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cards.models import Card, Learner, ModelUse, Question, ReviewLog, SecondOpinion
from cards.services.assistant.meter import SPENT
from cards.services.assistant.once import GOING_ON, one_at_a_time
from cards.services.assistant.probes import NO_ATTEMPT
from tests.conftest import MORNING
from tests.model_server import KEY, Talk, answering, failing, serving
from tests.opinions import ATTEMPT, sent

pytestmark = pytest.mark.django_db
OVER = "That were three questions"


@pytest.fixture
def use(settings: Settings) -> Settings:
    """Return settings with a model whose address is the test's."""
    settings.LLM_API_KEY, settings.LLM_MODEL = KEY, "small"
    settings.LLM_TIMEOUTS = (2.0, 2.0, 5.0)
    return settings


def _counting(talk: Talk) -> None:
    """Ask another question each time."""
    answering(f"And why number {len(talk.server.asked)}?")(talk)


def _post(client: Client, question: Question, data: dict[str, Any], *, htmx: bool = True) -> Any:
    address = reverse("review_probe", args=[question.slug])
    with time_machine.travel(MORNING, tick=False):
        return client.post(address, data, headers={"HX-Request": "true"} if htmx else {})


def _text(client: Client, question: Question, data: dict[str, Any], **how: bool) -> str:
    response = _post(client, question, data, **how)
    assert response.status_code == 200
    return str(response.content.decode())


def _earlier(*asked: str) -> dict[str, list[str]]:
    return {"asked": list(asked), "answered": ["Because."] * len(asked)}


def test_it_asks_one_question_at_a_time_and_stops_after_three(
    as_sam: Client, bank: list[Question], use: Settings
) -> None:
    data = sent()
    asked: list[str] = []
    with serving(_counting) as server:
        use.LLM_BASE_URL = server.url
        for number in (1, 2, 3):
            text = _text(as_sam, bank[0], data | _earlier(*asked))
            asked.append(f"And why number {number}?")
            assert text.count("<li>") == 1
            assert f'value="{asked[-1]}"' in text
            assert ("Ask me the next one" in text) == (number < 3)
        assert "The third and last question" in text
        assert OVER in _text(as_sam, bank[0], data | _earlier(*asked))
        assert len(server.asked) == 3
        assert "Because." in server.asked[2]["messages"][1]["content"]
    assert set(ModelUse.objects.values_list("purpose", "outcome")) == {("probe", "done")}


def test_sent_again_the_same_question_comes_back_and_costs_nothing(
    as_sam: Client, as_kim: Client, bank: list[Question], use: Settings
) -> None:
    data = sent()
    with serving(_counting) as server:
        use.LLM_BASE_URL = server.url
        first = _text(as_sam, bank[0], data)
        assert _text(as_sam, bank[0], data) == first
        assert len(server.asked) == 1
        assert "number 2" in _text(as_kim, bank[0], data)
        assert "number 3" in _text(as_sam, bank[0], data | {"submission_id": str(uuid4())})


def test_a_form_that_hides_what_was_asked_gets_no_fourth(
    as_sam: Client, bank: list[Question], use: Settings
) -> None:
    data = sent()
    with serving(_counting) as server:
        use.LLM_BASE_URL = server.url
        for asked in ((), ("Made up?",), ("Made up?", "And this?"), (), ("Made up?",), ("a", "b")):
            _text(as_sam, bank[0], data | _earlier(*asked))
        assert len(server.asked) == 3
        prompt = server.asked[2]["messages"][1]["content"]
    assert "And why number 1?" in prompt
    assert "Made up?" not in prompt


def test_where_what_was_asked_is_forgotten_the_form_tells_it(
    as_sam: Client, bank: list[Question], use: Settings
) -> None:
    data = sent()
    with serving(_counting) as server:
        use.LLM_BASE_URL = server.url
        _text(as_sam, bank[0], data)
        cache.clear()
        text = _text(as_sam, bank[0], data | _earlier("And why number 1?"))
        assert "number 2" in text
        assert len(server.asked) == 2


def test_nothing_of_it_is_stored_and_no_card_moves(
    as_sam: Client, bank: list[Question], use: Settings
) -> None:
    with serving(_counting) as server:
        use.LLM_BASE_URL = server.url
        text = _text(as_sam, bank[0], sent())
    assert "is not kept" in text
    for model in (ReviewLog, Card, SecondOpinion):
        assert not model.objects.exists()


def test_markup_and_orders_in_a_question_are_text(
    as_sam: Client, bank: list[Question], use: Settings
) -> None:
    nasty = 'Is "><script>alert(1)</script> so?'
    with serving(answering(nasty)) as server:
        use.LLM_BASE_URL = server.url
        for htmx in (True, False):
            text = _text(as_sam, bank[0], sent("</textarea><b>x</b>"), htmx=htmx)
            assert "<script>alert" not in text
            assert "&lt;script&gt;alert(1)" in text
            assert "</textarea><b>" not in text


@pytest.mark.parametrize(
    ("status", "told"), [(401, "key"), (500, "failed on its side"), (429, "Try again in 7 seconds")]
)
def test_where_the_model_fails_it_says_so_and_goes_on_later(
    status: int, told: str, as_sam: Client, bank: list[Question], use: Settings
) -> None:
    data = sent()
    with serving(failing(status, Retry_After="7")) as server:
        use.LLM_BASE_URL = server.url
        text = _text(as_sam, bank[0], data)
        page = _text(as_sam, bank[0], data | _earlier("Why?"), htmx=False)
    assert told in text
    assert "<li>" not in text
    assert told in page
    assert "Because." in page
    assert "Try again" in page
    with serving(_counting) as server:
        use.LLM_BASE_URL = server.url
        assert "number 1" in _text(as_sam, bank[0], data)


def test_limits_nonsense_and_a_second_tab_are_told(
    as_sam: Client, sam: Learner, bank: list[Question], use: Settings
) -> None:
    data = sent()
    with serving(answering("Well done.")) as server:
        use.LLM_BASE_URL = server.url
        assert "could not be read" in _text(as_sam, bank[0], data)
        key = f"probes:{sam.pk}:{bank[0].pk}:{data['submission_id']}"
        with one_at_a_time(key):
            assert GOING_ON in _text(as_sam, bank[0], data)
        assert NO_ATTEMPT in _text(as_sam, bank[0], data | {"attempt": " \n "})
        use.LLM_TOKENS_PER_DAY = 10
        assert SPENT in _text(as_sam, bank[0], data)
        assert len(server.asked) == 1


def test_without_script_it_goes_on_in_a_page_of_its_own(
    as_sam: Client, bank: list[Question], use: Settings
) -> None:
    data = sent()
    with serving(_counting) as server:
        use.LLM_BASE_URL = server.url
        page = _text(as_sam, bank[0], data, htmx=False)
        assert ATTEMPT in page
        assert data["submission_id"] in page
        assert page.count('name="answered"') == 1
        asked = ("And why number 1?", "And why number 2?")
        _text(as_sam, bank[0], data | _earlier(*asked[:1]), htmx=False)
        page = _text(as_sam, bank[0], data | _earlier(*asked), htmx=False)
        assert page.count('name="answered"') == 3
        assert page.count("Because.</textarea>") == 2
        assert "Ask me the next one" not in page
        over = _text(as_sam, bank[0], data | _earlier(*asked, "And why number 3?"), htmx=False)
    assert OVER in over
    assert over.count('name="answered"') == 3


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    "broken",
    [
        {"submission_id": "x"}, {"submission_id": ""}, {"attempt": "x" * 20_001},
        {"asked": ["a"]}, {"answered": ["a"]}, {"asked": ["a"] * 4, "answered": ["a"] * 4},
        {"asked": ["x" * 401], "answered": ["a"]}, {"asked": ["a"], "answered": ["x" * 20_001]},
        {"asked": ["a\0"], "answered": ["a"]}, {"asked": ["a"] * 900, "answered": ["b"] * 900},
    ],
)  # fmt: skip
def test_what_no_page_sends_is_refused_in_a_sentence(
    broken: dict[str, Any], as_sam: Client, bank: list[Question], use: Settings, *, htmx: bool
) -> None:
    use.LLM_BASE_URL = "http://127.0.0.1:9/v1"
    response = _post(as_sam, bank[0], sent() | broken, htmx=htmx)
    assert response.status_code == 400
    assert response.content.decode().strip()
    assert not ModelUse.objects.exists()
