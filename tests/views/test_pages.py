"""Today, Progress, Library, Export: what they say."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from cards.models import Card, Learner, PointMark, Question, ReviewLog
from tests.answers import answer
from tests.conftest import MORNING
from tests.views.test_safety import own_question

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
POINTS = {
    "points-TOTAL_FORMS": "8", "points-INITIAL_FORMS": "0",
    "points-0-text": "First point.", "points-0-essential": "on", "points-1-text": "Second point.",
}  # fmt: skip
NEW = {
    "category": "research",
    "prompt": "What is *new*?",
    "answer": "<script>x</script> **Yes**.",
    "level": "2",
    "minutes": "3",
}


@pytest.fixture
def three_days(sam: Learner, bank: list[Question]) -> Learner:
    for day in range(3):
        for quality in (4, 1, 4, 5, 3, 4):
            answer(sam, quality, at=MORNING + day * DAY)
    return sam


def _text(client: Client, address: str, after: timedelta = 2 * DAY) -> str:
    with time_machine.travel(MORNING + after, tick=False):
        return " ".join(client.get(address).content.decode().split())


def test_today_teaches_on_the_first_visit(as_sam: Client, bank: list[Question]) -> None:
    text = _text(as_sam, "/")
    assert "10 to review" in text
    assert "Answer each question aloud" in text
    assert "Good morning, Sam" in text


def test_today_shows_streak_counts_and_recent_answers(as_sam: Client, three_days: Learner) -> None:
    text = _text(as_sam, "/")
    assert "3-day streak" in text
    assert "Recent answers" in text
    assert "True retention" in text


def test_the_streak_survives_until_a_whole_day_was_missed(
    as_sam: Client, three_days: Learner
) -> None:
    assert "3-day streak" in _text(as_sam, "/", 3 * DAY)
    assert "-day streak" not in _text(as_sam, "/", 4 * DAY)


def test_nothing_due_says_when_the_next_comes(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    sam.settings.new_per_day = 1
    sam.settings.save()
    answer(sam, 4, at=MORNING)
    assert "The next card comes on Tuesday 3 March" in _text(as_sam, "/", timedelta(0))


def test_progress_is_empty_kindly_and_then_full(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    assert "Start your first review" in _text(as_sam, "/progress/")
    answer(sam, 4, at=MORNING)
    text = _text(as_sam, "/progress/?category=fundamentals")
    assert "Answers a day" in text
    assert "Streak" in text


def test_true_retention_counts_the_first_answer_of_a_day_only(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    sam.settings.new_per_day = 2
    sam.settings.save()
    for quality in (4, 4):
        answer(sam, quality, at=MORNING)
    sam.settings.new_per_day = 0
    sam.settings.save()
    for quality in (1, 4, 4):  # one forgotten, one recalled, then the repeat
        answer(sam, quality, at=MORNING + DAY)
    assert "50 %" in _text(as_sam, "/progress/", DAY)


def test_the_library_lists_by_category_and_pages(as_sam: Client, bank: list[Question]) -> None:
    text = _text(as_sam, "/library/")
    assert all(question.prompt[:60].replace("'", "&#x27;") in text for question in bank[:6])
    assert "No question of your own is here" in _text(as_sam, "/library/?mine=on")


def test_a_question_page_shows_its_history_and_next_date(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    text = _text(as_sam, f"/library/q/{bank[0].slug}/", timedelta(hours=1))
    assert "next on Tue 3 Mar 2026" in text
    assert "learn" in text


def test_writing_editing_archiving_and_restoring_an_own_question(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    response = as_sam.post("/library/new/", NEW | POINTS, follow=True)
    page = response.content.decode()
    assert "<strong>Yes</strong>" in page
    assert "<script>x" not in page
    mine = Question.objects.get(owner=sam)
    keys = [point["key"] for point in mine.points]
    assert [point["essential"] for point in mine.points] == [True, False]
    edited = NEW | POINTS | {
        "prompt": "What changed?", "version": "1",
        "points-INITIAL_FORMS": "2",
        "points-0-key": keys[1], "points-0-text": "Second, reworded.",
        "points-1-key": keys[0], "points-1-text": "",
    }  # fmt: skip
    as_sam.post(f"/library/q/{mine.slug}/edit/", edited)
    mine.refresh_from_db()
    assert mine.prompt == "What changed?"
    assert [(p["key"], p["text"]) for p in mine.points] == [(keys[1], "Second, reworded.")]
    as_sam.post(f"/library/q/{mine.slug}/archive/")
    mine.refresh_from_db()
    assert mine.archived_at
    as_sam.post(f"/library/q/{mine.slug}/restore/")
    mine.refresh_from_db()
    assert mine.archived_at is None


def test_an_edit_touches_nobodys_history(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    mine = own_question(sam)
    page = as_sam.get(f"/review/?question={mine.slug}")
    turn = page.context["turn"]
    data = {
        "submission_id": turn.submission_id,
        "version": 0,
        "quality": 4,
        f"point-{mine.points[0]['id']}": "2",
    }
    as_sam.post(f"/review/{mine.slug}/grade/", data)
    card = Card.objects.get()
    empty = {"points-TOTAL_FORMS": "8", "points-INITIAL_FORMS": "0"}
    as_sam.post(f"/library/q/{mine.slug}/edit/", NEW | empty | {"version": "1"})
    assert Card.objects.get().state == card.state
    assert PointMark.objects.get().key_point.retired_at


@pytest.mark.parametrize(
    "wrong",
    [
        {"prompt": ""},
        {"prompt": "a\x00"},
        {"category": "none"},
        {"level": "9"},
        {"minutes": "0"},
        {"answer": "x" * 20_001},
        {"points-TOTAL_FORMS": "x"},
        {"points-0-text": "x" * 401},
    ],
)
def test_a_question_that_cannot_be_stored_keeps_what_was_typed(
    as_sam: Client, bank: list[Question], wrong: dict[str, str]
) -> None:
    response = as_sam.post("/library/new/", NEW | POINTS | {"hint": "my own hint"} | wrong)
    assert response.status_code == 400
    assert "my own hint" in response.content.decode()
    assert not Question.objects.exclude(owner=None).exists()


def test_the_export_holds_everything_and_only_ones_own(
    as_sam: Client, as_kim: Client, three_days: Learner, kim: Learner
) -> None:
    mine = own_question(three_days)
    data = json.loads(as_sam.get("/export/json/").content)
    assert len(data["reviews"]) == ReviewLog.objects.count()
    assert len(data["cards"]) == Card.objects.count()
    assert [question["slug"] for question in data["questions"]] == [mine.slug]
    first = data["reviews"][0]
    assert {"submission_id", "question", "quality", "reviewed_at", "study_date", "kind",
            "state_after", "undone_at"} <= set(first)  # fmt: skip
    assert first["state_after"]["ease_factor"] == 2.5
    theirs = json.loads(as_kim.get("/export/json/").content)
    assert theirs["reviews"] == theirs["cards"] == theirs["questions"] == []


def test_the_welcome_shows_six_categories_with_their_numbers(bank: list[Question]) -> None:
    page = Client().get("/").content.decode()
    assert page.count("6 questions") == 6
