"""The overlay of keys, and keys on other layouts, number pads and input methods."""

from typing import Any

import pytest

from cards.models import Card, Note, ReviewLog
from tests.journeys.conftest import show_answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-layouts"),
    pytest.mark.django_db(transaction=True),
]
ALT_GR = {"ctrlKey": True, "altKey": True, "modifierAltGraph": True}
FOCUS_IS_INSIDE = "document.querySelector('#review-overlay').contains(document.activeElement)"


def _press(page: Any, key: str, code: str, **more: Any) -> None:
    """Press a key as a keyboard of another layout would report it."""
    event = {"key": key, "code": code, "bubbles": True, "cancelable": True, **more}
    page.evaluate("e => document.body.dispatchEvent(new KeyboardEvent('keydown', e))", event)


def _stored() -> int:
    return Card.objects.count() + ReviewLog.objects.count() + Note.objects.count()


def _settle(page: Any) -> None:
    page.wait_for_timeout(300)


def test_the_question_mark_opens_the_list_and_escape_gives_the_focus_back(review: Any) -> None:
    review.focus("#review-answer > summary")
    review.keyboard.press("?")
    review.wait_for_selector("#review-overlay[open]")
    assert review.is_visible("#review-overlay >> text=bury until tomorrow")
    assert review.is_visible("#review-overlay >> text=Switch them off")
    for _ in range(6):
        review.keyboard.press("Tab")
        inside = review.evaluate(FOCUS_IS_INSIDE + " || document.activeElement === document.body")
        assert inside  # a browser's own bar may take its turn, the page behind may not
    review.keyboard.press("Escape")
    review.wait_for_selector("#review-overlay", state="hidden")
    assert review.evaluate("document.activeElement.matches('#review-answer > summary')")


def test_a_click_outside_or_on_close_closes_the_list(review: Any) -> None:
    review.keyboard.press("?")
    review.click("#review-overlay h3 >> nth=0")
    assert review.is_visible("#review-overlay")
    review.mouse.click(5, 5)
    review.wait_for_selector("#review-overlay", state="hidden")
    review.click("#review-keys > summary")
    review.click("#review-overlay button")
    review.wait_for_selector("#review-overlay", state="hidden")
    assert not Card.objects.exists()


def test_no_key_fires_while_the_list_is_open(review: Any) -> None:
    show_answer(review)
    review.keyboard.press("?")
    review.wait_for_selector("#review-overlay[open]")
    for key in ("3", "-", "@", "*", "m", "u", "x", "Shift+Digit1"):
        review.keyboard.press(key)
    _settle(review)
    assert review.is_visible("#review-overlay")
    assert not review.is_checked("[data-point='1'] [value='2']")
    assert _stored() == 0


def test_without_script_the_list_opens_at_the_foot(open_browser: Any, sam: Any, bank: Any) -> None:
    person = open_browser(java_script_enabled=False)
    person.sign_in(sam.email)
    page = person.go("/review/")
    page.click("#review-keys > summary")
    assert page.is_visible("#review-keys >> text=bury until tomorrow")
    assert not page.is_visible("#review-overlay")


@pytest.mark.parametrize("composing", [{"isComposing": True}, {"keyCode": 229}])
def test_no_key_fires_while_a_word_is_composed(review: Any, composing: dict[str, Any]) -> None:
    show_answer(review)
    for key, code in (("3", "Digit3"), ("-", "Minus"), ("m", "KeyM"), ("Enter", "Enter")):
        _press(review, key, code, **composing)
    _press(review, "Process", "Digit3")
    _settle(review)
    assert _stored() == 0


@pytest.mark.parametrize(("code", "shift"), [("Minus", True), ("Comma", True), ("Slash", True)])
def test_the_question_mark_is_found_wherever_it_is(review: Any, code: str, *, shift: bool) -> None:
    _press(review, "?", code, shiftKey=shift)
    assert review.is_visible("#review-overlay")


