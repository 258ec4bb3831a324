"""Strong contrast, forced colours, less motion, paper, and an answer that takes its time."""

import re
import time
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from cards.models import Learner, Question
from tests.answers import answer
from tests.conftest import PASSWORD
from tests.journeys.conftest import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-modes"),
    pytest.mark.django_db(transaction=True),
]
PAPER, INK = "rgb(255, 255, 255)", "rgb(0, 0, 0)"


def _style(page: Page, selector: str, name: str, pseudo: str = "") -> str:
    script = "([s, n, p]) => getComputedStyle(document.querySelector(s), p)[n]"
    value: str = page.evaluate(script, [selector, name, pseudo])
    return value


def _judged(person: Person) -> Page:
    page = person.go("/review/")
    page.locator("#review-answer > summary").click()
    page.locator("[data-point='1'] label:has-text('yes')").click()
    page.wait_for_selector("#review-suggestion[data-word]")
    return page


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_strong_contrast_has_seven_to_one_everywhere(at_desk: Person, theme: Any) -> None:
    at_desk.page.emulate_media(contrast="more", color_scheme=theme)
    page = _judged(at_desk)
    paper = _style(page, "html", "backgroundColor")
    for selector in (".counts", ".question-text", ".said", ".grade-again strong",
                     ".grade-hard strong", ".grade-good strong", ".grade-easy strong",
                     ".essential", "#review-suggestion"):  # fmt: skip
        colour = _style(page, selector, "color")
        assert _contrast(colour, paper) >= 7, (selector, colour, paper)
    line = _style(page, ".choice span", "borderTopColor")
    assert _contrast(line, paper) >= 7
    at_desk.go("/")
    page.keyboard.press("Tab")
    assert _style(page, ":focus", "outlineWidth") == "4px"
    assert _style(page, ".places a[aria-current]", "textDecorationLine") == "underline"


def test_forced_colours_keep_what_is_chosen_suggested_and_drawn(at_desk: Person) -> None:
    at_desk.page.emulate_media(forced_colors="active")
    page = _judged(at_desk)
    chosen = _style(page, ".choice input:checked + span", "backgroundColor")
    assert chosen != _style(page, ".choice input:not(:checked) + span", "backgroundColor")
    word = page.get_attribute("#review-suggestion", "data-word")
    assert _style(page, f".grade-{word}", "outlineStyle") == "solid"
    assert _style(page, f".grade-{word}", "outlineWidth") == "4px"
    others = {"again", "hard", "good", "easy"} - {word}
    assert {_style(page, f".grade-{other}", "outlineStyle") for other in others} == {"none"}
    page.focus("[data-point='1'] :checked")
    page.keyboard.press("ArrowLeft")
    assert _style(page, ".choice input:focus-visible + span", "outlineStyle") == "solid"
    at_desk.go("/")
    assert _style(page, ".bar", "borderTopStyle") == "solid"
    dot, panel = _style(page, ".dot", "backgroundColor"), _style(page, "html", "backgroundColor")
    assert dot != panel
    assert _style(page, ".places a[aria-current]", "borderBottomStyle") == "solid"


def test_with_less_motion_nothing_moves_and_waiting_still_shows(at_desk: Person) -> None:
    at_desk.page.emulate_media(reduced_motion="reduce")
    page = _judged(at_desk)
    lasting = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
        "return parseFloat(s.transitionDuration) > 0.01 || parseFloat(s.animationDuration) > 0.01"
        "}).length"
    )
    assert lasting == 0
    held = _held(page, "**/grade/")
    page.click("[data-key='3']")
    page.wait_for_selector("#review-form.htmx-request")
    page.wait_for_timeout(450)
    assert _style(page, ":root", "opacity", "::before") == "1"
    held[0].continue_()
    page.wait_for_selector(".htmx-request", state="detached")


def _held(page: Any, address: str) -> list[Any]:
    """Return the requests to an address, each of which waits until it is let go on."""
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route(address, hold)
    return held


def _slowly(route: Any) -> None:
    time.sleep(1)
    route.continue_()


def test_waiting_shows_a_line_only_after_300_ms_and_nothing_fires_twice(at_desk: Person) -> None:
    page = _judged(at_desk)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    held = _held(page, "**/grade/")
    page.click("[data-key='3']")
    page.wait_for_selector("#review-form.htmx-request")
    assert _style(page, ":root", "animationDelay", "::before") == "0.3s, 0.3s"
    assert _style(page, "[data-key='3']", "pointerEvents") == "none"
    page.keyboard.press("3")
    page.wait_for_timeout(450)
    assert _style(page, ":root", "opacity", "::before") == "1"
    held[0].continue_()
    page.wait_for_selector(".htmx-request", state="detached")
    assert _style(page, ":root", "content", "::before") == "none"
    assert len(held) == 1
    assert len([url for url in sent if url.endswith("/grade/")]) == 1


def test_a_second_click_opens_no_second_account(person: Person) -> None:
    page = person.go("/account/signup/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.route("**/signup/", lambda route: _slowly(route) if _is_post(route) else route.continue_())
    for name, value in (("name", "Ada"), ("email", "ada@example.org"), ("password1", PASSWORD)):
        page.fill(f"[name={name}]", value)
    page.dblclick("main button")
    page.wait_for_selector("#review-card")
    assert sent.count("POST") == 1
    assert Learner.objects.count() == 1


def _is_post(route: Any) -> bool:
    return bool(route.request.method == "POST")


def test_paper_is_light_opens_every_answer_and_has_no_bars(
    at_desk: Person, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=timezone.now(), attempt="What I said.")
    page = at_desk.go(f"/library/q/{bank[0].slug}/")
    page.emulate_media(media="print", color_scheme="dark")
    assert _style(page, "html", "backgroundColor") == PAPER
    assert _style(page, ".question-text", "color") == INK
    hidden = page.evaluate("[...document.querySelectorAll('.top, .places, main form, .actions')]"
                           ".filter(e => e.getClientRects().length).length")  # fmt: skip
    assert hidden == 0
    source = page.locator("main a[href^=http]").first
    assert source.bounding_box()
    shown = source.evaluate("a => getComputedStyle(a, '::after').content")
    assert str(source.get_attribute("href")) in shown
    for address, text in (("/export/cram/", "What I said."), ("/progress/", "Answers a day")):
        page = at_desk.go(address)
        assert page.locator(f"text={text}").first.is_visible()
        assert not page.locator(".top").is_visible()
    assert page.locator("#progress-days details td").first.bounding_box()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
