"""What stands beside a card, opened out, in both themes and both widths: axe has nothing to say."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from cards.models import Card, Learner, Question
from cards.services.notes import save_note, set_flag, set_mark
from cards.services.tags import add_tag
from tests.answers import answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-beside_look"),
    pytest.mark.django_db(transaction=True),
]
SMALL = """() => [...document.querySelectorAll('button, summary, .actions a')]
    .filter(e => e.checkVisibility() && !e.matches('.visually-hidden, .more > summary'))
    .filter(e => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
    .map(e => e.outerHTML.slice(0, 100))"""


@pytest.fixture
def kept(sam: Learner, bank: list[Question]) -> Question:
    """Return a leech with everything beside it; the next lapse makes it one again."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    question = bank[0]
    answer(sam, 4, at=yesterday)
    Card.objects.update(lapses=11)
    set_flag(sam, question.slug, 2, at=yesterday)
    set_mark(sam, question.slug, marked=True, at=yesterday)
    save_note(sam, question.slug, "A note\n\nof two parts", at=yesterday)
    for name in ("RAG", "ask Kim", "a tag as long as a tag may ever become"):
        add_tag(sam, [question.slug], name)
    return question


def _faults(page: Any, state: str) -> list[str]:
    found = [
        f"{state}: {fault['id']} {[node['html'][:120] for node in fault['nodes'][:3]]}"
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{state} is wider than the screen")
    return found + [f"{state}: too small to touch: {html}" for html in page.evaluate(SMALL)]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_opened_out_is_accessible(
    open_browser: Any, sam: Learner, kept: Question, theme: str, width: int
) -> None:
    person = open_browser(viewport={"width": width, "height": 800}, color_scheme=theme)
    person.sign_in(sam.email)
    page = person.go(f"/review/?question={kept.slug}")
    page.wait_for_load_state("load")
    page.keyboard.press("?")
    page.wait_for_selector("#review-overlay[open]")
    found = _faults(page, "the keys")
    page.click("#review-overlay button")
    page.locator("#review-answer > summary").click()
    for summary in ("#notes-edit", "#notes-flag > summary", "#review-more > summary"):
        page.click(summary)
    page.click("#review-aside .reset > summary")
    found += _faults(page, "the review")
    page.click("[data-key='1']")
    page.wait_for_selector("#review-leech")
    found += _faults(page, "the leech")
    page = person.go(f"/library/q/{kept.slug}/")
    page.wait_for_load_state("load")
    for summary in ("#notes-flag > summary", ".reset > summary", ".tag-add > summary"):
        page.click(summary)
    page.click("#notes-edit")
    found += _faults(page, "the question")
    page.click("text=Reset this question")
    page.wait_for_selector(".undo")
    found += _faults(page, "after a reset")
    assert found == []
