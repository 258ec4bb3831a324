"""The daily loop in a real browser."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from cards.models import Card, Learner, Question, ReviewLog
from tests.conftest import PASSWORD
from tests.journeys.conftest import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-daily_loop"),
    pytest.mark.django_db(transaction=True),
]


def _grade(person: Person, key: str) -> None:
    """Show the answer and grade, by keyboard, and wait for the next card."""
    page = person.page
    page.wait_for_load_state("load")  # keys work once the script is there
    before = page.input_value("[name=submission_id]")
    page.keyboard.press("Space")
    page.wait_for_selector("#review-answer[open]")
    page.keyboard.press(key)
    page.wait_for_function(
        "old => document.querySelector('[name=submission_id]')?.value !== old", arg=before
    )


def test_a_new_visitor_signs_up_reviews_five_undoes_and_comes_back_the_next_day(
    person: Person,
) -> None:
    page = person.go("/")
    page.click("text=Create an account")
    page.fill("[name=name]", "Ada")
    page.fill("[name=email]", "ada@example.org")
    page.fill("[name=password1]", PASSWORD)
    page.click("main button")
    page.wait_for_selector("#review-card")
    for key in "33343":
        _grade(person, key)
    assert ReviewLog.objects.count() == 5
    question = page.inner_text("#review-question")
    page.reload()
    assert page.inner_text("#review-question") == question
    page.keyboard.press("u")
    page.wait_for_selector("text=Undone")
    assert ReviewLog.objects.standing().count() == 4
    _grade(person, "3")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1), tick=True):
        page = person.go("/review/")
        assert "10 new · 0 again · 5 due" in page.inner_text(".counts")
        seen = set()
        for _ in range(5):
            seen.add(page.inner_text("#review-question"))
            _grade(person, "3")
        assert seen == set(
            Card.objects.filter(repetitions=2).values_list("question__prompt", flat=True)
        )


def test_the_label_on_a_button_is_what_pressing_it_does(at_desk: Person) -> None:
    page = at_desk.go("/review/")
    page.wait_for_load_state("load")
    page.keyboard.press("Space")
    title = page.get_attribute("[data-key='4']", "title")
    _press_and_wait(at_desk, "4")
    card = Card.objects.get()
    assert card.due_on
    assert title == f"{card.due_on:%A} {card.due_on.day} {card.due_on:%B} {card.due_on.year}"


def _press_and_wait(person: Person, key: str) -> None:
    with person.page.expect_response(lambda r: "/grade/" in r.url):
        person.page.keyboard.press(key)


def test_a_double_click_counts_once(at_desk: Person) -> None:
    page = at_desk.go("/review/")
    page.wait_for_load_state("load")
    page.keyboard.press("Space")
    with page.expect_response(lambda r: "/grade/" in r.url):
        page.dblclick("[data-key='3']")
    page.wait_for_selector("#review-said:has-text('next on')")
    assert ReviewLog.objects.count() == 1


def test_the_second_tab_is_told_and_shown_the_next_card(at_desk: Person) -> None:
    page = at_desk.go("/review/")
    other = at_desk.tab()
    other.goto(page.url)
    _grade(at_desk, "3")
    other.keyboard.press("Space")
    other.keyboard.press("4")
    other.wait_for_selector("text=answered or changed elsewhere")
    assert ReviewLog.objects.count() == 1


def test_back_and_reload_grade_nothing_twice(at_desk: Person) -> None:
    page = at_desk.go("/review/")
    _grade(at_desk, "3")
    at_desk.go("/progress/")
    page.go_back()
    page.reload()
    assert ReviewLog.objects.count() == 1


def test_keys_never_fire_while_typing(at_desk: Person) -> None:
    page = at_desk.go("/review/")
    page.click("#attempt")
    page.keyboard.type("1 2 3 u ? ")
    assert page.input_value("#attempt") == "1 2 3 u ? "
    assert page.get_attribute("#review-answer", "open") is None
    assert not ReviewLog.objects.exists()


def test_a_grade_that_did_not_arrive_is_sent_again_by_itself(at_desk: Person) -> None:
    page = at_desk.go("/review/")
    page.fill("#attempt", "kept")
    page.locator("#review-answer > summary").click()
    at_desk.context.set_offline(True)
    page.click("[data-key='3']")
    page.wait_for_selector("text=Not saved yet")
    assert page.input_value("#attempt") == "kept"
    at_desk.context.set_offline(False)
    page.wait_for_selector("#review-said:has-text('next on')", timeout=15_000)
    assert ReviewLog.objects.get().attempt == "kept"


def test_without_script_the_whole_loop_works(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = open_browser(java_script_enabled=False, viewport={"width": 360, "height": 760})
    person.go("/account/login/")
    person.page.fill("[name=login]", sam.email)
    person.page.fill("[name=password]", PASSWORD)
    person.page.click("main button")
    page = person.go("/review/")
    page.locator("#review-answer > summary").click()
    page.click("[data-key='3']")
    assert "next on" in page.inner_text("#review-said")
    page.click("#review-undo")
    assert bank[0].prompt in page.inner_text("#review-question")
    assert not ReviewLog.objects.standing().exists()
