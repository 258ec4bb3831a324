"""How many queries a page costs, whatever the size of bank and history."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cards.models import Card, DayOff, Learner, Question, StudySettings
from cards.services.notes import save_note
from cards.services.review import next_turn
from cards.services.review.turn import last_attempt
from tests.answers import answer, form_of
from tests.conftest import MORNING
from tests.history import add_history
from tests.studying import meet

pytestmark = pytest.mark.django_db
SIZES = [0, 1500]


def _grow(learner: Learner, bank: list[Question], size: int) -> None:
    """Add `size` questions, half of them met, with four reviews each."""
    extra = Question.objects.bulk_create(
        Question(
            slug=f"extra-{n}",
            category=bank[n % 36].category,
            prompt=f"Extra {n}?",
            position=100 + n,
            introduction_rank=(100 + n) * 1000,
        )
        for n in range(size)
    )
    add_history(learner, extra[: size // 2], MORNING, (10, 20, 40, 80))


@pytest.fixture(params=SIZES)
def history(request: pytest.FixtureRequest, sam: Learner, bank: list[Question]) -> Learner:
    _grow(sam, bank, request.param)
    return sam


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/review/", 8),
        ("/", 12),
        ("/progress/", 14),
        ("/readiness/", 11),
        ("/library/", 8),
        ("/library/categories/", 5),
        ("/library/new/", 4),
        ("/library/q/what-is-an-llm/", 10),
        ("/library/q/what-is-an-llm/versions/", 7),
        ("/library/?page=20&sort=due", 8),
        ("/library/?q=attention", 8),
        ("/library/?q=extra&sort=weakest&state=young", 8),
        ("/help/", 3),
        ("/export/cram/", 6),
    ],
)
def test_reading_a_page(as_sam: Client, history: Learner, address: str, most: int) -> None:
    with time_machine.travel(MORNING, tick=False):
        answer(history, 4, at=MORNING)
        with CaptureQueriesContext(connection) as queries:
            assert as_sam.get(address).status_code == 200
    assert len(queries) <= most, "\n".join(query["sql"] for query in queries)


@pytest.mark.parametrize(("address", "most"), [("/", 18), ("/readiness/", 12)])
def test_a_page_with_a_plan(as_sam: Client, history: Learner, address: str, most: int) -> None:
    StudySettings.objects.update(interview_on=MORNING.date() + timedelta(days=14))
    with time_machine.travel(MORNING, tick=False), CaptureQueriesContext(connection) as queries:
        assert as_sam.get(address).status_code == 200
    assert len(queries) <= most, "\n".join(query["sql"] for query in queries)


@pytest.mark.parametrize("quality", [1, 4])
@pytest.mark.parametrize("seen_before", [False, True])
def test_a_grade_with_its_marks_and_the_next_card_costs_at_most_11(
    as_sam: Client, history: Learner, quality: int, *, seen_before: bool
) -> None:
    at = MORNING
    if seen_before:
        answer(history, 4, at=MORNING)
        at += timedelta(days=1)
    turn = next_turn(history, at=at)
    assert turn.question
    if seen_before and not turn.counts.due:
        pytest.fail("the card of yesterday should be due")
    points = {f"point-{point['id']}": "2" for point in turn.question.points}
    address = reverse("review_grade", args=[turn.question.slug])
    data = form_of(turn, quality, attempt="So.", confidence="2", **points)
    with time_machine.travel(at, tick=False), CaptureQueriesContext(connection) as queries:
        response = as_sam.post(address, data, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert len(queries) <= 11, "\n".join(query["sql"] for query in queries)


def _spread(learner: Learner, bank: list[Question]) -> None:
    """Let two cards come back tomorrow whose days are then chosen by load, around a day off."""
    meet(learner, bank[:2], MORNING.date(), due_in=1)
    days_off = MORNING.date() + timedelta(days=5)
    DayOff.objects.create(learner=learner, starts_on=days_off, ends_on=days_off)
    StudySettings.objects.update(spreads_intervals=True)
    learner.settings.refresh_from_db()
    next_turn(learner, at=MORNING)  # the first JSON of a process asks SQLite what it can do


def _loads(queries: CaptureQueriesContext) -> int:
    return sum("cards_dayoff" in query["sql"] for query in queries)


@pytest.mark.parametrize(("page", "most"), [("/review/?question=*", 9), ("/library/q/*/", 11)])
def test_days_chosen_by_load_cost_a_page_one_query_more(
    as_sam: Client, history: Learner, bank: list[Question], page: str, most: int
) -> None:
    _spread(history, bank)
    at, address = MORNING + timedelta(days=1), page.replace("*", bank[0].slug)
    with time_machine.travel(at, tick=False), CaptureQueriesContext(connection) as queries:
        text = as_sam.get(address).content.decode()
    assert text.count('name="told"') == (4 if "review" in page else 0)
    assert _loads(queries) == 1
    assert len(queries) <= most, "\n".join(query["sql"] for query in queries)


def test_days_chosen_by_load_cost_a_grade_one_query_more(
    as_sam: Client, history: Learner, bank: list[Question]
) -> None:
    _spread(history, bank)
    at = MORNING + timedelta(days=1)
    turn = next_turn(history, at=at, wanted=bank[0].slug)
    points = {f"point-{point['id']}": "2" for point in bank[0].points}
    data = form_of(turn, 4, attempt="So.", **points)
    assert len(data["told"]) == 4
    address = reverse("review_grade", args=[bank[0].slug])
    with time_machine.travel(at, tick=False), CaptureQueriesContext(connection) as queries:
        response = as_sam.post(address, data, headers={"HX-Request": "true"})
    assert response.content.decode().count('name="told"') == 4
    assert _loads(queries) == 1
    assert len(queries) <= 12, "\n".join(query["sql"] for query in queries)


def test_where_no_day_can_be_chosen_spreading_costs_nothing(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    StudySettings.objects.update(spreads_intervals=True)
    with time_machine.travel(MORNING, tick=False), CaptureQueriesContext(connection) as queries:
        text = as_sam.get("/review/").content.decode()
    assert 'name="told"' not in text
    assert _loads(queries) == 0
    assert len(queries) <= 8, "\n".join(query["sql"] for query in queries)


def test_a_drill_costs_at_most_one_query_more(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    Question.objects.exclude(pk=bank[0].pk).update(archived_at=MORNING)
    with time_machine.travel(MORNING, tick=False):
        answer(sam, 1, at=MORNING, judged={bank[0].points[0]["id"]: 0})
        with CaptureQueriesContext(connection) as queries:
            assert "review-drill" in as_sam.get("/review/").content.decode()
        assert len(queries) <= 9, "\n".join(query["sql"] for query in queries)
        turn = next_turn(sam, at=MORNING)
        drill = {"drill": [point.id for point in turn.drill]}
        marks = {f"point-{point.id}": "0" for point in turn.drill}
        address = reverse("review_grade", args=[bank[0].slug])
        with CaptureQueriesContext(connection) as queries:
            response = as_sam.post(
                address, form_of(turn, 1, **drill, **marks), headers={"HX-Request": "true"}
            )
    assert "review-drill" in response.content.decode()
    assert len(queries) <= 12, "\n".join(query["sql"] for query in queries)


def test_the_last_attempt_is_found_by_the_card_however_long_the_history(
    sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    with CaptureQueriesContext(connection) as queries:
        assert last_attempt(Card.objects.get().pk) == ""
    if connection.vendor == "postgresql":  # plans a table this small by reading all of it
        return
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + queries[-1]["sql"])
        plan = str(cursor.fetchall())
    assert "review_log_by_card" in plan


def test_what_is_kept_beside_a_card_costs_a_review_no_query(
    as_sam: Client, history: Learner, bank: list[Question]
) -> None:
    counts = set()
    with time_machine.travel(MORNING, tick=False):
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                page = as_sam.get("/review/").content.decode()
            counts.add(len(queries))
            turn = next_turn(history, at=MORNING)
            assert turn.question
            save_note(history, turn.question.slug, "a note", at=MORNING)
    assert "a note" in page
    assert len(counts) == 1


@pytest.mark.parametrize(
    ("what", "data", "most"),
    [("note", {"text": "a"}, 13), ("flag", {"flag": "1"}, 9), ("mark", {"marked": "0"}, 10),
     ("tags", {"add": "a"}, 15)],
)  # fmt: skip
def test_keeping_something_beside_a_card(
    as_sam: Client, history: Learner, bank: list[Question], what: str, data: dict[str, str],
    most: int,
) -> None:  # fmt: skip
    save_note(history, bank[0].slug, "before", at=MORNING)
    address = reverse(f"notes_{what}", args=[bank[0].slug])
    with CaptureQueriesContext(connection) as queries:
        assert as_sam.post(address, data, headers={"HX-Request": "true"}).status_code == 200
    assert len(queries) <= most, "\n".join(query["sql"] for query in queries)
