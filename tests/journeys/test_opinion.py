"""A second opinion and the interviewer, in a real browser with a model that answers at once."""

from collections.abc import Iterator
from time import sleep
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django import Settings

from cards.models import Card, Learner, ModelUse, PointMark, Question, ReviewLog, SecondOpinion
from tests.conftest import PASSWORD
from tests.journeys.conftest import Person
from tests.model_server import ModelServer, Talk, failing, serving
from tests.opinions import ATTEMPT, judging

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-opinion"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def model(settings: Settings) -> Iterator[ModelServer]:
    """Return a model that is set up for the site."""
    settings.LLM_MODEL = "small"
    with serving(judging) as server:
        settings.LLM_BASE_URL = server.url
        yield server


def _opened(page: Page) -> None:
    page.fill("#attempt", ATTEMPT)
    page.locator("#review-answer > summary").click()


def _choice(page: Page, point: int) -> str:
    return page.locator(f"[data-point='{point}'] :checked").input_value()


def test_its_ticks_are_taken_the_suggestion_follows_and_the_learner_grades(
    model: ModelServer, review: Any, bank: list[Question]
) -> None:
    _opened(review)
    last = len(bank[0].points)
    for point, word in ((1, "no"), (2, "partly"), (last, "yes")):
        review.click(f"[data-point='{point}'] label:has-text('{word}')")
    review.wait_for_selector("#review-suggestion:has-text('17 % covered')")
    before = review.inner_text("#review-suggestion")
    review.focus("#opinion-ask")
    review.keyboard.press("Enter")
    review.wait_for_selector("#opinion-said:has-text('differs from your ticks on 1 of 2 points')")
    assert review.evaluate("document.activeElement.id") == "opinion-ask"
    assert review.locator(".verdict-differs").inner_text() == "you ticked no"
    assert review.inner_text("#review-suggestion") == before
    assert _choice(review, 1) == "0"
    with review.expect_response(lambda r: "/suggest/" in r.url):
        review.click("#opinion-take")
    assert "Its ticks are taken" in review.inner_text("#opinion-taken")
    assert [_choice(review, point) for point in (1, 2, 3)] == ["2", "1", "0"]
    assert _choice(review, last) == "2"  # it was unsure, so this stays
    review.wait_for_function(
        "before => document.querySelector('#review-suggestion').innerText !== before", arg=before
    )
    assert not Card.objects.exists()
    assert not ReviewLog.objects.exists()
    review.click("[data-key='3']")
    review.wait_for_selector("#review-said:has-text('Good')")
    assert ReviewLog.objects.get().quality == 4
    assert PointMark.objects.count() == last
    assert SecondOpinion.objects.get().ticks[str(bank[0].points[0]["id"])] == 0
    assert len(model.asked) == 1


def test_it_is_offered_once_something_is_written(model: ModelServer, review: Any) -> None:
    review.locator("#review-answer > summary").click()
    assert not review.is_visible("#opinion")
    review.fill("#attempt", "Something.")
    assert review.is_visible("#opinion-ask")
    assert review.is_visible("#probe-ask")


def test_the_interviewer_asks_three_times_and_then_it_is_graded(
    model: ModelServer, review: Any
) -> None:
    _opened(review)
    for number in (1, 2, 3):
        review.click("#probe-ask")
        review.wait_for_function("id => document.activeElement.id === id", arg=f"probe-{number}")
        review.keyboard.type(f"answer {number}")
    assert not review.is_visible("#probe-ask")
    assert review.locator("#probe-list li").count() == 3
    assert [review.input_value(f"#probe-{n}") for n in (1, 2, 3)] == [
        "answer 1", "answer 2", "answer 3",
    ]  # fmt: skip
    assert "third and last" in review.inner_text("#probe-said")
    assert "answer 2" in model.prompts
    review.click("[data-key='3']")
    review.wait_for_selector("#review-said:has-text('Good')")
    assert ReviewLog.objects.get().attempt == ATTEMPT
    assert review.locator("#probe-list li").count() == 0
    assert len(model.asked) == 3


def test_trouble_is_told_once_and_grading_goes_on(
    at_desk: Person, model: ModelServer, review: Any
) -> None:
    model.turn = failing(500)
    _opened(review)
    review.click("#opinion-ask")
    review.wait_for_selector("#opinion-said:has-text('failed on its side')")
    at_desk.forgives += "|ERR_FAILED|ERR_INTERNET"
    review.route("**/opinion/", lambda route: route.abort())
    review.click("#opinion-ask")
    review.wait_for_selector("#opinion-said:has-text('Nothing was lost')")
    assert "Not saved yet" not in review.inner_text("#review-said")
    review.click("[data-key='3']")
    review.wait_for_selector("#review-said:has-text('Good')")
    assert ReviewLog.objects.get().attempt == ATTEMPT


def test_a_grade_does_not_wait_and_a_late_opinion_is_not_shown_beside_the_next_card(
    model: ModelServer, review: Any
) -> None:
    def slowly(talk: Talk) -> None:
        sleep(1)
        judging(talk)

    model.turn = slowly
    _opened(review)
    review.click("#opinion-ask")
    review.wait_for_selector("#opinion-said:has-text('Asking')")
    review.click("[data-key='3']")
    review.wait_for_selector("#review-said:has-text('Good')")
    assert not SecondOpinion.objects.exists()
    _opened(review)
    for _ in range(50):
        if SecondOpinion.objects.exists():
            break
        review.wait_for_timeout(100)
    assert SecondOpinion.objects.exists()
    review.wait_for_timeout(300)
    assert review.inner_text("#opinion-said") == ""
    assert review.locator(".verdicts").count() == 0


def test_without_script_it_comes_in_a_new_tab_and_the_review_stays(
    open_browser: Any, model: ModelServer, sam: Learner, bank: list[Question]
) -> None:
    person = open_browser(java_script_enabled=False, viewport={"width": 360, "height": 760})
    page = person.go("/account/login/")
    page.fill("[name=login]", sam.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page = person.go("/review/")
    _opened(page)
    page.click("[data-point='1'] label:has-text('no')")
    with person.context.expect_page() as opened:
        page.click("#opinion-ask")
    opened.value.wait_for_selector("text=differs from your ticks on 1 of 1 point")
    with person.context.expect_page() as opened:
        page.click("#probe-ask")
    other = opened.value
    for number in (1, 2, 3):
        other.fill(f"#probe-{number}", f"answer {number}")
        if number < 3:
            other.click("text=Ask me the next one")
            other.wait_for_selector(f"#probe-{number + 1}")
    assert other.input_value("#probe-1") == "answer 1"
    assert other.locator("text=Ask me the next one").count() == 0
    assert page.input_value("#attempt") == ATTEMPT
    assert _choice(page, 1) == "0"
    page.click("[data-key='3']")
    page.wait_for_selector("#review-said:has-text('Good')")
    assert ReviewLog.objects.get().attempt == ATTEMPT
    assert ModelUse.objects.count() == 4
