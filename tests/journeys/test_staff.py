"""The admin in a real browser, where any word of the policy against it is a fault."""

import pytest

from cards.models import Learner, Question
from tests.journeys.conftest import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-staff"),
    pytest.mark.django_db(transaction=True),
]


def test_staff_preview_an_edit_save_it_and_see_what_is_missed(
    at_desk: Person, sam: Learner, bank: list[Question]
) -> None:
    Learner.objects.filter(pk=sam.pk).update(is_staff=True)
    page = at_desk.go("/admin/")
    page.click("text=Questions")
    page.click(f"text={bank[0].prompt[:40]}")
    page.fill("[name=hint]", "A new <b>nudge</b>.")
    with at_desk.context.expect_page() as opened:
        page.click("text=Preview as a learner")
    preview = opened.value
    preview.wait_for_selector("text=A new <b>nudge</b>.")
    assert preview.locator("math").count() == bank[0].answer_html.count("<math")
    preview.close()
    page.click("[name=_save]")
    page.wait_for_selector(".messagelist .success")
    bank[0].refresh_from_db()
    assert bank[0].hint == "A new <b>nudge</b>."
    page.click("text=Most missed")
    page.wait_for_selector("text=nobody is named")
    page.click("text=To the app")
    page.click("text=Menu")
    page.click("[data-theme-switch]")  # the admin keeps its own theme under its own name
    assert page.get_attribute("html", "data-theme") == "light"
