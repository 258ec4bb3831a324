"""The interview's page: what is sent to it, and who may."""

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cards.models import Card, DayOff, Interview, Learner, Question, StudySettings
from tests.answers import answer
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
ON = MORNING.date()
SOON = ON + timedelta(days=14)


@pytest.fixture(autouse=True)
def _this_morning() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


def _sent(client: Client, name: str = "readiness_save", **sent: Any) -> Any:
    return client.post(reverse(name), sent)


def _wishes(bank: list[Question], **changes: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "interview_on": SOON.isoformat(), "minutes_per_day": 30, "meetings_each": 3,
    }  # fmt: skip
    usual |= {f"weekday_{place}": 100 for place in range(7)}
    usual |= {f"category_{pk}": 100 for pk in {question.category_id for question in bank}}
    return usual | changes


def _page(client: Client) -> str:
    response = client.get(reverse("readiness"))
    assert response.status_code == 200
    return response.content.decode()


def test_without_an_interview_the_page_says_what_it_would_give(
    as_sam: Client, bank: list[Question]
) -> None:
    page = _page(as_sam)
    assert "Make my plan" in page
    assert "readiness-days" not in page


def test_a_date_and_minutes_make_a_plan(as_sam: Client, sam: Learner, bank: list[Question]) -> None:
    assert _sent(as_sam, **_wishes(bank)).status_code == 303
    page = _page(as_sam)
    assert "Interview in 14 days" in page
    assert "Start today’s plan" in page
    assert page.count('<th scope="row">') == 14, "a row for each day"
    assert "A forecast needs answers" in page


def test_after_answers_the_forecast_says_what_it_rests_on(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING - timedelta(days=2))
    _sent(as_sam, **_wishes(bank))
    page = _page(as_sam)
    assert "1 answer to 1 of 36 questions" in page
    assert "On the day, by the plan" in page


