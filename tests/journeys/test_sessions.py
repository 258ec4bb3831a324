"""Sessions in a real browser: until their end, left, undone, and without script."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from cards.models import Card, Learner, Question, ReviewLog, StudySession
from tests.conftest import MORNING
from tests.journeys.conftest import Person
from tests.studying import judged, meet, schedules, study_date

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-sessions"),
    pytest.mark.django_db(transaction=True),
]


def _grade(page: Page, key: str) -> None:
    """Show the answer, grade by mouse, and wait for what comes next."""
    page.wait_for_load_state("load")
    before = page.input_value("[name=submission_id]")
    if page.locator("#review-answer > summary").is_visible():
        page.locator("#review-answer > summary").click()
    page.click(f"[data-key='{key}']")
    page.wait_for_function(
        "old => document.querySelector('[name=submission_id]')?.value !== old", arg=before
    )


def _faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page).response["violations"]]


def test_ten_minutes_until_their_end(at_desk: Person, sam: Learner, bank: list[Question]) -> None:
    Question.objects.update(minutes=4)
    page = at_desk.go("/")
    assert _faults(page) == []
    page.click("[aria-label='I have 10 minutes']")
    page.wait_for_selector("text=2 of 2 left")
    assert _faults(page) == []
    _grade(page, "3")
    page.wait_for_selector("text=1 of 2 left")
    page.reload()
    _grade(page, "3")
    page.wait_for_selector("h1:has-text('10 minutes: done')")
    assert page.is_visible("text=2 questions answered, 2 recalled at the first try.")
    assert page.is_visible("text=8 more are due today.")
    assert _faults(page) == []
    page.click("text=Go on with what is due")
    page.wait_for_selector("text=8 new · 0 again")
    assert page.locator("#review-leave").count() == 0


def _weaken(sam: Learner, question: Question) -> None:
    """Let two points have been missed twice, some days ago."""
    on = study_date(sam, timezone.now())
    (card,) = meet(sam, [question], on, due_in=5)
    memories = {str(key): [3, 1 + int(mark) // 2, 0, int(mark), "2026-01-01"]
                for key, mark in judged(question, 0, 1).items()}  # fmt: skip
    Card.objects.filter(pk=card.pk).update(point_memory=memories, missed_points=2)


def test_weak_points_are_drilled_until_recalled(
    at_desk: Person, sam: Learner, bank: list[Question]
) -> None:
    _weaken(sam, bank[0])
    before = schedules(sam)
    page = at_desk.go("/")
    page.click("text=Drill these points")
    page.wait_for_selector("#review-drill")
    assert page.locator("#review-drill .point").count() == 2
    assert _faults(page) == []
    page.locator("[data-point='1'] label:has-text('yes')").click()
    page.locator("[data-point='2'] label:has-text('no')").click()
    _grade(page, "1")
    assert page.locator("#review-drill .point").count() == 1
    assert page.is_visible("text=was practice; its schedule is as it was.")
    page.locator("[data-point='1'] label:has-text('yes')").click()
    page.click("[data-key='3']")
    page.wait_for_selector("h1:has-text('Points you keep missing: done')")
    assert schedules(sam) == before
    assert set(ReviewLog.objects.values_list("kind", flat=True)) == {"drill"}
    page.click("text=Stop here")
    page.wait_for_selector(".greeting")
    assert page.locator("#today-weak-points").count() == 0


def test_limits_for_today_and_back(at_desk: Person) -> None:
    page = at_desk.go("/")
    page.click("#today-limits > summary")
    page.fill("#limits-new", "3")
    page.click("#today-limits .button:has-text('Change for today')")
    page.wait_for_selector("text=3 to review")
    page.click("#today-limits > summary")
    assert _faults(page) == []
    page.click("text=Back to the usual limits")
    page.wait_for_selector("text=10 to review")


def test_practice_leaves_the_dates_as_they_were(
    at_desk: Person, sam: Learner, bank: list[Question]
) -> None:
    meet(sam, bank[:2], study_date(sam, timezone.now()), due_in=2)
    before = schedules(sam)
    page = at_desk.go("/")
    page.click("#today-ways > summary")
    page.click("#today-ways .button:has-text('Study ahead')")
    page.wait_for_selector("text=Ahead: 3 days")
    page.locator("#review-answer > summary").click()
    assert page.locator(".grade-button small").all_inner_texts() == ["practice"] * 4
    _grade(page, "4")
    _grade(page, "1")
    page.wait_for_selector("text=1 of 2 left")  # it comes again until it is recalled
    _grade(page, "3")
    page.wait_for_selector("h1:has-text('Ahead: 3 days: done')")
    assert schedules(sam) == before


def test_undo_within_a_session_and_leaving_it(at_desk: Person, bank: list[Question]) -> None:
    page = at_desk.go("/")
    page.click("[aria-label='I have 30 minutes']")
    page.wait_for_selector("#review-leave")
    total = StudySession.objects.get().total
    first = page.inner_text("#review-question")
    _grade(page, "1")
    assert page.inner_text("#review-question") != first
    page.click("#review-undo")
    page.wait_for_selector("text=Undone: Again")
    assert page.inner_text("#review-question") == first
    assert page.is_visible(f"text={total} of {total} left")
    page.click("text=Leave session")
    page.wait_for_selector(".greeting")
    assert not StudySession.objects.exists()
    assert page.is_visible("text=10 to review")


def test_without_script_a_session_works_too(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    Question.objects.filter(pk__in=[question.pk for question in bank[1:]]).update(
        archived_at=MORNING
    )
    person = open_browser(java_script_enabled=False, viewport={"width": 360, "height": 760})
    page = person.sign_in(sam.email)
    page.click("#today-ways > summary")
    page.click("text=Study it")
    page.wait_for_selector("text=1 of 1 left")
    page.locator("#review-answer > summary").click()
    page.locator("[data-point='1'] label:has-text('no')").click()
    page.click("[data-key='4']")
    page.wait_for_selector("text=1 question answered")
    page.click("#review-undo")
    page.wait_for_selector("text=1 of 1 left")
    page.locator("#review-answer > summary").click()
    page.locator("[data-point='1'] label:has-text('no')").click()
    page.click("[data-key='4']")
    page.click("text=Drill the missed points")
    page.wait_for_selector("#review-drill")
    page.click("text=Leave session")
    page.wait_for_selector(".greeting")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
