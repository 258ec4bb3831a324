"""Undo in a real browser: by name, one after the other, across cards and after the end."""

from typing import Any

import pytest

from cards.models import Card, Learner, Question, ReviewLog
from cards.scheduling import CardState
from tests.conftest import MORNING
from tests.journeys.conftest import Person, show_answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-undo"),
    pytest.mark.django_db(transaction=True),
]
ARABIC = "اشرح كيف يعمل الانتباه ولماذا نقسم على جذر البعد؟ " * 4
ENDLESS = "Donaudampfschifffahrtsgesellschaft" * 8


def _grade(page: Any, key: str, word: str) -> None:
    show_answer(page)
    page.keyboard.press(key)
    page.wait_for_selector(f"#review-undo:has-text('Undo: {word}')")


def _undo(page: Any, word: str, prompt: str) -> None:
    """Take back what the button names, and see the card that it was."""
    assert page.inner_text("#review-undo") == f"Undo: {word}"
    page.keyboard.press("u")
    page.wait_for_selector(f'#review-question:text-is("{prompt}")')
    assert f"Undone: {word}" in page.inner_text("#review-said")


def test_undo_goes_back_over_several_cards_and_names_each(
    review: Any, bank: list[Question]
) -> None:
    _grade(review, "3", "Good")
    _grade(review, "4", "Easy")
    _grade(review, "3", "Good")
    for word, question in (("Good", bank[2]), ("Easy", bank[1]), ("Good", bank[0])):
        _undo(review, word, question.prompt)
    assert not review.locator("#review-undo").count()
    assert {card.state for card in Card.objects.all()} == {CardState()}


def test_after_the_end_undo_brings_the_last_card_back(
    at_desk: Person, sam: Learner, bank: list[Question]
) -> None:
    Question.objects.exclude(pk__in=[bank[0].pk, bank[1].pk]).update(archived_at=MORNING)
    page = at_desk.go("/review/")
    page.wait_for_load_state("load")
    _grade(page, "3", "Good")
    _grade(page, "4", "Easy")
    page.wait_for_selector("h1:has-text('Done for today')")
    _undo(page, "Easy", bank[1].prompt)
    assert ReviewLog.objects.standing().count() == 1
    _grade(page, "3", "Good")
    page.wait_for_selector("h1:has-text('Done for today')")
    page.reload()
    page.wait_for_load_state("load")
    _undo(page, "Good", bank[1].prompt)
    _undo(page, "Good", bank[0].prompt)


def test_bury_then_grade_then_undo_twice(review: Any, bank: list[Question]) -> None:
    review.keyboard.press("-")
    review.wait_for_selector("#review-undo:has-text('Undo: Buried')")
    _grade(review, "3", "Good")
    _undo(review, "Good", bank[1].prompt)
    _undo(review, "Buried", bank[0].prompt)
    assert set(Card.objects.values_list("buried_until", flat=True)) == {None}


def test_keys_that_are_off_are_off_at_the_end_too(
    at_desk: Person, sam: Learner, bank: list[Question]
) -> None:
    sam.settings.uses_keys = False
    sam.settings.save()
    Question.objects.exclude(pk=bank[0].pk).update(archived_at=MORNING)
    page = at_desk.go("/review/")
    page.locator("#review-answer > summary").click()
    page.click("[data-key='3']")
    page.wait_for_selector("h1:has-text('Done for today')")
    page.keyboard.press("u")
    page.wait_for_timeout(300)
    assert ReviewLog.objects.standing().count() == 1


def test_without_script_undo_goes_back_over_all_of_it(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    Question.objects.exclude(pk__in=[bank[0].pk, bank[1].pk]).update(archived_at=MORNING)
    person = open_browser(java_script_enabled=False, viewport={"width": 360, "height": 760})
    person.sign_in(sam.email)
    page = person.go("/review/")
    page.click("#review-more > summary")
    page.click("#review-bury")
    page.locator("#review-answer > summary").click()
    page.click("[data-key='3']")
    assert page.inner_text("h1") == "Done for today"
    for word, question in (("Good", bank[1]), ("Buried", bank[0])):
        assert page.inner_text("#review-undo") == f"Undo: {word}"
        page.click("#review-undo")
        assert f"Undone: {word}" in page.inner_text("#review-said")
        assert page.inner_text("#review-question") == question.prompt
    assert not page.locator("#review-undo").count()


@pytest.mark.parametrize("prompt", [ARABIC, ENDLESS], ids=["right to left", "endless"])
def test_a_long_prompt_of_any_script_fits_a_phone(
    open_browser: Any, sam: Learner, bank: list[Question], prompt: str
) -> None:
    Question.objects.filter(pk=bank[0].pk).update(prompt=prompt.strip(), owner=sam)
    person = open_browser(viewport={"width": 360, "height": 760})
    person.sign_in(sam.email)
    page = person.go("/review/")
    page.wait_for_load_state("load")
    _grade(page, "1", "Again")
    assert page.inner_text("#review-said bdi") == prompt[:47].strip() + "…"
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        box = page.locator("#review-said").bounding_box()
        assert box["height"] < 100
        page.keyboard.press("u")
        page.wait_for_selector("#review-said:has-text('Undone: Again')")
