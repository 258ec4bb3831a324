"""Whether a question sounds like the field: a table by hand, laws, and the lists that are kept."""

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.models import Learner, Question
from cards.services.assistant import ask
from cards.services.assistant.phrasings import ENGLISH, lines_in
from cards.services.assistant.subject import SMOOTHING, log_odds, of_the_field, summed
from tests.services.test_search import written

ROOT = Path(__file__).resolve().parents[2]
LISTED = ROOT / "fixtures" / "assistant" / "elsewhere-questions.txt"
OTHERS = [line for line in LISTED.read_text("utf-8").splitlines() if line and line[0] != "#"]
HERE, OTHER = ["boil an egg", "boil water"], ["plant a bulb", "water a bulb", "dig a hole"]
texts = st.lists(st.sampled_from(["boil", "egg", "water", "bulb", "volcano"])).map(" ".join)


def _odds(here: int, other: int) -> float:
    """Log odds of what stands in so many of the two texts here and the three others."""
    return math.log((here + SMOOTHING) / 3) - math.log((other + SMOOTHING) / 4)


@pytest.mark.parametrize(
    ("text", "features", "expected"),
    [
        ("", 3, 0.0),
        ("volcano", 3, 0.0),
        ("egg", 3, _odds(1, 0) + _odds(1, 0)),  # the word, and that it stands at the end
        ("boil", 3, _odds(2, 0) + _odds(2, 0)),
        ("water", 3, _odds(1, 1) + _odds(0, 1) + _odds(1, 0)),
        ("dig boil", 5, _odds(0, 1) + _odds(2, 0) + _odds(0, 1)),
    ],
)
def test_what_is_said_here_speaks_for_it_and_what_is_said_elsewhere_against(
    text: str, features: int, expected: float
) -> None:
    assert summed(text, log_odds(HERE, OTHER)) == pytest.approx(expected / math.sqrt(features))


@given(texts)
def test_with_both_sides_changed_about_it_says_the_opposite(text: str) -> None:
    one, other = log_odds(HERE, OTHER), log_odds(OTHER, HERE)
    assert summed(text, one) == pytest.approx(-summed(text, other))


@given(texts, st.integers(2, 5))
def test_a_word_said_again_counts_once(text: str, times: int) -> None:
    odds = log_odds(HERE, OTHER)
    words = {one: value for one, value in odds.items() if " " not in one}
    assert summed(" ".join([text] * times), words) <= abs(summed(text, words)) + 1e-9


@given(st.text(max_size=3000))
def test_any_text_has_a_finite_likeness(text: str) -> None:
    assert math.isfinite(of_the_field(text))


@pytest.mark.parametrize(
    ("field", "elsewhere"),
    [
        ("how does beam search work", "how does a gearbox work"),
        ("what is a reward model", "what is a wedding gift"),
        ("why is the KV cache so large", "why is the moon so large"),
    ],
)
def test_the_same_way_to_ask_sounds_otherwise_by_what_it_asks_for(
    field: str, elsewhere: str
) -> None:
    assert of_the_field(field) > of_the_field(elsewhere) + 1


def test_the_questions_of_other_subjects_are_short_and_nobody_elses() -> None:
    assert len(OTHERS) >= 900
    assert len({line.casefold() for line in OTHERS}) == len(OTHERS)
    assert all(line == line.strip() and len(line) <= 100 for line in OTHERS)
    assert not {line.casefold() for line in OTHERS} & {way.casefold() for way in lines_in(ENGLISH)}


def test_none_of_them_is_one_that_the_assistant_is_measured_by() -> None:
    measured = (ROOT / "tests" / "data" / "assistant.yml").read_text(encoding="utf-8")
    asked = {one.casefold().strip(" ?.!") for one in re.findall(r'^- ask: "(.*)"$', measured, re.M)}
    assert len(asked) > 400
    assert not asked & {line.casefold().strip(" ?.!") for line in OTHERS if len(line.split()) > 2}


@pytest.mark.django_db
def test_a_learners_own_question_of_another_subject_is_found_for_them_alone(
    bank: list[Question], sam: Learner, kim: Learner
) -> None:
    own = written(sam, prompt="How do I bake rye bread?", hint="")
    asked = "how do I bake rye bread"
    assert ask(sam, asked).sources[0].slug == own.slug
    assert ask(kim, asked).off_topic
    assert ask(None, asked).off_topic
