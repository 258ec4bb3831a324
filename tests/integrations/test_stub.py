"""A mock server that somebody else wrote: the protocol is not only what our own tests think."""

from collections.abc import Callable

import pytest
from pytest_django import Settings
from stubllm.fixtures.models import MockResponse

from cards.assistant.prompt import USER, Message
from cards.integrations.llm import Answer, stream
from cards.integrations.trouble import ModelError, Trouble

Stub = Callable[[MockResponse], str]


def _ask(url: str, use: Settings) -> Answer:
    use.LLM_BASE_URL = url
    return stream([Message(USER, "What is attention?")], max_tokens=100)


def test_a_mock_server_of_others_is_understood(use: Settings, stub: Stub) -> None:
    answer = _ask(stub(MockResponse(content="It weighs tokens [1].", stream_chunk_delay_ms=1)), use)
    pieces = list(answer)
    assert len(pieces) > 3
    assert "".join(pieces) == "It weighs tokens [1]."
    assert answer.usage.is_estimated


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (MockResponse(http_status=429), Trouble.BUSY),
        (MockResponse(http_status=500), Trouble.BROKEN),
        (MockResponse(http_status=401), Trouble.WRONG_KEY),
        (MockResponse(content="late", latency_ms=1500), Trouble.TOO_SLOW),
        (MockResponse(content="a word " * 99, stream_chunk_delay_ms=100), Trouble.TOO_SLOW),
    ],
)
def test_a_mock_servers_troubles_are_understood(
    response: MockResponse, kind: Trouble, use: Settings, stub: Stub
) -> None:
    use.LLM_TIMEOUTS = (1.0, 0.5, 1.0)
    answer = _ask(stub(response), use)
    with pytest.raises(ModelError) as caught:
        list(answer)
    assert caught.value.kind == kind
