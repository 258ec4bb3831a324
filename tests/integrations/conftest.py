"""Settings that lead to a server of the tests."""

import socket
import threading
from collections.abc import Callable, Iterator
from time import sleep

import pytest
import uvicorn
from pytest_django import Settings
from stubllm.fixtures.models import Fixture, MockResponse
from stubllm.server import create_app

from tests.model_server import KEY


@pytest.fixture
def use(settings: Settings) -> Settings:
    """Return settings with a key and a model; the address is the test's."""
    settings.LLM_API_KEY, settings.LLM_MODEL = KEY, "small"
    settings.LLM_TIMEOUTS = (2.0, 3.0, 10.0)
    return settings


@pytest.fixture
def stub() -> Iterator[Callable[[MockResponse], str]]:
    """Return what starts stubllm with one answer, and says where.

    Its application is served here and not by its own server, whose log of calls reads each
    request twice and so breaks every stream.
    """
    running: list[tuple[uvicorn.Server, threading.Thread, socket.socket]] = []

    def start(response: MockResponse) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        app = create_app(fixtures=[Fixture(name="one", response=response)])
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            sleep(0.01)
        running.append((server, thread, listening))
        return f"http://127.0.0.1:{listening.getsockname()[1]}/v1"

    yield start
    for server, thread, listening in running:
        server.should_exit = server.force_exit = True
        thread.join(5)
        listening.close()
