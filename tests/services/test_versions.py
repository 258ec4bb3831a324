"""What a question said before is kept, compared and given back; progress is never touched."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import Http404

from cards.models import Card, Category, Learner, Question, QuestionVersion
from cards.services.bank import BankPoint, BankQuestion, content_of, entry_of, read_bank, seed_bank
from cards.services.library import (
    ChangedError,
    change_question,
    question_page,
    restore_version,
    version_history,
    write_question,
)
from cards.services.replay import replay_cards
from tests.answers import answer
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
POINTS = (
    BankPoint("one", "The first point.", essential=True),
    BankPoint("two", "The second point.", essential=False),
    BankPoint("three", "The third point.", essential=False),
)
ENTRY = BankQuestion(
    slug="", prompt="What is mine?", answer="It is **this** one.", level=1, minutes=2,
    hint="Think.",    key_points=POINTS, misconceptions=["It is not."],
    follow_ups=[{"prompt": "And then?", "answer": "That."}],
    references=[{"title": "T", "authors": "A", "year": 2020, "url": "https://example.org/"}],
    related=[], checked_on=None,
)  # fmt: skip


@pytest.fixture
def mine(sam: Learner, bank: list[Question]) -> Question:
    """Return Sam's own question, answered once; nothing else is in study."""
    question = write_question(sam, ENTRY, "fundamentals", at=MORNING)
    Question.objects.exclude(pk=question.pk).update(archived_at=MORNING)
    judged = {point["id"]: 2 for point in question.points}
    answer(sam, 4, at=MORNING, judged=judged)
    return question


def _change(learner: Learner, question: Question, days: int = 1, **changed: object) -> Question:
    question.refresh_from_db()
    entry = replace(entry_of(content_of(question)), **changed)  # type: ignore[arg-type]
    shelf = question.category.slug
    at = MORNING + days * DAY
    return change_question(learner, question.slug, entry, shelf, question.version, at=at)


def test_a_change_keeps_what_it_said_and_touches_no_progress(sam: Learner, mine: Question) -> None:
    card = Card.objects.get()
    _change(sam, mine, prompt="What is ours?", key_points=POINTS[:1])
    old = QuestionVersion.objects.get()
    assert (old.version, old.content["prompt"]) == (1, "What is mine?")
    assert [point["key"] for point in old.content["points"]] == ["one", "two", "three"]
    mine.refresh_from_db()
    assert mine.version == 2
    after = Card.objects.get()
    assert (after.state, after.memories, after.version) == (card.state, card.memories, card.version)
    assert list(replay_cards()) == [None]


def test_the_same_again_makes_no_version(sam: Learner, mine: Question) -> None:
    _change(sam, mine)
    assert not QuestionVersion.objects.exists()