@pytest.mark.parametrize(
    ("key", "code", "quality"),
    [("&", "Digit1", 1), ("é", "Digit2", 3), ("3", "Numpad3", 4), ("4", "Digit4", 5)],
)
def test_digits_grade_where_they_need_shift_and_on_the_number_pad(
    review: Any, key: str, code: str, quality: int
) -> None:
    show_answer(review)
    _press(review, key, code)
    review.wait_for_selector("#review-undo")
    assert ReviewLog.objects.get().quality == quality


@pytest.mark.parametrize(
    ("key", "code", "more", "word"),
    [
        ("-", "Digit6", {}, "Buried"),  # French
        ("@", "Digit2", ALT_GR, "Suspended"),  # Spanish
        ("@", "KeyQ", ALT_GR, "Suspended"),  # German
        ("-", "NumpadSubtract", {}, "Buried"),
    ],
)
def test_signs_do_as_they_say_after_the_answer_too(
    review: Any, key: str, code: str, more: dict[str, Any], word: str
) -> None:
    show_answer(review)
    _press(review, key, code, **more)
    review.wait_for_selector(f"#review-said:has-text('{word}')")
    assert not ReviewLog.objects.answers().exists()


def test_a_number_pad_that_moves_grades_nothing(review: Any) -> None:
    show_answer(review)
    _press(review, "End", "Numpad1")
    _press(review, "ArrowDown", "Numpad2")
    _settle(review)
    assert not ReviewLog.objects.exists()


@pytest.mark.parametrize(
    ("key", "code", "more"),
    [
        ("*", "Digit8", {"shiftKey": True}),
        ("*", "BracketRight", {"shiftKey": True}),  # German
        ("*", "Backslash", {}),  # French
        ("*", "NumpadMultiply", {}),
        ("m", "KeyM", {}),
    ],
)
def test_a_star_marks_on_every_layout_and_again_takes_the_mark_away(
    review: Any, key: str, code: str, more: dict[str, Any]
) -> None:
    for marked in ("true", "false"):
        _press(review, key, code, **more)
        review.wait_for_selector(f"#notes-mark[aria-pressed={marked}]")
        assert Note.objects.exists() == (marked == "true")
    assert not Card.objects.exists()


@pytest.mark.parametrize(("key", "code"), [("*", "NumpadMultiply"), ("m", "KeyM")])
def test_a_mark_is_set_after_the_answer_too(review: Any, key: str, code: str) -> None:
    show_answer(review)
    _press(review, key, code)
    review.wait_for_selector("#notes-mark[aria-pressed=true]")
    assert Note.objects.get().is_marked


def test_a_late_word_that_the_answer_shows_leaves_who_writes_where_they_are(review: Any) -> None:
    show_answer(review)
    review.keyboard.press("n")
    review.wait_for_selector("#notes-text:focus")
    review.evaluate("document.querySelector('#review-answer').dispatchEvent(new Event('toggle'))")
    assert review.evaluate("document.activeElement.id") == "notes-text"


def test_n_opens_the_note_once_the_answer_shows_and_writing_presses_nothing(review: Any) -> None:
    review.keyboard.press("n")
    _settle(review)
    assert not review.is_visible("#notes-text")
    show_answer(review)
    review.keyboard.press("n")
    review.wait_for_selector("#notes-text:focus")
    review.keyboard.type("* m 3 u - ?n")
    assert review.input_value("#notes-text") == "* m 3 u - ?n"
    assert _stored() == 0
    review.keyboard.press("Tab")  # what was written is saved when the field is left
    review.wait_for_selector(".note-text")
    review.keyboard.press("n")
    review.wait_for_selector("#notes-text:focus")
    review.evaluate("document.activeElement.blur()")
    review.keyboard.press("n")
    review.wait_for_selector("#notes-text:focus")
    assert Note.objects.get().text == "* m 3 u - ?n"
