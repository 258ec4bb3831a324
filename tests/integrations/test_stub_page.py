"""A page whose model is a mock server that somebody else wrote."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings
from stubllm.fixtures.models import MockResponse

from cards.models import Learner, Message, Question
from tests.wording import ask, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("response", "state", "told"),
    [
        (MockResponse(content="It adds order [1].", stream_chunk_delay_ms=1), "done", "order [1]."),
        (MockResponse(http_status=429), "failed", "busy"),
        (MockResponse(http_status=500), "failed", "failed on its side"),
        (MockResponse(http_status=401), "failed", "key"),
        (MockResponse(content="late", latency_ms=1500), "failed", "took too long"),
    ],
    ids=["well", "429", "500", "wrong key", "slow"],
)
def test_a_page_with_a_mock_server_of_others(
    response: MockResponse, state: str, told: str, use: Settings, as_sam: Client, sam: Learner,
    stub: Callable[[MockResponse], str], bank: list[Question],
) -> None:  # fmt: skip
    use.LLM_BASE_URL = stub(response)
    use.LLM_TIMEOUTS = (1.0, 0.8, 3.0)
    message = ask(sam)
    assert told in words_of(as_sam, message)[1]
    assert Message.objects.get().wording == state
