"""How like a question is to the ways to ask that are kept: a table, then laws."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.services.assistant.likeness import PRIOR, Likeness, gain
from cards.services.assistant.phrasings import Phrasings
from cards.services.search import Term

WAYS = (
    ("cooking", "how long boil egg"),
    ("cooking", "why does egg crack"),
    ("gardens", "how deep plant bulb"),
    ("gardens", "when water bulb"),
)

WORDS = ("how", "long", "boil", "egg", "why", "bulb", "water", "volcano")


def kept() -> Phrasings:
    where: dict[str, list[int]] = {}
    for place, (_, words) in enumerate(WAYS):
        for word in words.split():
            where.setdefault(word, []).append(place)
    return Phrasings(
        slugs=tuple(slug for slug, _ in WAYS),
        sizes=tuple(len(words.split()) for _, words in WAYS),
        where={word: tuple(places) for word, places in where.items()},
        many={"cooking": 2, "gardens": 2},
        times={},
        common={},
    )


def asked(*words: str, rarity: float = 1.0) -> Likeness:
    likeness = Likeness(kept())
    for word in words:
        likeness.add(1.0, [(rarity, rarity, Term(parts=((word,),), whole=()))])
    return likeness


@pytest.mark.parametrize(
    ("many", "ways", "usual", "expected"),
    [
        (0, 0, 0.5, 0.0),  # nothing is kept: no more than usual
        (5, 10, 0.5, 0.0),  # as often as usual
        (0, 10, 0.5, 0.0),  # less often than usual says nothing
        (10, 10, 0.5, math.log((19 / 28 + 0.001) / 0.501)),
        (2, 2, 0.0, math.log((2 / 20 + 0.001) / 0.001)),
    ],
)
def test_gain_is_the_logarithm_of_how_much_more_often_it_is_asked(
    many: float, ways: float, usual: float, expected: float
) -> None:
    assert PRIOR == 18
    assert gain(many, ways, usual) == pytest.approx(expected)


@given(
    ways=st.integers(1, 200), usual=st.floats(0, 1), first=st.floats(0, 1), second=st.floats(0, 1)
)
def test_gain_grows_with_how_many_ways_have_it(
    ways: int, usual: float, first: float, second: float
) -> None:
    few, more = sorted((first, second))
    assert 0 <= gain(few * ways, ways, usual) <= gain(more * ways, ways, usual)


@given(many=st.integers(1, 100), first=st.floats(0, 1), second=st.floats(0, 1))
def test_gain_shrinks_with_how_usual_it_is(many: int, first: float, second: float) -> None:
    rare, usual = sorted((first, second))
    assert gain(many, many, usual) <= gain(many, many, rare) + 1e-12


def test_a_word_of_one_question_alone_speaks_for_it() -> None:
    affinity = asked("egg").affinity
    assert affinity["cooking"] > 0
    assert affinity["gardens"] == 0


def test_a_word_of_all_questions_speaks_for_none() -> None:
    assert set(asked("how").affinity.values()) <= {0.0}


def test_what_no_way_has_is_like_none() -> None:
    likeness = asked("volcano")
    assert not likeness.affinity
    assert likeness.nearest(full=1.0, usual=1.0) == {}


def test_what_is_asked_in_the_very_words_is_wholly_alike() -> None:
    nearest = asked("when", "water", "bulb").nearest(full=3.0, usual=1.0)
    assert nearest["gardens"] == pytest.approx(1.0)


@given(st.lists(st.sampled_from(WORDS), min_size=1, unique=True))
def test_the_nearest_way_is_a_share(words: list[str]) -> None:
    nearest = asked(*words).nearest(full=float(len(words)), usual=1.0)
    assert all(0 < share <= 1 + 1e-12 for share in nearest.values())


@given(st.permutations(("how", "long", "boil", "bulb")), st.floats(0.1, 7, allow_nan=False))
def test_the_order_of_words_changes_nothing(words: tuple[str, ...], rarity: float) -> None:
    plain, other = asked("how", "long", "boil", "bulb", rarity=rarity), asked(*words, rarity=rarity)
    for slug in ("cooking", "gardens"):
        assert plain.affinity[slug] == pytest.approx(other.affinity[slug])
    one, two = (each.nearest(full=4 * rarity, usual=1.0) for each in (plain, other))
    assert one == pytest.approx(two)
