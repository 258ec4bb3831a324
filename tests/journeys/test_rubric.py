"""Attempt first, then point by point, in a real browser."""

from typing import Any

import pytest

from cards.models import Learner, PointMark, Question, ReviewLog
from tests.journeys.conftest import Person, show_answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-rubric"),
    pytest.mark.django_db(transaction=True),
]


def test_the_points_suggest_a_grade_and_space_takes_it(review: Any, bank: list[Question]) -> None:
    review.locator("#review-confidence label:has-text('high')").click()
    review.locator("#review-question").focus()
    show_answer(review)
    for number in range(1, len(bank[0].points) + 1):
        review.keyboard.press(f"Shift+Digit{number}")
    review.wait_for_selector("#review-suggestion[data-word='easy']")
    review.locator("#review-points-title").focus()
    with review.expect_response(lambda r: "/grade/" in r.url):
        review.keyboard.press("Space")
    review.wait_for_selector("#review-said:has-text('Easy')")
    log = ReviewLog.objects.get()
    assert (log.quality, log.suggested_quality, log.confidence) == (5, 5, 3)
    assert log.attempt_ms is not None


def test_the_learner_may_overrule_and_both_are_kept(review: Any, bank: list[Question]) -> None:
    show_answer(review)
    review.locator("[data-point='1'] label:has-text('partly')").click()
    review.wait_for_selector("#review-suggestion[data-word='again']")
    with review.expect_response(lambda r: "/grade/" in r.url):
        review.keyboard.press("3")
    review.wait_for_selector("#review-said:has-text('Good')")
    log = ReviewLog.objects.get()
    assert log.quality == 4
    assert log.suggested_quality in {0, 1}
    assert PointMark.objects.filter(recalled=1).count() == 1


def test_a_key_goes_through_yes_partly_and_no(review: Any) -> None:
    show_answer(review)
    for value in ("2", "1", "0", "2"):
        review.keyboard.press("Shift+Digit1")
        assert review.input_value("[data-point='1'] :checked") == value


def test_a_draft_survives_a_reload_and_goes_with_the_grade(at_desk: Person, review: Any) -> None:
    review.fill("#attempt", "half an ans")
    review.locator("#review-confidence label:has-text('some')").click()
    review.reload()
    review.wait_for_function("() => document.querySelector('#attempt').value === 'half an ans'")
    assert review.is_checked("[name=confidence][value='2']")
    at_desk.go("/progress/")
    review = at_desk.go("/review/")
    review.wait_for_function("() => document.querySelector('#attempt').value === 'half an ans'")
    review.locator("#review-answer > summary").click()
    with review.expect_response(lambda r: "/grade/" in r.url):
        review.click("[data-key='3']")
    review.wait_for_selector("#review-said:has-text('next on')")
    assert review.input_value("#attempt") == ""
    assert review.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:'))") == []
    assert ReviewLog.objects.get().attempt == "half an ans"


def test_a_draft_is_not_shown_to_the_next_person_at_the_same_browser(
    at_desk: Person, review: Any, kim: Learner
) -> None:
    review.fill("#attempt", "mine alone")
    at_desk.go("/")
    at_desk.page.click("text=Menu")
    at_desk.page.click("text=Sign out")
    at_desk.sign_in(kim.email)
    page = at_desk.go("/review/")
    page.wait_for_load_state("load")
    assert page.input_value("#attempt") == ""


def test_a_hint_and_the_time_are_told_to_the_rubric(review: Any, bank: list[Question]) -> None:
    review.locator("#review-hint > summary").click()
    review.locator("#review-question").focus()
    show_answer(review)
    for number in range(1, len(bank[0].points) + 1):
        review.keyboard.press(f"Shift+Digit{number}")
    review.wait_for_selector("#review-suggestion[data-word='hard']:has-text('with a hint')")
    assert review.evaluate("document.querySelector('#review-confidence').inert") is True


def test_the_timer_runs_until_the_answer_shows(review: Any) -> None:
    review.wait_for_function(
        r"() => /^0:0[1-9]$/.test(document.querySelector('#review-timer').textContent)"
    )
    show_answer(review)
    shown = review.inner_text("#review-timer")
    review.wait_for_timeout(1500)
    assert review.inner_text("#review-timer") == shown


def test_without_script_the_points_are_judged_and_stored_all_the_same(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = open_browser(java_script_enabled=False, viewport={"width": 360, "height": 760})
    person.sign_in(sam.email)
    page = person.go("/review/")
    page.locator("#review-answer > summary").click()
    page.locator("[data-point='1'] label:has-text('yes')").click()
    page.click("[data-key='3']")
    page.wait_for_selector("#review-said:has-text('next on')")
    log = ReviewLog.objects.get()
    assert log.quality == 4
    assert log.suggested_quality is not None


def test_the_last_attempt_is_compared_with_this_one(
    at_desk: Person, review: Any, sam: Learner, bank: list[Question]
) -> None:
    review.fill("#attempt", "It predicts words")
    review.locator("#review-answer > summary").click()
    with review.expect_response(lambda r: "/grade/" in r.url):
        review.click("[data-key='1']")
    page = at_desk.go(f"/review/?question={bank[0].slug}")
    page.wait_for_load_state("load")
    page.fill("#attempt", "It predicts tokens")
    page.locator("#review-answer > summary").click()
    page.locator("text=What you wrote last time").click()
    page.wait_for_selector("#review-comparison ins:has-text('tokens')")
    assert page.inner_text("#review-comparison del").endswith("words")


def test_undo_gives_the_attempt_back(review: Any) -> None:
    review.fill("#attempt", "not lost")
    review.locator("#review-answer > summary").click()
    review.click("[data-key='3']")
    review.wait_for_selector("#review-said:has-text('next on')")
    review.keyboard.press("u")
    review.wait_for_selector("#review-said:has-text('Undone')")
    assert review.input_value("#attempt") == "not lost"
