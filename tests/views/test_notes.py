"""Notes, flags, marks and tags over HTTP, with script and without."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from cards.models import Card, Learner, Note, Question, Tag
from cards.services.notes import save_note, set_flag, set_mark
from cards.services.tags import add_tag
from tests.answers import answer
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SENT: dict[str, dict[str, str]] = {
    "note": {"text": "mine"},
    "flag": {"flag": "2"},
    "mark": {"marked": "1"},
    "tags": {"add": "a"},
}
UNREADABLE: list[tuple[str, dict[str, str]]] = [
    ("note", {"text": "x" * 5001}),
    ("note", {"text": "a\x00b"}),
    ("flag", {}),
    ("flag", {"flag": "5"}),
    ("flag", {"flag": "-1"}),
    ("flag", {"flag": "red"}),
    ("flag", {"flag": "\x00"}),
    ("mark", {}),
    ("mark", {"marked": "maybe"}),
    ("tags", {"add": "x" * 41}),
    ("tags", {"add": "a\x00b"}),
    ("tags", {"add": ",".join(f"tag{n}" for n in range(21))}),
    ("tags", {"add": "x," * 5000}),
    ("tags", {"untag": "x" * 41}),
]


def _address(what: str, question: Question) -> str:
    return reverse(f"notes_{what}", args=[question.slug])


@pytest.mark.parametrize("what", SENT)
def test_with_htmx_its_own_piece_comes_back(
    as_sam: Client, bank: list[Question], what: str
) -> None:
    response = as_sam.post(_address(what, bank[0]), SENT[what], headers=HTMX)
    assert response.status_code == 200
    assert f'id="notes-{what}"' in response.content.decode()
    assert Note.objects.count() + Tag.objects.count() == 1
    assert not Card.objects.exists()


@pytest.mark.parametrize("what", SENT)
@pytest.mark.parametrize(
    "back", ["review", "question", "", "//evil.example", "https://evil.example"]
)
def test_without_script_one_comes_back_to_where_one_was_and_nowhere_else(
    as_sam: Client, bank: list[Question], what: str, back: str
) -> None:
    slug = bank[0].slug
    response = as_sam.post(_address(what, bank[0]), SENT[what] | {"back": back})
    there = f"/review/?question={slug}" if back == "review" else f"/library/q/{slug}/"
    assert (response.status_code, response["Location"]) == (303, there)
    assert as_sam.get(there).status_code == 200


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(("what", "data"), UNREADABLE)
def test_what_cannot_be_kept_is_400_and_changes_nothing(
    as_sam: Client, sam: Learner, bank: list[Question], what: str, data: dict[str, str],
    headers: dict[str, str],
) -> None:  # fmt: skip
    save_note(sam, bank[0].slug, "before", at=MORNING)
    response = as_sam.post(_address(what, bank[0]), data, headers=headers)
    page = unescape(response.content.decode())
    assert response.status_code == 400
    assert 'class="errors"' in page or "What was sent cannot be read" in page
    assert list(Note.objects.values_list("text", "flag", "is_marked")) == [("before", 0, False)]
    assert not Tag.objects.exists()
    for written in data.values():
        if what in {"note", "tags"} and "untag" not in data:
            assert written in page  # what was written is given back


@pytest.mark.parametrize("what", SENT)
def test_the_same_twice_is_as_once(as_sam: Client, bank: list[Question], what: str) -> None:
    pages = [as_sam.post(_address(what, bank[0]), SENT[what], headers=HTMX) for _ in range(2)]
    first, second = (page.content.decode().partition("csrfmiddlewaretoken")[0] for page in pages)
    assert first == second
    assert Note.objects.count() + Tag.objects.count() == 1


@pytest.mark.parametrize("what", SENT)
def test_a_second_learner_neither_sees_nor_changes_it(
    as_sam: Client, as_kim: Client, sam: Learner, bank: list[Question], what: str
) -> None:
    save_note(sam, bank[0].slug, "Sam's secret", at=MORNING)
    add_tag(sam, [bank[0].slug], "Sam's tag")
    as_kim.post(_address(what, bank[0]), SENT[what])
    for address in ("/review/", f"/library/q/{bank[0].slug}/"):
        assert "Sam&#x27;s" in as_sam.get(address).content.decode()
        assert "Sam&#x27;s" not in as_kim.get(address).content.decode()
    assert Note.objects.get(learner=sam).text == "Sam's secret"
    Question.objects.filter(pk=bank[1].pk).update(owner=sam)
    assert as_kim.post(_address(what, bank[1]), SENT[what]).status_code == 404
    for bad_what, data in UNREADABLE:
        assert as_kim.post(_address(bad_what, bank[1]), data).status_code == 404


def test_a_line_break_counts_once_as_it_was_typed(as_sam: Client, bank: list[Question]) -> None:
    text = "\n".join("x" * 9 for _ in range(500))
    sent = text.replace("\n", "\r\n")  # as a browser sends it
    assert as_sam.post(_address("note", bank[0]), {"text": sent}).status_code == 303
    assert Note.objects.get().text == text


def test_a_note_is_shown_as_it_was_written_and_never_runs(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    text = "\n<script>alert(1)</script>\n  </textarea><img src=x onerror=alert(1)>"
    save_note(sam, bank[0].slug, text, at=MORNING)
    for address in ("/review/", f"/library/q/{bank[0].slug}/"):
        page = as_sam.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert f'class="note-text" dir="auto">{text}</p>' in unescape(page)
        assert f">\n{text}</textarea>" in unescape(page)  # its first line break is not eaten


def test_the_review_keeps_the_note_back_until_the_answer(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    save_note(sam, bank[0].slug, "It gives it away", at=MORNING)
    set_mark(sam, bank[0].slug, marked=True, at=MORNING)
    set_flag(sam, bank[0].slug, 4, at=MORNING)
    page = as_sam.get("/review/").content.decode()
    before, answer_part = page.split('id="review-answer"')
    inside, after = answer_part.split("</form>", 1)
    assert "It gives it away" not in before + after
    assert "It gives it away" in inside
    assert 'aria-pressed="true"' in after
    assert "Blue flag" in after


def test_in_a_drill_the_note_stays_folded(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    import time_machine

    Question.objects.exclude(pk=bank[0].pk).update(archived_at=MORNING)
    save_note(sam, bank[0].slug, "It gives it away", at=MORNING)
    with time_machine.travel(MORNING, tick=False):
        answer(sam, 1, at=MORNING, judged={bank[0].points[0]["id"]: 0})
        page = as_sam.get("/review/").content.decode()
    assert "review-drill" in page
    assert 'class="note-text"' not in page
    assert "Your note" in page
    assert page.count("It gives it away") == 1


def test_tags_come_one_by_one_or_with_commas_and_go_one_by_one(
    as_sam: Client, bank: list[Question]
) -> None:
    address = _address("tags", bank[0])
    as_sam.post(address, {"add": " RAG,  hard   ones ,, rag"})
    page = as_sam.post(address, {"add": "🔥"}, headers=HTMX).content.decode()
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["RAG", "hard ones", "🔥"]
    assert page.count('name="untag"') == 3
    assert '<option value="RAG">' in page
    page = as_sam.post(address, {"untag": "RAG"}, headers=HTMX).content.decode()
    assert "Remove tag RAG" not in page
    as_sam.post(address, {"untag": "RAG"})
    assert Tag.objects.count() == 2


def test_too_many_tags_are_refused_whole_with_what_was_typed(
    as_sam: Client, bank: list[Question]
) -> None:
    address = _address("tags", bank[0])
    as_sam.post(address, {"add": ",".join(f"t{n}" for n in range(19))})
    response = as_sam.post(address, {"add": "one, two"}, headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 400
    assert "at most 20 tags. Nothing was changed." in page
    assert 'value="one, two"' in page
    assert Tag.objects.count() == 19
