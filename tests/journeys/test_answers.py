"""Every shipped answer on a phone: formulas, tables and pictures fit, and nothing moves."""

from typing import Any

import pytest

from cards.models import Learner, Question

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-answers"),
    pytest.mark.django_db(transaction=True),
]
TOO_WIDE = """() => [...document.querySelectorAll('.prose table, .prose math, .prose img')]
    .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
                 || e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.tagName + ' ' + e.textContent.slice(0, 40))"""
NOT_LOADED = """() => [...document.querySelectorAll('.prose img')]
    .filter(e => !e.complete || !e.naturalWidth).map(e => e.src)"""


def test_every_answer_fits_a_phone(open_browser: Any, sam: Learner, bank: list[Question]) -> None:
    person = open_browser(viewport={"width": 360, "height": 800})
    person.sign_in(sam.email)
    found = []
    for question in bank:
        page = person.go(f"/library/q/{question.slug}/")
        page.wait_for_load_state("load")
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        found += [f"{question.slug}: {one}" for one in page.evaluate(TOO_WIDE)]
        found += page.evaluate(NOT_LOADED)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{question.slug} is wider than the screen")
    assert found == []


def test_a_picture_follows_the_theme_switch(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    slug = next(q.slug for q in bank if "/static/diagrams/" in q.answer)
    person = open_browser(color_scheme="light")
    person.sign_in(sam.email)
    page = person.go(f"/library/q/{slug}/")
    picture = page.locator(".prose img").first
    light = picture.screenshot()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_timeout(200)
    assert picture.screenshot() != light
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    page.wait_for_timeout(200)
    assert picture.screenshot() == light
