"""The editor: it keeps all of a question, stores nothing it was not told to, and loses nothing."""

import uuid
from typing import Any

import pytest
from django.test import Client

from cards.forms.editor.rows import pressed, sent_rows
from cards.models import Card, Learner, Question, QuestionVersion
from cards.services.library import copy_question
from tests.answers import answer
from tests.conftest import MORNING
from tests.views.test_safety import own_question

pytestmark = pytest.mark.django_db
TWO_POINTS = {
    "points-TOTAL_FORMS": "2", "points-INITIAL_FORMS": "0",
    "points-0-text": "First.", "points-0-place": "1", "points-0-cue": "Which is first?",
    "points-1-text": "Second.", "points-1-place": "0", "points-1-essential": "on",
}  # fmt: skip
NEW = TWO_POINTS | {
    "category": "research", "prompt": "What is *new*?", "answer": "**Yes**.", "level": "2",
    "minutes": "3", "hint": "", "misconceptions": "That is wrong.\r\n\r\nAnd that.",
    "follow_ups-TOTAL_FORMS": "4", "follow_ups-INITIAL_FORMS": "0",
    "follow_ups-1-prompt": "And then?", "follow_ups-1-answer": "*That*.",
    "references-TOTAL_FORMS": "5", "references-INITIAL_FORMS": "0",
    "references-0-title": "T", "references-0-authors": "A", "references-0-year": "2020",
    "references-0-url": "https://example.org/a",
}  # fmt: skip


@pytest.fixture
def copied(sam: Learner, bank: list[Question]) -> Question:
    """Return Sam's own question with everything that one can have."""
    return copy_question(sam, bank[0].slug, leave_out=False, at=MORNING).question


def _form_of(response: Any) -> dict[str, Any]:
    """What a browser would send of the form on this page."""
    editor = response.context["editor"]
    sent: dict[str, Any] = {}
    for form in (editor.form, *editor.points, *editor.follow_ups, *editor.references,
                 editor.points.management_form, editor.follow_ups.management_form,
                 editor.references.management_form):  # fmt: skip
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                sent[field.html_name] = "on" if value is True else value
    return sent


