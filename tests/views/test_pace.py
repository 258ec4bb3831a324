"""The year behind and the month ahead, as Progress shows them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from cards.models import Card, Learner, Question
from cards.services.pace import WEEKS, coming_days, first_of_year, year_until
from tests.answers import answer
from tests.conftest import MORNING
from tests.views.test_safety import own_question

DAY = timedelta(days=1)
MONDAY = MORNING.date()


@pytest.mark.parametrize("ago", range(7))
def test_a_year_begins_on_a_monday_and_ends_today(ago: int) -> None:
    on = MONDAY - ago * DAY
    year = year_until(on, {})
    assert year.days[0].date.weekday() == 0
    assert year.days[-1].date == on
    assert 364 <= len(year.days) <= 371
    assert max(day.x for day in year.days) < year.width
    assert len({(day.x, day.y) for day in year.days}) == len(year.days)
    assert 11 <= len(year.months) <= 12


@pytest.mark.parametrize(
    ("most", "answers", "level"),
    [(8, 0, 0), (8, 1, 1), (8, 2, 1), (8, 3, 2), (8, 6, 3), (8, 7, 4), (8, 8, 4), (1, 1, 4)],
)
def test_a_day_is_as_dark_as_its_share_of_the_fullest(most: int, answers: int, level: int) -> None:
    year = year_until(MONDAY, {MONDAY - DAY: most, MONDAY: answers})
    assert year.days[-1].level == level
    assert year.answers == most + answers


def test_what_is_older_than_the_year_is_left_out() -> None:
    assert first_of_year(MONDAY) == MONDAY - timedelta(weeks=WEEKS - 1)
    assert year_until(MONDAY, {date(2020, 1, 1): 5}).answers == 0


@pytest.mark.django_db
def test_coming_days_hold_what_is_planned_the_overdue_today_and_nothing_put_away(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    for _ in range(4):
        answer(sam, 4, at=MORNING)
    answer(kim, 4, at=MORNING)
    first, second, third, fourth = Card.objects.filter(learner=sam).order_by("pk")
    Card.objects.filter(pk=first.pk).update(due_on=MONDAY - 10 * DAY)
    Card.objects.filter(pk=second.pk).update(due_on=MONDAY + 29 * DAY)
    Card.objects.filter(pk=third.pk).update(due_on=MONDAY + 30 * DAY)
    Card.objects.filter(pk=fourth.pk).update(suspended_at=MORNING)
    coming = coming_days(sam, MONDAY)
    assert [(day.date, day.cards) for day in coming.days if day.cards] == [
        (MONDAY, 1), (MONDAY + 29 * DAY, 1),
    ]  # fmt: skip
    assert coming.minutes == first.question.minutes + second.question.minutes
    assert coming.fullest.height == 80
    assert coming_days(sam, MONDAY, first.question.category.slug).days[0].cards == 1
    assert coming_days(sam, MONDAY, "no-such-category").cards == 0
    Question.objects.update(archived_at=MORNING)
    assert coming_days(sam, MONDAY).cards == 0


@pytest.mark.django_db
def test_progress_draws_both_with_their_tables_and_only_ones_own(
    as_sam: Client, sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    own_question(kim)
    answer(sam, 4, at=MORNING)
    answer(kim, 4, at=MORNING)
    answer(kim, 4, at=MORNING)
    with time_machine.travel(MORNING, tick=False):
        text = " ".join(as_sam.get("/progress/").content.decode().split())
    assert "1 answer on 1 day." in text
    assert "1 card, about" in text
    assert '<title id="year-title">' in text
    assert text.count("<summary>As a table</summary>") == 3
    assert "Mon 2 Mar 2026" in text
