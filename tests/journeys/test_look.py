"""Every page in both themes and both widths: accessible, in its frame, light to load."""

import time
from itertools import groupby
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings

from cards.models import Learner, Question
from tests.model_server import serving
from tests.opinions import judging
from tests.states import MODEL, STATES, people, reach, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-look"),
    pytest.mark.django_db(transaction=True),
]
# Figures that a phone shows only by scrolling sideways; the wide table of states may.
CUT_TABLES = """() => [
        ...document.querySelectorAll(':is(#progress-calibration, #progress-opinions) .scroll')]
    .filter(e => e.scrollWidth > e.clientWidth + 1)
    .map(e => e.closest('section').querySelector('h2').textContent)"""
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
RUN = """async options => (await axe.run(document, options)).violations.map(
    fault => [fault.id, fault.impact, fault.nodes.slice(0, 3).map(n => n.html.slice(0, 140))])"""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


def test_axe_has_nothing_to_say_and_nothing_sticks_out_on_any_state(
    open_browser: Any, bank: list[Question], settings: Settings
) -> None:
    found: list[str] = []
    at = timezone.now()
    made = people(at)
    settings.LLM_MODEL = "small"
    for who, states in groupby(sorted(STATES, key=lambda state: state.who), lambda s: s.who):
        person = open_browser(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
        person.forgives += r"|status of 4\d\d"  # wrong forms and missing pages are states, too
        if who:
            sign_in(person.context, person.base, made[who])
        with serving(judging) as server:
            settings.LLM_BASE_URL = server.url if who == MODEL else ""
            for state in states:
                reach(person.page, person.base, state)
                found += _looked_at(person.page, state.name)
        person.context.close()
    assert not found, "\n".join(found)


def _looked_at(page: Page, name: str) -> list[str]:
    """A phone in light and dark, then the width of a desk, without loading it again."""
    found = _fits(page, name)
    found += _axe(page, f"{name}, phone")
    page.emulate_media(color_scheme="dark")
    found += _axe(page, f"{name}, dark", **COLOURS)
    page.set_viewport_size({"width": 320, "height": 800})  # 1280 at 400 %: WCAG 1.4.10
    found += _fits(page, name)
    page.set_viewport_size({"width": 1280, "height": 800})
    found += _fits(page, name)
    page.emulate_media(color_scheme="light")
    found += _axe(page, f"{name}, desk")
    page.set_viewport_size({"width": 360, "height": 800})
    return found


def _axe(page: Page, where: str, **options: Any) -> list[str]:
    """Every rule and every impact; the script of axe is put in once for each load."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # Preloading copies style sheets into the page, which the policy forbids; no rule run needs it.
    found = page.evaluate(RUN, options | {"resultTypes": ["violations"], "preload": False})
    return [f"{where}: {rule} ({impact}) {nodes}" for rule, impact, nodes in found]


def _fits(page: Page, name: str) -> list[str]:
    width = page.viewport_size["width"] if page.viewport_size else 0
    cut = page.evaluate(CUT_TABLES) if width >= 360 else []
    found = [f"{name}: a figure of “{title}” is cut off at {width}" for title in cut]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{name} is wider than {width}")
    return found


# Where every part of the card stands, in each of the frames that follow its arrival.
WATCH = """
window.moved = 0; window.frames_seen = [];
new PerformanceObserver(list => {
  for (const e of list.getEntries()) if (!e.hadRecentInput) window.moved += e.value;
}).observe({type: 'layout-shift', buffered: true});
document.addEventListener('htmx:afterSwap', event => {
  if (event.detail.target.id !== 'review-card') return;
  const frames = []; window.frames_seen.push(frames);
  const look = () => {
    const parts = [...document.querySelectorAll('#review-card *')].filter(e => e.checkVisibility());
    const places = parts.map(e =>
      `${e.id || e.className || e.tagName} ${Math.round(e.getBoundingClientRect().top)}`);
    frames.push(places.join('|'));
    if (frames.length < 8) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
"""


def test_nothing_moves_while_a_review_goes_on(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = open_browser(viewport={"width": 360, "height": 760})
    person.sign_in(sam.email)
    person.context.add_init_script(WATCH)
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
        page.wait_for_timeout(400)
    seen = page.evaluate("window.frames_seen")
    assert [len(frames) for frames in seen] == [8, 8, 8]
    moved = [
        (number, before, after)
        for frames in seen
        for number, frame in enumerate(frames)
        for before, after in zip(frames[0].split("|"), frame.split("|"), strict=False)
        if before != after
    ]
    assert moved == []
    # The browser also counts a new part that stands across the lower edge, although it never
    # stood elsewhere; what the first frame of a card holds is compared above.
    assert page.evaluate("window.moved") < 0.02


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