def test_a_new_question_keeps_all_of_its_parts(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    as_sam.post("/library/new/", NEW)
    mine = Question.objects.get(owner=sam)
    assert [(p["text"], p["essential"], p["cue"]) for p in mine.points] == [
        ("Second.", True, ""), ("First.", False, "Which is first?"),
    ]  # fmt: skip
    assert mine.misconceptions == ["That is wrong.", "And that."]
    assert [(f["prompt"], f["html"]) for f in mine.follow_ups] == [
        ("And then?", "<p><em>That</em>.</p>\n")
    ]
    assert mine.references == [
        {"title": "T", "authors": "A", "year": 2020, "url": "https://example.org/a"}
    ]


def test_saving_what_is_shown_changes_nothing(as_sam: Client, copied: Question) -> None:
    before = Question.objects.values().get(pk=copied.pk)
    address = f"/library/q/{copied.slug}/edit/"
    assert as_sam.post(address, _form_of(as_sam.get(address))).status_code == 302
    assert Question.objects.values().get(pk=copied.pk) == before
    assert not QuestionVersion.objects.exists()


def test_what_the_editor_does_not_show_stays(as_sam: Client, copied: Question) -> None:
    many = [{"prompt": f"{n}?", "answer": "So.", "html": "<p>So.</p>\n"} for n in range(7)]
    sources = [
        {"title": f"{n}", "authors": "A", "year": 2000, "url": f"https://example.org/{n}"}
        for n in range(9)
    ]
    Question.objects.filter(pk=copied.pk).update(follow_ups=many, references=sources)
    address = f"/library/q/{copied.slug}/edit/"
    page = as_sam.get(address)
    assert "7 more follow-ups or sources are not shown" in page.content.decode()
    as_sam.post(address, _form_of(page) | {"prompt": "Changed?"})
    copied.refresh_from_db()
    assert copied.prompt == "Changed?"
    assert copied.follow_ups == many
    assert copied.references == sources
    as_sam.post(address, {k: v for k, v in _form_of(as_sam.get(address)).items()
                          if not k.startswith(("follow_ups", "references"))})  # fmt: skip
    copied.refresh_from_db()
    assert (copied.follow_ups, copied.references) == (many, sources), "not sent is not emptied"
    assert copied.related


def test_lines_that_end_as_a_browser_ends_them_are_no_change(
    as_sam: Client, copied: Question
) -> None:
    address = f"/library/q/{copied.slug}/edit/"
    sent = _form_of(as_sam.get(address))
    as_sam.post(address, sent | {"answer": sent["answer"].replace("\n", "\r\n")})
    assert not QuestionVersion.objects.exists()


def test_an_edit_during_study_resets_nothing(
    as_sam: Client, sam: Learner, copied: Question
) -> None:
    Question.objects.exclude(pk=copied.pk).update(archived_at=MORNING)
    answer(sam, 4, at=MORNING, judged={point["id"]: 2 for point in copied.points})
    card = Card.objects.values().get()
    address = f"/library/q/{copied.slug}/edit/"
    as_sam.post(address, _form_of(as_sam.get(address)) | {"prompt": "Changed?", "level": "3"})
    copied.refresh_from_db()
    assert copied.prompt == "Changed?"
    assert Card.objects.values().get() == card


def test_a_new_question_sent_twice_is_one(
    as_sam: Client, as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    token = {"token": str(uuid.uuid4())}
    first = as_sam.post("/library/new/", NEW | token)
    assert as_sam.post("/library/new/", NEW | token)["Location"] == first["Location"]
    assert Question.objects.filter(owner=sam).count() == 1
    as_sam.post("/library/new/", NEW | token | {"prompt": "After the back button?"})
    assert Question.objects.get(owner=sam).prompt == "After the back button?"
    as_kim.post("/library/new/", NEW | token)
    assert Question.objects.exclude(owner=None).count() == 2


def test_a_change_in_another_tab_is_409_and_shows_both(as_sam: Client, copied: Question) -> None:
    address = f"/library/q/{copied.slug}/edit/"
    here, there = _form_of(as_sam.get(address)), _form_of(as_sam.get(address))
    as_sam.post(address, there | {"prompt": "From the other tab?", "category": "edge-cases"})
    response = as_sam.post(address, here | {"prompt": "From this tab?", "points-0-text": "Mine."})
    text = response.content.decode()
    assert response.status_code == 409
    assert "changed elsewhere" in text
    assert "<del>the other</del>" in text
    assert "<ins>this</ins>" in text
    assert "From this tab?</textarea>" in text
    assert "Mine.</textarea>" in text
    copied.refresh_from_db()
    assert copied.prompt == "From the other tab?"
    again = _form_of(response)
    assert as_sam.post(address, again).status_code == 302
    copied.refresh_from_db()
    assert copied.prompt == "From this tab?"
    assert {v.content["prompt"] for v in QuestionVersion.objects.all()} >= {"From the other tab?"}


def test_a_change_that_does_not_say_what_it_saw_is_refused(
    as_sam: Client, copied: Question
) -> None:
    response = as_sam.post(f"/library/q/{copied.slug}/edit/", NEW)
    assert response.status_code == 400
    assert "This form is incomplete" in response.content.decode()
    copied.refresh_from_db()
    assert copied.version == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"points-0-cue": "x" * 201},
        {"points-0-key": "not a key!"},
        {"points-0-place": "-1"},
        {f"points-{n}-text": f"Point {n}." for n in range(9)} | {"points-TOTAL_FORMS": "9"},
        {"points-TOTAL_FORMS": "41"},
        {"misconceptions": "x" * 501},
        {"follow_ups-0-prompt": "No answer?"},
        {"follow_ups-0-answer": "No question."},
        {"follow_ups-0-prompt": "x" * 501, "follow_ups-0-answer": "So."},
        {"follow_ups-0-prompt": "So?", "follow_ups-0-answer": "x" * 3001},
        {"follow_ups-TOTAL_FORMS": "5"},
        {"references-0-url": "javascript:alert(1)"},
        {"references-0-url": "//example.org"},
        {"references-0-url": "https://[::1"},
        {"references-0-url": ""},
        {"references-0-year": "soon"},
        {"references-0-title": "a\x00"},
        {"token": "x"},
        {"category": "none"},
    ],
)
def test_what_cannot_be_stored_is_refused_and_kept_on_the_page(
    as_sam: Client, bank: list[Question], wrong: dict[str, str]
) -> None:
    response = as_sam.post("/library/new/", NEW | {"hint": "my own hint"} | wrong)
    text = response.content.decode()
    assert response.status_code == 400
    assert "my own hint" in text
    assert 'class="errors"' in text
    assert "data-unsaved" in text
    assert not Question.objects.exclude(owner=None).exists()


