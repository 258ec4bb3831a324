"""Notes, flags, marks, tags and reset in a real browser."""

from typing import Any

import pytest

from cards.models import Card, Learner, Note, Question, ReviewLog, Tag
from cards.services.notes import save_note
from tests.conftest import MORNING
from tests.journeys.conftest import Person, show_answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-notes"),
    pytest.mark.django_db(transaction=True),
]
TEXT = "first line\n\n  مرحبا 🔥"


def test_a_note_is_written_beside_the_answer_and_the_grade_still_counts(review: Any) -> None:
    assert not review.is_visible("#notes-note")
    show_answer(review)
    review.keyboard.press("n")
    review.fill("#notes-text", TEXT)
    review.click("#notes-save")
    review.wait_for_selector("#notes-said:has-text('saved')", state="attached")
    assert review.inner_text(".note-text") == TEXT
    assert review.evaluate("document.activeElement.id") == "notes-edit"
    review.keyboard.press("3")
    review.wait_for_selector("#review-undo:has-text('Undo: Good')")
    assert Note.objects.get().text == TEXT
    assert ReviewLog.objects.count() == 1


def test_what_was_written_is_kept_when_the_card_is_graded_before_it_was_saved(review: Any) -> None:
    show_answer(review)
    review.keyboard.press("n")
    review.keyboard.type("unsaved")
    with review.expect_response(lambda r: "/note/" in r.url):
        review.click("[data-key='3']")
    review.wait_for_selector("#review-undo")
    assert Note.objects.get().text == "unsaved"
    assert ReviewLog.objects.count() == 1


def test_mark_and_flag_are_set_before_the_answer_and_the_draft_stays(review: Any) -> None:
    review.fill("#attempt", "my attempt")
    review.click("#notes-mark")
    review.wait_for_selector("#notes-mark[aria-pressed=true]")
    review.click("#notes-flag > summary")
    review.click(".flags .flag-green")
    review.wait_for_selector("#notes-flag > summary:has-text('Green flag')")
    assert review.evaluate("document.activeElement.matches('#notes-flag > summary')")
    assert review.input_value("#attempt") == "my attempt"
    assert review.get_attribute("#review-answer", "open") is None
    note = Note.objects.get()
    assert (note.flag, note.is_marked, note.text) == (Note.Flag.GREEN, True, "")
    show_answer(review)  # the mouse left the focus on the flag, but space is for the review
    assert Note.objects.get().flag == Note.Flag.GREEN


def test_by_keyboard_space_presses_what_has_the_focus(review: Any) -> None:
    review.focus("#review-answer > summary")
    review.keyboard.press("Tab")
    assert review.evaluate("document.activeElement.id") == "notes-mark"
    review.keyboard.press("Space")
    review.wait_for_selector("#notes-mark[aria-pressed=true]")
    assert review.evaluate("document.activeElement.id") == "notes-mark"
    assert review.get_attribute("#review-answer", "open") is None


def test_two_tabs_change_different_things_and_both_stay(at_desk: Person, review: Any) -> None:
    other = at_desk.tab()
    other.goto(review.url)
    other.wait_for_load_state("load")
    review.click("#notes-mark")
    review.wait_for_selector("#notes-mark[aria-pressed=true]")
    other.click("#notes-flag > summary")
    other.click(".flags .flag-red")
    other.wait_for_selector("#notes-flag > summary.flag-red")
    note = Note.objects.get()
    assert (note.flag, note.is_marked) == (Note.Flag.RED, True)
    show_answer(other)
    other.keyboard.press("3")
    other.wait_for_selector("#review-undo")


def test_a_note_that_did_not_arrive_stays_and_survives_a_reload(
    at_desk: Person, review: Any
) -> None:
    show_answer(review)
    review.keyboard.press("n")
    review.fill("#notes-text", "written on a train")
    at_desk.context.set_offline(True)
    review.click("#notes-save")
    review.wait_for_selector("text=What you wrote is still here")
    assert review.input_value("#notes-text") == "written on a train"
    at_desk.context.set_offline(False)
    review.reload()
    review.wait_for_load_state("load")
    show_answer(review)
    assert review.input_value("#notes-text") == "written on a train"
    review.click("#notes-save")
    review.wait_for_selector(".note-text")
    assert Note.objects.get().text == "written on a train"
    review.reload()
    review.wait_for_load_state("load")
    show_answer(review)
    assert not review.is_visible("#notes-text")


