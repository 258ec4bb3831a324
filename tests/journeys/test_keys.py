"""The keyboard during a review."""

from typing import Any

import pytest

from cards.models import Card, Learner, Question, ReviewLog
from tests.journeys.conftest import Person, show_answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-keys"),
    pytest.mark.django_db(transaction=True),
]


def test_arrows_go_through_the_points_and_x_judges(review: Any) -> None:
    show_answer(review)
    for key in ("ArrowDown", "ArrowDown", "x", "ArrowUp", "x", "x", "ArrowDown", "ArrowDown", "x"):
        review.keyboard.press(key)
    judged = "all => all.map(p => p.querySelector(':checked')?.value ?? '')"
    assert review.eval_on_selector_all("[data-point]", judged)[:4] == ["1", "2", "2", ""]


def test_shift_and_2_ticks_although_it_writes_an_at_sign(review: Any) -> None:
    show_answer(review)
    review.keyboard.press("Shift+Digit2")
    review.wait_for_timeout(300)
    assert review.is_checked("[data-point='2'] [value='2']")
    assert not Card.objects.exists()


def test_enter_on_a_point_grades_nothing(review: Any) -> None:
    show_answer(review)
    review.keyboard.press("ArrowDown")
    review.keyboard.press("Enter")
    review.wait_for_timeout(300)
    assert not ReviewLog.objects.exists()
    assert review.inner_text("#review-said") == ""


def test_enter_on_a_point_grades_nothing_without_script_either(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = open_browser(java_script_enabled=False)
    person.sign_in(sam.email)
    page = person.go("/review/")
    page.fill("#attempt", "kept")
    page.locator("#review-answer > summary").click()
    page.focus("[data-point='1'] input")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=nothing was changed")
    assert page.input_value("#kept") == "kept"
    assert len(person.faults) == 1, person.faults  # the browser reports the 400 that we expect
    person.faults.clear()
    assert not ReviewLog.objects.exists()


@pytest.mark.parametrize(("key", "word"), [("-", "Buried"), ("@", "Suspended")])
def test_a_key_puts_the_card_aside_and_u_brings_it_back(
    review: Any, bank: list[Question], key: str, word: str
) -> None:
    review.keyboard.press(key)
    review.wait_for_selector(f"#review-said:has-text('{word}')")
    assert bank[1].prompt in review.inner_text("#review-question")
    review.keyboard.press("u")
    review.wait_for_selector(f"#review-said:has-text('Undone: {word}')")
    assert bank[0].prompt in review.inner_text("#review-question")
    card = Card.objects.get()
    assert (card.suspended_at, card.buried_until) == (None, None)


def test_a_card_put_aside_without_a_connection_is_put_aside_once_it_is_back(
    at_desk: Person, review: Any
) -> None:
    at_desk.context.set_offline(True)
    review.keyboard.press("-")
    review.wait_for_selector("text=Not saved yet")
    at_desk.context.set_offline(False)
    review.wait_for_selector("#review-said:has-text('left out')", timeout=15_000)
    assert Card.objects.get().buried_until


def test_e_edits_an_own_question_and_offers_a_copy_of_a_shared_one(
    at_desk: Person, review: Any, sam: Learner, bank: list[Question]
) -> None:
    review.keyboard.press("e")
    review.wait_for_url("**/duplicate/?from=review")
    Question.objects.filter(pk=bank[0].pk).update(owner=sam)
    page = at_desk.go("/review/")
    page.wait_for_load_state("load")
    page.keyboard.press("e")
    page.wait_for_selector("#review-edit-here #library-editor")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("-")
    page.wait_for_timeout(300)
    assert not Card.objects.exists(), "no key reaches the card behind the editor"


def test_keys_can_be_switched_off(at_desk: Person, sam: Learner, bank: list[Question]) -> None:
    page = at_desk.go("/settings/")
    page.uncheck("[name=uses_keys]")
    page.click("main button:has-text('Save')")
    page = at_desk.go("/review/")
    page.wait_for_load_state("load")
    for key in ("-", "@", "u", "Space", "3"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.get_attribute("#review-answer", "open") is None
    assert not Card.objects.exists()
