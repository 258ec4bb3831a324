"""Hints help before the answer is shown, and give none of it away."""

import re

import pytest
from django.test import Client

from cards.models import Learner, Question
from cards.services.assistant import hints_of
from tests.views.test_safety import own_question

pytestmark = pytest.mark.django_db
SAYS = {"id": 1, "key": "a", "text": "Heads look at different places.", "essential": True}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_no_hint_of_the_whole_bank_says_a_point_or_a_misconception(bank: list[Question]) -> None:
    assert len(bank) >= 36
    for question in bank:
        hints = hints_of(question)
        secrets = [point["text"] for point in question.points] + question.misconceptions
        assert secrets
        for shown in (hints.hint, *hints.cues):
            for secret in secrets:
                assert _plain(secret) not in _plain(shown), question.slug
        assert (hints.hint, hints.points) == (question.hint, len(question.points))


def test_every_hint_of_the_review_is_one_of_these(as_sam: Client, bank: list[Question]) -> None:
    page = as_sam.get(f"/review/?question={bank[0].slug}").content.decode()
    before = page[page.index('class="before"') : page.index('id="review-confidence"')]
    assert before.count("<details") == before.count("<summary")
    assert bank[0].hint in before.replace("&#x27;", "'").replace("&quot;", '"')
    essential = sum(point["essential"] for point in bank[0].points)
    assert f"{len(bank[0].points)} points, {essential} of them essential." in before
    assert f"about {bank[0].minutes} minute" in before
    for point in bank[0].points:
        assert _plain(point["text"]) not in _plain(before)


@pytest.mark.parametrize(
    ("cue", "shown"),
    [
        ("What do heads do?", True),
        ("Heads look at different places.", False),
        ("heads  LOOK at\ndifferent places", False),
        ("Say: heads look at different places!", False),
        ("It is wrong to say so", False),
        ("", False),
    ],
)
def test_a_cue_that_says_its_point_is_none(sam: Learner, cue: str, *, shown: bool) -> None:
    question = Question(
        hint=cue, points=[SAYS | {"cue": cue}], misconceptions=["It is wrong to say so."]
    )
    hints = hints_of(question)
    assert hints.cues == ((cue,) if shown else ())
    assert hints.hint == (cue if shown else "")
    assert (hints.points, hints.essential) == (1, 1)


def test_a_point_of_one_letter_does_not_hide_every_hint() -> None:
    question = Question(hint="Think of heads.", points=[SAYS | {"text": "A."}])
    assert hints_of(question).hint == "Think of heads."


def test_without_a_hint_how_the_answer_is_built_comes_first(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    mine = own_question(sam)
    page = as_sam.get(f"/review/?question={mine.slug}").content.decode()
    assert page.count('id="review-hint"') == 1
    assert "1 point, 1 of it essential." in page
