"""Sixteen tabs that open one answer at once: the model is asked once, and no connection is held."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import Settings

from cards.models import Learner, Message, ModelUse, Question
from cards.services.assistant import ElsewhereError, stop_wording, word
from tests.conftest import MORNING
from tests.model_server import answering, dribbling
from tests.wording import ask, model_of

TABS = 16
pytestmark = pytest.mark.django_db(transaction=True)


def _open_at_once(learner: Learner, message: Message) -> list[str]:
    """Return what each tab is shown; none ends before all have asked."""
    asked, done = Barrier(TABS), Barrier(TABS)

    def work(_: int) -> str:
        asked.wait()
        try:
            writing = word(learner, message.pk, again=False, at=MORNING)
            done.wait()
            return writing.finish().words
        except ElsewhereError:
            done.wait()
            return "elsewhere"
        finally:
            connection.close()

    with ThreadPoolExecutor(TABS) as pool:
        return list(pool.map(work, range(TABS)))


def test_tabs_that_open_an_answer_at_once_ask_once(
    settings: Settings, sam: Learner, bank: list[Question]
) -> None:
    with model_of(settings)(answering("So [1].")) as server:
        shown = _open_at_once(sam, ask(sam))
    assert sorted(shown) == ["So [1].", *["elsewhere"] * (TABS - 1)]
    assert len(server.asked) == ModelUse.objects.count() == 1


def test_while_a_model_writes_the_database_is_free_for_others(
    settings: Settings, sam: Learner, bank: list[Question]
) -> None:
    with model_of(settings)(dribbling):
        message = ask(sam)
        writing = word(sam, message.pk, again=False, at=MORNING)
        assert next(writing) == "word "
        assert connection.connection is None
        assert stop_wording(sam, message.pk).wording == "stopped"
        connection.close()
        next(writing)
        assert connection.connection is None
        writing.close()
    assert ModelUse.objects.get().outcome == "stopped"