def test_somebody_elses_category_is_no_choice(
    as_kim: Client, as_sam: Client, bank: list[Question]
) -> None:
    as_sam.post("/library/categories/", {"name": "Sam's", "hue": "0"})
    slug = as_sam.get("/library/categories/").context["own"][0].category.slug
    assert as_kim.post("/library/new/", NEW | {"category": slug}).status_code == 400
    assert as_sam.post("/library/new/", NEW | {"category": slug}).status_code == 302


@pytest.mark.parametrize(
    ("do", "texts", "focus"),
    [
        ("up-0", ["First.", "Second."], "down-0"),  # it stood second, and is the first now
        ("down-1", ["First.", "Second."], "up-1"),
        ("up-1", ["Second.", "First."], "down-0"),
        ("down-0", ["Second.", "First."], "up-1"),
        ("remove-1", ["First."], "text-0"),
        ("add", ["Second.", "First.", None], "text-2"),
        ("remove-7", ["Second.", "First."], ""),
        ("preview", ["Second.", "First."], "preview"),
    ],
)
def test_without_script_a_button_shows_the_form_again_and_stores_nothing(
    as_sam: Client, bank: list[Question], do: str, texts: list[str], focus: str
) -> None:
    response = as_sam.post("/library/new/", NEW | {"do": do})
    editor = response.context["editor"]
    assert response.status_code == 200
    assert [row.form["text"].value() for row in editor.rows] == texts
    assert editor.focus == focus
    text = response.content.decode()
    assert "autofocus" in text or not focus
    assert "<strong>Yes</strong>" in text, "the preview"
    assert "And then?" in text
    assert not Question.objects.exclude(owner=None).exists()


def test_a_moved_point_is_stored_where_it_was_moved_to(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    shown = as_sam.post("/library/new/", NEW | {"do": "up-0"})
    as_sam.post("/library/new/", _form_of(shown))
    mine = Question.objects.get(owner=sam)
    assert [point["text"] for point in mine.points] == ["First.", "Second."]
    assert mine.points[0]["cue"] == "Which is first?"


def test_the_buttons_on_rows_that_make_no_sense() -> None:
    for total in ("", "x", "-3", "999", "1234abc", "9" * 5000, "٣"):
        assert sent_rows({"points-TOTAL_FORMS": total, "points-0-text": ""}) in (
            [], sent_rows({"points-TOTAL_FORMS": "1", "points-0-text": ""}),
        )  # fmt: skip
    assert pressed([], "remove-0") == ([], "")
    rows: list[dict[str, Any]] = [{"number": n} for n in range(8)]
    assert len(pressed(rows, "add")[0]) == 8, "no room"
    assert pressed(rows[:1], "remove-0") == ([], "add")


def test_the_editor_shows_nothing_unescaped(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    evil = "</textarea><script>alert(1)</script>"
    fields = {"hint": evil, "misconceptions": evil, "points-0-text": evil, "points-0-cue": evil,
              "prompt": evil, "answer": evil, "follow_ups-1-prompt": evil,
              "references-0-title": evil}  # fmt: skip
    as_sam.post("/library/new/", NEW | fields)
    mine = Question.objects.get(owner=sam)
    base = f"/library/q/{mine.slug}/"
    as_sam.post(base + "edit/", NEW | fields | {"version": "1", "hint": "x", "points-0-text": "y"})
    for address in (base, base + "edit/", base + "versions/"):
        assert "<script>alert" not in as_sam.get(address).content.decode(), address


def test_own_question_of_another_is_404_everywhere(
    as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    mine = own_question(sam)
    base = f"/library/q/{mine.slug}/"
    for address in ("edit/", "versions/", "duplicate/"):
        assert as_kim.get(base + address).status_code == 404
    for address in ("edit/", "versions/restore/", "duplicate/", "archive/", "restore/"):
        assert as_kim.post(base + address, NEW | {"version": "1"}).status_code == 404
    assert Question.objects.filter(owner=sam).count() == 1
