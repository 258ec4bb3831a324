"""Finding in the library and acting on several questions, in a real browser."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from cards.models import Card, Learner, Note, Question
from cards.services import search, tags
from tests.conftest import MORNING
from tests.journeys.conftest import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-library"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def shelf(at_desk: Person) -> Page:
    """Return the library, its scripts in place."""
    page = at_desk.go("/library/")
    page.wait_for_load_state("load")
    return page


def _count(page: Page, text: str) -> None:
    expect(page.locator("#library-count")).to_have_text(re.compile(rf"(?<!\d){re.escape(text)}"))


def test_typing_changes_the_list_and_the_address_brings_it_back(
    at_desk: Person, shelf: Page
) -> None:
    _count(shelf, "36 questions")
    shelf.locator("#library-q").press_sequentially("mixture of exp", delay=40)
    expect(shelf.locator("#library-list .line")).not_to_have_count(36)
    expect(shelf.locator("#library-list mark").first).to_be_visible()
    expect(shelf).to_have_url(re.compile(r"/library/\?q=mixture\+of\+exp$"))
    assert shelf.evaluate("document.activeElement.id") == "library-q"
    expect(shelf.locator("#library-said")).to_contain_text("found")
    again = at_desk.tab()
    again.goto(shelf.url)
    assert again.input_value("#library-q") == "mixture of exp"
    assert again.locator(".line").count() == shelf.locator(".line").count()
    # One step back leaves the search, however many letters were typed.
    shelf.go_back()
    expect(shelf).to_have_url(re.compile(r"/library/$"))
    _count(shelf, "36 questions")
    expect(shelf.locator("#library-q")).to_have_value("")


def test_filters_narrow_at_once_and_are_taken_off_one_by_one(shelf: Page) -> None:
    shelf.select_option("#library-category", "research")
    _count(shelf, "6 questions")
    shelf.check("[name=mine]")
    _count(shelf, "0 questions")
    expect(shelf.locator(".nothing")).to_contain_text("Write one")
    shelf.locator(".active a", has_text="my own").click()
    _count(shelf, "6 questions")
    assert shelf.input_value("#library-category") == "research"
    assert not shelf.is_checked("[name=mine]")
    expect(shelf).to_have_url(re.compile(r"\?category=research$"))


def test_two_are_selected_and_suspended_and_the_list_stays(shelf: Page) -> None:
    shelf.select_option("#library-category", "research")
    _count(shelf, "6 questions")
    expect(shelf.locator(".bulk")).to_be_hidden()
    shelf.locator("[name=slug]").nth(0).check()
    shelf.locator("[name=slug]").nth(2).check()
    expect(shelf.locator("[data-selected]")).to_have_text("2 selected")
    shelf.click("button[value=suspend]")
    expect(shelf.locator(".notice")).to_have_text("Suspended 2 questions.")
    expect(shelf).to_have_url(re.compile(r"\?category=research$"))
    expect(shelf.locator(".state-suspended")).to_have_count(2)
    assert Card.objects.exclude(suspended_at=None).count() == 2


def test_all_on_the_page_are_selected_and_tagged(shelf: Page) -> None:
    shelf.select_option("#library-category", "research")
    _count(shelf, "6 questions")
    shelf.check("[data-select-all]")
    expect(shelf.locator("[data-selected]")).to_have_text("6 selected")
    shelf.locator("[name=slug]").nth(1).uncheck()
    assert shelf.evaluate("document.querySelector('[data-select-all]').indeterminate")
    shelf.click(".bulk-more > summary")
    shelf.fill("#bulk-tag", "maths")
    shelf.press("#bulk-tag", "Enter")
    expect(shelf.locator(".notice")).to_have_text("Tagged 5 questions #maths.")
    expect(shelf.locator(".line-tag")).to_have_count(5)
    assert not Card.objects.exists()


def test_the_keyboard_alone_is_enough(shelf: Page) -> None:
    shelf.focus("#library-q")
    shelf.keyboard.type("scaling laws")
    expect(shelf.locator("mark").first).to_be_visible()
    for _ in range(30):
        shelf.keyboard.press("Tab")
        if shelf.evaluate("document.activeElement.name") == "slug":
            break
    shelf.keyboard.press("Space")
    expect(shelf.locator("[data-selected]")).to_have_text("1 selected")
    shelf.focus(".bulk-more > summary")
    shelf.keyboard.press("Enter")
    expect(shelf.locator(".bulk-list")).to_be_visible()
    shelf.keyboard.press("Escape")
    expect(shelf.locator(".bulk-list")).to_be_hidden()
    assert shelf.evaluate("document.activeElement.tagName") == "SUMMARY"
    shelf.focus("button[value=suspend]")
    shelf.keyboard.press("Enter")
    expect(shelf.locator(".notice")).to_have_text("Suspended 1 question.")


def test_enter_on_a_tick_does_nothing_to_the_questions(shelf: Page) -> None:
    shelf.locator("[name=slug]").nth(0).check()
    shelf.locator("[name=slug]").nth(0).press("Enter")
    expect(shelf.locator(".notice")).to_contain_text("Nothing was changed")
    assert not Card.objects.exists()


def test_without_script_everything_works(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = open_browser(java_script_enabled=False)
    person.sign_in(sam.email)
    page = person.go("/library/")
    page.fill("#library-q", "attention")
    page.press("#library-q", "Enter")
    _count(page, "found")
    assert page.url.startswith(f"{person.base}/library/?q=attention")
    page.check("[name=slug] >> nth=0")
    page.click("button[value=suspend]")
    expect(page.locator(".notice")).to_have_text("Suspended 1 question.")
    assert page.input_value("#library-q") == "attention"
    page.click("a:has-text('“attention”')")
    _count(page, "36 questions")


def test_on_a_phone_the_filters_fold_and_nothing_sticks_out(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = open_browser(viewport={"width": 360, "height": 740}, has_touch=True)
    person.sign_in(sam.email)
    page = person.go("/library/")
    expect(page.locator("#library-state")).to_be_hidden()
    page.tap(".find-more > summary")
    expect(page.locator("#library-state")).to_be_visible()
    page.select_option("#library-state", "new")
    expect(page).to_have_url(re.compile("state=new"))
    expect(page.locator(".active")).to_contain_text("new")
    page.tap(".pick >> nth=0")
    page.tap(".bulk-more > summary")
    expect(page.locator("button[value=reset]")).to_be_in_viewport()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    small = page.evaluate(
        "() => [...document.querySelectorAll('main button, main select, main .pick, main summary')]"
        ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)"
        ".map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_has_nothing_to_say_about_any_state_of_the_list(
    open_browser: Any, sam: Learner, bank: list[Question], theme: str, width: int
) -> None:
    tags.add_tag(sam, [q.slug for q in bank[:3]], "maths")
    for n, question in enumerate(bank[:5]):
        Note.objects.create(
            learner=sam, question=question, flag=n, is_marked=True, updated_at=MORNING
        )
    search.index_note(sam, bank[0], "a note on attention")
    person = open_browser(viewport={"width": width, "height": 800}, color_scheme=theme)
    person.sign_in(sam.email)
    found = []
    for address in ("/library/", "/library/?q=attention&state=new&sort=due", "/library/?q=zebra"):
        page = person.go(address)
        if page.locator("[name=slug]").count():
            page.locator("[name=slug]").nth(0).check()
            found += _faults(page)
            page.click(".bulk-more > summary")
        found += _faults(page)
    assert found == []


def _faults(page: Page) -> list[str]:
    return [
        f"{page.url}: {fault['id']} {[node['html'][:120] for node in fault['nodes'][:3]]}"
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]
