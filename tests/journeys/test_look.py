"""Every page in both themes and both widths: accessible, in its frame, light to load."""

import time
from io import StringIO
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from cards.models import Learner, Question
from tests.conftest import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
PAGES = [
    "/",
    "/review/",
    "/library/",
    "/library/new/",
    "/progress/",
    "/settings/",
    "/exchange/",
    "/help/",
]
OPEN_PAGES = ["/", "/account/login/", "/account/signup/", "/account/password/reset/"]

# Figures that a phone shows only by scrolling sideways; the wide table of states may.
CUT_TABLES = """() => [...document.querySelectorAll('#progress-calibration .scroll')]
    .filter(e => e.scrollWidth > e.clientWidth + 1)
    .map(e => e.closest('section').querySelector('h2').textContent)"""


@pytest.fixture
def demo(bank: list[Question]) -> Learner:
    """Return the lived-in learner, with the password of all test learners."""
    call_command("demo", stdout=StringIO())
    learner = Learner.objects.get(email="demo@example.com")
    learner.set_password(PASSWORD)
    learner.save()
    return learner


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_sticks_out(
    open_browser: Any, demo: Learner, bank: list[Question], theme: str, width: int
) -> None:
    person = open_browser(viewport={"width": width, "height": 800}, color_scheme=theme)
    found = _looked_at(person, OPEN_PAGES)
    person.sign_in(demo.email)
    found += _looked_at(person, [*PAGES, f"/library/q/{bank[2].slug}/"])
    assert found == []


def _looked_at(person: Any, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        page = person.go(address)
        if address == "/review/":
            page.locator("#review-answer > summary").click()
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in {"serious", "critical"}:
                nodes = [node["html"][:120] for node in fault["nodes"][:3]]
                found.append(f"{address}: {fault['id']} {nodes}")
        cut = page.evaluate(CUT_TABLES)
        found += [f"{address}: a figure of “{title}” is cut off" for title in cut]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address} is wider than the screen")
    return found


def test_nothing_moves_while_a_review_goes_on(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = open_browser(viewport={"width": 360, "height": 760})
    person.sign_in(sam.email)
    person.context.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => {"
        "for (const e of list.getEntries()) if (!e.hadRecentInput) window.moved += e.value;"
        "}).observe({type: 'layout-shift', buffered: true})"
    )
    page = person.go("/review/")
    page.wait_for_timeout(500)
    page.route("**/grade/", _slowly)
    for _ in range(3):
        before = page.input_value("[name=submission_id]")
        page.locator("#review-answer > summary").click()
        page.wait_for_timeout(600)  # what moves later than half a second is not the click's doing
        page.click("[data-key='3']")
        page.wait_for_function(
            "old => document.querySelector('[name=submission_id]').value !== old", arg=before
        )
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") < 0.01


def _slowly(route: Any) -> None:
    time.sleep(0.8)
    route.continue_()


def test_the_theme_switch_is_remembered(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = open_browser()
    page = person.sign_in(sam.email)
    page.click("text=Menu")
    page.click("[data-theme-switch]")
    page.click("[data-theme-switch]")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert person.go("/progress/").get_attribute("html", "data-theme") == "dark"
