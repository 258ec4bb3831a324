"""Somebody with an interview: from the date to today's plan, on a phone and without script."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cards.models import Card, Interview, Learner, Question, ReviewLog
from tests.journeys.conftest import Person, show_answer
from tests.studying import study_date

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-readiness"),
    pytest.mark.django_db(transaction=True),
]


def _date(sam: Learner, days: int) -> str:
    return (study_date(sam, timezone.now()) + timedelta(days=days)).isoformat()


def _plan(page: Any, sam: Learner, days: int, minutes: int) -> None:
    page.fill("[name=interview_on]", _date(sam, days))
    page.fill("[name=minutes_per_day]", str(minutes))
    page.click("#readiness-wishes button")
    page.wait_for_selector("text=Saved. The plan follows from it.")


def test_from_the_date_to_todays_plan_and_back(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    Question.objects.exclude(pk__in=[one.pk for one in bank[:6]]).update(archived_at=timezone.now())
    person: Person = open_browser(viewport={"width": 360, "height": 760})
    page = person.sign_in(sam.email)
    page.click("nav >> text=Interview")
    page.wait_for_selector("text=Make my plan")
    _plan(page, sam, 24, 6)
    assert page.locator("h1").inner_text() == "Interview in 24 days"
    assert "On course" in page.locator("#readiness-verdict").inner_text()
    asked = page.locator("#readiness-verdict .actions span").inner_text()
    assert asked.startswith("1 new")
    page.click("text=Start today’s plan")
    page.wait_for_selector("#review-question")
    page.wait_for_load_state("load")
    assert "Plan for today" in page.locator(".counts").inner_text()
    show_answer(page)
    page.click("[data-key='3']")
    page.wait_for_selector("text=or when the plan asks before")
    page = person.go("/")
    assert "on course" in page.locator("#today-interview").inner_text()
    page = person.go("/readiness/")
    assert "It rests on 1 answer to 1 of 6 questions" in page.locator("main").inner_text()
    assert ReviewLog.objects.count() == 1


def test_a_plan_that_is_short_is_mended_by_a_press(
    at_desk: Person, sam: Learner, bank: list[Question]
) -> None:
    page = at_desk.go("/readiness/")
    _plan(page, sam, 7, 10)
    assert "Short by" in page.locator("#readiness-verdict .big").inner_text()
    page.click("#readiness-verdict button:has-text('minutes a day')")
    page.wait_for_selector("text=On course")
    _plan(page, sam, 7, 10)
    dropped = page.locator("#readiness-verdict li").count()
    page.click("#readiness-verdict button:has-text('Suspend')")
    page.wait_for_selector("text=On course")
    assert Card.objects.filter(suspended_at__isnull=False).count() == dropped


def test_the_whole_of_it_works_without_script(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person: Person = open_browser(java_script_enabled=False)
    page = person.sign_in(sam.email)
    page = person.go("/readiness/")
    _plan(page, sam, 21, 30)
    page.click("#readiness-days summary >> nth=0")
    page.fill("[name=starts_on]", _date(sam, 2))
    page.click("text=Add days off")
    page.wait_for_selector("#readiness-days-off li")
    assert page.locator("#readiness-days-off li").count() == 1
    page.click("#readiness-days-off li button")
    assert page.locator("#readiness-days-off li").count() == 0
    page.click("text=Start today’s plan")
    page.wait_for_selector("#review-question")
    sam.settings.interview_on = study_date(sam, timezone.now()) - timedelta(days=1)
    sam.settings.save()
    page = person.go("/")
    page.click("#today-interview a")
    page.select_option("[name=went]", "3")
    page.fill("[name=asked]", "What is attention?\nAnd RoPE?")
    page.click("text=Keep it")
    page.wait_for_selector("#readiness-past")
    assert Interview.objects.get().asked == ["What is attention?", "And RoPE?"]