def test_a_plan_that_is_short_says_by_how_much_and_both_ways_out_succeed(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    _sent(as_sam, **_wishes(bank, minutes_per_day=15))
    page = as_sam.get(reverse("readiness")).context["page"]
    shortage = page.ahead.plan.shortage
    assert shortage.minutes > 0
    assert f"Short by {shortage.minutes:.0f} minutes" in _page(as_sam)
    seen, more = 15, shortage.more_minutes
    for _ in range(2):  # sent twice it is done once
        _sent(as_sam, "readiness_minutes", seen=seen, more=more)
    sam.settings.refresh_from_db()
    assert sam.settings.minutes_per_day == 15 + more
    assert as_sam.get(reverse("readiness")).context["page"].ahead.plan.shortage is None

    _sent(as_sam, **_wishes(bank, minutes_per_day=15))
    seen = len(page.dropped)
    assert _sent(as_sam, "readiness_leave_out", seen="x").status_code == 400
    for many in (seen + 1, seen, seen):  # another plan was seen; this one; sent twice
        assert _sent(as_sam, "readiness_leave_out", seen=many).status_code == 303
    suspended = Card.objects.filter(suspended_at__isnull=False)
    assert {card.learner_id for card in suspended} == {sam.pk}
    assert {card.question.slug for card in suspended} == {one.slug for one in page.dropped}
    assert as_sam.get(reverse("readiness")).context["page"].ahead.plan.shortage is None


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"interview_on": (ON - timedelta(days=1)).isoformat()}, "from today on"),
        ({"interview_on": "2031-01-01"}, "within a year"),
        ({"interview_on": "soon"}, "valid date"),
        ({"minutes_per_day": 0}, "greater than or equal to 1"),
        ({"minutes_per_day": 10**9}, "less than or equal to 600"),
        ({"minutes_per_day": ""}, "required"),
        ({"meetings_each": 99}, "less than or equal to 9"),
        ({f"weekday_{place}": 0 for place in range(7)}, "at least one day of the week"),
        ({"weekday_0": 7}, "valid choice"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_nothing_is_stored(
    as_sam: Client, sam: Learner, bank: list[Question], changes: dict[str, Any], word: str
) -> None:
    refused = _sent(as_sam, **_wishes(bank, **changes))
    assert refused.status_code == 400
    assert word in refused.content.decode()
    sam.settings.refresh_from_db()
    assert sam.settings.interview_on is None


def test_weekdays_and_weights_are_kept_and_shape_the_plan(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    first = bank[0].category_id
    monday = ON.weekday()
    _sent(as_sam, **_wishes(bank, **{f"weekday_{monday}": 0, f"category_{first}": 0}))
    page = as_sam.get(reverse("readiness")).context["page"]
    assert {day.on.weekday() for day in page.days if not day.asks} == {monday}
    assert {question.category for day in page.days for question in day.asks} == {
        question.category_id for question in bank
    } - {first}
    sam.settings.refresh_from_db()
    assert sam.settings.category_weights == {str(first): 0}


def test_days_off_are_planned_once_and_taken_out_again(
    as_sam: Client, as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    _sent(as_sam, **_wishes(bank))
    off = ON + timedelta(days=3)
    for _ in range(2):
        _sent(as_sam, "readiness_days_off", starts_on=off.isoformat(), ends_on="")
    days = DayOff.objects.get()
    assert (days.learner, days.starts_on, days.ends_on) == (sam, off, off)
    page = as_sam.get(reverse("readiness")).context["page"]
    assert [day.on for day in page.days if not day.asks] == [off]
    assert _sent(as_kim, "readiness_days_on", days_off=days.pk).status_code == 404
    assert _sent(as_sam, "readiness_days_on", days_off="x").status_code == 400
    assert _sent(as_sam, "readiness_days_on", days_off=days.pk).status_code == 303
    assert not DayOff.objects.exists()


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("", ""), ("2026-03-10", "2026-03-09"), ("x", ""), ("2026-03-10", "2036-03-09")],
)
def test_days_off_that_make_no_sense_are_refused(
    as_sam: Client, bank: list[Question], starts: str, ends: str
) -> None:
    refused = _sent(as_sam, "readiness_days_off", starts_on=starts, ends_on=ends)
    assert refused.status_code == 400
    assert not DayOff.objects.exists()


def test_there_is_an_end_to_days_off(
    as_sam: Client, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cards.services.readiness.change.MOST_DAYS_OFF", 0)
    _sent(as_sam, **_wishes(bank))
    refused = _sent(as_sam, "readiness_days_off", starts_on=ON.isoformat())
    assert refused.status_code == 400
    assert "as many days off as one account can hold" in refused.content.decode()


def test_an_interview_that_is_over_is_told_once_and_long_term_scheduling_goes_on(
    as_sam: Client, as_kim: Client, sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    sam.settings.interview_on = ON - timedelta(days=1)
    sam.settings.save()
    assert "Your interview was on 1 March" in _page(as_sam)
    told = {"went": 3, "asked": "Why attention?\n\n  What is RoPE?  "}
    for _ in range(2):
        assert _sent(as_sam, "readiness_close", **told).status_code == 303
    kept = Interview.objects.get()
    assert (kept.learner, kept.went, kept.asked) == (sam, 3, ["Why attention?", "What is RoPE?"])
    assert StudySettings.objects.get(learner=sam).interview_on is None
    assert "What is RoPE?" in _page(as_sam)
    assert "What is RoPE?" not in _page(as_kim)
    _sent(as_kim, "readiness_close", **told)
    assert Interview.objects.count() == 1, "Kim has had none"


@pytest.mark.parametrize("told", [{"went": 9}, {"asked": "x" * 501}, {"asked": "a\n" * 101}])
def test_what_was_told_too_long_or_odd_is_refused(
    as_sam: Client, sam: Learner, bank: list[Question], told: dict[str, Any]
) -> None:
    sam.settings.interview_on = ON - timedelta(days=1)
    sam.settings.save()
    assert _sent(as_sam, "readiness_close", **told).status_code == 400
    assert not Interview.objects.exists()


def test_what_was_asked_becomes_a_question_of_ones_own(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    asked = 'Why "attention" & <not> RNNs?'
    Interview.objects.create(
        learner=sam, interview_on=date(2026, 1, 1), asked=[asked], closed_at=MORNING
    )
    address = re.findall(r'href="(/library/new/[^"]+)"', _page(as_sam))[0]
    response = as_sam.get(html.unescape(address))
    assert response.context["editor"].form["prompt"].value() == asked
    assert "&lt;not&gt;" in response.content.decode()
    long = as_sam.get("/library/new/", {"prompt": "x" * 9000}).context["editor"]
    assert len(long.form["prompt"].value()) == 2000


def test_what_was_asked_is_shown_as_text(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    Interview.objects.create(
        learner=sam, interview_on=date(2026, 1, 1), asked=["<script>alert(1)</script>"],
        closed_at=MORNING,
    )  # fmt: skip
    assert "<script>alert(1)" not in _page(as_sam)


@pytest.mark.parametrize(
    ("name", "sent"),
    [("readiness_minutes", {"seen": "x", "more": 1}), ("readiness_minutes", {"seen": 15})],
)
def test_odd_minutes_are_refused(
    as_sam: Client, sam: Learner, bank: list[Question], name: str, sent: dict[str, Any]
) -> None:
    assert _sent(as_sam, name, **sent).status_code == 400
    sam.settings.refresh_from_db()
    assert sam.settings.minutes_per_day == 15


HOSTILE = ["\x00", "🙂", "-1", "9" * 400, "", "2026-13-45", "<script>", "x" * 30_000]
FIELDS = {
    "readiness_save": ("interview_on", "minutes_per_day", "meetings_each", "weekday_0"),
    "readiness_minutes": ("seen", "more"),
    "readiness_leave_out": ("seen",),
    "readiness_days_off": ("starts_on", "ends_on"),
    "readiness_days_on": ("days_off",),
    "settings_planning": ("scheduler", "desired_retention"),
}


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", sorted(FIELDS))
def test_what_no_form_would_send_is_refused_and_changes_nothing(
    as_sam: Client, sam: Learner, bank: list[Question], name: str, value: str
) -> None:
    before = StudySettings.objects.filter(learner=sam).values().get()
    assert _sent(as_sam, name, **dict.fromkeys(FIELDS[name], value)).status_code == 400
    assert StudySettings.objects.filter(learner=sam).values().get() == before
    assert not DayOff.objects.exists()


@pytest.mark.parametrize("asked", ["\x00", "🙂 why?", "<script>alert(1)</script>"])
def test_what_was_asked_is_kept_as_it_was_written_or_refused(
    as_sam: Client, sam: Learner, bank: list[Question], asked: str
) -> None:
    sam.settings.interview_on = ON - timedelta(days=1)
    sam.settings.save()
    told = _sent(as_sam, "readiness_close", went="", asked=asked)
    kept = [one.asked for one in Interview.objects.all()]
    assert (told.status_code, kept) == ((400, []) if asked == "\x00" else (303, [[asked]]))
    begun = as_sam.get("/library/new/", {"prompt": asked})
    assert begun.status_code == (400 if asked == "\x00" else 200)
    assert "<script>alert(1)" not in begun.content.decode()
