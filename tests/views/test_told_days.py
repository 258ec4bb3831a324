"""The day on a button is the day that pressing it sets, as the very page sends it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from cards.models import Card, DayOff, Learner, Question, StudySettings
from cards.services.review import grade_card
from tests.answers import answer, submission
from tests.conftest import MORNING
from tests.studying import fresh, turn_of

pytestmark = pytest.mark.django_db
TUESDAY = MORNING + timedelta(days=1)
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
TITLE = re.compile(r'name="quality" value="(\d)"[^>]*title="([^"]+)"')


def _sent(page: str) -> dict[str, Any]:
    """The hidden fields of the grade's form, as a browser sends them."""
    form = page[page.index('<form id="review-form"') :]
    fields: dict[str, Any] = {}
    for name, value in FIELD.findall(form[: form.index("</form>")]):
        fields.setdefault(name, []).append(value)
    return fields


@pytest.mark.parametrize("quality", ["3", "4", "5"])
def test_the_day_on_the_button_is_the_day_that_is_set_though_others_came_in_between(
    as_sam: Client, sam: Learner, bank: list[Question], quality: str
) -> None:
    StudySettings.objects.update(spreads_intervals=True, new_per_day=4)
    for _ in range(4):
        answer(fresh(sam), 4, at=MORNING)
    with time_machine.travel(TUESDAY, tick=False):
        page = as_sam.get(f"/review/?question={bank[0].slug}").content.decode()
        said = dict(TITLE.findall(page))[quality]
        for question in bank[1:4]:
            told = turn_of(sam, at=TUESDAY, wanted=question.slug)
            grade_card(fresh(sam), question.slug, submission(told, 4), at=TUESDAY)
        day = turn_of(sam, at=TUESDAY, wanted=bank[0].slug).told[2]
        off = TUESDAY.date() + timedelta(days=day)
        DayOff.objects.create(learner=sam, starts_on=off, ends_on=off)
        sent = _sent(page) | {"quality": quality}
        assert len(sent["told"]) == 4
        address = f"/review/{bank[0].slug}/grade/"
        assert as_sam.post(address, sent).status_code == 303
    due_on = Card.objects.get(learner=sam, question=bank[0]).due_on
    assert due_on
    assert f"{due_on:%A} {due_on.day} {due_on:%B %Y}" == said


def test_without_spreading_the_page_sends_no_days(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(fresh(sam), 4, at=MORNING)
    with time_machine.travel(TUESDAY, tick=False):
        page = as_sam.get(f"/review/?question={bank[0].slug}").content.decode()
    assert "told" not in _sent(page)