def test_a_note_that_is_too_long_is_refused_in_place_with_every_word(
    at_desk: Person, bank: list[Question]
) -> None:
    page = at_desk.go(f"/library/q/{bank[0].slug}/")
    page.wait_for_load_state("load")
    page.click("#notes-edit")
    page.eval_on_selector("#notes-text", "field => field.removeAttribute('maxlength')")
    page.fill("#notes-text", "x" * 5001)
    page.click("#notes-save")
    page.wait_for_selector("#notes-text-error:has-text('this has 5001')")
    assert page.input_value("#notes-text") == "x" * 5001
    page.fill("#notes-text", "shorter")
    page.click("#notes-save")
    page.wait_for_selector(".note-text:has-text('shorter')")
    at_desk.faults[:] = [fault for fault in at_desk.faults if "400" not in fault]


def test_tags_are_put_on_and_taken_off_by_keyboard(at_desk: Person, bank: list[Question]) -> None:
    page = at_desk.go(f"/library/q/{bank[0].slug}/")
    page.wait_for_load_state("load")
    page.focus(".tag-add > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("RAG, hard ones")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tag-list li:has-text('hard ones')")
    page.keyboard.type("late")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tag-list li:has-text('late')")
    page.focus("button[value='RAG']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tag-list li:has-text('RAG')", state="detached")
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["hard ones", "late"]


def test_a_reset_asks_first_and_is_undone(at_desk: Person, review: Any) -> None:
    show_answer(review)
    review.keyboard.press("3")
    review.wait_for_selector("#review-undo")
    question = ReviewLog.objects.get().question
    page = at_desk.go(f"/library/q/{question.slug}/")
    page.click(".reset > summary")
    page.click("text=Reset this question")
    page.wait_for_selector("text=is new again")
    assert Card.objects.get().introduced_on is None
    page.click(".undo button")
    page.wait_for_selector("text=The card is as it was")
    assert Card.objects.get().repetitions == 1


def test_without_script_everything_works(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = open_browser(java_script_enabled=False, viewport={"width": 360, "height": 760})
    person.sign_in(sam.email)
    page = person.go("/review/")
    page.click("#notes-mark")
    assert page.url.endswith(f"/review/?question={bank[0].slug}")
    page.click("#notes-flag > summary")
    page.click(".flags .flag-blue")
    page.locator("#review-answer > summary").click()
    page.click("#notes-edit")
    page.fill("#notes-text", TEXT)
    page.click("#notes-save")
    page.locator("#review-answer > summary").click()
    assert page.inner_text(".note-text") == TEXT
    page.click("[data-key='3']")
    page = person.go(f"/library/q/{bank[0].slug}/")
    assert page.get_attribute("#notes-mark", "aria-pressed") == "true"
    assert page.inner_text("#notes-flag > summary") == "Blue flag"
    assert page.inner_text(".note-text") == TEXT
    page.click(".tag-add > summary")
    page.fill("#notes-add", "one, two")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tag-list li:has-text('two')")
    assert page.locator(".tag-list li").count() == 2
    page.click("button:has-text('Remove tag one')")
    page.click(".reset > summary")
    page.click("text=Reset this question")
    page.click(".undo button")
    assert "The card is as it was" in page.inner_text("main")
    page = person.go("/review/")
    page.click("#review-more > summary")
    page.click("#review-bury")
    assert "Undo: Buried" in page.inner_text(".session-head")
    assert Note.objects.get().text == TEXT
    assert Tag.objects.get().name == "two"


def test_a_note_of_one_endless_word_does_not_widen_the_page(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    save_note(sam, bank[0].slug, "W" * 5000, at=MORNING)
    person = open_browser(viewport={"width": 360, "height": 760})
    person.sign_in(sam.email)
    for address in ("/review/", f"/library/q/{bank[0].slug}/"):
        page = person.go(address)
        if address == "/review/":
            page.locator("#review-answer > summary").click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
