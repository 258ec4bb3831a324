"""The gap drill in a real browser, by keyboard and without script."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from cards.models import Card, Learner, Question, ReviewLog
from tests.conftest import MORNING
from tests.journeys.conftest import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-drill"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def alone(bank: list[Question]) -> Question:
    Question.objects.exclude(pk=bank[0].pk).update(archived_at=MORNING)
    return bank[0]


def _miss_two(page: Any) -> None:
    page.locator("#review-answer > summary").click()
    page.locator("[data-point='1'] label:has-text('yes')").click()
    page.locator("[data-point='2'] label:has-text('no')").click()
    for point in page.locator("[data-point]").all()[2:]:
        point.locator("label:has-text('yes')").click()
    page.click("[data-key='2']")
    page.wait_for_selector("#review-drill")


def test_the_missed_point_is_drilled_by_keyboard_until_recalled(
    at_desk: Person, alone: Question
) -> None:
    page = at_desk.go("/review/")
    page.wait_for_load_state("load")
    _miss_two(page)
    due_on = Card.objects.get().due_on
    assert page.locator("#review-drill .point").count() == 1
    text = alone.points[1]["text"]
    assert not page.is_visible(f"text={text}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Space")
    assert page.is_visible(f"text={text}")
    faults = [f["id"] for f in Axe().run(page).response["violations"]]
    assert faults == []
    page.keyboard.press("Shift+Digit1")
    assert page.input_value("[data-point='1'] :checked") == "2"
    page.keyboard.press("3")
    page.wait_for_selector("text=Done for today")
    assert ReviewLog.objects.filter(kind="repeat").count() == 1
    assert Card.objects.get().due_on == due_on


def test_without_script_the_drill_works_too(
    open_browser: Any, sam: Learner, alone: Question
) -> None:
    person = open_browser(java_script_enabled=False, viewport={"width": 360, "height": 760})
    person.sign_in(sam.email)
    page = person.go("/review/")
    _miss_two(page)
    page.locator(".cue > summary").click()
    page.locator("[data-point='1'] label:has-text('no')").click()
    page.click("[data-key='1']")
    page.wait_for_selector("#review-drill")
    page.click("[data-key='3']")
    page.wait_for_selector("text=Done for today")
