"""Writing, changing and copying questions in a real browser."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from cards.models import Card, Learner, Question, QuestionVersion
from tests.conftest import MORNING
from tests.journeys.conftest import Person, show_answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-author"),
    pytest.mark.django_db(transaction=True),
]


def _faults(page: Any) -> list[str]:
    return [f["id"] for f in Axe().run(page).response["violations"]]


def _write(page: Any, points: tuple[str, ...]) -> None:
    page.fill("[name=prompt]", "What does a residual connection do?")
    page.fill("[name=answer]", "It keeps a **clean path**.")
    for number, text in enumerate(points):
        page.fill(f"[name=points-{number}-text]", text)


@pytest.fixture
def no_others(bank: list[Question]) -> None:
    Question.objects.update(archived_at=MORNING)


def test_write_preview_and_reorder_by_keyboard(
    at_desk: Person, sam: Learner, no_others: None
) -> None:
    page = at_desk.go("/library/new/")
    page.wait_for_load_state("load")
    _write(page, ("First.", "Second.", "Third."))
    page.locator("[name=answer]").press_sequentially(" And **gradients**.")
    page.wait_for_selector("#library-preview strong:has-text('gradients')")
    assert page.locator("#library-preview .question-text").inner_text().startswith("What does")
    assert not Question.objects.filter(owner=sam).exists(), "a preview stores nothing"

    page.locator("[name=points-2-text]").focus()
    for _ in range(3):  # its cue, whether it is essential, and the button up
        page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.move") == "up", "focus stays"
    assert page.locator("#library-point-said").inner_text() == "It is the first already."
    assert page.locator(".point-row textarea").first.input_value() == "Third."
    assert page.locator(".point-row [data-number]").all_inner_texts()[0] == "1"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # takes it out
    page.wait_for_function("() => document.querySelectorAll('.point-row').length === 2")
    assert page.evaluate("document.activeElement.name") == "points-0-text"
    page.locator("[data-add]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Added.")
    page.locator("[name=points-1-text]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert _faults(page) == []
    page.click("button:has-text('Save')")
    page.wait_for_selector("text=Saved.")
    mine = Question.objects.get(owner=sam)
    assert [(p["text"], p["essential"]) for p in mine.points] == [
        ("First.", False), ("Second.", True), ("Added.", False),
    ]  # fmt: skip


def _answer_ones_own(at_desk: Person) -> Any:
    """Write a question, and come as far as judging its second point."""
    page = at_desk.go("/library/new/")
    _write(page, ("First.", "Second."))
    page.click("button:has-text('Save')")
    page.wait_for_selector("text=Saved.")
    page.click("text=Review it now")
    page.wait_for_load_state("load")
    page.fill("#attempt", "A clean path.")
    page.click("#review-confidence label:has-text('some')")
    page.locator("#review-question").focus()
    show_answer(page)
    page.click("[data-point='2'] label:has-text('partly')")
    page.locator("#review-question").focus()
    return page


def test_an_own_question_is_edited_in_place_and_nothing_of_the_answer_is_lost(
    at_desk: Person, sam: Learner, no_others: None
) -> None:
    page = _answer_ones_own(at_desk)
    page.keyboard.press("e")
    page.wait_for_selector("#review-edit-here #library-editor")
    assert page.evaluate("document.activeElement.name") == "prompt"
    assert not page.locator("#review-form").is_visible(), "the card waits behind its editor"
    assert "/review/" in page.url
    assert _faults(page) == []
    page.keyboard.press("4")
    page.click("#review-edit-here [data-cancel]")
    page.wait_for_selector("#review-form:visible")
    assert page.locator("#attempt").input_value() == "A clean path."
    page.keyboard.press("e")
    page.wait_for_selector("#library-draft:visible")
    page.fill("[name=prompt]", "What does a residual connection really do?")
    page.click("[data-move=remove] >> nth=0")
    page.click("button:has-text('Add a point')")
    page.keyboard.type("Third.")
    page.click("button:has-text('Save')")
    page.wait_for_selector("#review-question:has-text('really do')")
    page.wait_for_load_state("load")
    assert page.locator("#review-answer").get_attribute("open") is not None, "as it was left"
    assert page.locator("#attempt").input_value() == "A clean path."
    assert page.locator("#review-answer .points input:checked").evaluate_all(
        "found => found.map(one => one.closest('[data-point]').innerText.split('.')[0])"
    ) == ["Second"]
    assert page.locator("#review-confidence input:checked").get_attribute("value") == "2"
    page.keyboard.press("3")
    page.wait_for_selector("text=Done for today")
    assert [point["text"] for point in Card.objects.get().question.points] == ["Second.", "Third."]


def test_versions_of_a_question_changed_during_a_review(
    at_desk: Person, sam: Learner, no_others: None
) -> None:
    page = _answer_ones_own(at_desk)
    page.keyboard.press("e")
    page.fill("[name=prompt]", "What does a residual connection really do?")
    page.click("button:has-text('Save')")
    page.wait_for_selector("#review-question:has-text('really do')")
    page.keyboard.press("3")
    page.wait_for_selector("text=Done for today")
    mine = Card.objects.get().question
    page = at_desk.go(f"/library/q/{mine.slug}/")
    assert "What each grade would set" in page.locator("#library-why").inner_text()
    assert _faults(page) == []
    page.click("text=Versions")
    assert page.locator("ins").all_inner_texts() == ["new words are underlined", "really"]
    assert _faults(page) == []
    page.click("button:has-text('Restore')")
    page.wait_for_selector("text=Version 1 is what the question says now.")
    assert QuestionVersion.objects.count() == 2
    assert Card.objects.get().interval_days == 1


def test_a_shared_question_becomes_ones_own_during_the_review(
    at_desk: Person, sam: Learner, bank: list[Question]
) -> None:
    page = at_desk.go("/review/")
    page.wait_for_load_state("load")
    shared = page.locator("#review-question").inner_text()
    page.keyboard.press("e")
    page.wait_for_selector("text=Make my copy")
    assert _faults(page) == []
    page.dblclick("text=Make my copy")
    page.wait_for_selector("#library-editor")
    mine = Question.objects.get(owner=sam)
    page.fill("[name=prompt]", "In my own words?")
    page.click("button:has-text('Save')")
    page.wait_for_selector("#review-question:has-text('In my own words?')")
    assert Question.objects.get(owner=None, prompt=shared)
    assert Card.objects.get(question__owner=None).suspended_at
    assert Question.objects.get(pk=mine.pk).prompt == "In my own words?"


def test_a_draft_survives_a_reload_and_leaving_is_warned_about(
    at_desk: Person, sam: Learner, bank: list[Question]
) -> None:
    page = at_desk.go("/library/new/")
    page.wait_for_load_state("load")
    warned: list[str] = []

    def leave(dialog: Any) -> None:
        warned.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    _write(page, ("First.",))
    for _ in range(2):
        page.click("[data-add]")
    page.fill("[name=points-4-text]", "The fifth.")
    page.check("[name=points-4-essential]")
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_load_state("load")
    assert warned == ["beforeunload"]
    assert page.input_value("[name=prompt]") == ""
    page.click("[data-draft-take]")
    assert page.input_value("[name=prompt]") == "What does a residual connection do?"
    assert page.input_value("[name=points-4-text]") == "The fifth."
    page.wait_for_selector("#library-preview strong:has-text('clean path')")
    page.click("button:has-text('Save')")
    page.wait_for_selector("text=Saved.")
    page.wait_for_load_state("load")  # by then the page has forgotten the draft
    assert [p["essential"] for p in Question.objects.get(owner=sam).points] == [False, True]
    page = at_desk.go("/library/new/")
    page.wait_for_load_state("load")
    assert not page.is_visible("#library-draft"), "what was saved is no draft any more"
    assert len(warned) == 1


def test_a_draft_keeps_the_order_of_the_points_and_what_was_taken_out(
    at_desk: Person, sam: Learner, no_others: None
) -> None:
    page = at_desk.go("/library/new/")
    page.wait_for_load_state("load")
    _write(page, ("First.", "Second.", "Third."))
    page.click("button:has-text('Save')")
    page.wait_for_selector("text=Saved.")
    mine = Question.objects.get(owner=sam)
    page.on("dialog", lambda dialog: dialog.accept())
    page = at_desk.go(f"/library/q/{mine.slug}/edit/")
    page.wait_for_load_state("load")
    page.locator("[data-move=down]").first.click()
    page.locator("[data-move=remove]").last.click()
    for _ in range(2):
        page.click("[data-add]")
    page.locator("[data-move=remove]").nth(2).click()
    page.keyboard.type("Fourth.")
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_load_state("load")
    page.click("[data-draft-take]")
    shown = [row.input_value() for row in page.locator(".point-row textarea").all()]
    assert shown == ["Second.", "First.", "Fourth."]
    page.click("button:has-text('Save')")
    page.wait_for_selector("text=Saved.")
    mine.refresh_from_db()
    assert [point["text"] for point in mine.points] == ["Second.", "First.", "Fourth."]


def test_two_tabs_lose_nothing(at_desk: Person, sam: Learner, no_others: None) -> None:
    page = at_desk.go("/library/new/")
    _write(page, ("First.",))
    page.click("button:has-text('Save')")
    page.wait_for_selector("text=Saved.")
    mine = Question.objects.get(owner=sam)
    address = f"/library/q/{mine.slug}/edit/"
    here, there = at_desk.go(address), at_desk.tab()
    there.goto(at_desk.base + address)
    there.fill("[name=prompt]", "From the other tab?")
    there.click("button:has-text('Save')")
    there.wait_for_selector("text=Saved.")
    here.fill("[name=prompt]", "From this tab?")
    here.click("button:has-text('Save')")
    here.wait_for_selector("#library-conflict")
    assert here.input_value("[name=prompt]") == "From this tab?"
    assert here.locator("#library-conflict del").all_inner_texts() == ["the other"]
    assert _faults(here) == []
    here.click("button:has-text('Save')")
    here.wait_for_selector("text=Saved.")
    assert Question.objects.get(pk=mine.pk).prompt == "From this tab?"
    kept = set(QuestionVersion.objects.values_list("content__prompt", flat=True))
    assert "From the other tab?" in kept


@pytest.mark.parametrize("width", [360, 1280])
def test_without_script_on_a_phone_too(
    open_browser: Any, sam: Learner, no_others: None, width: int
) -> None:
    person = open_browser(java_script_enabled=False, viewport={"width": width, "height": 760})
    person.sign_in(sam.email)
    page = person.go("/library/new/")
    _write(page, ("First.", "Second."))
    page.click("button:has-text('Preview')")
    assert page.locator("#library-preview strong").inner_text() == "clean path"
    page.click("[name=do][value='down-0']")
    page.click("[name=do][value='remove-2']")
    page.click("[data-add]")
    page.fill("[name=points-2-text]", "Third.")
    page.locator("summary:has-text('Follow-ups')").click()
    page.fill("[name=follow_ups-0-prompt]", "And then?")
    page.fill("[name=follow_ups-0-answer]", "That.")
    page.click("main button:has-text('Save')")
    page.wait_for_selector("text=Saved.")
    mine = Question.objects.get(owner=sam)
    assert [p["text"] for p in mine.points] == ["Second.", "First.", "Third."]
    assert mine.follow_ups[0]["prompt"] == "And then?"
    person.go("/library/categories/")
    page.fill("#name-new", "Mine")
    page.click("label:has-text('violet')")
    page.click("button:has-text('Add')")
    page.wait_for_selector("text=“Mine” is there.")
    assert page.locator(".dot.hue-own-10").first.is_visible()
