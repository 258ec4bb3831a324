"""What a session costs, whatever the size of its queue and of the history."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cards.models import Card, Learner, Question, ReviewLog
from cards.services.review import Way, bury_card, next_turn
from tests.answers import answer, form_of
from tests.conftest import MORNING
from tests.studying import fresh, judged, start
from tests.views.test_queries import SIZES, _grow

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(params=SIZES)
def history(request: pytest.FixtureRequest, sam: Learner, bank: list[Question]) -> Learner:
    _grow(sam, bank, request.param)
    return sam


def _many(learner: Learner) -> tuple[str, ...]:
    met = list(Card.objects.filter(learner=learner).values_list("question__slug", flat=True)[:150])
    new = Question.objects.exclude(slug__in=met).order_by("id").values_list("slug", flat=True)
    return (*met, *new[: 200 - len(met)])


def _cost(queries: CaptureQueriesContext, most: int) -> None:
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= most, "\n".join(asked)


def test_a_page_within_a_session_costs_at_most_9(as_sam: Client, history: Learner) -> None:
    answer(history, 4, at=MORNING)
    start(history, Way.SELECTED, at=MORNING, slugs=_many(history))
    with time_machine.travel(MORNING, tick=False), CaptureQueriesContext(connection) as queries:
        assert "chosen questions" in as_sam.get("/review/").content.decode()
    _cost(queries, 9)


def test_however_many_were_put_aside_meanwhile(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    start(sam, Way.SELECTED, at=MORNING, slugs=tuple(question.slug for question in bank))
    for question in bank[:30]:
        bury_card(fresh(sam), question.slug, 0, at=MORNING)
    with time_machine.travel(MORNING, tick=False), CaptureQueriesContext(connection) as queries:
        assert "6 of 36 left" in as_sam.get("/review/").content.decode()
    _cost(queries, 9)


@pytest.mark.parametrize("quality", [1, 4])
def test_a_grade_within_a_session_costs_at_most_14(
    as_sam: Client, history: Learner, quality: int
) -> None:
    start(history, Way.SELECTED, at=MORNING, slugs=_many(history))
    turn = next_turn(fresh(history), at=MORNING)
    assert turn.question
    points = {f"point-{point['id']}": "2" for point in turn.question.points}
    data = form_of(turn, quality, mode=turn.mode, attempt="So.", **points)
    address = reverse("review_grade", args=[turn.question.slug])
    with time_machine.travel(MORNING, tick=False), CaptureQueriesContext(connection) as queries:
        assert as_sam.post(address, data, headers=HTMX).status_code == 200
    assert ReviewLog.objects.filter(quality__isnull=False, study_date=MORNING.date()).exists()
    _cost(queries, 14)


def test_a_drill_session_costs_at_most_9(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    for question in bank[:8]:
        answer(sam, 4, at=MORNING, judged=judged(question, 0, 0))
    start(sam, Way.MISSED, at=MORNING)
    with time_machine.travel(MORNING, tick=False), CaptureQueriesContext(connection) as queries:
        assert "review-drill" in as_sam.get("/review/").content.decode()
    _cost(queries, 9)


def test_the_end_of_a_session_costs_at_most_18(as_sam: Client, history: Learner) -> None:
    answer(history, 4, at=MORNING)
    start(history, Way.SELECTED, at=MORNING, slugs=_many(history)[:1])
    Question.objects.update(archived_at=MORNING)
    with time_machine.travel(MORNING, tick=False), CaptureQueriesContext(connection) as queries:
        assert "Stop here" in as_sam.get("/review/").content.decode()
    _cost(queries, 18)


@pytest.mark.parametrize(
    "data",
    [{"kind": "time", "minutes": "30"}, {"kind": "backlog", "count": "20"}, {"kind": "drill"},
     {"kind": "ahead", "days": "7"}, {"kind": "category", "category": "fundamentals"}],
    ids=lambda data: data["kind"],
)  # fmt: skip
def test_starting_a_session_costs_at_most_12(
    as_sam: Client, history: Learner, data: dict[str, str]
) -> None:
    with time_machine.travel(MORNING, tick=False), CaptureQueriesContext(connection) as queries:
        assert as_sam.post("/review/start/", data).status_code == 303
    _cost(queries, 12)


def test_today_with_nothing_due_costs_at_most_16(as_sam: Client, history: Learner) -> None:
    answer(history, 4, at=MORNING)
    Card.objects.update(due_on="2026-05-01")
    history.settings.new_per_day = 0
    history.settings.save()
    with time_machine.travel(MORNING, tick=False), CaptureQueriesContext(connection) as queries:
        assert "If you want more" in as_sam.get("/").content.decode()
    _cost(queries, 16)


def test_an_ordinary_review_asks_nothing_of_sessions(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    turn = next_turn(fresh(sam), at=MORNING)
    address = reverse("review_grade", args=[bank[0].slug])
    with time_machine.travel(MORNING, tick=False), CaptureQueriesContext(connection) as queries:
        as_sam.get("/review/")
        as_sam.post(address, form_of(turn), headers=HTMX)
    asked = [q["sql"] for q in queries if 'FROM "cards_studysession"' in q["sql"]]
    assert asked == []
