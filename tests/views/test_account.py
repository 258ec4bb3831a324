"""Signing up, in and out; settings."""

import re

import pytest
from django.core import mail
from django.test import Client

from cards.models import Learner, Question
from tests.answers import answer
from tests.conftest import MORNING, PASSWORD

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Ada",
    "email": "Ada@Example.org",
    "password1": PASSWORD,
    "time_zone": "Europe/Berlin",
}


def test_signing_up_lands_on_the_first_question(bank: list[Question]) -> None:
    client = Client()
    response = client.post("/account/signup/", NEW, follow=True)
    assert response.redirect_chain[-1][0] == "/review/"
    assert bank[0].prompt in response.content.decode()
    learner = Learner.objects.get()
    assert (learner.email, learner.name) == ("ada@example.org", "Ada")
    assert learner.settings.time_zone == "Europe/Berlin"


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd"])
def test_a_zone_that_nobody_knows_becomes_utc(zone: str) -> None:
    Client().post("/account/signup/", NEW | {"time_zone": zone})
    assert Learner.objects.get().settings.time_zone == "UTC"


@pytest.mark.parametrize(
    "wrong", [{"email": "x"}, {"name": ""}, {"password1": "short"}, {"name": "a\x00"}]
)
def test_a_sign_up_that_is_not_whole_keeps_what_was_typed(wrong: dict[str, str]) -> None:
    response = Client().post("/account/signup/", NEW | wrong)
    assert response.status_code == 200
    assert 'class="errors"' in response.content.decode()
    assert not Learner.objects.exists()


def test_signing_in_makes_a_new_session_and_signing_out_ends_it(sam: Learner) -> None:
    client = Client()
    client.get("/account/login/")
    client.post("/account/login/", {"login": sam.email, "password": PASSWORD})
    assert client.get("/progress/").status_code == 200
    cookie = client.cookies["session"].value
    client.post("/account/logout/")
    thief = Client()
    thief.cookies["session"] = cookie
    assert thief.get("/progress/").status_code == 302


def test_guessing_is_slowed_down_with_429(sam: Learner) -> None:
    client = Client()
    wrong = {"login": sam.email, "password": "wrong"}
    statuses = [client.post("/account/login/", wrong).status_code for _ in range(7)]
    assert statuses[-1] == 429
    last = client.post("/account/login/", wrong)
    assert last["Retry-After"] == "300"
    assert "nobody is locked out" in last.content.decode()


def test_a_forged_forwarded_address_does_not_escape_the_limit(sam: Learner) -> None:
    statuses = [
        Client().post(
            "/account/login/",
            {"login": f"x{number}@example.org", "password": "wrong"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        ).status_code
        for number in range(12)
    ]  # fmt: skip
    assert statuses[-1] == 429


def test_a_password_can_be_reset_by_mail(sam: Learner) -> None:
    client = Client()
    client.post("/account/password/reset/", {"email": sam.email})
    body = str(mail.outbox[0].body)
    found = re.search(r"https?://\S+", body)
    assert found
    address = found[0].split("testserver")[1]
    form = client.get(address, follow=True)
    new = {"password1": "brand new quiet words", "password2": "brand new quiet words"}
    client.post(form.redirect_chain[-1][0], new)
    assert Client().login(email=sam.email, password="brand new quiet words")


def test_settings_are_stored_and_bad_ones_refused(as_sam: Client, sam: Learner) -> None:
    good = {
        "name": "Samuel", "time_zone": "Asia/Tokyo", "day_start": "05:30", "new_per_day": "7",
        "reviews_per_day": "80",
    }  # fmt: skip
    assert as_sam.post("/settings/", good).status_code == 302
    sam = Learner.objects.get()
    assert (sam.name, sam.settings.time_zone, sam.settings.new_per_day) == (
        "Samuel",
        "Asia/Tokyo",
        7,
    )
    for wrong in (
        {"time_zone": "Nowhere"},
        {"new_per_day": "-1"},
        {"day_start": "25:00"},
        {"new_per_day": "1e9"},
    ):
        assert as_sam.post("/settings/", good | wrong).status_code == 400
    assert Learner.objects.get().settings.new_per_day == 7


PLANNING = {"scheduler": "fsrs", "desired_retention": "85", "spreads_intervals": "on"}


def test_another_way_of_planning_is_stored_and_says_what_it_did(
    as_sam: Client, sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    answer(sam, 5, at=MORNING)
    page = as_sam.post("/settings/planning/", PLANNING, follow=True).content.decode()
    assert "FSRS has planned your 1 card anew; 1 changed." in page
    assert '<option value="fsrs" selected>' in page
    settings = Learner.objects.get(pk=sam.pk).settings
    assert (settings.scheduler, settings.desired_retention) == ("fsrs", 85)
    assert settings.spreads_intervals
    page = as_sam.post("/settings/planning/", PLANNING, follow=True).content.decode()
    assert "planned that way already" in page
    assert Learner.objects.get(pk=kim.pk).settings.scheduler == "sm2"


@pytest.mark.parametrize(
    "wrong",
    [{"scheduler": "supermemo"}, {"desired_retention": "69"}, {"desired_retention": "98"},
     {"desired_retention": ""}],
)  # fmt: skip
def test_a_way_of_planning_that_makes_no_sense_is_refused(
    as_sam: Client, sam: Learner, wrong: dict[str, str]
) -> None:
    response = as_sam.post("/settings/planning/", PLANNING | wrong)
    assert response.status_code == 400
    assert 'class="errors"' in response.content.decode()
    assert Learner.objects.get().settings.scheduler == "sm2"


def test_settings_say_what_each_scheduler_is_and_what_all_starts_as(as_sam: Client) -> None:
    page = as_sam.get("/settings/").content.decode()
    for words in ("Starts as SM-2.", "Starts as 90.", "Starts as off.", "Anki’s variant"):
        assert words in page


def test_every_account_page_renders(as_sam: Client) -> None:
    for address in ("password/change/", "email/", "logout/"):
        assert as_sam.get(f"/account/{address}").status_code == 200
    for address in ("login/", "signup/", "password/reset/", "password/reset/done/", "inactive/"):
        assert Client().get(f"/account/{address}").status_code == 200
