"""The same form sent by eight tabs at once: the model is asked once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from cards.models import Learner, ModelUse, Question, SecondOpinion
from cards.services.assistant import Attempted, Probing, ask_opinion, ask_probe
from cards.services.assistant.once import GOING_ON
from tests.conftest import MORNING
from tests.model_server import KEY, Talk, serving
from tests.opinions import ATTEMPT, judging

TABS = 8
pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(ask: Callable[[], str]) -> set[str]:
    """What the tabs were told."""
    ready = Barrier(TABS)

    def work(_: int) -> str:
        ready.wait()
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(TABS) as pool:
        return set(pool.map(work, range(TABS)))


def _slowly(talk: Talk) -> None:
    sleep(0.5)
    judging(talk)


def test_the_same_form_from_several_tabs_is_asked_once(
    sam: Learner, bank: list[Question], settings: Settings
) -> None:
    settings.LLM_API_KEY, settings.LLM_MODEL = KEY, "small"
    slug, number = bank[0].slug, uuid4()

    def opinion() -> str:
        return ask_opinion(sam, slug, Attempted(number, ATTEMPT), at=MORNING).trouble

    def probe() -> str:
        return ask_probe(sam, slug, Probing(number, ATTEMPT), at=MORNING).trouble

    with serving(_slowly) as server:
        settings.LLM_BASE_URL = server.url
        assert _at_once(opinion) <= {"", GOING_ON}
        assert len(server.asked) == 1
        assert _at_once(probe) <= {"", GOING_ON}
        assert len(server.asked) == 2
        assert opinion() == probe() == ""
        assert len(server.asked) == 2
    assert SecondOpinion.objects.count() == 1
    assert ModelUse.objects.count() == 2
