"""The assistant without script, and where its place stands on a phone."""

from typing import Any

import pytest

from cards.models import Conversation, Learner, Question
from tests.conftest import PASSWORD
from tests.journeys.conftest import Person
from tests.journeys.test_assistant import TEXT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-assistant"),
    pytest.mark.django_db(transaction=True),
]


def _without_script(open_browser: Any, sam: Learner) -> Person:
    person: Person = open_browser(java_script_enabled=False, viewport={"width": 360, "height": 760})
    page = person.go("/account/login/")
    page.fill("[name=login]", sam.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    return person


def test_without_script_everything_works_on_a_phone(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = _without_script(open_browser, sam)
    page = person.go("/assistant/")
    page.click(".suggestion-button >> nth=0")
    assert "/assistant/c/" in page.url
    page.fill("#assistant-text", TEXT)
    page.click("#assistant-send")
    assert page.locator(".message").count() == 2
    assert Conversation.objects.get().messages.count() == 2
    page.click("summary:has-text('Delete')")
    page.click("text=Delete it")
    assert page.is_visible("text=Ask something to begin")


def test_without_script_the_review_stays_and_the_answer_comes_in_a_new_tab(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = _without_script(open_browser, sam)
    page = person.go("/review/")
    page.fill("#attempt", "my attempt")
    page.click("#review-answer > summary")
    page.click("#assistant-panel > summary")
    page.fill("#assistant-text", TEXT)
    with person.context.expect_page() as opened:
        page.click("#assistant-send")
    opened.value.wait_for_selector(".message")
    assert page.input_value("#attempt") == "my attempt"
    assert "/review/" in page.url
    conversation = Conversation.objects.get()
    assert conversation.question is not None


@pytest.mark.parametrize("width", [320, 360])
def test_the_five_places_stand_in_one_line_on_a_phone(
    open_browser: Any, sam: Learner, bank: list[Question], width: int
) -> None:
    person = open_browser(viewport={"width": width, "height": 760})
    page = person.sign_in(sam.email)
    person.go("/assistant/")
    places = page.locator(".places a")
    assert places.count() == 5
    boxes = [place.bounding_box() for place in places.all()]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert all(box and box["height"] < 60 for box in boxes)
    assert len({box["y"] for box in boxes if box}) == 1
