"""What was written: compared with last time, given back by undo, collected on the cram sheet."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cards.models import Learner, Question, ReviewLog
from cards.rubric import Recall
from tests.answers import answer
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NEXT_DAY = MORNING + timedelta(days=1)


def _compare(client: Client, question: Question, attempt: str) -> str:
    address = reverse("review_compare", args=[question.slug])
    return client.post(address, {"attempt": attempt}).content.decode()


def test_the_last_attempt_is_shown_and_compared_word_by_word(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING, attempt="A model of language")
    with time_machine.travel(NEXT_DAY, tick=False):
        page = as_sam.get("/review/").content.decode()
    assert "What you wrote last time" in page
    assert "A model of language" in page
    compared = _compare(as_sam, bank[0], "A large model of <b>text</b>")
    assert "new: </span>large</ins>" in compared
    assert "gone: </span>language</del>" in compared
    assert "&lt;b&gt;text" in compared


def test_without_a_last_attempt_nothing_is_offered(as_sam: Client, bank: list[Question]) -> None:
    assert "What you wrote last time" not in as_sam.get("/review/").content.decode()
    assert "Nothing was written either time" in _compare(as_sam, bank[0], "")


def test_an_undone_attempt_is_not_the_last_one_but_is_given_back(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    with time_machine.travel(MORNING, tick=False):
        review = answer(sam, 4, at=MORNING, attempt="\n<Kept> as it was").review_id
        page = as_sam.post("/review/undo/", {"review_id": review}, headers=HTMX).content.decode()
    assert "\n\n&lt;Kept&gt; as it was</textarea>" in page
    assert "What you wrote last time" not in page


def test_without_script_undo_gives_the_attempt_back_too_and_only_to_its_learner(
    as_sam: Client, as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    with time_machine.travel(MORNING, tick=False):
        review = answer(sam, 4, at=MORNING, attempt="Kept").review_id
        to = as_sam.post("/review/undo/", {"review_id": review})["Location"]
        page = as_sam.get(to).content.decode()
        theirs = as_kim.get(to).content.decode()
    assert "Kept</textarea>" in page
    assert "Undone: Good" in page
    assert "Kept" not in theirs


@pytest.mark.parametrize("undone", ["0", "x", "-1", "9" * 40, "\x00"])
def test_a_forged_undo_breaks_nothing(as_sam: Client, bank: list[Question], undone: str) -> None:
    address = "/review/?undone=" + ("1%00" if undone == "\x00" else undone)
    assert as_sam.get(address).status_code in {200, 400}


def test_somebody_elses_attempt_is_never_compared(
    as_kim: Client, sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING, attempt="secret")
    assert "secret" not in _compare(as_kim, bank[0], "open")


@pytest.mark.parametrize("attempt", ["a\x00b", "x" * 20_001])
def test_what_cannot_be_read_is_400(as_sam: Client, bank: list[Question], attempt: str) -> None:
    for name in ("review_compare", "review_suggest"):
        address = reverse(name, args=[bank[0].slug])
        assert as_sam.post(address, {"attempt": attempt}).status_code == 400


def test_a_suggestion_comes_as_a_fragment(as_sam: Client, bank: list[Question]) -> None:
    address = reverse("review_suggest", args=[bank[0].slug])
    points = {f"point-{point['id']}": "2" for point in bank[0].points}
    text = as_sam.post(address, points | {"confidence": "3"}).content.decode()
    assert 'data-word="easy"' in text
    assert "100 % covered" in text
    assert "Judge the points" in as_sam.post(address, {}).content.decode()


def test_the_cram_sheet_holds_the_best_answer_to_each_question(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    said = {point["id"]: Recall.YES for point in bank[0].points}
    some = dict.fromkeys(list(said)[1:], Recall.YES)
    answer(sam, 1, at=MORNING, attempt="poor", judged=dict.fromkeys(said, Recall.NO))
    answer(sam, 4, at=NEXT_DAY, attempt="<best> one", judged=some)
    answer(sam, 4, at=NEXT_DAY)
    page = as_sam.get("/export/cram/").content.decode()
    assert "&lt;best&gt; one" in page
    assert "poor" not in page
    assert bank[0].points[0]["text"].replace("'", "&#x27;") in page
    assert ReviewLog.objects.count() == 3
    sheet = as_sam.get("/export/cram.md")
    assert sheet["Content-Type"].startswith("text/markdown")
    assert f"### {bank[0].prompt}\n\n<best> one\n" in sheet.content.decode()
    assert "attachment" in sheet["Content-Disposition"]


def test_an_empty_cram_sheet_says_what_will_be_there(
    as_sam: Client, as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING, attempt="mine")
    page = as_kim.get("/export/cram/").content.decode()
    assert "Nothing here yet" in page
    assert "mine" not in page
