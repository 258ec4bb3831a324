"""Sixteen tabs that ask the model at once: two are answered, and no limit is passed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import Settings

from cards.assistant.prompt import USER, Message
from cards.models import Learner, ModelUse
from cards.services.assistant.meter import AT_ONCE, OverLimitError, metered
from tests.conftest import MORNING
from tests.model_server import KEY, answering, serving

TABS = 16
pytestmark = pytest.mark.django_db(transaction=True)


def _ask_at_once(learner: Learner) -> list[bool]:
    """Say for each tab whether it was answered; none ends before all have asked."""
    asked, done = Barrier(TABS), Barrier(TABS)

    def work(_: int) -> bool:
        asked.wait()
        try:
            with metered(
                learner, ModelUse.Purpose.ANSWER, [Message(USER, "Why?")], 100, at=MORNING
            ) as answer:
                done.wait()
                return bool(list(answer))
        except OverLimitError:
            done.wait()
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(TABS) as pool:
        return list(pool.map(work, range(TABS)))


@pytest.mark.parametrize(("tokens", "answered"), [(200_000, AT_ONCE), (150, 1), (50, 0)])
def test_tabs_that_ask_at_once_stay_within_the_limits_together(
    tokens: int, answered: int, settings: Settings
) -> None:
    sam = Learner.objects.create_user("sam@example.org", name="Sam")
    settings.LLM_API_KEY, settings.LLM_MODEL, settings.LLM_TOKENS_PER_DAY = KEY, "small", tokens
    with serving(answering("So.")) as server:
        settings.LLM_BASE_URL = server.url
        assert sum(_ask_at_once(sam)) == answered == len(server.asked)
    assert set(ModelUse.objects.values_list("outcome", flat=True)) <= {"done"}
    assert ModelUse.objects.count() == answered