def test_loading_the_bank_again_makes_no_version_and_touches_nobody(
    sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    before = Card.objects.values().get()
    categories = read_bank(settings.BANK_DIR)
    seed_bank(categories, at=MORNING + DAY)
    assert not QuestionVersion.objects.exists()
    assert Card.objects.values().get() == before
    first = categories[0].questions[0]
    reworded = replace(first, prompt="Reworded?")
    categories[0] = replace(categories[0], questions=(reworded, *categories[0].questions[1:]))
    seed_bank(categories, at=MORNING + DAY)
    assert QuestionVersion.objects.get().content["prompt"] == first.prompt
    assert Card.objects.values().get() == before


def test_another_place_in_the_bank_is_stored_and_is_no_version(bank: list[Question]) -> None:
    categories = read_bank(settings.BANK_DIR)
    turned = replace(categories[0], questions=categories[0].questions[::-1])
    seed_bank([turned, *categories[1:]], at=MORNING)
    last = Question.objects.get(slug=categories[0].questions[-1].slug)
    assert last.position == 0
    assert not QuestionVersion.objects.exists()


def test_a_question_moves_to_another_category_by_itself(sam: Learner, mine: Question) -> None:
    entry = entry_of(content_of(mine))
    change_question(sam, mine.slug, entry, "research", mine.version, at=MORNING)
    mine.refresh_from_db()
    assert mine.category.slug == "research"
    changes = version_history(sam, mine.slug, "").rows[0].changes
    assert changes
    names = dict(Category.objects.values_list("slug", "name"))
    assert changes.others == [f"Category: {names['fundamentals']} → {names['research']}"]


def test_differences_name_every_change(sam: Learner, mine: Question) -> None:
    points = (
        BankPoint("two", "The second point.", essential=True, cue="Which one?"),
        BankPoint("one", "The first point, reworded.", essential=True),
        BankPoint("four", "A fourth point.", essential=False),
    )
    _change(
        sam, mine, prompt="What is really mine?", hint="", level=3, key_points=points,
        misconceptions=[], follow_ups=[], references=[],
    )  # fmt: skip
    newest, first = version_history(sam, mine.slug, "").rows
    assert (newest.number, newest.is_current, newest.until) == (2, True, None)
    assert (first.number, first.changes, first.until) == (1, None, MORNING + DAY)
    changes = newest.changes
    assert changes
    assert [(t.name, t.is_in_words) for t in changes.texts] == [("Question", True), ("Hint", True)]
    runs = [(run.kind, run.text) for run in changes.texts[0].runs]
    assert runs == [("same", "What is"), ("added", "really"), ("same", "mine?")]
    told = {(point.kind, point.words) for point in changes.points}
    assert ("added", "added") in told
    assert ("gone", "gone") in told
    assert any("essential now, cue: “Which one?”" in words for _, words in told)
    assert any(words.startswith("reworded") for _, words in told)
    assert sum("moved" in words for _, words in told) == 1
    assert changes.others == [
        "Level: 1 → 3", "Misconception gone: “It is not.”",
        "Follow-up gone: “And then?”", "Source gone: “T”",
    ]  # fmt: skip


def test_only_spaces_are_said_to_be_only_spaces(sam: Learner, mine: Question) -> None:
    _change(sam, mine, answer="It is\n\n**this** one.")
    changes = version_history(sam, mine.slug, "").rows[0].changes
    assert changes
    assert [text.is_in_words for text in changes.texts] == [False]


def test_a_restored_version_is_a_new_one_and_keeps_progress(sam: Learner, mine: Question) -> None:
    card = Card.objects.get()
    _change(sam, mine, prompt="Wrong turn?", key_points=POINTS[:2])
    assert restore_version(sam, mine.slug, 1, at=MORNING + DAY)
    mine.refresh_from_db()
    assert (mine.prompt, mine.version, len(mine.points)) == ("What is mine?", 3, 3)
    assert mine.follow_ups[0]["html"]
    after = Card.objects.get()
    assert (after.state, after.memories) == (card.state, card.memories)
    assert not restore_version(sam, mine.slug, 1, at=MORNING + DAY), "it says so already"
    assert QuestionVersion.objects.count() == 2


def test_nobody_else_restores_and_no_version_is_made_up(
    sam: Learner, kim: Learner, mine: Question, bank: list[Question]
) -> None:
    _change(sam, mine, prompt="Changed?")
    for learner, slug, number in ((kim, mine.slug, 1), (sam, mine.slug, 9), (sam, bank[0].slug, 1)):
        with pytest.raises(Http404):
            restore_version(learner, slug, number, at=MORNING)
    with pytest.raises(Http404):
        version_history(kim, mine.slug, "")
    mine.refresh_from_db()
    assert mine.prompt == "Changed?"


def test_many_versions_come_a_page_at_a_time(sam: Learner, mine: Question) -> None:
    for number in range(12):
        _change(sam, mine, prompt=f"Number {number}?")
    first, second = (version_history(sam, mine.slug, page) for page in ("1", "2"))
    assert [row.number for row in first.rows] == list(range(13, 3, -1))
    assert [row.number for row in second.rows] == [3, 2, 1]
    assert all(row.changes for row in first.rows), "the last is compared with one not shown"
    assert version_history(sam, mine.slug, "nonsense").page.number == 1


def test_a_version_that_was_not_seen_is_not_overwritten(sam: Learner, mine: Question) -> None:
    _change(sam, mine, prompt="From the other tab?")
    entry = entry_of(content_of(mine))
    with pytest.raises(ChangedError):
        change_question(sam, mine.slug, entry, "fundamentals", 1, at=MORNING)
    mine.refresh_from_db()
    assert mine.prompt == "From the other tab?"


def test_a_point_reworded_since_it_was_judged_says_so_with_its_older_words(
    sam: Learner, mine: Question
) -> None:
    reworded = (replace(POINTS[0], text="The first, in other words."), *POINTS[1:])
    _change(sam, mine, 1, key_points=reworded)
    rows = question_page(sam, mine.slug, at=MORNING + 2 * DAY).points
    assert [row.changed_on for row in rows] == [(MORNING + DAY).date(), None, None]
    assert rows[0].before == "The first point."
    mine.refresh_from_db()
    judged = {point["id"]: 2 for point in mine.points}
    answer(sam, 4, at=MORNING + 2 * DAY, judged=judged)
    rows = question_page(sam, mine.slug, at=MORNING + 2 * DAY).points
    assert [row.changed_on for row in rows] == [None, None, None]


def test_two_learners_own_categories_stay_apart_in_the_history(
    sam: Learner, mine: Question, kim: Learner
) -> None:
    Category.objects.create(slug="kims", name="Secret", position=600, owner=kim)
    entry = entry_of(content_of(mine))
    with pytest.raises(Http404):
        change_question(sam, mine.slug, entry, "kims", mine.version, at=MORNING)
