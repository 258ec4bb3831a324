"""Figures in the words people use."""

import pytest

from cards.models import Category
from cards.templatetags.cards import hue_class, interval, percent, value_of


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "today"), (0, "today"), (1, "1 day"), (2, "2 days"), (20, "20 days"),
        (21, "3 weeks"), (60, "9 weeks"), (61, "2 months"), (76, "2.5 months"),
        (364, "12 months"), (365, "1 year"), (438, "1.2 years"), (36_500, "99.9 years"),
    ],
)  # fmt: skip
def test_an_interval(days: int, words: str) -> None:
    assert interval(days) == words


@pytest.mark.parametrize(
    ("share", "words"), [(None, "–"), (0, "0 %"), (2 / 3, "67 %"), (1, "100 %")]
)
def test_a_share(share: float | None, words: str) -> None:
    assert percent(share) == words


def test_a_category_has_the_class_of_its_colour() -> None:
    assert hue_class(Category(slug="research", hue=310)) == "hue-research"
    assert hue_class(Category(slug="mine-1a", hue=359, owner_id=1)) == "hue-own-11"


def test_what_a_mapping_holds() -> None:
    assert (value_of({1: "a"}, 1), value_of({}, 1)) == ("a", None)
