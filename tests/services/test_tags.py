"""Tags: the same word is the same tag, and there is an end to them."""

import pytest

from cards.models import Learner, Question, Tag
from cards.services import tags
from cards.services.tags import TagError, tag_names, tag_questions, untag_questions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "again", "kept"),
    [
        ("RAG", "rag", "RAG"),
        ("  hard   ones ", "Hard\tOnes", "hard ones"),
        ("Straße", "STRASSE", "Straße"),
        ("قواعد", "قواعد", "قواعد"),
        ("🔥", " 🔥 ", "🔥"),
        ("É", "é", "É"),
    ],
)
def test_blanks_and_case_make_no_second_tag(
    sam: Learner, bank: list[Question], first: str, again: str, kept: str
) -> None:
    assert tag_questions(sam, [bank[0].pk], first) == 1
    assert tag_questions(sam, [bank[0].pk], again) == 0
    assert tag_questions(sam, [bank[0].pk, bank[1].pk], again) == 1
    assert tag_names(sam) == [kept]
    assert untag_questions(sam, [bank[0].pk], again) == 1
    assert untag_questions(sam, [bank[0].pk], again) == 0
    assert Tag.objects.get().question == bank[1]


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
def test_what_cannot_be_a_tag_is_refused(sam: Learner, bank: list[Question], name: str) -> None:
    with pytest.raises(TagError):
        tag_questions(sam, [bank[0].pk], name)
    assert tag_questions(sam, [bank[0].pk], "x" * 40) == 1


def test_a_question_holds_twenty(sam: Learner, bank: list[Question]) -> None:
    for number in range(20):
        tag_questions(sam, [bank[0].pk], f"tag {number}")
    with pytest.raises(TagError, match="at most 20"):
        tag_questions(sam, [bank[0].pk, bank[1].pk], "one more")
    assert not Tag.objects.filter(name="one more").exists()
    assert tag_questions(sam, [bank[0].pk], "TAG 3") == 0


def test_a_learner_has_no_end_of_questions_but_an_end_of_tags(
    sam: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tags, "TAGS_OF_A_LEARNER", 2)
    for name in ("a", "b"):
        assert tag_questions(sam, [question.pk for question in bank], name) == 36
    with pytest.raises(TagError, match="different tags"):
        tag_questions(sam, [bank[0].pk], "c")
    untag_questions(sam, [question.pk for question in bank], "b")
    assert tag_questions(sam, [bank[0].pk], "c") == 1


def test_a_second_learner_is_kept_out(sam: Learner, kim: Learner, bank: list[Question]) -> None:
    Question.objects.filter(pk=bank[0].pk).update(owner=sam)
    both = [bank[0].pk, bank[1].pk]
    tag_questions(sam, both, "mine")
    assert tag_questions(kim, both, "mine") == 1
    assert untag_questions(kim, both, "mine") == 1
    assert (tag_names(sam), tag_names(kim)) == (["mine"], [])
    assert Tag.objects.filter(learner=sam).count() == 2
