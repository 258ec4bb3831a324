"""One thing done to several questions: all or nothing, twice is once, nobody else's."""

from datetime import timedelta

import pytest

from cards.models import Card, Category, Learner, Note, Question, ReviewLog, Tag
from cards.services import library
from cards.services.replay import replay_cards
from cards.services.review import bury_card, next_turn, undo_review
from cards.services.review.aside import put_card
from tests.answers import answer
from tests.conftest import MORNING
from tests.views.test_safety import own_question

pytestmark = pytest.mark.django_db


def do(learner: Learner, deed: str, *questions: Question, **named: str) -> str:
    """Do it, and return what was said."""
    slugs = [question.slug for question in questions]
    return library.do_to_all(learner, deed, slugs, at=MORNING, **named).sentence


def no_drift() -> bool:
    """Does every card follow from its log?"""
    return not [drift for drift in replay_cards() if drift]


def test_suspending_says_how_many_and_twice_is_once(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING)
    assert do(sam, "suspend", bank[0]) == "Suspended 1 question."
    assert do(sam, "suspend", *bank[:3]) == "Suspended 2 questions; 1 was already."
    assert do(sam, "suspend", *bank[:3]) == "Nothing was changed; 3 were already."
    assert Card.objects.filter(suspended_at=MORNING).count() == 3
    assert ReviewLog.objects.filter(kind="suspend").count() == 3
    assert no_drift()


def test_each_suspension_can_be_undone_like_a_single_one(
    sam: Learner, bank: list[Question]
) -> None:
    do(sam, "suspend", *bank[:2])
    log = ReviewLog.objects.get(question=bank[1])
    assert not undo_review(sam, log.pk, at=MORNING).refused
    assert Card.objects.get(question=bank[0]).suspended_at
    assert Card.objects.get(question=bank[1]).suspended_at is None


def test_bringing_back_offers_new_questions_again(sam: Learner, bank: list[Question]) -> None:
    do(sam, "suspend", bank[0], bank[1])
    for _ in range(2):
        answer(Learner.objects.get(), 4, at=MORNING)
    bury_card(sam, bank[4].slug, 0, at=MORNING)
    said = do(Learner.objects.get(), "bring_back", *bank[:2], bank[4], bank[5])
    assert said == "Brought 3 questions back into study; 1 was not out of study."
    assert next_turn(Learner.objects.get(), at=MORNING).question == bank[0]
    assert not Card.objects.exclude(suspended_at=None, buried_until=None).exists()


def test_reset_goes_through_the_log_and_back(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING)
    answer(sam, 4, at=MORNING)
    before = Card.objects.get(question=bank[0]).state
    assert do(sam, "reset", *bank[:3]) == "Made 2 questions new again; 1 was new."
    assert do(sam, "reset", *bank[:3]) == "Nothing was changed; 3 were new."
    assert Card.objects.get(question=bank[0]).introduced_on is None
    assert no_drift()
    log = ReviewLog.objects.get(question=bank[0], kind="reset")
    undo_review(Learner.objects.get(), log.pk, at=MORNING + timedelta(hours=1))
    assert Card.objects.get(question=bank[0]).state == before
    assert no_drift()


def test_marks_come_and_go_and_leave_notes_alone(sam: Learner, bank: list[Question]) -> None:
    Note.objects.create(learner=sam, question=bank[0], text="kept", flag=2, updated_at=MORNING)
    assert do(sam, "mark", *bank[:2]) == "Marked 2 questions."
    assert do(sam, "mark", *bank[:3]) == "Marked 1 question; 2 were already."
    assert do(sam, "unmark", *bank[:4]) == "Took the mark off 3 questions; 1 was not marked."
    note = Note.objects.get(question=bank[0])
    assert (note.text, note.flag, note.is_marked) == ("kept", 2, False)


def test_tags_are_added_and_removed(sam: Learner, bank: list[Question]) -> None:
    assert do(sam, "add_tag", *bank[:2], tag=" {x}  y ") == "Tagged 2 questions #{x} y."
    said = do(sam, "add_tag", *bank[:3], tag="{X} Y")
    assert said == "Tagged 1 question #{x} y; 2 had it already."
    said = do(sam, "remove_tag", *bank[1:4], tag="{x} y")
    assert said == "Took #{x} y off 2 questions; 1 did not have it."
    assert Tag.objects.get().question == bank[0]


def test_only_own_questions_move_or_are_put_away(sam: Learner, bank: list[Question]) -> None:
    mine, other = own_question(sam), own_question(sam)
    said = do(sam, "move", mine, bank[0], category="research")
    assert said == "Moved 1 question to Research; 1 is shared and cannot be changed here." or (
        said.startswith("Moved 1 question to ") and said.endswith("cannot be changed here.")
    )
    mine.refresh_from_db()
    assert mine.category.slug == "research"
    assert Question.objects.get(pk=bank[0].pk).category_id == bank[0].category_id
    assert "1 was there already" in do(sam, "move", mine, other, category="research")
    assert "choose a category" in do(sam, "move", mine, category="nowhere")
    said = do(sam, "archive", mine, bank[0])
    assert said == "Archived 1 question; 1 is shared and cannot be changed here."
    assert do(sam, "suspend", mine) == "Nothing was changed; 1 is archived."
    assert do(sam, "restore", mine, other) == "Restored 1 question; 1 was not archived."
    assert not Question.objects.exclude(archived_at=None).exists()


DEEDS_WITH = {
    deed: {"tag": "maths", "category": "research"} if deed != "move" else {"category": "research"}
    for deed in library.DEEDS
}


@pytest.mark.parametrize("deed", library.DEEDS)
def test_somebody_elses_question_is_as_if_it_were_not_there(
    sam: Learner, kim: Learner, bank: list[Question], deed: str
) -> None:
    mine = own_question(sam)
    before = Question.objects.filter(pk=mine.pk).values().get()
    theirs = do(kim, deed, mine, **DEEDS_WITH[deed])
    missing = library.do_to_all(kim, deed, ["no-such-question"], at=MORNING, **DEEDS_WITH[deed])
    assert theirs == missing.sentence
    assert theirs == "Nothing was changed: none of these questions is there any more."
    assert Question.objects.filter(pk=mine.pk).values().get() == before
    for model in (Card, Note, Tag, ReviewLog):
        assert not model.objects.exists()


def test_a_shared_question_is_changed_for_one_learner_only(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    do(kim, "suspend", *bank[:2])
    do(sam, "bring_back", *bank[:2])
    assert Card.objects.filter(learner=kim).exclude(suspended_at=None).count() == 2


def test_nobody_can_move_into_a_category_of_somebody_else(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    hers = Category.objects.create(slug="hers", name="Hers", position=9, owner=kim)
    mine = own_question(sam)
    assert "choose a category" in do(sam, "move", mine, category=hers.slug)
    mine.refresh_from_db()
    assert mine.category_id != hers.pk


def test_all_or_nothing(
    sam: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_at_the_third(learner: Learner, card: Card, *rest: object, **named: object) -> bool:
        if card.question == bank[2]:
            raise RuntimeError
        return put_card(learner, card, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("cards.services.library.bulk.put_card", fails_at_the_third)
    with pytest.raises(RuntimeError):
        do(sam, "suspend", *bank[:4])
    assert not Card.objects.exists()
    assert not ReviewLog.objects.exists()
