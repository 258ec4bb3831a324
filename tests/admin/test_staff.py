"""The staff's side: the shared bank, and nothing that belongs to a learner."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cards.models import Card, Category, KeyPoint, Learner, Question, QuestionVersion, ReviewLog
from tests.admin.forms import posted
from tests.answers import answer
from tests.conftest import MORNING
from tests.views.test_safety import own_question

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/cards/question/", "/admin/cards/question/add/"
PREVIEW, MISSED = "/admin/cards/question/preview/", "/admin/cards/question/missed/"


def page_of(question: Question) -> str:
    return f"{LIST}{question.pk}/change/"


@pytest.mark.parametrize("address", ["/admin/", LIST, ADD, MISSED, PREVIEW, "/admin/cards/learner/",
                                     "/admin/cards/category/"])  # fmt: skip
def test_a_learner_gets_no_page_of_the_admin(
    as_sam: Client, bank: list[Question], address: str
) -> None:
    assert as_sam.get(address, follow=True).status_code == 403
    assert as_sam.post(address, {"prompt": "Mine now"}).status_code in {302, 403}
    assert "/account/login/" in Client().get(address, follow=True).redirect_chain[-1][0]


def test_a_form_that_is_sent_back_unchanged_changes_nothing(
    staff: Client, bank: list[Question]
) -> None:
    for question in bank:
        response = staff.post(page_of(question), posted(staff, page_of(question)))
        assert response.status_code == 302, (question.slug, response.context["errors"])
    assert not QuestionVersion.objects.exists()
    assert not Question.objects.exclude(staff_edited_at=None).exists()


def test_an_edit_is_rendered_versioned_and_keeps_keys_and_progress(
    staff: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    state = Card.objects.get().state
    question = bank[0]
    keys = [point["key"] for point in question.points]
    data = posted(staff, page_of(question)) | {
        "answer": question.answer + "\r\n\r\n**Added** <script>x</script>.",
        "key_points-0-text": "Worded anew.",
        "key_points-0-position": "50",
        "key_points-1-cue": "What of the second?",
        "accept_faults": "on",
    }
    assert staff.post(page_of(question), data).status_code == 302
    question.refresh_from_db()
    assert "<strong>Added</strong>" in question.answer_html
    assert "<script>" not in question.answer_html
    assert [point["key"] for point in question.points] == [*keys[1:], keys[0]]
    assert question.points[-1]["text"] == "Worded anew."
    assert question.points[0]["cue"] == "What of the second?"
    assert question.version == 2
    assert QuestionVersion.objects.get().content["points"][0]["key"] == keys[0]
    assert question.staff_edited_at
    assert Card.objects.get().state == state


def test_a_point_is_retired_not_deleted_and_can_come_back(
    staff: Client, bank: list[Question]
) -> None:
    question = bank[0]
    gone = question.points[0]["id"]
    data = posted(staff, page_of(question)) | {"key_points-0-retired": "on", "accept_faults": "on"}
    assert staff.post(page_of(question), data).status_code == 302
    question.refresh_from_db()
    assert gone not in {point["id"] for point in question.points}
    assert KeyPoint.objects.get(pk=gone).retired_at
    data = posted(staff, page_of(question))
    back = next(n for n in data if n.endswith("-id") and data[n] == str(gone)).removesuffix("-id")
    del data[f"{back}-retired"]
    assert staff.post(page_of(question), data | {f"{back}-position": "0"}).status_code == 302
    question.refresh_from_db()
    assert question.points[0]["id"] == gone


def test_the_house_rules_are_named_and_can_be_overruled(
    staff: Client, bank: list[Question]
) -> None:
    question = bank[0]
    data = posted(staff, page_of(question)) | {"answer": "Too short.", "hint": ""}
    response = staff.post(page_of(question), data)
    text = response.content.decode()
    assert response.status_code == 200
    assert "words of the answer: 2, but there must be 250 to 600." in text
    assert "There is no hint." in text
    assert "Too short." in text
    question.refresh_from_db()
    assert question.answer != "Too short."
    assert staff.post(page_of(question), data | {"accept_faults": "on"}).status_code == 302
    question.refresh_from_db()
    assert question.answer == "Too short."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"prompt": ""}, "This field is required"),
        ({"prompt": "a\x00"}, "Null characters"),
        ({"prompt": "x" * 2001}, "at most 2000"),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"level": "4"}, "4 is not one of the available choices"),
        ({"category": "999999"}, "valid choice"),
        ({"related": "no-such-question"}, "There is no shared question"),
        ({"references": "Only a title"}, "Title | Authors | Year"),
        ({"references": "T | A | 2020 | javascript:alert(1)"}, "cannot be read"),
        ({"follow_ups": "A question alone"}, "has no answer below it"),
        ({"misconceptions": "x\n" * 21}, "At most 20 lines"),
        ({"key_points-0-text": ""}, "required"),
        ({"key_points-0-text": "x" * 401}, "at most 400"),
        ({"key_points-0-id": "999999"}, "correct the error"),
        ({"key_points-TOTAL_FORMS": "x"}, "tampered"),
        ({"seen_version": "0"}, "Somebody else changed this question"),
        ({"seen_version": ""}, "Somebody else changed this question"),
    ],
)
def test_what_cannot_be_stored_is_said_and_kept_in_the_form(
    staff: Client, bank: list[Question], wrong: dict[str, str], said: str
) -> None:
    question = bank[0]
    data = posted(staff, page_of(question)) | {"hint": "my own hint", "accept_faults": "on"}
    response = staff.post(page_of(question), data | wrong)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert "my own hint" in response.content.decode()
    question.refresh_from_db()
    assert question.version == 1


def test_nine_points_are_refused(staff: Client, bank: list[Question]) -> None:
    question = bank[0]
    data = posted(staff, page_of(question)) | {"key_points-TOTAL_FORMS": "20"}
    data |= {f"key_points-{n}-text": f"Point {n}." for n in range(len(question.points), 9)}
    data |= {f"key_points-{n}-question": str(question.pk) for n in range(20)}
    response = staff.post(page_of(question), data | {"accept_faults": "on"})
    assert "At most 8 points in use" in response.content.decode()


def test_a_new_shared_question_stands_last_in_its_category_and_is_offered(
    staff: Client, as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    shelf = Category.objects.get(slug="research")
    data: dict[str, Any] = posted(staff, ADD) | {
        "slug": "what-is-new", "prompt": "What is new?", "answer": "**This.**", "level": "2",
        "minutes": "3", "category": str(shelf.pk), "key_points-0-text": "It is new.",
        "accept_faults": "on",
    }  # fmt: skip
    assert staff.post(ADD, data).status_code == 302
    new = Question.objects.get(slug="what-is-new")
    assert new.position == 6
    assert new.owner is None
    assert [point["text"] for point in new.points] == ["It is new."]
    assert as_sam.get("/library/q/what-is-new/").status_code == 200
    again = staff.post(ADD, data)
    assert again.status_code == 200
    assert "already exists" in again.content.decode()
    strange = staff.post(ADD, data | {"slug": "What_Is"})
    assert "single hyphens" in strange.content.decode()


def test_archive_and_restore_are_actions_and_history_is_never_deleted(
    staff: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    question = Card.objects.get().question
    chosen = {"_selected_action": [question.pk, bank[9].pk]}
    staff.post(LIST, chosen | {"action": "archive"})
    assert Question.objects.exclude(archived_at=None).count() == 2
    staff.post(LIST, chosen | {"action": "restore"})
    assert not Question.objects.exclude(archived_at=None).exists()
    staff.post(LIST, chosen | {"action": "delete_selected", "post": "yes"})
    response = staff.post(f"{LIST}{question.pk}/delete/", {"post": "yes"}, follow=True)
    assert "Archive it instead" in response.content.decode()
    assert ReviewLog.objects.count() == 1
    assert Question.objects.count() == 36
    staff.post(f"{LIST}{bank[9].pk}/delete/", {"post": "yes"})
    assert Question.objects.count() == 35


def test_a_learners_own_question_does_not_exist_for_staff(
    staff: Client, sam: Learner, bank: list[Question]
) -> None:
    mine = own_question(sam)
    point = mine.points[0]["id"]
    assert "What is mine?" not in staff.get(LIST, {"q": "mine"}).content.decode()
    for action in ("change", "delete", "history"):
        response = staff.get(f"{LIST}{mine.pk}/{action}/", follow=True)
        assert "What is mine?" not in response.content.decode()
    staff.post(LIST, {"action": "archive", "_selected_action": [mine.pk]})
    staff.post(f"{LIST}{mine.pk}/delete/", {"post": "yes"})
    data = posted(staff, page_of(bank[0])) | {"key_points-0-id": str(point), "accept_faults": "on"}
    assert staff.post(page_of(bank[0]), data | {"related": mine.slug}).status_code == 200
    assert staff.post(page_of(mine), data).status_code == 302
    mine.refresh_from_db()
    assert (mine.archived_at, mine.version, mine.prompt) == (None, 1, "What is mine?")
    shelf = mine.category
    response = staff.post(f"/admin/cards/category/{shelf.pk}/delete/", {"post": "yes"})
    assert response.status_code == 403
    assert mine.slug not in response.content.decode()


@pytest.mark.parametrize(
    "guess",
    [
        "/admin/cards/learner/?password__startswith=pbkdf2",
        "/admin/cards/learner/?settings__time_zone=UTC",
        "/admin/cards/learner/?reviews__attempt__contains=a",
        LIST + "?reviews__attempt__contains=a",
        LIST + "?owner__email__startswith=s",
        LIST + "?notes__text__contains=a",
    ],
)
def test_filters_cannot_be_used_to_guess_what_is_hidden(
    staff: Client, bank: list[Question], guess: str
) -> None:
    assert staff.get(guess).status_code == 400


def test_accounts_show_who_there_is_and_nothing_of_what_they_do(
    staff: Client, ada: Learner, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING, attempt="What Sam wrote.")
    own = own_question(sam)
    account = f"/admin/cards/learner/{sam.pk}/change/"
    listed = staff.get("/admin/cards/learner/").content.decode()
    assert "sam@example.org" in listed
    for text in (
        listed,
        staff.get(account).content.decode(),
        staff.get("/admin/").content.decode(),
    ):
        assert "What Sam wrote." not in text
        assert own.slug not in text
        assert "time_zone" not in text
    for model in ("reviewlog", "card", "note", "studysettings", "emailaddress", "group"):
        assert f"/{model}/" not in staff.get("/admin/").content.decode()
        assert staff.get(f"/admin/cards/{model}/").status_code == 404
    assert staff.get("/admin/account/emailaddress/").status_code == 404
    data = {"name": "Other", "email": "other@example.org", "is_staff": "on"}  # not active
    staff.post(account, data)
    sam.refresh_from_db()
    assert (sam.name, sam.is_active, sam.is_staff) == ("Sam", False, False)
    itself = f"/admin/cards/learner/{ada.pk}/change/"
    assert staff.post(itself, data).status_code == 403
    assert staff.post(f"/admin/cards/learner/{sam.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_preview_shows_what_is_typed_escapes_it_and_stores_nothing(
    staff: Client, bank: list[Question]
) -> None:
    data = posted(staff, page_of(bank[0])) | {
        "prompt": "<img src=x onerror=alert(1)>", "answer": "**Bold** <script>alert(2)</script>",
        "follow_ups": "And <b>then</b>?\r\n*So* <iframe>.", "key_points-0-text": "<b>Point</b>",
        "key_points-1-retired": "on", "hint": "x" * 501,
    }  # fmt: skip
    response = staff.post(PREVIEW, data)
    text = response.content.decode()
    assert "<strong>Bold</strong>" in text
    assert "<em>So</em>" in text
    for live in ("<img src=x", "<script>alert", "<iframe", "<b>then", "<b>Point"):
        assert live not in text
    assert bank[0].points[1]["text"] not in text
    assert "hint: " in text
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert Question.objects.get(pk=bank[0].pk).version == 1
    assert staff.post(PREVIEW, {}).status_code == 200
    assert staff.post(PREVIEW, {"key_points-TOTAL_FORMS": "x"}).status_code == 200
    assert staff.get(PREVIEW).status_code == 302


def test_a_category_that_staff_renamed_is_theirs(staff: Client, bank: list[Question]) -> None:
    shelf = Category.objects.get(slug="research")
    address = reverse("admin:cards_category_change", args=[shelf.pk])
    data = posted(staff, address) | {"name": "Papers", "slug": "stolen"}
    assert staff.post(address, data).status_code == 302
    shelf.refresh_from_db()
    assert (shelf.name, shelf.slug) == ("Papers", "research")
    assert shelf.staff_edited_at
    assert staff.post(address, data | {"hue": "400"}).status_code == 200
