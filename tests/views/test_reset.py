"""Reset and its way back, in the library and in the review; and what is said of a leech."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cards.models import Card, Learner, Question, ReviewLog
from cards.services.review import next_turn
from tests.answers import answer, form_of
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NEXT_DAY = MORNING + timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    """It is the day after the morning; a test may shift it."""
    with time_machine.travel(NEXT_DAY, tick=False) as travel:
        yield travel


@pytest.fixture
def met(sam: Learner, bank: list[Question]) -> Question:
    """Return a question that Sam answered yesterday."""
    answer(sam, 4, at=MORNING)
    return bank[0]


def _post(client: Client, name: str, question: Question, **data: object) -> str:
    page = client.post(reverse(name, args=[question.slug]), data, follow=True)
    assert page.redirect_chain[-1] == (reverse("library_question", args=[question.slug]), 303)
    return str(page.content.decode())


def test_the_library_resets_behind_a_question_and_takes_it_back(
    as_sam: Client, met: Question
) -> None:
    before = as_sam.get(reverse("library_question", args=[met.slug])).content.decode()
    assert "The question becomes new again" in before
    assert "Undo</button>" not in before
    page = _post(as_sam, "library_reset", met, version=1)
    assert "The question is new again; its history stays." in page
    assert "Reset this question" not in page
    log = ReviewLog.objects.latest("id")
    assert f'value="{log.pk}"' in page
    assert Card.objects.get().introduced_on is None
    page = _post(as_sam, "library_undo", met, review_id=log.pk)
    assert "Undone. The card is as it was." in page
    assert "Undo</button>" not in page
    assert Card.objects.get().repetitions == 1


def test_a_suspended_card_can_be_taken_back_on_its_page_until_it_is_brought_back(
    as_sam: Client, met: Question
) -> None:
    address = reverse("library_question", args=[met.slug])
    as_sam.post(reverse("library_suspend", args=[met.slug]), {"version": 1})
    assert "Undo</button>" in as_sam.get(address).content.decode()
    as_sam.post(reverse("library_bring_back", args=[met.slug]))
    assert "Undo</button>" not in as_sam.get(address).content.decode()


def test_it_is_offered_on_its_own_study_day_only(as_sam: Client, met: Question, clock: Any) -> None:
    assert "Undo</button>" in _post(as_sam, "library_reset", met, version=1)
    clock.shift(timedelta(days=1))
    page = as_sam.get(reverse("library_question", args=[met.slug])).content.decode()
    assert "Undo</button>" not in page


@pytest.mark.parametrize("version", ["", "x", "7", "\x00", str(2**70)])
def test_a_card_that_changed_since_is_left_as_it_is(
    as_sam: Client, met: Question, version: str
) -> None:
    assert "changed elsewhere" in _post(as_sam, "library_reset", met, version=version)
    assert Card.objects.get().repetitions == 1


def test_an_undo_that_comes_too_late_says_so(as_sam: Client, sam: Learner, met: Question) -> None:
    _post(as_sam, "library_reset", met, version=1)
    log = ReviewLog.objects.latest("id")
    Question.objects.exclude(pk=met.pk).update(archived_at=MORNING)
    answer(Learner.objects.get(), 4, at=NEXT_DAY)
    assert "cannot be undone" in _post(as_sam, "library_undo", met, review_id=log.pk)


@pytest.mark.parametrize("review_id", ["", "0", "x", "\x00", str(2**70), "999"])
def test_an_undo_of_nothing_is_404(as_sam: Client, met: Question, review_id: str) -> None:
    address = reverse("library_undo", args=[met.slug])
    assert as_sam.post(address, {"review_id": review_id}).status_code == 404


def test_a_second_learner_takes_nothing_back(as_sam: Client, as_kim: Client, met: Question) -> None:
    _post(as_sam, "library_reset", met, version=1)
    log = ReviewLog.objects.latest("id")
    address = reverse("library_undo", args=[met.slug])
    assert as_kim.post(address, {"review_id": log.pk}).status_code == 404
    assert Card.objects.get().introduced_on is None
    assert "Undo</button>" not in as_kim.get(f"/library/q/{met.slug}/").content.decode()


def test_the_review_resets_too_and_undo_names_it(as_sam: Client, met: Question) -> None:
    page = as_sam.get("/review/").content.decode()
    assert "Reset this card" in page
    address = reverse("review_reset", args=[met.slug])
    page = as_sam.post(address, {"version": 1}, headers=HTMX).content.decode()
    assert "Undo: Reset" in page
    assert "Reset this card" not in page  # nothing to reset in a new question


@pytest.mark.parametrize(
    ("lapses", "quality", "is_said"),
    [(6, 1, False), (7, 1, True), (7, 4, False), (8, 1, False), (11, 1, True), (12, 1, False)],
)
def test_the_lapse_that_makes_a_leech_is_said_at_once(
    as_sam: Client, sam: Learner, met: Question, lapses: int, quality: int, *, is_said: bool
) -> None:
    Card.objects.update(lapses=lapses)
    turn = next_turn(sam, at=NEXT_DAY)
    address = reverse("review_grade", args=[met.slug])
    graded = as_sam.post(address, form_of(turn, quality), headers=HTMX).content.decode()
    again = as_sam.get("/review/").content.decode()
    for page in (graded, again):
        assert ('id="review-leech"' in page) == is_said
        assert (f"forgotten {lapses + 1} times" in page) == is_said
    as_sam.post(reverse("review_undo"), {"review_id": ReviewLog.objects.latest("id").pk})
    assert "review-leech" not in as_sam.get("/review/").content.decode()


def test_a_leech_is_suspended_from_its_notice_and_the_notice_goes(
    as_sam: Client, sam: Learner, met: Question
) -> None:
    Card.objects.update(lapses=7)
    answer(sam, 1, at=NEXT_DAY)
    page = as_sam.get("/review/").content.decode()
    notice = page.split('id="review-leech"')[1].split("</form>")[0]
    assert 'name="version" value="2"' in notice
    address = reverse("review_suspend", args=[met.slug])
    page = as_sam.post(address, {"version": 2}, headers=HTMX).content.decode()
    assert "review-leech" not in page
    assert "Undo: Suspended" in page
    assert Card.objects.get(question=met).suspended_at


@pytest.mark.parametrize(("lapses", "is_said"), [(7, False), (8, True), (20, True)])
def test_the_page_of_a_leech_says_so(
    as_sam: Client, met: Question, lapses: int, *, is_said: bool
) -> None:
    Card.objects.update(lapses=lapses)
    page = as_sam.get(f"/library/q/{met.slug}/").content.decode()
    assert ("A leech." in page) == is_said
