"""The review over HTTP, with htmx and without."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cards.models import Learner, Question, ReviewLog
from cards.services.review import next_turn
from tests.answers import answer, form_of
from tests.conftest import MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_morning")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def _morning() -> object:
    with time_machine.travel(MORNING, tick=False) as travel:
        yield travel


def _grade_url(question: Question | None) -> str:
    assert question
    return reverse("review_grade", args=[question.slug])


def test_the_page_shows_question_answer_and_four_dated_buttons(
    as_sam: Client, bank: list[Question]
) -> None:
    page = as_sam.get("/review/").content.decode()
    assert bank[0].prompt in page
    assert page.count('name="quality"') == 4
    assert "today, then 1 day" in " ".join(page.split())


def test_without_script_a_grade_redirects_to_the_next_card(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    turn = next_turn(sam, at=MORNING)
    response = as_sam.post(_grade_url(turn.question), form_of(turn))
    assert (response.status_code, response["Location"]) == (303, "/review/")
    assert response["X-Review-Id"] == str(ReviewLog.objects.get().pk)
    assert bank[1].prompt in as_sam.get("/review/").content.decode()


def test_with_htmx_the_next_card_comes_in_the_same_response(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    turn = next_turn(sam, at=MORNING)
    response = as_sam.post(_grade_url(turn.question), form_of(turn), headers=HTMX)
    text = response.content.decode()
    assert response.status_code == 200
    assert text.strip().startswith('<section id="review-card"')
    assert bank[1].prompt in text


def test_a_grade_sent_twice_gets_the_same_answer(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    turn = next_turn(sam, at=MORNING)
    first = as_sam.post(_grade_url(turn.question), form_of(turn), headers=HTMX)
    second = as_sam.post(_grade_url(turn.question), form_of(turn), headers=HTMX)
    assert second.status_code == 200
    assert second["X-Review-Id"] == first["X-Review-Id"]
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == "true"
    assert ReviewLog.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_stale_grade_is_refused_with_a_word_and_the_next_card(
    as_sam: Client, sam: Learner, bank: list[Question], headers: dict[str, str]
) -> None:
    turn = next_turn(sam, at=MORNING)
    as_sam.post(_grade_url(turn.question), form_of(turn))
    late = form_of(turn, submission_id=str(uuid4()))
    response = as_sam.post(_grade_url(turn.question), late, headers=headers)
    assert response.status_code == 409
    assert "answered or changed elsewhere" in response.content.decode()
    assert bank[1].prompt in response.content.decode()
    assert ReviewLog.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"quality": "6"},
        {"quality": "-1"},
        {"quality": ""},
        {"quality": "four"},
        {"submission_id": "not-a-uuid"},
        {"submission_id": ""},
        {"version": "-1"},
        {"version": "9" * 40},
        {"attempt": "a\x00b"},
        {"attempt": "x" * 20_001},
        {"point-1; drop": "2"},
        {"point-" + "9" * 30: "2"},
        {"point-1": "3"},
        {"point-1": ""},
        {"point-٣": "1"},
        {f"point-{number}": "1" for number in range(51)},
        {"misconception": "x"},
        {"drill": "x"},
        {"drill": ["1"] * 51},
        {"misconception": ["1"] * 51},
        {"confidence": "4"},
        {"confidence": "high"},
        {"attempt_ms": "x"},
        {"duration_ms": "-5"},
        {"told": ["6"]},
        {"told": ["6"] * 5},
        {"told": ["1", "6", "6", "x"]},
        {"told": ["1", "6", "6", "-6"]},
        {"told": ["1", "6", "6", "٦"]},
        {"told": ["36501"] * 4},
    ],
)
def test_what_cannot_be_read_as_a_grade_is_400_and_stores_nothing(
    as_sam: Client, sam: Learner, bank: list[Question], wrong: dict[str, Any]
) -> None:
    turn = next_turn(sam, at=MORNING)
    response = as_sam.post(_grade_url(turn.question), form_of(turn) | wrong)
    assert response.status_code == 400
    assert "could not be stored" in response.content.decode()
    assert not ReviewLog.objects.exists()


def test_an_attempt_is_kept_byte_for_byte(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    text = "  😀 مرحبا\r\n\u202e x\u0301 <b>  "
    turn = next_turn(sam, at=MORNING)
    as_sam.post(_grade_url(turn.question), form_of(turn, attempt=text))
    assert ReviewLog.objects.get().attempt == text


def test_undo_of_the_last_card_works_from_the_end_of_the_session(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    sam.settings.new_per_day = 1
    sam.settings.save()
    answer(sam, 4, at=MORNING)
    assert "Done for today" in as_sam.get("/review/").content.decode()
    data = {"review_id": ReviewLog.objects.get().pk}
    response = as_sam.post("/review/undo/", data, headers=HTMX)
    assert bank[0].prompt in response.content.decode()
    assert not ReviewLog.objects.standing().exists()


def test_undo_without_script_returns_to_the_card(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    data = {"review_id": ReviewLog.objects.get().pk}
    page = as_sam.post("/review/undo/", data, follow=True).content.decode()
    assert bank[0].prompt in page


@pytest.mark.parametrize("review_id", ["", "0", "x", "9" * 40])
def test_an_undo_that_names_no_review_is_400(
    as_sam: Client, bank: list[Question], review_id: str
) -> None:
    assert as_sam.post("/review/undo/", {"review_id": review_id}).status_code == 400


def test_nobody_can_grade_a_question_of_somebody_else(
    as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    Question.objects.filter(pk=bank[0].pk).update(owner=sam)
    turn = next_turn(sam, at=MORNING)
    response = as_kim.post(_grade_url(bank[0]), form_of(turn))
    assert response.status_code == 404
    assert not ReviewLog.objects.exists()


def test_a_signed_out_fragment_gets_401_and_a_page_the_sign_in(bank: list[Question]) -> None:
    client = Client()
    assert client.get("/review/", headers=HTMX).status_code == 401
    assert client.get("/review/").headers["Location"].startswith("/account/login/")


def test_a_signed_out_program_gets_401_as_json(bank: list[Question]) -> None:
    response = Client().get("/export/json/", headers={"Accept": "application/json"})
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Session"
    assert response.json() == {"error": "You are signed out.", "sign_in": "/account/login/"}


def test_coming_back_the_next_day_shows_what_is_due(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    for quality in (4, 5, 4):
        answer(sam, quality, at=MORNING)
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        page = as_sam.get("/review/").content.decode()
    assert "3 due" in page
