"""The assistant's pages: asking with and without script, and looking after conversations."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cards.models import Conversation, Learner, Message, Question
from cards.services.assistant import quotas
from tests.conftest import MORNING
from tests.services.test_conversations import TEXT, asked

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MISSING = 2**63 - 1


def sent(**more: Any) -> dict[str, Any]:
    return {"submission_id": str(uuid4()), "text": TEXT} | more


def test_without_script_asking_leads_to_the_conversation(
    as_sam: Client, bank: list[Question]
) -> None:
    response = as_sam.post("/assistant/ask/", sent())
    message = Message.objects.get()
    place = f"/assistant/c/{message.conversation_id}/"
    assert (response.status_code, response["Location"]) == (303, f"{place}#message-{message.pk}")
    page = as_sam.get(place).content.decode()
    assert f'id="message-{message.pk}"' in page
    assert page.count("<blockquote") == len(message.sources)
    for source in message.sources:
        assert f'href="/library/q/{source["slug"]}/"' in page
    assert page.count("This is what the bank says") == 1


def test_with_script_the_answer_comes_alone_and_the_form_goes_on_with_it(
    as_sam: Client, bank: list[Question]
) -> None:
    first = as_sam.post("/assistant/ask/", sent(), headers=HTMX)
    message = Message.objects.get()
    text = first.content.decode()
    assert first.status_code == 200
    assert text.count("<article") == 1
    assert "<html" not in text
    assert f'name="conversation" value="{message.conversation_id}" hx-swap-oob="true"' in text
    on = sent(text="And why?", conversation=message.conversation_id)
    as_sam.post("/assistant/ask/", on, headers=HTMX)
    assert Conversation.objects.get().messages.count() == 2


def test_the_page_of_the_assistant_opens_the_conversation(
    as_sam: Client, bank: list[Question]
) -> None:
    response = as_sam.post("/assistant/ask/", sent(opens="on"), headers=HTMX)
    message = Message.objects.get()
    where = f"/assistant/c/{message.conversation_id}/#message-{message.pk}"
    assert response["HX-Redirect"] == where


def test_sent_twice_it_is_shown_twice_and_kept_once(as_sam: Client, bank: list[Question]) -> None:
    data = sent()
    one, other = (as_sam.post("/assistant/ask/", data) for _ in range(2))
    assert one["Location"] == other["Location"]
    assert Message.objects.count() == 1


def test_a_pressed_suggestion_is_asked_and_not_what_is_half_written(
    as_sam: Client, bank: list[Question]
) -> None:
    as_sam.post("/assistant/ask/", sent(text="half a", suggested="What is attention?"))
    assert Message.objects.get().asked == "What is attention?"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"text": ""}, 400),
        ({"text": " \n "}, 400),
        ({"text": "x" * 2001}, 400),
        ({"suggested": "x" * 2001}, 400),
        ({"submission_id": "x"}, 400),
        ({"submission_id": ""}, 400),
        ({"conversation": "x"}, 400),
        ({"conversation": "0"}, 400),
        ({"conversation": "9" * 30}, 400),
        ({"conversation": str(MISSING)}, 404),
        ({"about": "a b"}, 400),
        ({"about": "no-such-question"}, 404),
        ({"text": "a\x00b"}, 400),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_asked_is_refused_and_stores_nothing(
    as_sam: Client,
    bank: list[Question],
    wrong: dict[str, str],
    status: int,
    headers: dict[str, str],
) -> None:
    response = as_sam.post("/assistant/ask/", sent() | wrong, headers=headers)
    assert response.status_code == status
    assert not Message.objects.exists()
    assert not Conversation.objects.exists()


def test_what_is_too_long_stays_on_the_page(as_sam: Client, bank: list[Question]) -> None:
    page = as_sam.post("/assistant/ask/", sent(text="y" * 2001)).content.decode()
    assert "y" * 2001 in page
    assert "holds 2000 characters" in page


def test_line_breaks_count_once(as_sam: Client, bank: list[Question]) -> None:
    as_sam.post("/assistant/ask/", sent(text="a\r\n" * 999 + "b"))
    assert Message.objects.get().asked == "a\n" * 999 + "b"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_too_often_is_429_with_a_time_and_a_sentence(
    as_sam: Client,
    bank: list[Question],
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str],
) -> None:
    monkeypatch.setattr(quotas, "MOST_ASKED", 1)
    as_sam.post("/assistant/ask/", sent())
    response = as_sam.post("/assistant/ask/", sent(), headers=headers)
    assert response.status_code == 429
    assert 590 <= int(response["Retry-After"]) <= 601
    assert "Wait a few minutes" in response.content.decode()
    assert headers or TEXT in response.content.decode()


def test_what_the_bank_has_nothing_on_is_one_honest_sentence(
    as_sam: Client, bank: list[Question]
) -> None:
    text = "Which zebra won the Eurovision song contest?"
    page = as_sam.post("/assistant/ask/", sent(text=text), headers=HTMX).content.decode()
    assert Message.objects.get().off_topic
    assert "The bank has nothing on this." in page
    assert "<blockquote" not in page


def test_what_was_asked_is_shown_as_text(as_sam: Client, bank: list[Question]) -> None:
    asking = sent(text="<script>x</script> <b>attention</b>")
    page = as_sam.post("/assistant/ask/", asking, headers=HTMX).content.decode()
    assert "&lt;script&gt;x" in page
    assert "<b>" not in page


def test_a_conversation_gets_another_title(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    pk = asked(sam).conversation_id
    assert as_sam.post(f"/assistant/c/{pk}/title/", {"title": "Mine"}).status_code == 303
    assert '<h1 dir="auto">Mine</h1>' in as_sam.get(f"/assistant/c/{pk}/").content.decode()
    for wrong in ("", "  ", "x" * 81, "a\x00"):
        response = as_sam.post(f"/assistant/c/{pk}/title/", {"title": wrong})
        assert response.status_code == 400
        assert Conversation.objects.get().title == "Mine"


def test_the_title_is_not_shown_twice_unless_it_is_another(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    pk = asked(sam).conversation_id
    repeated = 'class="message-asked visually-hidden"'
    assert as_sam.get(f"/assistant/c/{pk}/").content.decode().count(repeated) == 1
    as_sam.post(f"/assistant/c/{pk}/title/", {"title": "Mine"})
    assert repeated not in as_sam.get(f"/assistant/c/{pk}/").content.decode()


def test_a_conversation_is_deleted_by_a_form_alone(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    pk = asked(sam).conversation_id
    assert as_sam.get(f"/assistant/c/{pk}/delete/").status_code == 405
    page = as_sam.post(f"/assistant/c/{pk}/delete/", follow=True).content.decode()
    assert "Deleted: “Why are positional encodings needed?”." in page
    assert not Message.objects.exists()
    assert as_sam.get(f"/assistant/c/{pk}/").status_code == 404


def test_a_conversation_is_taken_along_as_markdown_and_json(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    message = asked(sam, about=bank[1].slug)
    pk = message.conversation_id
    text = as_sam.get(f"/assistant/c/{pk}/export.md").content.decode()
    assert text.startswith(f"# {TEXT}\n\n## {TEXT}\n\nThis is what the bank says")
    assert "\n> " in text
    data = json.loads(as_sam.get(f"/assistant/c/{pk}/export.json").content)
    assert (data["title"], data["question"]) == (TEXT, bank[1].slug)
    assert [one["asked"] for one in data["messages"]] == [TEXT]
    assert data["messages"][0]["sources"] == message.sources


def test_the_list_is_searched_and_says_when_nothing_is_found(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    asked(sam)
    asked(sam, "What is a tokenizer?")
    page = as_sam.get("/assistant/?q=tokenizer").content.decode()
    rows = page[page.index('class="rows"') :]
    assert "tokenizer" in rows
    assert TEXT not in rows
    nothing = as_sam.get("/assistant/?q=<zebra>").content.decode()
    assert "&lt;zebra&gt;" in nothing
    assert "Show all" in nothing


def test_the_list_keeps_the_words_from_page_to_page(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    Conversation.objects.bulk_create(
        Conversation(learner=sam, title=f"a&b {n}", created_at=MORNING, updated_at=MORNING)
        for n in range(31)
    )
    assert "?q=a%26b&amp;page=2" in as_sam.get("/assistant/?q=a%26b").content.decode()
    assert as_sam.get("/assistant/?q=a%26b&page=99999999999").status_code == 200


@pytest.mark.parametrize("size", [1, 40])
def test_a_page_costs_the_same_however_much_was_asked(
    as_sam: Client, sam: Learner, bank: list[Question], size: int
) -> None:
    first = asked(sam, about=bank[0].slug)
    Message.objects.bulk_create(
        Message(conversation=first.conversation, learner=sam, submission_id=uuid4(), asked="x",
                answer="y", sources=first.sources, mode="bank", asked_at=MORNING)
        for _ in range(size)
    )  # fmt: skip
    Conversation.objects.bulk_create(
        Conversation(learner=sam, title="t", created_at=MORNING, updated_at=MORNING)
        for _ in range(size)
    )
    pk = first.conversation_id
    for address, most in ((f"/assistant/c/{pk}/", 6), ("/assistant/", 9), ("/assistant/?q=x", 9)):
        with CaptureQueriesContext(connection) as queries:
            assert as_sam.get(address).status_code == 200
        assert len(queries) <= most, "\n".join(query["sql"] for query in queries)


def test_the_panel_waits_for_the_answer_and_asks_in_a_form_of_its_own(
    as_sam: Client, bank: list[Question]
) -> None:
    page = as_sam.get("/review/").content.decode()
    answer = page.index('id="review-answer"')
    assert page.index('id="assistant-panel"') > answer
    inside = page[page.index('id="review-form"') : page.index("</form>", answer)]
    assert "<form" not in inside
    assert 'formtarget="_blank"' in inside
    question = as_sam.get(f"/library/q/{bank[0].slug}/").content.decode()
    assert 'id="assistant-panel"' in question
    assert 'formtarget="_blank"' not in question
    for follow_up in bank[0].follow_ups:
        assert f'name="suggested" value="{follow_up["prompt"]}"' in question.replace("&#x27;", "'")
