"""Notes, flags and marks: kept to the byte, gone when empty, and nothing of the card is touched."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cards.models import Card, Category, Learner, Note, Question
from cards.services import search
from cards.services.bank import read_bank, seed_bank
from cards.services.notes import Beside, beside, save_note, set_flag, set_mark
from cards.services.review import Stale, grade_card, next_turn
from tests.answers import answer, submission
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
WRITERS = 16
HARD_TEXTS = [
    "one line",
    "two\nlines\n\n  and blanks \n",
    "\nfirst line empty",
    "é e\u0301 ﬁ \u200b\u202eright to left\u202c",
    "مرحبا بالعالم",
    "🧑‍🔬🔥",
    "<script>alert(1)</script> {{ x }} &amp;",
    "\ufffe\U0010ffff",
    "x" * 5000,
]


@pytest.mark.parametrize("text", HARD_TEXTS, ids=range(len(HARD_TEXTS)))
def test_a_note_is_kept_to_the_byte(sam: Learner, bank: list[Question], text: str) -> None:
    assert save_note(sam, bank[0].slug, text, at=MORNING) == Beside(text)
    assert beside(sam, bank[0].slug).text == text
    assert next_turn(sam, at=MORNING).beside.text == text


def test_each_is_made_at_first_use_and_the_row_goes_with_the_last(
    sam: Learner, bank: list[Question]
) -> None:
    slug = bank[0].slug
    for _ in range(2):
        assert set_mark(sam, slug, marked=True, at=MORNING) == Beside(is_marked=True)
    assert set_flag(sam, slug, 2, at=MORNING) == Beside("", 2, is_marked=True)
    assert save_note(sam, slug, "so", at=MORNING) == Beside("so", 2, is_marked=True)
    assert Note.objects.count() == 1
    assert save_note(sam, slug, " \n ", at=MORNING) == Beside("", 2, is_marked=True)
    assert set_flag(sam, slug, 0, at=MORNING) == Beside(is_marked=True)
    assert Note.objects.count() == 1
    for _ in range(2):
        assert set_mark(sam, slug, marked=False, at=MORNING) == Beside()
        assert not Note.objects.exists()


def test_taking_away_what_is_not_there_makes_no_row(sam: Learner, bank: list[Question]) -> None:
    set_flag(sam, bank[0].slug, 0, at=MORNING)
    save_note(sam, bank[0].slug, "", at=MORNING)
    assert not Note.objects.exists()


def test_a_grade_in_another_tab_is_not_made_stale(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING)
    at = MORNING + timedelta(days=1)
    turn = next_turn(Learner.objects.get(), at=at)
    before = Card.objects.values().get()
    save_note(sam, bank[0].slug, "a thought", at=at)
    set_flag(sam, bank[0].slug, 1, at=at)
    set_mark(sam, bank[0].slug, marked=True, at=at)
    assert Card.objects.values().get() == before
    graded = grade_card(sam, bank[0].slug, submission(turn, 4), at=at)
    assert graded.stale is None
    assert graded.stale != Stale.CHANGED


def test_it_is_there_with_a_card_and_without_one(sam: Learner, bank: list[Question]) -> None:
    save_note(sam, bank[0].slug, "mine", at=MORNING)
    set_flag(sam, bank[0].slug, 4, at=MORNING)
    assert next_turn(sam, at=MORNING).beside == Beside("mine", 4)
    answer(sam, 4, at=MORNING)
    tomorrow = MORNING + timedelta(days=1)
    turn = next_turn(Learner.objects.get(), at=tomorrow)
    assert (turn.question, turn.beside) == (bank[0], Beside("mine", 4))
    assert next_turn(sam, at=MORNING).beside == Beside()


def test_a_second_learner_is_kept_out(sam: Learner, kim: Learner, bank: list[Question]) -> None:
    save_note(sam, bank[0].slug, "Sam's", at=MORNING)
    assert beside(kim, bank[0].slug) == Beside()
    assert next_turn(kim, at=MORNING).beside == Beside()
    set_flag(kim, bank[0].slug, 3, at=MORNING)
    assert beside(sam, bank[0].slug) == Beside("Sam's")
    Question.objects.filter(pk=bank[0].pk).update(owner=sam)
    attempts: list[Callable[[], object]] = [
        lambda: beside(kim, bank[0].slug),
        lambda: save_note(kim, bank[0].slug, "x", at=MORNING),
        lambda: set_flag(kim, bank[0].slug, 1, at=MORNING),
        lambda: set_mark(kim, bank[0].slug, marked=True, at=MORNING),
    ]
    for attempt in attempts:
        with pytest.raises(Http404):
            attempt()


class AnyOrder(TestCase):
    """Whatever is done in whatever order, what was set last stands, and nothing empty is kept."""

    steps = st.lists(
        st.one_of(
            st.tuples(st.just("text"), st.sampled_from(["", " ", "a", "ü🔥\n"])),
            st.tuples(st.just("flag"), st.integers(0, 4)),
            st.tuples(st.just("is_marked"), st.booleans()),
        ),
        max_size=8,
    )

    @given(steps)
    def test_what_was_set_last_stands(self, steps: list[tuple[str, str | int | bool]]) -> None:
        sam = Learner.objects.create_user("sam@example.org", name="Sam")
        shelf = Category.objects.create(slug="shelf", name="Shelf", position=0)
        Question.objects.create(slug="q", category=shelf, prompt="Why?")
        expected: dict[str, str | int | bool] = {"text": "", "flag": 0, "is_marked": False}
        for name, value in steps:
            if name == "text":
                save_note(sam, "q", str(value), at=MORNING)
                value = str(value) if str(value).strip() else ""
            elif name == "flag":
                set_flag(sam, "q", int(value), at=MORNING)
            else:
                set_mark(sam, "q", marked=bool(value), at=MORNING)
            expected[name] = value
        kept = beside(sam, "q")
        assert {name: getattr(kept, name) for name in expected} == expected
        assert Note.objects.exists() == any(expected.values())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("marked", [True, False])
def test_sent_many_times_at_once_it_counts_once(*, marked: bool) -> None:
    seed_bank(read_bank(settings.BANK_DIR), at=MORNING)
    sam = Learner.objects.create_user("sam@example.org", name="Sam")
    slug = Question.objects.order_by("id").values_list("slug", flat=True)[0]
    if not marked:
        set_mark(sam, slug, marked=True, at=MORNING)
    gate = Barrier(WRITERS)

    def work(number: int) -> None:
        gate.wait()
        try:
            if number % 2:
                set_mark(sam, slug, marked=marked, at=MORNING)
            else:
                save_note(sam, slug, "the same words", at=MORNING)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))
    assert beside(sam, slug) == Beside("the same words", is_marked=marked)
    assert Note.objects.count() == 1


def test_a_note_is_found_by_its_words_until_it_is_gone_and_by_nobody_else(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    def found(learner: Learner) -> list[int]:
        return [hit.question_id for hit in search.find(learner, "zebra stripes")]

    save_note(sam, bank[5].slug, "Think of zebra stripes.", at=MORNING)
    assert (found(sam), found(kim)) == ([bank[5].pk], [])
    set_mark(sam, bank[5].slug, marked=True, at=MORNING)
    assert found(sam) == [bank[5].pk]
    save_note(sam, bank[5].slug, " ", at=MORNING)
    assert found(sam) == []
