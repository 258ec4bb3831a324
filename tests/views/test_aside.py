"""Burying and suspending over HTTP, with script and without."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cards.models import Card, Learner, Question, ReviewLog
from tests.answers import answer
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
WORDS = {"bury": "Buried", "suspend": "Suspended"}


BURIED = ">buried</span>"


def _address(action: str, question: Question) -> str:
    return reverse(f"review_{action}", args=[question.slug])


def _undo() -> dict[str, int]:
    return {"review_id": ReviewLog.objects.standing().latest("id").pk}


@pytest.mark.parametrize("action", WORDS)
def test_the_next_card_comes_with_a_way_back(
    as_sam: Client, bank: list[Question], action: str
) -> None:
    response = as_sam.post(_address(action, bank[0]), {"version": 0}, headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 200
    assert bank[1].prompt in page
    assert f"Undo: {WORDS[action]}" in page
    back = as_sam.post(reverse("review_undo"), _undo(), headers=HTMX).content.decode()
    assert bank[0].prompt in back
    assert f"Undone: {WORDS[action]}" in back


@pytest.mark.parametrize("action", WORDS)
def test_without_script_it_goes_on_by_redirect_with_a_way_back(
    as_sam: Client, bank: list[Question], action: str
) -> None:
    response = as_sam.post(_address(action, bank[0]), {"version": 0})
    assert response.status_code == 303
    page = as_sam.get(response["Location"]).content.decode()
    assert bank[1].prompt in page
    assert f"Undo: {WORDS[action]}" in page
    back = as_sam.post(reverse("review_undo"), _undo())
    assert bank[0].prompt in as_sam.get(back["Location"]).content.decode()


@pytest.mark.parametrize("action", WORDS)
def test_a_card_that_changed_elsewhere_is_409_and_left_as_it_is(
    as_sam: Client, sam: Learner, bank: list[Question], action: str
) -> None:
    with time_machine.travel(MORNING, tick=False):
        answer(sam, 4, at=MORNING)
        response = as_sam.post(_address(action, bank[0]), {"version": 0}, headers=HTMX)
    assert response.status_code == 409
    assert "changed elsewhere" in response.content.decode()
    card = Card.objects.get()
    assert (card.suspended_at, card.buried_until) == (None, None)


@pytest.mark.parametrize("version", ["", "x", "-1", str(2**40), "\x00"])
@pytest.mark.parametrize("action", WORDS)
def test_what_cannot_be_read_is_400(
    as_sam: Client, bank: list[Question], action: str, version: str
) -> None:
    response = as_sam.post(_address(action, bank[0]), {"version": version})
    assert response.status_code == 400
    assert not Card.objects.exists()


def test_the_library_suspends_and_brings_back(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    address = reverse("library_question", args=[bank[0].slug])
    page = as_sam.post(
        reverse("library_suspend", args=[bank[0].slug]), {"version": 1}, follow=True
    ).content.decode()
    assert "Suspended. It is not asked" in page
    assert "Bring back into study" in page
    assert ">suspended</span>" in as_sam.get("/library/").content.decode()
    as_sam.post(reverse("library_bring_back", args=[bank[0].slug]))
    assert "Bring back into study" not in as_sam.get(address).content.decode()
    stale = {"version": 1}
    page = as_sam.post(
        reverse("library_suspend", args=[bank[0].slug]), stale, follow=True
    ).content.decode()
    assert "changed elsewhere" in page
    assert Card.objects.get().suspended_at is None


def test_a_buried_question_says_so_in_the_library(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    with time_machine.travel(MORNING, tick=False):
        as_sam.post(_address("bury", bank[0]), {"version": 0})
        assert BURIED in as_sam.get("/library/").content.decode()
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        assert BURIED not in as_sam.get("/library/").content.decode()


def test_keys_and_dates_can_be_switched_off(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    page = as_sam.get("/review/").content.decode()
    assert "<kbd>" in page
    assert "6 days" not in page
    assert "1 day<" in page
    sam.settings.uses_keys = sam.settings.shows_labels = False
    sam.settings.save()
    page = as_sam.get("/review/").content.decode()
    assert 'data-keys="off"' in page
    assert "<kbd>" not in page
    assert "1 day<" not in page


def test_an_own_question_is_edited_from_the_review_and_comes_back_to_it(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    own = bank[0]
    Question.objects.filter(pk=own.pk).update(owner=sam)
    address = reverse("library_edit", args=[own.slug]) + "?from=review"
    assert address in as_sam.get("/review/").content.decode()
    fields = {
        "category": own.category.slug, "prompt": "Mine now?", "answer": "Yes.", "level": 1,
        "minutes": 1, "points-TOTAL_FORMS": 0, "points-INITIAL_FORMS": 0, "version": 1,
    }  # fmt: skip
    page = as_sam.post(address, fields, follow=True)
    assert page.redirect_chain[-1][0] == f"/review/?question={own.slug}"
    assert "Mine now?" in page.content.decode()
    assert "Saved." in page.content.decode()
