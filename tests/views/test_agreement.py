"""How often a learner and the second opinion agree: on Progress, and taken along."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cards.models import Learner, Question, SecondOpinion
from tests.answers import answer
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db


def _opinion(learner: Learner, question: Question, ago: int, words: list[str], *own: int) -> None:
    ids = [str(point["id"]) for point in question.points]
    SecondOpinion.objects.create(
        learner=learner, question=question, submission_id=uuid4(), asked_at=MORNING,
        study_date=MORNING.date() - timedelta(days=ago),
        words=dict(zip(ids, words, strict=False)), ticks=dict(zip(ids, own, strict=False)),
    )  # fmt: skip


def test_progress_reports_the_agreement_once_there_is_any(
    as_sam: Client, sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    with time_machine.travel(MORNING, tick=False):
        answer(sam, 4, at=MORNING)
        _opinion(sam, bank[0], 0, ["said", "said"])
        _opinion(sam, bank[0], 0, ["unsure"], 2)
        _opinion(kim, bank[0], 0, ["said"], 0)
        assert "You and the second opinion" not in as_sam.get("/progress/").content.decode()
        _opinion(sam, bank[0], 29, ["said", "not said", "said"], 2, 0, 1)
        _opinion(sam, bank[0], 30, ["said", "not said"], 2, 2)
        page = as_sam.get("/progress/").content.decode()
        other = next(one for one in bank if one.category_id != bank[0].category_id)
        address = f"/progress/?category={other.category.slug}"
        assert "You and the second opinion" not in as_sam.get(address).content.decode()
    section = page[page.index('id="progress-opinions"') :]
    assert "<strong>3</strong> of 5 points; of 1 you said more was there, of 1 less" in section
    cells = "".join(section.split("<tbody>")[1].split("</tbody>")[0].split())
    assert 'Last30days</th><tdclass="number">3</td><tdclass="number">67%</td>' in cells
    assert '<tdclass="number">0.50</td>' in cells
    assert 'Before</th><tdclass="number">2</td><tdclass="number">50%</td>' in cells


def test_the_agreement_costs_progress_one_query(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    with time_machine.travel(MORNING, tick=False):
        answer(sam, 4, at=MORNING)
        for ago in range(40):
            _opinion(sam, bank[0], ago, ["said", "partly"], 2, 1)
        with CaptureQueriesContext(connection) as queries:
            assert "80 points" in as_sam.get("/progress/").content.decode()
    assert sum("cards_secondopinion" in query["sql"] for query in queries) == 1
    assert len(queries) <= 14, "\n".join(query["sql"] for query in queries)


def test_opinions_are_taken_along_by_the_points_keys_and_go_with_the_account(
    as_sam: Client, as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    _opinion(sam, bank[0], 0, ["said", "not said"], 1)
    key = bank[0].points[0]["key"]
    (one,) = json.loads(as_sam.get(reverse("export_json")).content)["second_opinions"]
    assert (one["question"], one["study_date"]) == (bank[0].slug, MORNING.date().isoformat())
    assert one["words"][key] == "said"
    assert one["ticks"] == {key: 1}
    assert json.loads(as_kim.get(reverse("export_json")).content)["second_opinions"] == []
    sam.delete()
    assert not SecondOpinion.objects.exists()
