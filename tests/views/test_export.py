"""The export of an account holds everything that the learner owns, and nothing of another's."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from cards.models import Learner, Question, QuestionVersion, StudySession
from cards.services.notes import save_note, set_flag, set_mark
from cards.services.readiness import add_days_off, close_interview, record_for
from cards.services.review import bury_card, reset_card, suspend_card
from cards.services.tags import add_tag
from tests.answers import answer
from tests.conftest import MORNING
from tests.services.test_conversations import TEXT, asked

pytestmark = pytest.mark.django_db

# Where each table of the learner's own is found in the export.
SECTIONS = {
    "StudySettings": "settings",
    "Question": "questions",
    "Category": "categories",
    "Card": "cards",
    "ReviewLog": "reviews",
    "Note": "notes",
    "Tag": "tags",
    "StudySession": "session",
    "DayOff": "days_off",
    "Interview": "interviews",
    "ReadinessDay": "readiness",
    "Conversation": "conversations",
    "Message": "conversations",
    "ModelUse": "model_uses",
    "SecondOpinion": "second_opinions",
}
DERIVED = {"SearchEntry"}  # words of notes, made anew from them


def _exported(client: Client) -> Any:
    return json.loads(client.get(reverse("export_json")).content)


def test_every_table_that_names_a_learner_has_its_section(as_sam: Client, sam: Learner) -> None:
    exported = _exported(as_sam)
    owned = [
        model.__name__
        for model in apps.get_app_config("cards").get_models()
        if any(field.related_model is Learner for field in model._meta.fields)  # noqa: SLF001
    ]
    assert {name for name in owned if SECTIONS.get(name) not in exported} == DERIVED


def test_notes_flags_marks_and_tags_are_there(
    as_sam: Client, sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    slug = bank[0].slug
    save_note(sam, slug, "مرحبا\n 🔥", at=MORNING)
    set_flag(sam, slug, 3, at=MORNING)
    set_mark(sam, bank[1].slug, marked=True, at=MORNING)
    add_tag(sam, [bank[0].slug, bank[1].slug], "hard ones")
    save_note(kim, slug, "Kim's", at=MORNING)
    add_tag(kim, [bank[0].slug], "Kim's")
    exported = _exported(as_sam)
    at = MORNING.isoformat()
    assert exported["notes"] == [
        {"question": slug, "text": "مرحبا\n 🔥", "flag": "green", "is_marked": False,
         "updated_at": at},
        {"question": bank[1].slug, "text": "", "flag": "none", "is_marked": True,
         "updated_at": at},
    ]  # fmt: skip
    tagged = sorted((tag["name"], tag["question"]) for tag in exported["tags"])
    assert tagged == sorted(("hard ones", question.slug) for question in bank[:2])


def test_bury_suspend_and_reset_are_there_without_a_quality(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    slug = bank[0].slug
    bury_card(sam, slug, 1, at=MORNING)
    suspend_card(sam, slug, 2, at=MORNING)
    reset_card(sam, slug, 3, at=MORNING)
    reviews = _exported(as_sam)["reviews"]
    assert [(r["kind"], r["quality"]) for r in reviews] == [
        ("learn", 4), ("bury", None), ("suspend", None), ("reset", None),
    ]  # fmt: skip
    assert reviews[2]["aside_before"] == {"suspended_at": None, "buried_until": "2026-03-03"}


def test_versions_of_own_questions_and_the_session_are_there(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    assert _exported(as_sam)["session"] is None
    Question.objects.filter(pk=bank[0].pk).update(owner=sam)
    for question in bank[:2]:
        QuestionVersion.objects.create(
            question=question, version=1, content={"prompt": "Before?"}, replaced_at=MORNING
        )
    StudySession.objects.create(
        learner=sam, kind="time", title="20 minutes", study_date=MORNING.date(),
        queue=[bank[1].pk, bank[0].pk, 10**9], total=3,
    )  # fmt: skip
    exported = _exported(as_sam)
    assert [(v["question"], v["content"]) for v in exported["versions"]] == [
        (bank[0].slug, {"prompt": "Before?"})
    ]
    assert exported["session"]["queue"] == [bank[1].slug, bank[0].slug]


def test_the_interview_with_its_days_off_and_forecasts_is_there(
    as_sam: Client, sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    today = MORNING.date()
    for learner in (sam, kim):
        add_days_off(learner, today, today)
        learner.settings.interview_on = today
        learner.settings.category_weights = {str(bank[0].category_id): 200, "999999": 50}
        learner.settings.save()
        answer(learner, 4, at=MORNING)
        assert record_for(learner, at=MORNING)
    close_interview(sam, 3, ["What is RoPE?"], at=MORNING)
    exported = _exported(as_sam)
    day = today.isoformat()
    assert exported["days_off"] == [{"starts_on": day, "ends_on": day}]
    assert exported["settings"]["category_weights"] == {bank[0].category.slug: 200}
    assert [(one["interview_on"], one["asked"]) for one in exported["interviews"]] == [
        (day, ["What is RoPE?"])
    ]
    assert [one["study_date"] for one in exported["readiness"]] == [day]


def test_conversations_with_the_assistant_are_there(
    as_sam: Client, as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    first = asked(sam, about=bank[2].slug)
    second = asked(sam, "And why?", conversation=first.conversation_id)
    asked(sam, "Which zebra won?")
    one, other = _exported(as_sam)["conversations"]
    assert (one["title"], one["question"]) == (TEXT, bank[2].slug)
    assert one["created_at"] == MORNING.isoformat()
    assert [said["asked"] for said in one["messages"]] == [TEXT, "And why?"]
    assert [said["answer"] for said in one["messages"]] == [first.answer, second.answer]
    assert one["messages"][0]["sources"] == first.sources
    assert one["messages"][0]["bank"] == {"answer": first.answer, "sources": first.sources}
    assert [said["off_topic"] for said in other["messages"]] == [True]
    assert _exported(as_kim)["conversations"] == []
