"""Tags of one question: the same word is the same tag, and there is an end to them."""

import pytest
from django.http import Http404

from cards.models import Learner, Question, Tag
from cards.services import tags
from cards.services.notes import TagError, change_tags, tags_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "again", "kept"),
    [
        ("RAG", "rag", "RAG"),
        ("  hard   ones ", "Hard\tOnes", "hard ones"),
        ("Straße", "STRASSE", "Straße"),
        ("قواعد", "قواعد", "قواعد"),
        ("🔥", " 🔥 ", "🔥"),
        ("É", "e\u0301", "É"),
    ],
)
def test_blanks_and_case_make_no_second_tag(
    sam: Learner, bank: list[Question], first: str, again: str, kept: str
) -> None:
    change_tags(sam, bank[0].slug, add=[first, again])
    assert change_tags(sam, bank[1].slug, add=[again]).here == [kept]
    assert tags_of(sam, bank[0].slug).known == [kept]
    for _ in range(2):
        assert change_tags(sam, bank[0].slug, remove=[again]).here == []
    assert Tag.objects.get().question == bank[1]


def test_a_question_holds_twenty_and_one_too_many_changes_nothing(
    sam: Learner, bank: list[Question]
) -> None:
    change_tags(sam, bank[0].slug, add=[f"tag {number}" for number in range(19)])
    with pytest.raises(TagError, match="at most 20"):
        change_tags(sam, bank[0].slug, add=["one", "two", "too many"], remove=["tag 3"])
    assert len(tags_of(sam, bank[0].slug).here) == 19
    assert len(change_tags(sam, bank[0].slug, add=["one", "TAG 3"]).here) == 20


def test_there_is_an_end_of_different_tags(
    sam: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tags, "MOST_NAMES", 2)
    for question in bank[:2]:
        change_tags(sam, question.slug, add=["a", "b"])
    with pytest.raises(TagError, match="different tags"):
        change_tags(sam, bank[2].slug, add=["c"])
    for question in bank[:2]:
        change_tags(sam, question.slug, remove=["b"])
    assert change_tags(sam, bank[2].slug, add=["c"]).here == ["c"]


def test_a_tag_of_nothing_is_refused(sam: Learner, bank: list[Question]) -> None:
    with pytest.raises(TagError, match="needs a name"):
        change_tags(sam, bank[0].slug, add=["##"])
    assert not Tag.objects.exists()


def test_a_second_learner_is_kept_out(sam: Learner, kim: Learner, bank: list[Question]) -> None:
    change_tags(sam, bank[0].slug, add=["Sam's"])
    assert tags_of(kim, bank[0].slug).known == []
    assert change_tags(kim, bank[0].slug, remove=["Sam's"]).here == []
    Question.objects.filter(pk=bank[0].pk).update(owner=sam)
    with pytest.raises(Http404):
        change_tags(kim, bank[0].slug, add=["x"])
    with pytest.raises(Http404):
        tags_of(kim, bank[0].slug)
    assert Tag.objects.get().learner == sam
