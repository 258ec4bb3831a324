"""The library's list: finding, filtering, sorting, pages, and what an address keeps."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cards.models import Card, Learner, Note, Question
from cards.services import library, tags
from cards.services.library import STATES, LibraryFilter
from cards.services.library.row import LibraryRow
from tests.conftest import MORNING
from tests.services.test_search import noted, written
from tests.views.test_safety import own_question

pytestmark = pytest.mark.django_db
ON = MORNING.date()


def _shelf(client: Client, address: str = "", **headers: str) -> Any:
    with time_machine.travel(MORNING, tick=False):
        response = client.get(f"/library/{address}", headers=headers)
    assert response.status_code == 200
    return response


def _prompts(client: Client, address: str = "") -> list[str]:
    return [line.row.question.prompt for line in _shelf(client, address).context["library"].rows]


def test_a_search_shows_what_was_found_with_the_words_marked(
    as_sam: Client, bank: list[Question]
) -> None:
    page = _shelf(as_sam, "?q=attention+role").content.decode()
    assert "<mark>role</mark>" in page
    assert "<mark>attention</mark>" in page
    assert "“attention role”" in page


def test_what_was_written_is_escaped_where_it_is_marked(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    written(sam, "<img src=x> zebrafish?", hint="zebrafish <script>alert(1)</script>")
    page = _shelf(as_sam, "?q=zebrafish").content.decode()
    assert "&lt;img src=x&gt; <mark>zebrafish</mark>?" in page
    assert "<mark>zebrafish</mark> &lt;script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("few", [500, 0])
def test_a_search_with_its_filters_and_order_however_many_it_finds(
    as_sam: Client, as_kim: Client, sam: Learner, bank: list[Question], few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("cards.services.library.shelf.FEW", few)
    one, two = written(sam, "One zebrafish?"), written(sam, "Two zebrafish?", hint="zebrafish")
    Card.objects.create(learner=sam, question=one, introduced_on=ON, due_on=ON, repetitions=1)
    noted(sam, bank[0], "like zebrafish")
    assert len(_prompts(as_sam, "?q=zebrafish")) == 3
    assert _prompts(as_sam, "?q=zebrafish&noted=on") == [bank[0].prompt]
    assert _prompts(as_sam, "?q=zebrafish&mine=on&sort=newest") == [two.prompt, one.prompt]
    assert _prompts(as_sam, "?q=zebrafish&state=due") == [one.prompt]
    assert _prompts(as_sam, "?q=zebrafish&sort=due")[0] == one.prompt
    assert _prompts(as_kim, "?q=zebrafish&sort=due") == []


def test_only_a_search_of_signs_finds_nothing_and_says_what_to_do(
    as_sam: Client, bank: list[Question]
) -> None:
    for typed in ("%22", "...", "zebra", "zebra&state=young"):
        page = _shelf(as_sam, f"?q={typed}").content.decode()
        assert "0 questions found" in page
        assert "whole library" in page


def test_each_filter_by_itself(as_sam: Client, sam: Learner, bank: list[Question]) -> None:
    mine = own_question(sam)
    Note.objects.create(learner=sam, question=bank[1], flag=3, is_marked=True, updated_at=MORNING)
    Note.objects.create(learner=sam, question=bank[2], text="Mine.", updated_at=MORNING)
    Card.objects.create(learner=sam, question=bank[3], missed_points=2)
    tags.add_tag(sam, [bank[4].slug], "Maths")
    assert _prompts(as_sam, "?flag=3") == _prompts(as_sam, "?marked=on") == [bank[1].prompt]
    assert _prompts(as_sam, "?noted=on") == [bank[2].prompt]
    assert _prompts(as_sam, "?weak=on") == [bank[3].prompt]
    assert _prompts(as_sam, "?tag=MATHS") == [bank[4].prompt]
    assert _prompts(as_sam, "?mine=on") == [mine.prompt]
    assert len(_prompts(as_sam, "?category=research")) == 6
    page = _shelf(as_sam).content.decode()
    assert "green flag, " in page
    assert "marked, " in page
    assert "#Maths" in page


STRANGE = [
    "?state=odd", "?category=none", "?tag=none", "?flag=9", "?flag=x", "?sort=odd", "?marked=",
    "?page=0", "?page=-1", "?page=x", "?state=young%27&sort=--", "?tag=" + "x" * 300, "?unknown=1",
]  # fmt: skip


@pytest.mark.parametrize("address", STRANGE)
def test_what_makes_no_sense_is_left_out(
    as_sam: Client, bank: list[Question], address: str
) -> None:
    shelf = _shelf(as_sam, address).context["library"]
    assert shelf.count == 36
    assert shelf.active == []


def test_a_page_beyond_the_last_is_the_last(as_sam: Client, bank: list[Question]) -> None:
    Question.objects.bulk_create(
        Question(slug=f"x-{n}", category=bank[0].category, prompt=f"X {n}?") for n in range(30)
    )
    assert _shelf(as_sam, "?page=99&sort=newest").context["library"].page.number == 2
    page = _shelf(as_sam, "?page=2&sort=newest").content.decode()
    assert "/library/?sort=newest&amp;page=1" in page
    assert "66 questions, page 2 of 2" in page


def test_active_filters_are_named_and_each_can_be_removed(
    as_sam: Client, bank: list[Question]
) -> None:
    active = _shelf(as_sam, "?q=a+%26+b&category=research&mine=on").context["library"].active
    assert [one.label for one in active] == ["“a & b”", "Research", "my own"] or (
        active[0].label == "“a & b”" and active[2].label == "my own"
    )
    assert active[0].rest == "category=research&mine=on"
    assert active[1].rest == "q=a+%26+b&mine=on"


def test_htmx_gets_the_list_alone_and_the_address_that_shows_it_again(
    as_sam: Client, bank: list[Question]
) -> None:
    there = "?q=attention&category=&state=&sort="
    first = _shelf(as_sam, there, **{"HX-Request": "true", "HX-Current-URL": "http://x/library/"})
    assert first.content.decode().lstrip().startswith('<div id="library-list">')
    assert first["HX-Push-Url"] == "/library/?q=attention"
    typing = {"HX-Request": "true", "HX-Current-URL": "http://testserver/library/?q=att"}
    assert _shelf(as_sam, there, **typing)["HX-Replace-Url"] == "/library/?q=attention"
    restored = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in _shelf(as_sam, there, **restored).content.decode()


DAYS = st.none() | st.integers(-3, 3).map(lambda days: ON + timedelta(days=days))


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    due_on=DAYS, buried_until=DAYS, repeat_on=DAYS, suspended=st.booleans(),
    archived=st.booleans(), repetitions=st.integers(0, 2),
    interval=st.sampled_from([0, 20, 21, 99]),
)  # fmt: skip
def test_the_filter_by_state_and_the_word_in_the_row_agree(
    sam: Learner, one_own: Question, due_on: Any, buried_until: Any, repeat_on: Any, interval: int,
    repetitions: int, *, suspended: bool, archived: bool,
) -> None:  # fmt: skip
    one_own.archived_at = MORNING if archived else None
    one_own.save()
    card, _ = Card.objects.update_or_create(
        learner=sam, question=one_own,
        defaults={
            "due_on": due_on, "introduced_on": due_on and ON, "buried_until": buried_until,
            "repeat_today_on": repeat_on if due_on else None, "repetitions": repetitions,
            "suspended_at": MORNING if suspended else None, "interval_days": interval,
        },
    )  # fmt: skip
    row = LibraryRow(one_own, card, ON)
    mine = LibraryFilter(mine=True)
    listed = {
        state for state in STATES
        if library.library(sam, replace(mine, state=state), "", at=MORNING).count
    }  # fmt: skip
    assert listed == {row.state} | ({"due"} if row.is_due else set())


@pytest.fixture
def one_own(sam: Learner, bank: list[Question]) -> Question:
    return own_question(sam)


def test_a_second_learner_sees_nothing_of_the_first(
    as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    own_question(sam)
    noted(sam, bank[0], "zebrafish")
    Note.objects.filter(learner=sam).update(flag=1, is_marked=True)
    Card.objects.create(learner=sam, question=bank[3], missed_points=2)
    tags.add_tag(sam, [bank[0].slug], "secret")
    for address in ("?mine=on", "?noted=on", "?marked=on", "?flag=1", "?weak=on", "?q=zebrafish"):
        assert _prompts(as_kim, address) == [], address
    page = _shelf(as_kim, "?tag=secret").content.decode()
    assert "secret" not in page
    assert "36 questions" in page


def _send(client: Client, at: str = "", **data: Any) -> str:
    with time_machine.travel(MORNING, tick=False):
        response = client.post(f"/library/bulk/{at}", data, follow=True)
    assert response.redirect_chain[0][1] == 303
    page: str = response.content.decode()
    return page


def test_several_are_suspended_and_the_same_list_comes_back(
    as_sam: Client, bank: list[Question]
) -> None:
    slugs = [question.slug for question in bank[:2]]
    with time_machine.travel(MORNING, tick=False):
        at = "/library/bulk/?q=attention&state=new&page=1"
        response = as_sam.post(at, {"slug": slugs, "deed": "suspend"})
    assert response.status_code == 303
    assert response["Location"] == "/library/?q=attention&state=new&page=1"
    assert "Suspended 2 questions." in _shelf(as_sam).content.decode()
    assert Card.objects.exclude(suspended_at=None).count() == 2


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"deed": "suspend"}, "Nothing was selected"),
    ({"slug": ["a"]}, "Press the button"),
    ({"slug": ["a"], "deed": "explode"}, "Nothing was changed"),
    ({"slug": ["a"], "deed": "add_tag", "tag": " # "}, "Write a tag"),
    ({"slug": ["a"], "deed": "add_tag", "tag": "x" * 41}, "at most 40"),
    ({"slug": ["a"], "deed": "add_tag", "tag": "a\x00"}, "Null characters"),
    ({"slug": ["a\x00"], "deed": "suspend"}, "Select at most"),
    ({"slug": ["x" * 5000], "deed": "suspend"}, "Select at most"),
    ({"slug": [f"a{n}" for n in range(151)], "deed": "suspend"}, "Select at most 150"),
    ({"slug": ["a"], "deed": "move", "category": "' --"}, "Nothing was changed"),
    ({"slug": ["no-such-question"], "deed": "suspend"}, "Nothing was changed"),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED, ids=lambda v: str(v)[:40])
def test_what_cannot_be_done_says_why(
    as_sam: Client, bank: list[Question], data: dict[str, Any], reason: str
) -> None:
    assert reason in _send(as_sam, **data)
    assert not Card.objects.exists()


def test_more_fields_than_a_form_may_have_are_400(as_sam: Client) -> None:
    data = {"slug": [f"a{n}" for n in range(300)], "deed": "suspend"}
    assert as_sam.post("/library/bulk/", data).status_code == 400


def test_enter_in_the_field_for_a_tag_adds_it(as_sam: Client, bank: list[Question]) -> None:
    page = _send(as_sam, slug=[bank[0].slug], tag="maths")
    assert "Tagged 1 question #maths." in page


def test_a_hostile_address_is_not_gone_back_to(as_sam: Client, bank: list[Question]) -> None:
    response = as_sam.post(
        "/library/bulk/?q=//evil.example&next=https://evil.example&page=//x",
        {"slug": [bank[0].slug], "deed": "mark"},
    )
    assert response["Location"] == "/library/?q=%2F%2Fevil.example"
