"""Sessions and limits over HTTP: every input empty, huge, hostile, twice."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cards.models import Card, Learner, Question, ReviewLog, StudySession, StudySettings
from cards.services.review import next_turn
from tests.answers import answer, form_of
from tests.conftest import MORNING
from tests.studying import fresh, judged, meet

pytestmark = pytest.mark.django_db
START, LEAVE = "/review/start/", "/review/leave/"
ON = MORNING.date()


@pytest.fixture(autouse=True)
def _morning() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


def _selected(client: Client, *questions: Question, **data: Any) -> Any:
    slugs = [question.slug for question in questions]
    return client.post(START, {"kind": "selected", "slug": slugs} | data)


def test_a_form_starts_a_session_and_another_leaves_it(
    as_sam: Client, bank: list[Question]
) -> None:
    response = as_sam.post(START, {"kind": "time", "minutes": "20"})
    assert (response.status_code, response["Location"]) == (303, "/review/")
    page = as_sam.get("/review/").content.decode()
    total = StudySession.objects.get().total
    assert f"20 minutes</bdi> · {total} of {total} left" in page
    assert "Leave session" in page
    assert "Your session" not in as_sam.get("/").content.decode()
    for _ in range(2):
        response = as_sam.post(LEAVE)
        assert (response.status_code, response["Location"]) == (303, "/")
    assert "10 new · 0 again" in as_sam.get("/review/").content.decode()


def test_practice_says_so_and_shows_no_date(as_sam: Client, bank: list[Question]) -> None:
    _selected(as_sam, bank[0])
    page = as_sam.get("/review/").content.decode()
    assert page.count("<small>practice</small>") == 4
    assert 'name="mode" value="practice"' in page
    assert 'title="' not in page.partition("grade-bar")[2].partition("</fieldset>")[0]
    data = form_of(next_turn(fresh(Learner.objects.get()), at=MORNING), 4, mode="practice")
    address = reverse("review_grade", args=[bank[0].slug])
    response = as_sam.post(address, data, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "was practice; its schedule is as it was" in text
    assert "1 chosen question</bdi>: done" in text
    assert "1 question answered, 1 recalled at the first try" in " ".join(text.split())
    assert "10 more are due today" in text
    assert ReviewLog.objects.get().kind == "drill"


def test_counting_as_reviews_shows_the_dates(as_sam: Client, bank: list[Question]) -> None:
    meet(Learner.objects.get(), bank[:1], ON, due_in=2)
    _selected(as_sam, bank[0], moves_schedule="on")
    page = as_sam.get("/review/").content.decode()
    assert "before its date" in page
    assert "<small>practice</small>" not in page
    data = form_of(next_turn(fresh(Learner.objects.get()), at=MORNING), 4, mode="early")
    as_sam.post(reverse("review_grade", args=[bank[0].slug]), data)
    card = Card.objects.get()
    assert card.due_on
    assert card.due_on.strftime("%B %Y") in page


def test_a_drill_shows_the_cue_of_a_point(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING, judged=judged(bank[0], 0, 0))
    points = bank[0].points
    points[0]["cue"], points[1]["cue"] = "Why <b>scale</b>?", ""
    Question.objects.filter(pk=bank[0].pk).update(points=points)
    as_sam.post(START, {"kind": "missed"})
    page = as_sam.get("/review/").content.decode()
    assert "<bdi>Why &lt;b&gt;scale&lt;/b&gt;?</bdi>" in page
    assert f"Point 2 of {len(points)}" in page
    assert "practice: what was missed" in page
    assert "next on" not in page.partition("grade-bar-drill")[2]


@pytest.mark.parametrize(
    "data",
    [
        {}, {"kind": ""}, {"kind": "everything"}, {"kind": "time", "minutes": "0"},
        {"kind": "time", "minutes": "-5"}, {"kind": "time", "minutes": "9" * 30},
        {"kind": "time", "minutes": "ten"}, {"kind": "ahead", "days": "2"},
        {"kind": "ahead", "days": "x"}, {"kind": "category", "category": "a b"},
        {"kind": "category", "category": "a" * 61}, {"kind": "category", "category": "\x00"},
        {"kind": "backlog", "count": "0"}, {"kind": "backlog", "count": "201"},
        {"kind": "selected", "slug": [f"question-{n}" for n in range(201)]},
        {"kind": "selected", "slug": [f"question-{n}" for n in range(2000)]},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_400_and_changes_nothing(
    as_sam: Client, bank: list[Question], data: dict[str, Any]
) -> None:
    _selected(as_sam, bank[5])
    assert as_sam.post(START, data).status_code == 400
    assert StudySession.objects.get().queue == [bank[5].pk]


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "selected"}, {"kind": "selected", "slug": [""]},
        {"kind": "selected", "slug": ["\x00", "a b", "😀" * 500, "' OR 1=1 --"]},
        {"kind": "selected", "slug": [f"question-{n}" for n in range(200)]},
        {"kind": "category"}, {"kind": "category", "category": "no-such"},
        {"kind": "ahead"}, {"kind": "backlog"}, {"kind": "drill"}, {"kind": "missed"},
        {"kind": "drill", "category": "no-such"},
    ],
)  # fmt: skip
def test_where_there_is_nothing_to_ask_a_message_says_so(
    as_sam: Client, bank: list[Question], data: dict[str, Any]
) -> None:
    response = as_sam.post(START, data | {"to": "library"}, follow=True)
    assert response.redirect_chain == [("/library/", 303)]
    assert 'class="notice"' in response.content.decode()
    assert not StudySession.objects.exists()


@pytest.mark.parametrize("to", ["", "https://evil.example", "//evil.example", "logout", "\x00"])
def test_afterwards_it_goes_to_a_page_of_ours(
    as_sam: Client, bank: list[Question], to: str
) -> None:
    assert as_sam.post(LEAVE, {"to": to})["Location"] == "/"
    assert as_sam.post(START, {"kind": "drill", "to": to})["Location"] == "/"


def test_two_hundred_questions_fit_through_the_door(as_sam: Client, bank: list[Question]) -> None:
    slugs = [question.slug for question in bank] + [f"question-{n}" for n in range(164)]
    data = {"kind": "selected", "slug": slugs, "moves_schedule": "on"}
    assert as_sam.post(START, data)["Location"] == "/review/"
    assert StudySession.objects.get().total == 36


def test_the_librarys_selection_starts_a_session(as_sam: Client, bank: list[Question]) -> None:
    page = as_sam.get("/library/").content.decode()
    assert f'formaction="{START}" name="kind" value="selected"' in page
    assert 'name="moves_schedule"' in page
    beside = {"tag": "", "category": bank[9].category.slug}  # fields of the other bulk actions
    assert _selected(as_sam, bank[4], bank[2], **beside)["Location"] == "/review/"
    session = StudySession.objects.get()
    assert (session.queue, session.moves_schedule) == ([bank[4].pk, bank[2].pk], False)


def test_somebody_elses_questions_and_session_stay_theirs(
    as_sam: Client, as_kim: Client, sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    Question.objects.filter(pk=bank[0].pk).update(owner=sam)
    _selected(as_sam, bank[0])
    assert _selected(as_kim, bank[0])["Location"] == "/"
    as_kim.post(LEAVE)
    assert StudySession.objects.get().learner == sam
    as_kim.post("/today/limits/", {"new_today": "0", "reviews_today": "0"})
    assert StudySettings.objects.get(learner=sam).limits_on is None


def test_a_mode_nobody_knows_is_400(as_sam: Client, bank: list[Question]) -> None:
    data = form_of(next_turn(Learner.objects.get(), at=MORNING), 4, mode="twice")
    assert as_sam.post(reverse("review_grade", args=[bank[0].slug]), data).status_code == 400


def test_limits_for_today_over_http(as_sam: Client, bank: list[Question]) -> None:
    response = as_sam.post("/today/limits/", {"new_today": "3", "reviews_today": "50"})
    assert (response.status_code, response["Location"]) == (303, "/")
    page = as_sam.get("/").content.decode()
    assert "Changed for today: 3 new, 50 reviews" in page
    assert "Tomorrow your usual limits hold again: 10 new, 200 reviews" in page
    as_sam.post("/today/limits/", {"usual": "1", "new_today": "3", "reviews_today": "50"})
    page = as_sam.get("/").content.decode()
    assert "Change for today" in page
    assert "Back to the usual limits" not in page


@pytest.mark.parametrize(
    "data",
    [
        {"new_today": "-1"}, {"new_today": "1000"}, {"reviews_today": "10000"},
        {"new_today": "many"}, {"new_today": "9" * 400},
    ],
)  # fmt: skip
def test_limits_out_of_range_are_400(
    as_sam: Client, bank: list[Question], data: dict[str, str]
) -> None:
    response = as_sam.post("/today/limits/", data)
    assert response.status_code == 400
    assert "everything is as it was" in response.content.decode()
    assert StudySettings.objects.get().limits_on is None


def test_no_limit_at_all_means_the_usual_ones(as_sam: Client, bank: list[Question]) -> None:
    assert as_sam.post("/today/limits/", {}).status_code == 303
    assert StudySettings.objects.get().limits_on is None


@pytest.mark.parametrize("days", ["", "1", "4", "-3", "x", "9" * 50])
def test_a_spread_over_other_days_is_400(as_sam: Client, bank: list[Question], days: str) -> None:
    meet(Learner.objects.get(), bank, ON, due_in=-2)
    assert as_sam.post("/today/spread/", {"days": days}).status_code == 400
    assert StudySettings.objects.get().spread_until is None


def test_a_backlog_is_offered_kindly_spread_and_taken_back(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    meet(sam, bank[:30], ON, due_in=-2)
    assert "30 cards waited for you" in as_sam.get("/").content.decode()
    for _ in range(2):
        assert as_sam.post("/today/spread/", {"days": "5"}).status_code == 303
    page = as_sam.get("/").content.decode()
    assert "Spread until Friday 6 March" in page
    assert "Stop spreading" in page
    as_sam.post("/today/spread/", {"days": "0"})
    assert "30 cards waited for you" in as_sam.get("/").content.decode()


def test_spreading_nothing_says_so(as_sam: Client) -> None:
    response = as_sam.post("/today/spread/", {"days": "3"}, follow=True)
    assert "Nothing waits any more" in response.content.decode()


def test_progress_names_weak_points_and_drills_them(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    Question.objects.exclude(pk=bank[0].pk).update(archived_at=MORNING)
    sam.settings.new_per_day = 1
    sam.settings.save()
    answer(sam, 3, at=MORNING, judged=judged(bank[0], 0))
    assert "missed twice or more" in as_sam.get("/progress/").content.decode()
    missed = {bank[0].points[0]["id"]: 0}
    answer(sam, 4, at=MORNING, judged=missed, drilled=frozenset(missed))
    page = as_sam.get("/progress/").content.decode()
    assert "Drill these points" in page
    assert "missed 2 of 2 times" in page
    category = bank[0].category.slug
    data = {"kind": "drill", "category": category, "to": "progress"}
    assert as_sam.post(START, data)["Location"] == "/review/"
    other = {"kind": "drill", "category": bank[1].category.slug, "to": "progress"}
    assert as_sam.post(START, other)["Location"] == "/progress/"
