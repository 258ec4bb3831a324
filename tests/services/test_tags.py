"""Tags: one spelling, few enough, and each learner's own."""

import pytest

from cards.models import Learner, Question, Tag
from cards.services import tags
from cards.services.tags import Tagged, TooManyTagsError
from tests.views.test_safety import own_question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  two   words ", "two words"), ("#maths", "maths"), ("x" * 60, "x" * 40), ("#", ""),
        (" \t\n ", ""), ("RAG", "RAG"), ("e\u0301", "é"), ("🔥", "🔥"),
        ("a" * 39 + " bc", "a" * 39), ("  #  ", ""),
        ("C#", "C#"), ("{}", "{}"), ("' OR 1=1", "' OR 1=1"),
    ],
)  # fmt: skip
def test_a_name_has_one_form(written: str, kept: str) -> None:
    assert tags.normal(written) == kept


def test_the_first_spelling_stays_whatever_the_case(sam: Learner, bank: list[Question]) -> None:
    assert tags.add_tag(sam, [bank[0].slug], "Straße") == Tagged("Straße", changed=1)
    assert tags.add_tag(sam, [bank[0].slug, bank[1].slug], " STRASSE ") == Tagged("Straße", 1, 1)
    assert tags.names(sam) == ["Straße"]
    assert tags.remove_tag(sam, [bank[0].slug, bank[2].slug], "strasse") == Tagged("Straße", 1, 1)
    assert tags.on_questions(sam, [q.pk for q in bank]) == {bank[1].pk: ("Straße",)}


def test_a_tag_of_nothing_is_refused(sam: Learner, bank: list[Question]) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        tags.add_tag(sam, [bank[0].slug], " # ")
    assert not Tag.objects.exists()


def test_a_question_holds_20_tags(sam: Learner, bank: list[Question]) -> None:
    for number in range(20):
        tags.add_tag(sam, [bank[0].slug], f"tag {number}")
    done = tags.add_tag(sam, [bank[0].slug, bank[1].slug], "one more")
    assert done == Tagged("one more", changed=1, full=1)
    assert tags.add_tag(sam, [bank[0].slug], "TAG 3") == Tagged("tag 3", unchanged=1)


def test_a_learner_has_200_different_tags(sam: Learner, kim: Learner, bank: list[Question]) -> None:
    Tag.objects.bulk_create(
        Tag(learner=sam, question=bank[n % 30], name=f"tag {n}") for n in range(200)
    )
    with pytest.raises(TooManyTagsError):
        tags.add_tag(sam, [bank[31].slug], "one more")
    assert tags.add_tag(sam, [bank[31].slug], "tag 7").changed == 1
    assert tags.add_tag(kim, [bank[31].slug], "one more").changed == 1


def test_tags_are_each_learners_own(sam: Learner, kim: Learner, bank: list[Question]) -> None:
    mine = own_question(sam)
    tags.add_tag(sam, [mine.slug, bank[0].slug], "maths")
    assert tags.add_tag(kim, [mine.slug, "no-such-question"], "mine").changed == 0
    assert tags.remove_tag(kim, [mine.slug, bank[0].slug], "maths").changed == 0
    assert tags.names(kim) == []
    assert tags.on_questions(kim, [mine.pk, bank[0].pk]) == {}
    assert tags.names(sam) == ["maths"]
