"""Most missed by all: shares of many, and nobody who could be recognised."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cards.models import Learner, PointMark, Question, ReviewLog
from cards.services.bank import most_missed
from cards.services.review import next_turn
from tests.admin.test_staff import MISSED
from tests.answers import answer
from tests.conftest import MORNING
from tests.views.test_safety import own_question

pytestmark = pytest.mark.django_db


def _answered_by(count: int, quality: int, recalled: int, *, at: Any = MORNING) -> list[Learner]:
    """So many learners answer the first question and judge its first point."""
    learners = []
    for _ in range(count):
        number = Learner.objects.count()
        learner = Learner.objects.create_user(f"l{number}@example.org", name=f"Name{number}")
        turn = next_turn(learner, at=at)
        assert turn.question
        answer(learner, quality, at=at, judged={turn.question.points[0]["id"]: recalled})
        learners.append(learner)
    return learners


def _rows(*, of_points: bool = True) -> list[tuple[str, int, int, float]]:
    found = most_missed("", of_points=of_points).rows
    return [(row.slug, row.answers, row.learners, row.share) for row in found]


def test_shares_are_counted_over_all_learners(bank: list[Question]) -> None:
    _answered_by(4, 4, 2)
    _answered_by(2, 1, 0)
    slug = bank[0].slug
    points = most_missed("", of_points=True).rows
    assert points[-1].text == bank[0].points[0]["text"]
    assert (points[-1].answers, points[-1].learners, points[-1].missed) == (6, 6, 2)
    assert {row.share for row in points[:-1]} == {1.0}  # not judged beside a judged one: not said
    assert _rows(of_points=False) == [(slug, 6, 6, 2 / 6)]


def test_fewer_than_five_learners_are_never_shown(bank: list[Question]) -> None:
    few = _answered_by(4, 1, 0)
    for day in (1, 2):  # however often they answer
        for learner in few:
            answer(learner, 1, at=MORNING + timedelta(days=day))
    assert _rows() == _rows(of_points=False) == []
    _answered_by(1, 1, 0)
    assert _rows()
    assert _rows(of_points=False)


def test_what_was_undone_retired_archived_or_somebodys_own_does_not_count(
    bank: list[Question],
) -> None:
    learners = _answered_by(6, 1, 0)
    own_question(learners[0])
    ReviewLog.objects.filter(learner=learners[0]).update(undone_at=MORNING)
    assert {row[1:3] for row in _rows()} == {(5, 5)}
    first = PointMark.objects.order_by("key_point__position")[0].key_point
    first.retired_at = MORNING
    first.save()
    texts = {row.text for row in most_missed("", of_points=True).rows}
    assert texts
    assert first.text not in texts
    Question.objects.filter(pk=bank[0].pk).update(owner=learners[1])
    assert _rows() == _rows(of_points=False) == []
    Question.objects.filter(pk=bank[0].pk).update(owner=None, archived_at=MORNING)
    assert _rows() == _rows(of_points=False) == []


def test_the_page_names_nobody_pages_and_costs_the_same(
    staff: Client,
    bank: list[Question],
) -> None:
    assert "Nothing yet" in staff.get(MISSED).content.decode()
    _answered_by(6, 1, 0)
    with CaptureQueriesContext(connection) as queries:
        response = staff.get(MISSED)
    text = response.content.decode()
    assert bank[0].points[0]["text"][:40] in text
    assert "100 %" in text
    assert not any(f"Name{n}" in text or f"l{n}@" in text for n in range(7))
    assert len(queries) <= 5, "\n".join(query["sql"] for query in queries)
    for address in ("?of=questions", "?page=9999", "?page=x", "?of=%00", "?of=points&page=-1"):
        assert staff.get(MISSED + address).status_code in {200, 400}
    assert "default-src 'none'" in response["Content-Security-Policy"]
